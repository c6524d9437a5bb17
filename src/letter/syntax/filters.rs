//! What the filters of a letter are given, and what they make of it.

use super::{Checker, FILTERS, Meaning, Shape, Variable};
use crate::text::nearest::did_you_mean;
use crate::text::{Code, Span};
use minijinja::machinery::ast::{self, CallArg, Expr};

impl Checker<'_> {
    pub(super) fn filter(&mut self, filter: &ast::Filter<'_>, span: Span) -> Meaning {
        let Some(inner) = &filter.expr else { return self.broken(span, "a filter without a value") };
        let subject = self.expression(inner);
        let words = filter
            .args
            .iter()
            .filter(|arg| matches!(arg, CallArg::Pos(Expr::Const(value)) if value.value.as_str().is_some()))
            .count();
        for arg in &filter.args {
            self.checked.prose.break_off();
            match arg {
                CallArg::Pos(arg) => drop(self.expression(arg)),
                CallArg::Kwarg(..) | CallArg::PosSplat(_) | CallArg::KwargSplat(_) => self.forbidden(span, "a named argument"),
            }
        }
        let count = filter.args.len();
        let (fits, help) = match filter.name {
            "plural" => (
                matches!(subject, Meaning::Of(Variable { shape: Shape::Number, .. })) && (count, words) == (2, 2),
                "give it a number and two words: `{{ instalment_count | plural(\"instalment\", \"instalments\") }}`",
            ),
            "list" => (
                matches!(subject, Meaning::Of(Variable { shape: Shape::Texts, .. })) && count == 0,
                "give it a list of texts: `{{ holds | list }}`",
            ),
            "capital" => (
                matches!(subject, Meaning::Of(Variable { shape: Shape::Text, .. }) | Meaning::Word) && count == 0,
                "give it a text: `{{ reason | capital }}`",
            ),
            other => {
                let help = did_you_mean(other, FILTERS).unwrap_or_else(|| {
                    "the filters are `plural`, `list` and `capital`; amounts and days are written in the reader's way without one".to_owned()
                });
                self.report(Code::LetterForbidden, span, format!("a letter has no filter `{other}`"), help);
                return Meaning::Broken;
            }
        };
        if let (Meaning::Of(variable), "list", true) = (subject, filter.name, fits) {
            self.checked.printed.insert(variable.name);
        }
        match subject {
            Meaning::Broken => Meaning::Broken,
            _ if fits => Meaning::Word,
            _ => {
                self.report(Code::LetterForbidden, span, format!("`{}` cannot be used like this", filter.name), help);
                Meaning::Broken
            }
        }
    }
}
