//! Entries of a mapping, read: where each value comes from, and what the mapping assumes on the way.

use super::Assumption;
use super::columns::Columns;
use super::condition::{Conditions, Forms, Test};
use super::origin::{CellForm, Empty, FromColumn, Given, Origin, Template, TemplatePart, ValueTable};
use super::shape::Shape;
use super::target::Target;
use crate::text::{Code, Entry, Node, NodeKind, Span};
use crate::value::{Kind, Zone};
use std::collections::BTreeMap;

/// The keys that say where a value comes from.
const ORIGINS: [&str; 4] = ["column", "constant", "template", "choose"];
pub(crate) const COLUMN_KEYS: [&str; 11] =
    ["column", "values", "otherwise", "empty", "because", "format", "numbers", "times", "currency", "currency_column", "as"];
const ORIGIN_HELP: &str =
    "write `{column: NAME}` for a column, or `{constant: VALUE, because: ...}` for the same value in every row";

/// What an assumption without conditions applies to.
const EVERY_ROW: &str = "every row";

/// What a mapping says for the whole file, and what its entries turned up so far.
pub(crate) struct OriginReader<'s> {
    pub(crate) shape: Shape<'s>,
    pub(crate) columns: Columns,
    pub(crate) forms: Forms,
    pub(crate) zone: Option<Zone>,
    pub(crate) currency: Option<String>,
    pub(crate) assumptions: Vec<Assumption>,
}

impl OriginReader<'_> {
    /// Where the value of a target comes from; `when` says under which conditions it is asked for.
    pub(crate) fn origin(&mut self, node: &Node, target: &Target, more_keys: &[&str], when: &str) -> Option<Origin> {
        let path = target.path.as_str();
        let entries = self.shape.entries(node, path, &origin_help(node))?;
        let given: Vec<&Entry> = entries.iter().filter(|entry| ORIGINS.contains(&entry.key.text.as_str())).collect();
        match given.as_slice() {
            [] => {
                let message = format!("`{path}` does not say where its value comes from");
                let help = format!("it wants one of `{}`", ORIGINS.join("`, `"));
                self.shape.report(Code::MissingKey, node.span, path, message, Some(help));
                None
            }
            [one] => {
                let keys: &[&str] = match one.key.text.as_str() {
                    "column" => &COLUMN_KEYS,
                    "constant" => &["constant", "because"],
                    "template" => &["template", "empty", "because"],
                    _ => &["choose"],
                };
                self.shape.only_keys(entries, &[keys, more_keys].concat(), path);
                match one.key.text.as_str() {
                    "column" => self.column(node, target, target, when).map(Origin::Column),
                    "constant" => Some(Origin::Constant(self.assumed(node, "constant", target, when, EVERY_ROW))),
                    "template" => self.template(node, target, when).map(Origin::Template),
                    _ => self.choice(&one.value, target).map(Origin::Choice),
                }
            }
            [first, second, ..] => {
                let message = format!("`{path}` takes its value from `{}` and from `{}`", first.key.text, second.key.text);
                let help = "keep one of them; `choose` takes the first whose `when` holds".to_owned();
                self.shape.report(Code::BadValue, second.key.span, path, message, Some(help));
                None
            }
        }
    }

    /// A value that the mapping gives under a key: an assumption, which wants its reason.
    pub(crate) fn assumed(&mut self, node: &Node, key: &str, target: &Target, when: &str, applies: &str) -> Given {
        let value = node.get(key)?;
        if value.is_null() || value.as_text() == Some("missing") {
            return None;
        }
        target.check(value, self.shape.source, &mut self.shape.out);
        if value.as_text() != Some("unknown") {
            let path = target.path.as_str();
            let text = self.shape.source.slice(value.span);
            if node.get("because").is_none() {
                let message = format!("`{path}` gets the value `{text}` without a `because`");
                let help = format!("say why it may be assumed for {}: `because: ...`", rows(when, applies));
                self.shape.report(Code::MissingBecause, value.span, path, message, Some(help));
            }
            self.assume(node, path, text, when, applies, value.span);
        }
        Some(value.clone())
    }

    /// Puts an assumption down, if it has its reason.
    fn assume(&mut self, node: &Node, path: &str, value: &str, when: &str, applies: &str, span: Span) {
        if let Some((because, _)) = self.shape.text(node, "because", path) {
            let place = self.shape.source.place(span);
            self.assumptions.push(Assumption::new(path, value, &rows(when, applies), because, place));
        }
    }

    /// A reading that wants a reason although nothing is supplied: that a column stands for this fact is itself assumed.
    fn assumed_reading(&mut self, node: &Node, path: &str, value: &str, when: &str, span: Span) {
        if node.get("empty").is_none() && node.get("otherwise").is_none() {
            self.assume(node, path, value, when, EVERY_ROW, span);
        }
    }

    fn empty(&mut self, node: &Node, target: &Target, when: &str, applies: &str) -> Empty {
        let given = node.get("empty");
        let is_wrong = given.map_or(target.path == "complaint.case_id", |empty| empty.as_text() == Some("error"));
        if is_wrong { Empty::IsWrong } else { Empty::Gives(self.assumed(node, "empty", target, when, applies)) }
    }

    /// `whole` is what an empty cell fills: the target itself, or the list that the target is an item of.
    pub(crate) fn column(&mut self, node: &Node, target: &Target, whole: &Target, when: &str) -> Option<FromColumn> {
        let path = target.path.as_str();
        let (name, span) = self.shape.text(node, "column", path)?;
        let column = self.columns.id(name, span);
        let empty = self.empty(node, whole, when, &format!("rows where the column `{name}` is empty"));
        let values = match node.get("values") {
            None => {
                if let Some(otherwise) = node.get("otherwise") {
                    let message = "`otherwise` stands without `values`";
                    let help =
                        "it says what a word means that the table does not list; for an empty cell write `empty`".to_owned();
                    self.shape.report(Code::BadValue, otherwise.span, path, message, Some(help));
                }
                None
            }
            Some(values) => {
                let applies = format!("rows where the column `{name}` has a word that is not in the table");
                let otherwise = node.get("otherwise").map(|_| self.assumed(node, "otherwise", target, when, &applies));
                Some(self.value_table(values, otherwise, target)?)
            }
        };
        let read = if values.is_some() { "the meaning of" } else { "the value of" };
        self.assumed_reading(node, path, &format!("{read} the column `{name}`"), when, span);
        let form = if values.is_some() { CellForm::AsWritten } else { self.cell_form(node, target)? };
        Some(FromColumn { column, form, values, empty })
    }

    fn value_table(&mut self, node: &Node, otherwise: Option<Given>, target: &Target) -> Option<ValueTable> {
        let help = "write what each word of the column means: `values: {\"Word\": meaning}`";
        let entries = self.shape.entries(node, &target.path, help)?;
        let mut meanings = BTreeMap::new();
        for entry in entries {
            let given = if entry.value.is_null() || entry.value.as_text() == Some("missing") {
                None
            } else {
                target.check(&entry.value, self.shape.source, &mut self.shape.out);
                Some(entry.value.clone())
            };
            meanings.insert(entry.key.text.trim().to_owned(), given);
        }
        Some(ValueTable { meanings, otherwise })
    }

    fn template(&mut self, node: &Node, target: &Target, when: &str) -> Option<Template> {
        let path = target.path.as_str();
        if target.kind.as_ref().is_some_and(|kind| *kind != Kind::Text) {
            let kind = target.kind.as_ref().map_or_else(String::new, ToString::to_string);
            let message = format!("`{path}` is {kind}; a template makes text");
            self.shape.report(Code::BadValue, node.span, path, message, Some("take it from a `column`".to_owned()));
            return None;
        }
        let (text, span) = self.shape.text(node, "template", path)?;
        let parts = self.template_parts(text, span, path)?;
        self.assumed_reading(node, path, text, when, span);
        let applies = "rows where a column of the template is empty";
        Some(Template { parts, empty: self.empty(node, target, when, applies) })
    }

    fn template_parts(&mut self, text: &str, span: Span, path: &str) -> Option<Vec<TemplatePart>> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((fixed, behind)) = rest.split_once('{') {
            let name = behind.split_once('}').filter(|(name, _)| !name.trim().is_empty() && !name.contains('{'));
            let Some((name, after)) = name else {
                let message = format!("`{text}` has a `{{` that does not open the name of a column");
                let help = "a column stands in braces: `\"A-{row_id}\"`".to_owned();
                self.shape.report(Code::BadValue, span, path, message, Some(help));
                return None;
            };
            parts.push(TemplatePart::Text(fixed.to_owned()));
            parts.push(TemplatePart::Cell(self.columns.id(name.trim(), span)));
            rest = after;
        }
        if parts.is_empty() {
            let message = format!("`{text}` names no column, so it is the same in every row");
            let help = "put the name of a column in braces, or write it as a `constant` with a `because`".to_owned();
            self.shape.report(Code::BadValue, span, path, message, Some(help));
            return None;
        }
        parts.push(TemplatePart::Text(rest.to_owned()));
        Some(parts)
    }

    fn choice(&mut self, node: &Node, target: &Target) -> Option<Vec<(Conditions, Origin)>> {
        let path = target.path.as_str();
        let Some(items) = node.as_list().filter(|items| !items.is_empty()) else {
            let message = format!("`choose` wants a list with something in it, found {}", node.describe());
            let help = "write `choose: [{when: {...}, column: ...}, ...]`; the first whose `when` holds is taken".to_owned();
            self.shape.report(Code::BadValue, node.span, path, message, Some(help));
            return None;
        };
        let mut branches = Vec::new();
        let mut has_conditions = false;
        for (at, item) in items.iter().enumerate() {
            let when = match item.get("when") {
                Some(when) => self.conditions(when, path),
                None => Some(Conditions::default()),
            };
            let always = when.as_ref().is_some_and(Conditions::is_always);
            if always && at + 1 < items.len() {
                let message = "nothing behind this is ever taken, because it has no `when`";
                self.shape.report(Code::BadValue, item.span, path, message, Some("give it a `when` or put it last".to_owned()));
            }
            let words = when.as_ref().filter(|when| !when.is_always()).map(|when| when.describe(&self.columns));
            let context = match &words {
                Some(words) => format!("where {words}"),
                None if !has_conditions => String::new(),
                None => "where none of the conditions before it holds".to_owned(),
            };
            has_conditions |= words.is_some();
            let origin = self.origin(item, target, &["when"], &context);
            if let (Some(when), Some(origin)) = (when, origin) {
                branches.push((when, origin));
            }
        }
        Some(branches)
    }

    /// Conditions on columns: `{column: condition, ...}`, all of which hold.
    pub(crate) fn conditions(&mut self, node: &Node, path: &str) -> Option<Conditions> {
        let help = "write the conditions by column: `{amount: over 0, result: [Paid, Settled]}`";
        let entries = self.shape.entries(node, path, help)?;
        let mut all = Vec::new();
        for entry in entries {
            let column = self.columns.id(&entry.key.text, entry.key.span);
            if let Some(test) = self.test(&entry.value, path) {
                all.push((column, test));
            }
        }
        Some(Conditions { all })
    }

    fn test(&mut self, node: &Node, path: &str) -> Option<Test> {
        match &node.kind {
            NodeKind::Scalar(scalar) => match Test::parse(&scalar.text) {
                Ok(test) => Some(test),
                Err(message) => {
                    let help = format!("to compare with the text itself, quote it twice: `'\"{}\"'`", scalar.text);
                    self.shape.report(Code::BadCell, node.span, path, message, Some(help));
                    None
                }
            },
            NodeKind::List(items) => {
                let tests: Vec<Option<Test>> = items.iter().map(|item| self.test(item, path)).collect();
                tests.into_iter().collect::<Option<Vec<_>>>().map(Test::Any)
            }
            NodeKind::Map(entries) => match entries.as_slice() {
                [entry] if entry.key.text == "not" => self.test(&entry.value, path).map(|test| Test::Not(Box::new(test))),
                _ => {
                    let help = "write a word, a list of words, `{not: ...}`, `over 0`, `empty` or `present`".to_owned();
                    self.shape.report(Code::BadCell, node.span, path, "a mapping is no condition", Some(help));
                    None
                }
            },
            NodeKind::Null => {
                let help = "write `empty` for an empty cell".to_owned();
                self.shape.report(Code::BadCell, node.span, path, "a condition is missing", Some(help));
                None
            }
        }
    }
}

/// The rows that something applies to, in words.
fn rows(when: &str, applies: &str) -> String {
    match (when, applies) {
        ("", applies) => applies.to_owned(),
        (when, EVERY_ROW) => format!("rows {when}"),
        (when, applies) => format!("{applies} and {when}"),
    }
}

fn origin_help(node: &Node) -> String {
    match node.as_text() {
        Some(text) if !text.is_empty() => {
            format!(
                "write `{{column: {text}}}` for a column, or `{{constant: {text}, because: ...}}` for the same value in every row"
            )
        }
        _ => ORIGIN_HELP.to_owned(),
    }
}
