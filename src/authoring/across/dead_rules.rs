//! Rules that can never fire, because no decision ever gives what one of their conditions asks for.

use super::EverySetting;
use super::outcomes::Outcomes;
use super::plain::{cell_text, possible_text};
use crate::policy::Program;
use crate::policy::compiled::Decision;
use crate::policy::slots::Slot;
use crate::text::{Code, Diagnostic, Diagnostics, Fix};

pub(super) fn check(program: &Program, outcomes: &[Outcomes<'_>], found: &mut Diagnostics) {
    for (number, decision) in program.decisions.iter().enumerate() {
        let mut every = EverySetting::new();
        for outcomes in outcomes {
            let Some(given) = outcomes.given(number) else { continue };
            let in_force = |row: &usize| decision.matcher.dates(*row).hold(outcomes.setting.day);
            for row in (0..decision.matcher.len()).filter(in_force) {
                let dead = given.dead.iter().find(|dead| dead.row == row);
                every.tell(row, dead.and_then(|dead| finding(decision, row, dead.column, outcomes)));
            }
        }
        every.report(found);
    }
}

fn finding(decision: &Decision, row: usize, column: usize, outcomes: &Outcomes<'_>) -> Option<Diagnostic> {
    let (rule, path) = (decision.rules.get(row)?, decision.columns.get(column)?);
    let asks = cell_text(decision.matcher.cell(row, column));
    let gives = possible_text(&outcomes.asked(path)?);
    let message = format!("the rule `{}` can never fire: `{}` is never {asks}", rule.id, path.written);
    let slots = &outcomes.setting.program.slots;
    let (help, source) = match slots.get(path.slot).map(|entry| entry.slot) {
        Some(Slot::Output { decision, output }) => {
            let other = outcomes.setting.program.decisions.get(decision)?;
            let help =
                format!("`{}` gives {gives}; ask for that, let it give what is asked for, or take the rule out", other.name);
            (help, Some((&other.outputs.get(output)?.place, format!("never {asks}"))))
        }
        Some(Slot::Let { index, .. }) => {
            let help = format!("it is {gives}; ask for that, or take the rule out");
            (help, decision.lets.get(index).map(|derived| (&derived.place, format!("never {asks}"))))
        }
        _ => (format!("it is {gives}; ask for that, or take the rule out"), None),
    };
    let finding = Diagnostic::at(Code::DeadRule, &rule.cell_place(column), message)
        .help(help)
        .fix(Fix::without_item(&rule.place, &rule.id));
    Some(match source {
        Some((place, text)) => finding.label(place, text),
        None => finding,
    })
}
