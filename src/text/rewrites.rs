//! What to write instead, where a finding does not say it of its own: every finding ends with a rewrite.

use super::codes::Code;

/// Where a message goes on to say how it is written, as those of values do: `... is not a date; write it as ...`.
const WRITTEN: &str = "; write ";

/// A message apart from the rewrite that it ends with.
pub(super) fn parted(message: &str) -> Option<(&str, String)> {
    let (message, rewrite) = message.split_once(WRITTEN)?;
    Some((message, format!("write {rewrite}")))
}

/// What a rewrite says to write, where it names one text or two and nothing else: ``write `10 weeks` or `10 months` ``.
pub(super) fn alternatives(rewrite: &str) -> Vec<&str> {
    let texts = rewrite.strip_prefix("write `").and_then(|rest| rest.strip_suffix('`'));
    let texts: Vec<&str> = texts.map(|texts| texts.split("` or `").collect()).unwrap_or_default();
    if texts.len() <= 2 && texts.iter().all(|text| !text.contains('`')) { texts } else { Vec::new() }
}

/// The rewrite that mends most findings of a code, by an example that can be copied.
pub(super) fn usual(code: Code) -> Option<&'static str> {
    Some(match code {
        Code::Unreadable => "name a file that is there and may be read",
        Code::Syntax => "close what was opened: `{a: 1, b: 2}`, `[1, 2]`, `\"text\"`",
        Code::TooLarge => "split it into several, or leave out what nothing needs",
        Code::UnknownFact => "name a fact of the case, as `customer.tier`; `redress schema case` lists them all",
        Code::WrongType => {
            "write a value of that kind: a number as `3`, a date as `2026-03-05`, a time as `2026-03-05T09:30:00-05:00`, several facts as `{name: value}`"
        }
        Code::UnknownMember => "write one of the names that are listed, or `unknown` where nobody knows",
        Code::OutOfRange => "write a share as `0.15`, and an amount or a number without a sign: `5.00 USD`, `4`",
        Code::BadMoney => "write digits, a point and the code of a currency: `64.20 USD`",
        Code::DuplicateName => "take one of the two away, or give it another name",
        Code::ReservedName => "choose another name",
        Code::MissingFile => "add the file, or name one that is there",
        Code::EmptyRange => "write the earlier day first: `{from: 2026-01-01, until: 2026-12-31}`",
        Code::PackDisagrees => "give it the type that the bundle gives, or a name that begins with that of the pack",
        Code::NotInPack => "write facts of the case alone: `when: {complaint.jurisdiction: US}`",
        Code::BadCell => "write a value or a condition: `true`, `5`, `at least 5`, `5 to 10`, `[card, loan]`, `not card`",
        Code::CellNever => "widen it until a value lies in it: `[5..6]`, `at least 5`; or take the rule away",
        Code::TypeMismatch => "name something of the kind that is asked for, or change the type where it is declared",
        Code::NotProven => "make the rules narrower, or write `hit: first` and put the most special rule first",
        Code::ScriptSyntax => "write one whole expression, each bracket closed: `= min(dispute.disputed_amount, params.limit)`",
        Code::UnknownName => "name a fact, an output, a `let` or a parameter: `customer.tier`, `goodwill.amount`, `params.limit`",
        Code::WrongArity => "give it as many as it takes; `redress functions` shows each with an example",
        Code::ExpressionType => "compare and calculate with values of one kind: `a >= money(5.00)`, `if(x > 3, 1, 2)`",
        Code::ScriptForbidden => {
            "take it out, and give the result as the value of the script; `redress functions` lists what may be called"
        }
        Code::ScriptTooLarge => "move what several scripts need into functions, and figures into `params`",
        Code::SectionOutput => "declare it as the section takes it; `redress schema decision` tells the names and types",
        Code::UnknownOutput => "name one of its `outputs`, or add it there: `roles: {type: text}`",
        Code::OwedCapped => "bound what is at our discretion, as `goodwill.amount`, or use `floor`",
        Code::BadCalendar => "widen `years`, or write a day that lies in them: `2026-12-24`",
        Code::BadStretch => "write a number and a unit: `10 business days`, `30 calendar days`, `2 billing cycles`, `24 hours`",
        Code::ClockCircle => "let it run from a fact or from another step: `after: complaint.received_at`",
        Code::BadTest => "write it as the case and the decision do: `at: 2026-03-05`",
        _ => return None,
    })
}
