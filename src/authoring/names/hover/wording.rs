//! How what is known is put into Markdown.

use crate::bundle::{ParamPeriod, ParamValue};
use crate::text::{Node, NodeKind};

/// A hover that is being put together: a heading, paragraphs, and a list of what else is to be said.
pub(super) struct Told {
    text: String,
    in_list: bool,
}

impl Told {
    /// Begins with a name as it is written, and what it is.
    pub(super) fn of(name: &str, what: &str) -> Self {
        Self { text: format!("**`{name}`** — {what}\n"), in_list: false }
    }

    /// Adds a paragraph, if there is something to say.
    pub(super) fn text(&mut self, text: &str) {
        let text = text.trim();
        if !text.is_empty() {
            self.text.push_str(&format!("\n{text}\n"));
            self.in_list = false;
        }
    }

    /// Adds an item of a list, if there is something to say.
    pub(super) fn item(&mut self, label: &str, text: &str) {
        if text.is_empty() {
            return;
        }
        if !self.in_list {
            self.text.push('\n');
            self.in_list = true;
        }
        let colon = if label.is_empty() { "" } else { ": " };
        self.text.push_str(&format!("* {label}{colon}{text}\n"));
    }

    pub(super) fn finish(self) -> String {
        self.text.trim_end().to_owned()
    }
}

/// A list of names, each in ticks.
pub(super) fn ticked<T: AsRef<str>>(names: impl IntoIterator<Item = T>) -> String {
    names.into_iter().map(|name| format!("`{}`", name.as_ref())).collect::<Vec<_>>().join(", ")
}

/// A cell or a value as it is written, on one line.
pub(super) fn written(node: &Node) -> String {
    match &node.kind {
        NodeKind::Scalar(scalar) => scalar.text.split_whitespace().collect::<Vec<_>>().join(" "),
        NodeKind::List(items) => format!("[{}]", items.iter().map(written).collect::<Vec<_>>().join(", ")),
        NodeKind::Map(entries) => {
            let entry = |entry: &crate::text::Entry| format!("{}: {}", entry.key.text, written(&entry.value));
            format!("{{{}}}", entries.iter().map(entry).collect::<Vec<_>>().join(", "))
        }
        NodeKind::Null => String::new(),
    }
}

/// The value of a parameter.
pub(super) fn value(value: &ParamValue) -> String {
    match value {
        ParamValue::Plain(value) => value.to_string(),
        ParamValue::CaseMoney(amount) => format!("{} in the currency of the case", amount.to_fixed(2)),
        ParamValue::ByCurrency(amounts) => amounts
            .iter()
            .map(|(currency, amount)| format!("{} {}", amount.to_fixed(2), currency.code()))
            .collect::<Vec<_>>()
            .join(", "),
    }
}

/// From when until when.
pub(super) fn period(period: &ParamPeriod) -> String {
    match (period.from, period.until) {
        (Some(from), Some(until)) => format!("from {from} until {until}"),
        (Some(from), None) => format!("from {from}"),
        (None, Some(until)) => format!("until {until}"),
        (None, None) => String::new(),
    }
}
