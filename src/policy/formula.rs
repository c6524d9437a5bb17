//! Literals and expressions, compiled for the kind that their place declares.

use super::catalog::Scope;
use super::compiled::{Because, Formula};
use super::literal::Literal;
use crate::bundle::{BecauseDoc, Formula as Written, MoneyMeaning, Written as At};
use crate::case::read_value;
use crate::script::{Expression, Functions, Template};
use crate::text::{Code, Diagnostic, Diagnostics, Node, Place, Source};
use crate::value::{Decimal, Fact, Kind, Money, Value, Zone};

/// What formulas of one bundle are compiled with.
pub(crate) struct Compiler<'a> {
    pub(crate) functions: &'a Functions,
    pub(crate) money: MoneyMeaning,
}

impl Compiler<'_> {
    /// A formula whose result has to be of a kind; `what` names it in messages.
    pub(crate) fn formula(
        &self,
        written: &At<Written>,
        kind: &Kind,
        what: &str,
        scope: &mut Scope<'_>,
        out: &mut Diagnostics,
    ) -> Option<Formula> {
        match &written.value {
            Written::Literal(node) => self.literal(node, kind, what, &written.place.source, out).map(Formula::Literal),
            Written::Expression(text) => {
                let mut expression = Expression::compile(text, &written.place, scope, self.functions, out)?;
                if *kind == Kind::Money
                    && matches!(expression.kind, Some(Kind::Integer | Kind::Decimal | Kind::Text))
                    && text.trim().starts_with("params.")
                    && !text.trim().contains(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.'))
                {
                    let found = expression.kind.as_ref().map_or_else(String::new, ToString::to_string);
                    let message = format!("`{what}` is an amount of money, and `{}` is {found}", text.trim());
                    let help =
                        "give the parameter its currency in bundle.yaml: `20.00 USD`, or by currency `{USD: 20.00, EUR: 18.00}`";
                    out.push(Diagnostic::at(Code::ExpressionType, &written.place, message).help(help));
                    return None;
                }
                expression.expect(kind, out).then_some(Formula::Expression(expression))
            }
        }
    }

    /// A literal of a kind.
    pub(crate) fn literal(
        &self,
        node: &Node,
        kind: &Kind,
        what: &str,
        source: &Source,
        out: &mut Diagnostics,
    ) -> Option<Literal> {
        if node.as_text() == Some("missing") {
            return Some(Literal::plain(Fact::Missing));
        }
        if let (Kind::Money, Some(text)) = (kind, node.as_text()) {
            if let Some((amount, "case")) = text.rsplit_once(' ')
                && let Ok(amount) = Decimal::parse(amount.trim())
            {
                return Some(Literal::OfCase(amount));
            }
            if let Ok(amount) = Decimal::parse(text) {
                return Some(match self.money {
                    MoneyMeaning::In(currency) => Literal::plain(Fact::Known(Value::Money(Money::new(amount, currency)))),
                    MoneyMeaning::OfCase => Literal::Bare(amount),
                });
            }
            if !text.contains(' ') {
                let message = format!("`{what}` expects an amount of money, found `{text}`");
                let help = "write it as `64.20`, or with its currency as `64.20 USD`";
                let finding = Diagnostic::error(Code::BadMoney, source, node.span, message);
                out.push(finding.help(help));
                return None;
            }
        }
        read_value(node, kind, what, source, &Zone::utc(), out).map(|value| Literal::plain(Fact::Known(value)))
    }

    /// A reason; each of its languages is a template.
    pub(crate) fn because(doc: &BecauseDoc, scope: &mut Scope<'_>, out: &mut Diagnostics) -> Because {
        let texts = doc.texts.iter().filter_map(|(language, text)| {
            Template::compile(&text.value, &text.place, scope, out).map(|template| (language.clone(), template))
        });
        let mut texts: Vec<_> = texts.collect();
        texts.shrink_to_fit();
        Because { texts }
    }

    /// The reason that every rule has to give.
    pub(crate) fn need_because(
        doc: Option<&BecauseDoc>,
        what: &str,
        place: &Place,
        scope: &mut Scope<'_>,
        out: &mut Diagnostics,
    ) -> Because {
        let given = doc.filter(|doc| doc.texts.iter().any(|(_, text)| !text.value.trim().is_empty()));
        match given {
            Some(doc) => Self::because(doc, scope, out),
            None => {
                let message = format!("{what} has no `because`");
                let help = "add `because: ...`: one sentence that the customer and your successor will understand";
                out.push(Diagnostic::at(Code::MissingBecause, place, message).help(help));
                Because::default()
            }
        }
    }
}

impl Compiler<'_> {
    /// An expression whose kind is inferred.
    pub(crate) fn untyped(
        &self,
        written: &At<Written>,
        name: &At<String>,
        scope: &mut Scope<'_>,
        out: &mut Diagnostics,
    ) -> Option<Formula> {
        let help = format!("write `{}: {{type: ..., value: ...}}`", name.value);
        let Written::Expression(text) = &written.value else {
            let message = format!("the type of `{}` is not known", name.value);
            out.push(Diagnostic::at(Code::TypeNotInferred, &name.place, message).help(help));
            return None;
        };
        let expression = Expression::compile(text, &written.place, scope, self.functions, out)?;
        if expression.kind.is_none() {
            let message = format!("the type of `{}` cannot be inferred from its expression", name.value);
            out.push(Diagnostic::at(Code::TypeNotInferred, &name.place, message).help(help));
            return None;
        }
        Some(Formula::Expression(expression))
    }
}

impl Formula {
    /// The kind of the result, as far as the formula tells it.
    pub(crate) fn kind(&self) -> Option<&Kind> {
        match self {
            Self::Literal(_) => None,
            Self::Expression(expression) => expression.kind.as_ref(),
        }
    }

    /// The slots it reads.
    pub(crate) fn reads(&self) -> &[usize] {
        match self {
            Self::Literal(_) => &[],
            Self::Expression(expression) => &expression.reads,
        }
    }

    /// The same as it is written, down to the fields.
    pub(crate) fn paths(&self) -> impl Iterator<Item = &str> {
        let expression = match self {
            Self::Literal(_) => None,
            Self::Expression(expression) => Some(expression),
        };
        expression.into_iter().flat_map(|expression| &expression.paths).map(|path| &**path)
    }
}
