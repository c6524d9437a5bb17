//! What is wanted of a decision: `goodwill.amount > 0`, `relationship.action = keep`.

use crate::policy::Program;
use crate::policy::compiled::Decision;
use crate::rule::{Cell, Condition, Dialect, NoNames};
use crate::text::nearest::did_you_mean;
use crate::text::{Code, Diagnostic, Diagnostics, Source, Span};
use crate::value::Kind;

/// One condition on an output of a decision.
#[derive(Clone, Debug)]
pub(super) struct Wanted {
    /// As it was written, in single spaces.
    pub(super) text: String,
    pub(super) decision: usize,
    pub(super) output: usize,
    pub(super) cell: Cell,
}

/// Under which names sections of a decision show what a decision of the bundle gives.
const SECTIONS: [(&str, &str); 10] = [
    ("outcome", "outcome.value"),
    ("money.correction", "correction.amount"),
    ("money.related_charges_reversed", "related_charges.amount"),
    ("money.statutory_redress", "statutory_redress.amount"),
    ("money.interest", "interest.amount"),
    ("money.penalty_reimbursement", "penalties.approved"),
    ("money.goodwill", "goodwill.amount"),
    ("money.provisional_credit", "provisional_credit.amount"),
    ("money.total_cost", "totals.credit"),
    ("approval.required_role", "approval.role"),
];

/// What is called so in a file that holds no other text.
const ARGUMENT: &str = "--want";

/// Reads what is wanted; every mistake goes to `out`.
pub(super) fn read(program: &Program, texts: &[String], out: &mut Diagnostics) -> Vec<Wanted> {
    texts.iter().filter_map(|text| read_one(program, text, out)).collect()
}

fn read_one(program: &Program, text: &str, out: &mut Diagnostics) -> Option<Wanted> {
    let source = Source::new(ARGUMENT, text);
    let start = text.len() - text.trim_start().len();
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '.';
    let end = text.get(start..)?.find(|c: char| !is_name(c)).map_or(text.len(), |at| start + at);
    let name = text.get(start..end)?;
    if name.is_empty() {
        let help = "write an output and a condition: `goodwill.amount > 0`, `outcome = uphold`";
        let span = Span::new(0, text.len());
        out.push(Diagnostic::error(Code::BadValue, &source, span, "it is not said what is wanted").help(help));
        return None;
    }
    let Some((decision, output)) = find(program, name) else {
        let names = names(program);
        let help = did_you_mean(name, names.iter().map(String::as_str)).or_else(|| outputs_of(program, name));
        let message = format!("no decision gives `{name}`");
        let finding = Diagnostic::error(Code::UnknownName, &source, Span::new(start, end), message);
        out.push(finding.help_opt(help.or_else(|| Some("`redress schema decision` lists what decisions give".to_owned()))));
        return None;
    };
    let declared = program.decisions.get(decision)?;
    let kind = declared.outputs.get(output)?.kind.clone();
    let kind = if declared.listed() { Kind::List(Box::new(kind)) } else { kind };
    let rest = text.get(end..)?;
    let begin = end + rest.len() - rest.trim_start().len();
    let condition = rest.trim();
    // `=` is no operator of a cell, which is a value where it is nothing else.
    let bare = condition.strip_prefix("==").or_else(|| condition.strip_prefix('=')).unwrap_or(condition);
    let begin = begin + condition.len() - bare.len() + bare.len() - bare.trim_start().len();
    let bare = bare.trim();
    if bare.is_empty() {
        let help = format!("write a condition behind it: `{name} {}`", example(&kind));
        let finding =
            Diagnostic::error(Code::BadCell, &source, Span::new(start, end), format!("it is not said what `{name}` is to be"));
        out.push(finding.help(help));
        return None;
    }
    let cell = match Cell::parse_text(bare, &kind, Dialect::Table, &NoNames) {
        Ok(cell) => cell,
        Err(error) => {
            let span = Span::new(begin + error.span.start, begin + error.span.end);
            out.push(Diagnostic::error(error.code, &source, span, error.message).help_opt(error.help));
            return None;
        }
    };
    if cell.is_any() || cell.conditions().iter().any(speaks_of_nothing) {
        let message = format!("`{bare}` does not say which value of `{name}` is wanted");
        let finding = Diagnostic::error(Code::BadCell, &source, Span::new(begin, begin + bare.len()), message);
        out.push(finding.help(format!("name one: `{name} {}`", example(&kind))));
        return None;
    }
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(Wanted { text, decision, output, cell })
}

/// Does it speak of whether there is a value, and not of which?
fn speaks_of_nothing(condition: &Condition) -> bool {
    match condition {
        Condition::Missing | Condition::Present | Condition::Empty | Condition::Unknown => true,
        Condition::Not(conditions) => conditions.iter().any(speaks_of_nothing),
        Condition::Equal(_) | Condition::Compare(..) | Condition::Within(_) => false,
    }
}

/// A condition on values of a kind, to be shown.
fn example(kind: &Kind) -> String {
    match kind {
        Kind::List(item) => example(item),
        Kind::Enum(names) => names.names.first().map_or_else(|| "= ...".to_owned(), |name| format!("= {name}")),
        Kind::Boolean => "= true".to_owned(),
        kind if kind.is_ordered() && matches!(kind, Kind::Money | Kind::Integer | Kind::Decimal) => "> 0".to_owned(),
        _ => "= ...".to_owned(),
    }
}

/// The output of a name: `goodwill.amount`, that of a section, or a decision that has but one output.
fn find(program: &Program, name: &str) -> Option<(usize, usize)> {
    let of = |name: &str| {
        let (decision, output) = name.split_once('.').unwrap_or((name, ""));
        let (number, found) = program.decisions.iter().enumerate().find(|(_, each)| *each.name == *decision)?;
        let at = if output.is_empty() {
            (found.outputs.len() == 1).then_some(0)?
        } else {
            found.outputs.iter().position(|each| *each.name == *output)?
        };
        Some((number, at))
    };
    let in_section = || {
        let (_, meant) = SECTIONS.iter().find(|(section, _)| *section == name)?;
        of(meant)
    };
    // `money.goodwill.kind`: what stands beside an amount.
    let beside = || {
        let (section, field) = name.rsplit_once('.')?;
        let (_, meant) = SECTIONS.iter().find(|(each, _)| *each == section)?;
        let (decision, _) = meant.split_once('.')?;
        of(&format!("{decision}.{field}"))
    };
    of(name).or_else(in_section).or_else(beside)
}

/// Every name that can be wanted.
fn names(program: &Program) -> Vec<String> {
    let outputs = program
        .decisions
        .iter()
        .flat_map(|decision: &Decision| decision.outputs.iter().map(move |output| format!("{}.{}", decision.name, output.name)));
    let sections =
        SECTIONS.iter().filter(|(section, _)| find(program, section).is_some()).map(|(section, _)| (*section).to_owned());
    outputs.chain(sections).collect()
}

/// What a decision gives, for whoever named the decision alone.
fn outputs_of(program: &Program, name: &str) -> Option<String> {
    let decision = name.split('.').next()?;
    let found = program.decisions.iter().find(|each| *each.name == *decision)?;
    let outputs: Vec<String> = found.outputs.iter().map(|output| format!("`{decision}.{}`", output.name)).collect();
    Some(format!("`{decision}` gives {}", outputs.join(", ")))
}
