//! A mapping out of its document: every mistake at once, each at its place.

use super::columns::Columns;
use super::condition::{Conditions, Forms};
use super::date_format::DateFormat;
use super::entry::{Form, Item, ItemShape, Items, MappingEntry};
use super::form_reader::{currency, date_format, number_format};
use super::number_format::NumberFormat;
use super::origin_reader::{COLUMN_KEYS, OriginReader};
use super::shape::Shape;
use super::target::Target;
use super::{Contents, Encoding};
use crate::case::registry;
use crate::text::{Code, Diagnostics, Node, Source, yaml};
use crate::value::{Kind, Zone};

const KEYS: [&str; 13] = [
    "mapping",
    "about",
    "delimiter",
    "encoding",
    "currency",
    "dates",
    "numbers",
    "time_zone",
    "blank",
    "only",
    "skip",
    "facts",
    "actual",
];
const LIST_KEYS: [&str; 3] = ["items", "otherwise", "because"];

/// Reads a whole mapping.
pub(crate) fn read(source: &Source) -> Result<Contents, Diagnostics> {
    let mut out = Diagnostics::new();
    let Some(root) = yaml::parse(source, &mut out) else { return Err(out) };
    let mut reader = OriginReader {
        shape: Shape { source, out },
        columns: Columns::default(),
        forms: Forms { numbers: NumberFormat::plain(), dates: DateFormat::standard() },
        zone: None,
        currency: None,
        assumptions: Vec::new(),
    };
    let contents = reader.contents(&root);
    let mut out = reader.shape.out;
    if out.has_errors() {
        out.sort();
        return Err(out);
    }
    contents.ok_or(out)
}

impl OriginReader<'_> {
    fn contents(&mut self, root: &Node) -> Option<Contents> {
        let Some(entries) = root.as_map() else {
            let message = format!("a mapping file has keys with values, found {}", root.describe());
            let help = "it begins with `mapping: NAME` and says under `facts:` what the columns mean".to_owned();
            self.shape.report(Code::BadValue, root.span, "", message, Some(help));
            return None;
        };
        self.shape.only_keys(entries, &KEYS, "");
        let name = self.shape.text(root, "mapping", "").map(|(name, _)| name.to_owned());
        if root.get("mapping").is_none() {
            let message = "the mapping has no name";
            self.shape.report(Code::MissingKey, root.span, "", message, Some("write `mapping: NAME` at its top".to_owned()));
        }
        self.shape.text(root, "about", "");
        let delimiter = self.shape.parsed(root, "delimiter", "", delimiter).unwrap_or(b',');
        let encoding = self.shape.parsed(root, "encoding", "", encoding).unwrap_or(Encoding::Utf8);
        // A word that was reported counts as given, so that it is not missed anywhere else.
        self.currency = root.get("currency").map(|_| self.shape.parsed(root, "currency", "", currency).unwrap_or_default());
        if let Some(dates) = self.shape.parsed(root, "dates", "", date_format) {
            self.forms.dates = dates;
        }
        if let Some(numbers) = self.shape.parsed(root, "numbers", "", number_format) {
            self.forms.numbers = numbers;
        }
        let zone = |name: &str| Zone::parse(name).map_err(|trouble| (trouble.to_string(), None));
        self.zone = root.get("time_zone").map(|_| self.shape.parsed(root, "time_zone", "", zone).unwrap_or_else(Zone::utc));
        let blank = self.blank(root);
        let only = self.row_filter(root, "only");
        let skip = self.row_filter(root, "skip");
        let facts = self.facts(root);
        let actual = self.actual(root);
        Some(Contents {
            source: self.shape.source.clone(),
            name: name?,
            delimiter,
            encoding,
            blank,
            only,
            skip,
            facts,
            actual,
            forms: self.forms.clone(),
            zone: self.zone.clone(),
            columns: std::mem::take(&mut self.columns),
            assumptions: std::mem::take(&mut self.assumptions),
        })
    }

    /// The words that mean nothing.
    fn blank(&mut self, root: &Node) -> Vec<String> {
        let Some(node) = root.get("blank") else { return Vec::new() };
        let words: Option<Vec<String>> =
            node.as_list().and_then(|items| items.iter().map(|item| item.as_text().map(|text| text.trim().to_owned())).collect());
        words.unwrap_or_else(|| {
            let message = format!("`blank` wants a list of words, found {}", node.describe());
            let help = "list the words that stand for an empty cell: `blank: [NA, n/a, \"-\"]`".to_owned();
            self.shape.report(Code::BadValue, node.span, "blank", message, Some(help));
            Vec::new()
        })
    }

    /// Conditions of which one holds: a mapping, or a list of them.
    fn row_filter(&mut self, root: &Node, key: &str) -> Option<Vec<Conditions>> {
        let node = root.get(key)?;
        let nodes = node.as_list().unwrap_or(std::slice::from_ref(node));
        Some(nodes.iter().filter_map(|each| self.conditions(each, key)).collect())
    }

    fn facts(&mut self, root: &Node) -> Vec<MappingEntry> {
        let Some(node) = root.get("facts") else {
            let help = "write `facts:` and below it what each fact is taken from".to_owned();
            self.shape.report(Code::MissingKey, root.span, "", "the mapping fills no facts", Some(help));
            return Vec::new();
        };
        let help = "write `complaint.case_id: {column: NAME}` and so on";
        let Some(entries) = self.shape.entries(node, "facts", help) else { return Vec::new() };
        let mut facts = Vec::new();
        let (mut is_dispute, mut all_known) = (false, true);
        for entry in entries {
            let path = entry.key.text.as_str();
            is_dispute |= !path.starts_with("input.");
            match Target::of_fact(path) {
                Err(reason) => {
                    all_known = false;
                    self.shape.no_target(entry.key.span, path, reason);
                }
                Ok(target) => {
                    if let Some(form) = self.form(&entry.value, &target) {
                        facts.push(MappingEntry { target, span: entry.key.span, form });
                    }
                }
            }
        }
        // A fact that is missing may be one of those that were misspelt.
        if is_dispute && all_known {
            self.required_facts(root, node);
        }
        facts
    }

    fn required_facts(&mut self, root: &Node, facts: &Node) {
        let left_out = registry().iter().filter(|(_, spec)| spec.required && facts.get(&spec.path).is_none());
        let left_out: Vec<&str> = left_out.map(|(_, spec)| spec.path.as_str()).collect();
        let Some(first) = left_out.first() else { return };
        let key = root.as_map().unwrap_or_default().iter().find(|entry| entry.key.text == "facts");
        let span = key.map_or(facts.span, |entry| entry.key.span);
        let message = format!("no dispute is decided without `{}`, which nothing gives", left_out.join("`, `"));
        let help = format!("fill it, or say that the file does not have it: `{first}: {{constant: missing}}`");
        self.shape.report(Code::MissingKey, span, first, message, Some(help));
    }

    fn actual(&mut self, root: &Node) -> Vec<MappingEntry> {
        let Some(node) = root.get("actual") else { return Vec::new() };
        let help = "write `outcome: {column: NAME, values: {...}}` and so on";
        let Some(entries) = self.shape.entries(node, "actual", help) else { return Vec::new() };
        let mut actual = Vec::new();
        for entry in entries {
            match Target::of_actual(&entry.key.text) {
                Err(reason) => self.shape.no_target(entry.key.span, &format!("actual.{}", entry.key.text), reason),
                Ok(target) => {
                    if let Some(form) = self.form(&entry.value, &target) {
                        actual.push(MappingEntry { target, span: entry.key.span, form });
                    }
                }
            }
        }
        actual
    }

    fn form(&mut self, node: &Node, target: &Target) -> Option<Form> {
        let item_kind = match &target.kind {
            Some(Kind::List(item)) => Some((**item).clone()),
            None => Some(Kind::Text),
            Some(_) => None,
        };
        if let (Some(items), Some(kind)) = (node.get("items"), &item_kind) {
            self.shape.only_keys(node.as_map().unwrap_or_default(), &LIST_KEYS, &target.path);
            return self.items(node, items, kind, target).map(Form::Items);
        }
        if let (Some(_), Some(kind)) = (node.get("split"), &item_kind) {
            let (separator, _) = self.shape.text(node, "split", &target.path)?;
            if node.get("column").is_none() {
                let message = "`split` divides a cell, so it stands beside `column`";
                self.shape.report(Code::MissingKey, node.span, &target.path, message, None);
                return None;
            }
            self.shape.only_keys(node.as_map().unwrap_or_default(), &[&COLUMN_KEYS[..], &["split"]].concat(), &target.path);
            let from = self.column(node, &target.item(kind, None), target, "")?;
            return Some(Form::Split(from, separator.to_owned()));
        }
        self.origin(node, target, &[], "").map(Form::One)
    }

    fn items(&mut self, node: &Node, items: &Node, kind: &Kind, target: &Target) -> Option<Items> {
        let path = target.path.as_str();
        let Some(list) = items.as_list().filter(|list| !list.is_empty()) else {
            let message = format!("`items` wants a list with something in it, found {}", items.describe());
            self.shape.report(
                Code::BadValue,
                items.span,
                path,
                message,
                Some("write one item for each that a row may have".to_owned()),
            );
            return None;
        };
        let otherwise = self.assumed(node, "otherwise", target, "", "rows where no item is found");
        let mut read = Vec::new();
        for item in list {
            let when = item.get("when").map_or_else(|| Some(Conditions::default()), |when| self.conditions(when, path));
            let shape = match kind {
                Kind::Record(record) => {
                    let Some(entries) = self.shape.entries(item, path, "write the facts of the item") else { continue };
                    let mut fields = Vec::new();
                    for entry in entries.iter().filter(|entry| entry.key.text != "when") {
                        let name = entry.key.text.as_str();
                        let Some(field) = record.fields.iter().find(|field| *field.name == *name) else {
                            let known: Vec<&str> = record.fields.iter().map(|field| &*field.name).collect();
                            self.shape.only_keys(std::slice::from_ref(entry), &known, path);
                            continue;
                        };
                        let inner = target.item(&field.kind, Some(name));
                        if let Some(origin) = self.origin(&entry.value, &inner, &[], "") {
                            fields.push((name.to_owned(), origin));
                        }
                    }
                    Some(ItemShape::Record(fields))
                }
                kind => {
                    self.origin(item, &target.item(kind, None), &["when"], "").map(|origin| ItemShape::Value(Box::new(origin)))
                }
            };
            if let (Some(when), Some(shape)) = (when, shape) {
                read.push(Item { when, shape });
            }
        }
        Some(Items { items: read, otherwise })
    }
}

fn delimiter(word: &str) -> Result<u8, (String, Option<String>)> {
    match word {
        "tab" | "\t" => Ok(b'\t'),
        "," => Ok(b','),
        ";" => Ok(b';'),
        "|" => Ok(b'|'),
        _ => Err((format!("`{word}` is not a delimiter"), Some("it may be `\",\"`, `\";\"`, `\"|\"` or `tab`".to_owned()))),
    }
}

fn encoding(word: &str) -> Result<Encoding, (String, Option<String>)> {
    match word {
        "utf-8" => Ok(Encoding::Utf8),
        "windows-1252" | "latin-1" => Ok(Encoding::Windows1252),
        _ => Err((format!("`{word}` is not an encoding"), Some("it may be `utf-8`, `latin-1` or `windows-1252`".to_owned()))),
    }
}
