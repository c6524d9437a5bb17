//! A host function: its signature, what it is about, an example that the tests run, and the function itself.

use super::context::CallContext;
use super::parameter::{Given, Parameter};
use crate::value::{Brief, Decimal, Fact, Kind, Trouble, Units, Value};
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// The most arguments of a function whose last parameter repeats.
const ARGUMENTS_MAX: usize = 8;

/// The kind of a function's result.
#[derive(Clone)]
#[non_exhaustive]
pub enum Gives {
    /// Always this kind.
    Kind(Kind),
    /// Told from the kinds of the arguments, each of which may itself not be told: the words for the docs, and the rule.
    Told(&'static str, Arc<KindRule>),
}

/// Tells the kind of a result from the kinds of the arguments, or says in words why they can never fit.
pub type KindRule = dyn Fn(&[Option<Kind>]) -> Result<Option<Kind>, String> + Send + Sync;

/// What a function does: the arguments fit the parameters, none is missing or unknown. It may give a missing value.
pub type Body = dyn Fn(&CallContext<'_>, &[Value]) -> Result<Fact<Value>, Trouble> + Send + Sync;

/// A function that expressions and scripts may call, written in Rust.
///
/// It must be a pure function of its arguments and the context: no clock, no files, no randomness.
#[derive(Clone)]
pub struct HostFunction {
    /// Its name.
    pub name: &'static str,
    /// Its parameters.
    pub parameters: Vec<Parameter>,
    /// The kind of its result.
    pub gives: Gives,
    /// What it does, in one sentence.
    pub about: &'static str,
    /// A call, as it is written in an expression.
    pub example: &'static str,
    /// What the example gives, as it is printed.
    pub example_result: &'static str,
    /// Does it look at facts that are missing or unknown, instead of being missing with them?
    pub(crate) looks_at: Option<Fact<()>>,
    adds_up: bool,
    /// How much work a call is, in steps, where that is not told by the size of its arguments.
    work: fn(&[Value]) -> usize,
    body: Arc<Body>,
    /// The same in brief.
    pub(crate) brief: Option<BriefBody>,
    /// The same for one list, borrowed.
    pub(crate) over_items: Option<ItemsBody>,
}

/// The function that expressions call most: they know it by its name, and ask for the day of an instant once a case.
pub(crate) const DAY_OF: &str = "day_of";

/// What a function does to known arguments in brief, where bare amounts are in the currency of that mark (none where it is zero):
/// what its body gives, or long where that has to tell.
pub(crate) type BriefBody = fn(u32, &[Brief]) -> Brief;

/// What a function does to the items of a list, and what a sum begins with where that is told: what its body gives, or long where that
/// has to tell.
pub(crate) type ItemsBody = fn(&[Value], Option<Brief>) -> Brief;

impl HostFunction {
    /// A function from its signature and body.
    pub fn new<F>(name: &'static str, parameters: Vec<Parameter>, gives: Gives, body: F) -> Self
    where
        F: Fn(&CallContext<'_>, &[Value]) -> Result<Fact<Value>, Trouble> + Send + Sync + 'static,
    {
        Self {
            name,
            parameters,
            gives,
            about: "",
            example: "",
            example_result: "",
            looks_at: None,
            adds_up: false,
            work: |_| 0,
            body: Arc::new(body),
            brief: None,
            over_items: None,
        }
    }

    /// With the same in brief.
    pub(crate) fn in_brief(mut self, brief: BriefBody) -> Self {
        self.brief = Some(brief);
        self
    }

    /// With the same for one list, borrowed.
    pub(crate) fn over_items(mut self, body: ItemsBody) -> Self {
        self.over_items = Some(body);
        self
    }

    /// With one sentence about it.
    #[must_use]
    pub fn about(mut self, about: &'static str) -> Self {
        self.about = about;
        self
    }

    /// With a call and what it gives, as printed.
    #[must_use]
    pub fn example(mut self, example: &'static str, result: &'static str) -> Self {
        self.example = example;
        self.example_result = result;
        self
    }

    /// `is_missing` and `is_unknown`, which ask for a state instead of a value.
    pub(crate) fn looking_at(mut self, state: Fact<()>) -> Self {
        self.looks_at = Some(state);
        self
    }

    /// How many arguments it takes.
    #[must_use]
    pub fn arity(&self) -> RangeInclusive<usize> {
        let always = self.parameters.iter().filter(|each| each.given != Given::Maybe).count();
        let most = match self.parameters.last() {
            Some(Parameter { given: Given::Repeated, .. }) => ARGUMENTS_MAX,
            _ => self.parameters.len(),
        };
        always..=most
    }

    /// The parameters as they are shown: `amount: money, count: whole number`.
    #[must_use]
    pub fn parameter_list(&self) -> String {
        let shown: Vec<String> = self
            .parameters
            .iter()
            .map(|each| match each.given {
                Given::Once => format!("{}: {}", each.name, each.takes),
                Given::Maybe => format!("[{}: {}]", each.name, each.takes),
                Given::Repeated => format!("{}: {}, ...", each.name, each.takes),
            })
            .collect();
        shown.join(", ")
    }

    /// The whole signature: `instalments(total: money, count: whole number) -> list of money`.
    #[must_use]
    pub fn signature(&self) -> String {
        format!("{}({}) -> {}", self.name, self.parameter_list(), self.result_word())
    }

    /// The kind of the result in a word or two.
    #[must_use]
    pub fn result_word(&self) -> String {
        match &self.gives {
            Gives::Kind(kind) => kind.word(),
            Gives::Told(words, _) => (*words).to_owned(),
        }
    }

    /// The kind of the result, from the kinds of the arguments where they are told; the number of arguments has been checked.
    ///
    /// # Errors
    /// One sentence, when arguments of these kinds can never fit.
    pub fn result_kind(&self, arguments: &[Option<Kind>]) -> Result<Option<Kind>, String> {
        for (at, kind) in arguments.iter().enumerate() {
            if let (Some(kind), Some(parameter)) = (kind, self.parameter(at))
                && !parameter.takes.may_take(kind)
            {
                return Err(self.misfit(parameter, kind));
            }
        }
        match &self.gives {
            Gives::Kind(kind) => Ok(Some(kind.clone())),
            Gives::Told(_, rule) => rule(arguments),
        }
    }

    /// The kind of the items that it adds up without being told from where: `nothing` of that kind is what it begins with, so that an
    /// empty list has a sum too.
    pub(crate) fn adds_up_from(&self, arguments: &[Option<Kind>]) -> Option<Kind> {
        match arguments {
            [Some(Kind::List(item))] if self.adds_up && matches!(**item, Kind::Integer | Kind::Decimal | Kind::Money) => {
                Some((**item).clone())
            }
            _ => None,
        }
    }

    /// With a measure of its work, for what a script is charged.
    pub(crate) fn working(mut self, work: fn(&[Value]) -> usize) -> Self {
        self.work = work;
        self
    }

    /// How much work a call is, in steps.
    pub(crate) fn work(&self, arguments: &[Value]) -> usize {
        (self.work)(arguments)
    }

    /// Does it add up a list?
    pub(crate) fn adds_up(&self) -> bool {
        self.adds_up
    }

    /// `sum` and `total`.
    pub(crate) fn adding_up(mut self) -> Self {
        self.adds_up = true;
        self
    }

    /// Calls it.
    ///
    /// # Errors
    /// Arguments that do not fit its parameters, and what its body finds wrong.
    pub fn call(&self, context: &CallContext<'_>, arguments: &[Value]) -> Result<Fact<Value>, Trouble> {
        if !self.arity().contains(&arguments.len()) {
            return Err(Trouble::Text(self.wrong_arity(arguments.len())));
        }
        self.run(context, arguments)
    }

    /// The same where the number of arguments was checked before.
    pub(crate) fn run(&self, context: &CallContext<'_>, arguments: &[Value]) -> Result<Fact<Value>, Trouble> {
        for (at, value) in arguments.iter().enumerate() {
            if let Some(parameter) = self.parameter(at)
                && !parameter.takes.fits(value)
            {
                return Err(Trouble::Text(self.misfit(parameter, &value.kind())));
            }
        }
        (self.body)(context, arguments)
    }

    pub(crate) fn wrong_arity(&self, given: usize) -> String {
        let arity = self.arity();
        let (least, most) = (arity.start(), arity.end());
        let wanted = match most - least {
            0 => format!("{least}"),
            1 => format!("{least} or {most}"),
            _ => format!("{least} to {most}"),
        };
        let noun = if wanted == "1" { "argument" } else { "arguments" };
        format!("`{}` takes {wanted} {noun}, not {given}", self.name)
    }

    fn parameter(&self, at: usize) -> Option<&Parameter> {
        self.parameters.get(at).or_else(|| self.parameters.last().filter(|last| last.given == Given::Repeated))
    }

    fn misfit(&self, parameter: &Parameter, kind: &Kind) -> String {
        format!("`{}` of `{}` is {}, not {kind}", parameter.name, self.name, parameter.takes.phrase())
    }
}

impl fmt::Debug for HostFunction {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.signature())
    }
}

/// Nothing, of a kind that can be added up, in brief, where a bare amount is in the currency of that mark.
pub(crate) fn nothing_in_brief(kind: &Kind, bare_mark: u32) -> Brief {
    match kind {
        Kind::Money if bare_mark == 0 => Brief::LONG,
        Kind::Money => Brief::of_amount(Units { mantissa: 0, scale: 0 }, bare_mark),
        Kind::Decimal => Brief::of_decimal(Units { mantissa: 0, scale: 0 }),
        _ => Brief::of_integer(0),
    }
}

/// Nothing, of a kind that can be added up.
pub(crate) fn nothing(kind: &Kind, context: &CallContext<'_>) -> Result<Value, Trouble> {
    match kind {
        Kind::Money => context.no_money().map(Value::Money),
        Kind::Decimal => Ok(Value::Decimal(Decimal::ZERO)),
        _ => Ok(Value::Integer(0)),
    }
}
