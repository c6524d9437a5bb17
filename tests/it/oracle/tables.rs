//! Rules as text: in a list, in a table, in a CSV file.

use super::made::{Made, Rule};
use std::fmt::Write;

impl Made {
    /// Writes rules as a list, a table, or a CSV file.
    pub(super) fn written(&mut self, name: &str, rules: &[Rule]) {
        let is_aggregate = rules.iter().all(|rule| rule.then.len() == 1 && rule.then[0].0 == "rate");
        match self.choices.below(4) {
            0 if !is_aggregate => self.table(name, rules),
            1 if !is_aggregate && rules.iter().all(|rule| rule.then.iter().all(|(_, value)| !value.starts_with('='))) => {
                self.csv(name, rules);
            }
            _ => self.list(name, rules),
        }
    }

    pub(super) fn list(&mut self, name: &str, rules: &[Rule]) {
        self.text.push_str("rules:\n");
        for rule in rules {
            self.mark(name, &rule.id, "a rule in a list".to_owned());
            let when: Vec<String> = rule.when.iter().map(|(fact, yaml, _)| format!("{fact}: {yaml}")).collect();
            let _ = writeln!(self.text, "  - id: {}\n    when: {{{}}}\n    then:", rule.id, when.join(", "));
            for (output, value) in &rule.then {
                let _ = writeln!(
                    self.text,
                    "      {output}: {}",
                    if value.contains(['"', '|']) { format!("'{value}'") } else { value.clone() }
                );
            }
            if self.is(3) && !rule.because.contains("{level}") {
                self.mark(name, &rule.id, "a reason in several languages".to_owned());
                let _ = writeln!(self.text, "    because: {{en: '{}', es: 'Una razón.'}}\n    source: law 1", rule.because);
            } else {
                let _ = writeln!(self.text, "    because: '{}'", rule.because);
            }
            if let Some((date, day)) = rule.dates {
                let _ = writeln!(self.text, "    {date}: {day}");
            }
        }
    }

    /// The facts and outputs that stand in the headings, in the order of their first rule.
    fn headings(rules: &[Rule]) -> (Vec<&'static str>, Vec<String>) {
        let (mut facts, mut outputs) = (Vec::new(), Vec::new());
        for rule in rules {
            facts.extend(rule.when.iter().map(|(fact, ..)| *fact));
            outputs.extend(rule.then.iter().map(|(output, _)| output.clone()));
        }
        let (mut seen, mut given) = (Vec::new(), Vec::new());
        facts.retain(|fact| {
            !seen.contains(fact) && {
                seen.push(*fact);
                true
            }
        });
        outputs.retain(|output: &String| {
            !given.contains(output) && {
                given.push(output.clone());
                true
            }
        });
        (facts, outputs)
    }

    fn rows(&mut self, name: &str, rules: &[Rule], how: &str) -> Vec<Vec<String>> {
        let (facts, outputs) = Self::headings(rules);
        let has = |date: &str| rules.iter().any(|rule| rule.dates.is_some_and(|(each, _)| each == date));
        let dates: Vec<&str> = ["from", "until"].into_iter().filter(|date| has(date)).collect();
        let mut rows = vec![vec!["id".to_owned()]];
        rows[0].extend(facts.iter().map(|fact| (*fact).to_owned()));
        rows[0].extend(outputs.iter().map(|output| format!("=> {output}")));
        rows[0].extend(dates.iter().map(|date| (*date).to_owned()));
        rows[0].push("because".to_owned());
        for rule in rules {
            self.mark(name, &rule.id, how.to_owned());
            let mut row = vec![rule.id.clone()];
            let cell = |fact: &&str| rule.when.iter().find(|(each, ..)| each == fact).map_or("-", |(_, _, table)| table.as_str());
            row.extend(facts.iter().map(|fact| cell(fact).to_owned()));
            let value =
                |output: &String| rule.then.iter().find(|(each, _)| each == output).map_or("", |(_, value)| value.as_str());
            row.extend(outputs.iter().map(|output| value(output).to_owned()));
            let day = |date: &&str| rule.dates.filter(|(each, _)| each == date).map_or("", |(_, day)| day);
            row.extend(dates.iter().map(|date| day(date).to_owned()));
            row.push(rule.because.to_owned());
            rows.push(row);
        }
        rows
    }

    fn table(&mut self, name: &str, rules: &[Rule]) {
        let rows = self.rows(name, rules, "a rule in a table");
        self.text.push_str("table: |\n");
        for row in rows {
            let cells: Vec<String> = row.iter().map(|cell| cell.replace('|', "\\|")).collect();
            let _ = writeln!(self.text, "  | {} |", cells.join(" | "));
        }
    }

    /// A table of its own file, which is written when the decision is.
    fn csv(&mut self, name: &str, rules: &[Rule]) {
        let rows = self.rows(name, rules, "a rule in a CSV file");
        let _ = writeln!(self.text, "table: {name}.csv");
        let mut file = String::new();
        for row in rows {
            let cells: Vec<String> = row.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            let _ = writeln!(file, "{}", cells.join(","));
        }
        self.later.push((format!("decisions/{name}.csv"), file));
    }
}
