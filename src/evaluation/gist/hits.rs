//! Which rules hit.

use super::reader::GistReader;
use crate::decision::Part;
use crate::evaluation::quick::{Hit, Run, Taken};
#[cfg(feature = "backtest")]
use crate::evaluation::whole::{Evaluation, Record};
use crate::policy::compiled::Decision;

pub(super) fn taken_hits(reader: &GistReader, number: usize, decision: &Decision, taken: &Taken<'_>, hits: &mut Vec<u32>) {
    let rules = decision.rules.len();
    let mut take = |run: &Run| {
        hits.push(reader.rule(number, rules, run.hit));
        let beside = run.told().map_or(&[][..], |told| &told.beside);
        hits.extend(beside.iter().map(|rival| reader.rule(number, rules, Hit::Row(rival.row))));
    };
    match taken {
        Taken::Single(run) => take(run),
        Taken::Each(items) => items.iter().for_each(|item| take(&item.run)),
        Taken::Listed(rows) => hits.extend(rows.iter().map(|each| reader.rule(number, rules, Hit::Row(each.row)))),
    }
}

/// The rules of a part that was told; what is no rule, such as the clock that concedes, has no number.
pub(super) fn told_hits(reader: &GistReader, number: usize, decision: &Decision, part: &Part, hits: &mut Vec<u32>) {
    let rules = decision.rules.len();
    for note in &part.rules {
        let hit = match decision.rules.iter().position(|rule| *rule.id == *note.rule()) {
            Some(row) => Hit::Row(row),
            None if note.rule() == "otherwise" => Hit::Otherwise,
            None if reader
                .rules
                .get(reader.rule(number, rules, Hit::Values) as usize)
                .is_some_and(|own| *own.rule == *note.rule()) =>
            {
                Hit::Values
            }
            None => continue,
        };
        hits.push(reader.rule(number, rules, hit));
    }
}

#[cfg(feature = "backtest")]
impl Evaluation<'_> {
    /// What decided, in words: the rules that hit, and the plugins and guardrails that changed what they gave; how it ended where it was
    /// not decided.
    pub(crate) fn decided_by(&self, reader: &GistReader, number: usize) -> String {
        let Some(decision) = self.situation.program.decisions.get(number) else { return String::new() };
        let mut hits = Vec::new();
        let mut changed: Vec<&str> = Vec::new();
        match self.records.get(number) {
            Some(Record::Quick(taken)) => {
                taken_hits(reader, number, decision, taken, &mut hits);
                match taken {
                    Taken::Single(run) => changed.extend(changes(run)),
                    Taken::Each(items) => changed.extend(items.iter().flat_map(|item| changes(&item.run))),
                    Taken::Listed(rows) => {
                        changed.extend(rows.iter().flat_map(|row| &row.changes).map(|change| change.id.as_str()));
                    }
                }
            }
            Some(Record::Told(finished)) if !finished.part.is_decided() => return finished.part.status.word().to_owned(),
            Some(Record::Told(finished)) => {
                told_hits(reader, number, decision, &finished.part, &mut hits);
                changed.extend(finished.part.changes.iter().map(|change| change.id.as_str()));
            }
            Some(Record::Open) | None => {}
        }
        let names = hits.iter().filter_map(|hit| reader.rules.get(*hit as usize)).map(|rule| &*rule.rule);
        let mut text = each_once(names).join(" and ");
        if !changed.is_empty() {
            text.push_str(&format!(", then {}", each_once(changed.into_iter()).join(" and ")));
        }
        text
    }
}

/// Names in the order in which they come first: however many items a case has, what decided it is told in few words.
#[cfg(feature = "backtest")]
fn each_once<'n>(names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let mut list = Vec::new();
    for name in names {
        if !list.contains(&name) {
            list.push(name);
        }
    }
    list
}

#[cfg(feature = "backtest")]
fn changes(run: &Run) -> impl Iterator<Item = &str> {
    run.told().into_iter().flat_map(|told| &told.changes).map(|change| change.id.as_str())
}
