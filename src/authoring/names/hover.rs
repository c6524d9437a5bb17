//! What stands at a cursor, told as Markdown.
//!
//! Order of the files in `hover/`, each using only those before it: `wording`, `facts`, `rules`, `law`, `place`.

mod facts;
mod law;
mod place;
mod rules;
mod wording;

use super::lookup::NameIndex;
use super::name::{Name, NameKind};
use crate::bundle::{Bundle, DecisionDoc};
use crate::script::Functions;
use crate::text::Span;
use std::collections::BTreeMap;
use wording::Told;

/// What is known of what stands at a cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// As Markdown.
    pub markdown: String,
    /// What it is about.
    pub span: Span,
}

impl NameIndex {
    /// What stands at a byte of a file: a name, a key of the format, a cell, or the code of a diagnostic. `hits` says how often each
    /// rule hit in a history, by `decision/rule`; without a history it is empty.
    #[must_use]
    pub fn hover(&self, path: &str, offset: usize, hits: &BTreeMap<String, usize>) -> Option<Hover> {
        let on = self.occurrences(path).iter().find(|each| each.span.start <= offset && offset < each.span.end);
        match on {
            Some(found) => {
                let mut markdown = self.tell(&found.name, hits)?;
                // A value in a condition is told with what the condition says.
                if let (NameKind::Value, Some(cell)) = (found.name.kind, place::tell(self, path, offset)) {
                    markdown = format!("{}\n\n{markdown}", cell.markdown);
                }
                Some(Hover { markdown, span: found.span })
            }
            None => place::tell(self, path, offset),
        }
    }

    /// What is known of a name, as Markdown.
    #[must_use]
    pub fn tell(&self, name: &Name, hits: &BTreeMap<String, usize>) -> Option<String> {
        let (bundle, meanings) = (self.bundle.as_ref()?, self.meanings.as_ref()?);
        match name.kind {
            NameKind::Fact => facts::fact(name, bundle),
            NameKind::Param => facts::param(name, bundle),
            NameKind::ParamGroup => Some(facts::group(name, bundle)),
            NameKind::Decision => rules::decision(self, name, bundle),
            NameKind::Output => rules::output(name, meanings),
            NameKind::Rule => rules::rule(name, bundle, hits),
            NameKind::Let | NameKind::Item => rules::derived(name, meanings),
            NameKind::Guardrail => law::guardrail(name, bundle),
            NameKind::Obligation => law::obligation(name, bundle),
            NameKind::Step => Some(law::step(name, bundle)),
            NameKind::Plugin => law::plugin(name, bundle),
            NameKind::Pack => law::pack(name, bundle),
            NameKind::Calendar => law::calendar(name, bundle),
            NameKind::Setting => facts::setting(name, bundle),
            NameKind::Function => function(name, &meanings.functions),
            NameKind::ScriptFunction => self.script_function(name),
            NameKind::Moment => Some(moment(name)),
            NameKind::Value => Some(facts::value_of_list(name, meanings)),
            NameKind::LetterFact => facts::letter_fact(name),
        }
    }

    /// A function of a script, with the comment above it.
    fn script_function(&self, name: &Name) -> Option<String> {
        let text = self.files.get(&name.within)?.text();
        let at = self.definition_of(name)?.span.start;
        let line_start = text.get(..at)?.rfind('\n').map_or(0, |newline| newline + 1);
        let line = text.get(line_start..)?.lines().next()?;
        let above: Vec<&str> = text.get(..line_start)?.lines().rev().map_while(|line| line.trim().strip_prefix("///")).collect();
        let about: Vec<&str> = above.into_iter().rev().map(str::trim).collect();
        let mut told = Told::of(line.trim().trim_end_matches('{').trim(), &format!("a function of `{}`", name.within));
        told.text(&about.join("\n"));
        Some(told.finish())
    }
}

/// Every document of a decision, those of packs too.
fn documents(bundle: &Bundle) -> impl Iterator<Item = &DecisionDoc> {
    bundle.decisions.iter().chain(bundle.packs.iter().flat_map(|pack| &pack.decisions))
}

fn function(name: &Name, functions: &Functions) -> Option<String> {
    let (signature, about, example, result, kind) = match functions.get(&name.text) {
        Some(each) => (each.signature(), each.about, each.example, each.example_result, "a function of the engine"),
        None => {
            let each = Functions::script_only().iter().find(|each| each.name == name.text)?;
            let signature = format!("{}({})", each.name, each.parameters);
            (signature, each.about, each.example, each.example_result, "a function that only scripts have")
        }
    };
    let mut told = Told::of(&signature, kind);
    told.text(about);
    if !example.is_empty() {
        told.text(&format!("`{example}` gives `{result}`"));
    }
    Some(told.finish())
}

fn moment(name: &Name) -> String {
    let (kind, about) = if name.text == "at" {
        ("a time", "What time it is taken to be. Clocks run against it.")
    } else {
        (
            "a day",
            "The day whose policy applies: `complaint.policy_date`, else the day on which the complaint was received. It says which rules, \
             parameters and packs are in force.",
        )
    };
    let mut told = Told::of(&name.text, kind);
    told.text(about);
    told.finish()
}
