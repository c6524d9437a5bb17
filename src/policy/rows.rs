//! Rules as they are compiled, whether they were written one by one, as a pipe table or as a CSV file.

use crate::bundle::{BecauseDoc, BundleFiles, DecisionDoc, Formula, OtherwiseDoc, TableDoc, Written};
use crate::limits::DECISION_RULES_MAX;
use crate::rule::{CellText, HeadingKind, TableText};
use crate::text::{Code, Diagnostic, Diagnostics, Node, NodeKind, Place, Scalar, Source, Style};
use crate::value::Date;

/// A condition as written.
pub(crate) enum CellSource {
    Node(Node, Source),
    Text(String, Place),
}

/// A rule as written.
pub(crate) struct RawRule {
    pub(crate) id: String,
    pub(crate) when: Vec<(Written<String>, CellSource)>,
    pub(crate) then: Vec<(Written<String>, Written<Formula>)>,
    pub(crate) because: Option<BecauseDoc>,
    pub(crate) source: Option<String>,
    pub(crate) from: Option<Date>,
    pub(crate) until: Option<Date>,
    pub(crate) place: Place,
    /// A table without a column for reasons was reported once, at its headings.
    pub(crate) no_reasons: bool,
    /// Its outputs could not be read, which was reported.
    pub(crate) unread: bool,
}

impl RawRule {
    /// What holds when no rule matches.
    pub(crate) fn otherwise(doc: &OtherwiseDoc) -> Self {
        Self {
            id: "otherwise".to_owned(),
            when: Vec::new(),
            then: doc.then.clone(),
            because: doc.because.clone(),
            source: doc.source.clone(),
            from: None,
            until: None,
            place: doc.place.clone(),
            no_reasons: false,
            unread: false,
        }
    }

    /// How messages call it.
    pub(crate) fn what(&self) -> String {
        if self.id == "otherwise" { "`otherwise`".to_owned() } else { format!("the rule `{}`", self.id) }
    }
}

/// The rules of a decision, in the order written.
pub(crate) fn raw_rules(doc: &DecisionDoc, files: &BundleFiles, out: &mut Diagnostics) -> Vec<RawRule> {
    if let (Some(_), Some(rule)) = (&doc.table, doc.rules.first()) {
        let message = format!("`{}` has rules and a table; a decision is written in one way", doc.name.value);
        out.push(Diagnostic::at(Code::BadTable, &rule.place, message));
    }
    let rules = match &doc.table {
        None => doc
            .rules
            .iter()
            .enumerate()
            .map(|(at, rule)| RawRule {
                id: rule.id.as_ref().map_or_else(|| format!("#{}", at + 1), |id| id.value.clone()),
                when: rule
                    .when
                    .iter()
                    .map(|(key, node)| (key.clone(), CellSource::Node(node.clone(), doc.source.clone())))
                    .collect(),
                then: rule.then.clone(),
                because: rule.because.clone(),
                source: rule.source.clone(),
                from: rule.from,
                until: rule.until,
                place: rule.place.clone(),
                no_reasons: false,
                unread: rule.unread,
            })
            .collect(),
        Some(table) => table_rules(doc, table, files, out),
    };
    if rules.len() > DECISION_RULES_MAX {
        let message =
            format!("`{}` has {} rules, more than the {DECISION_RULES_MAX} that are allowed", doc.name.value, rules.len());
        out.push(Diagnostic::at(Code::TooLarge, &doc.name.place, message));
    }
    rules
}

fn table_rules(doc: &DecisionDoc, table: &TableDoc, files: &BundleFiles, out: &mut Diagnostics) -> Vec<RawRule> {
    let (text, csv) = match table {
        TableDoc::Inline(node) => {
            let text = node.as_text().unwrap_or_default();
            (TableText::parse_pipes(text, &doc.source, node.span, out), false)
        }
        TableDoc::File(name) => {
            let path = beside(&doc.path, &name.value);
            match files.get(&path) {
                Some(source) => (TableText::parse_csv(source, out), true),
                None => {
                    let known = files.iter().map(|(path, _)| path).filter(|path| path.ends_with(".csv"));
                    let help = crate::text::nearest::did_you_mean(&path, known)
                        .unwrap_or_else(|| "put the CSV file beside the decision".to_owned());
                    let message = format!("there is no file `{path}`");
                    out.push(Diagnostic::at(Code::MissingFile, &name.place, message).help(help));
                    return Vec::new();
                }
            }
        }
    };
    let Some(text) = text else { return Vec::new() };
    text.rows.iter().enumerate().map(|(at, row)| table_rule(at, &text, row, csv, out)).collect()
}

/// The path of a file that is named beside another.
pub(crate) fn beside(path: &str, name: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{name}"),
        None => name.to_owned(),
    }
}

fn table_rule(at: usize, table: &TableText, row: &[CellText], csv: bool, out: &mut Diagnostics) -> RawRule {
    let first = row.first().map(|cell| cell.place.clone());
    let place = first.or_else(|| table.columns.first().map(|heading| heading.place.clone()));
    let place = place.unwrap_or_else(|| Source::new("", "").place(crate::text::Span::default()));
    let mut rule = RawRule {
        id: format!("#{}", at + 1),
        when: Vec::new(),
        then: Vec::new(),
        because: None,
        source: None,
        from: None,
        until: None,
        place,
        no_reasons: table.columns_of(HeadingKind::Because).next().is_none(),
        unread: table.columns_of(HeadingKind::Output).next().is_none(),
    };
    for (heading, cell) in table.columns.iter().zip(row) {
        let text = cell.text.trim();
        let name = || Written::new(heading.text.clone(), heading.place.clone());
        match heading.kind {
            HeadingKind::Input => {
                if matches!(text, "" | "-" | "any") {
                    // A column that every row leaves open still has to name something.
                    rule.when.push((name(), CellSource::Text("-".to_owned(), cell.place.clone())));
                } else {
                    rule.when.push((name(), CellSource::Text(cell.text.clone(), cell.place.clone())));
                }
            }
            HeadingKind::Output => {
                if !matches!(text, "" | "-") {
                    rule.then.push((name(), Written::new(output_formula(text, csv, cell), cell.place.clone())));
                }
            }
            HeadingKind::Id => {
                if !text.is_empty() {
                    text.clone_into(&mut rule.id);
                }
            }
            HeadingKind::Because => {
                if !text.is_empty() {
                    rule.because = Some(BecauseDoc::one(Written::new(text.to_owned(), cell.place.clone())));
                }
            }
            HeadingKind::Source => rule.source = (!matches!(text, "" | "-")).then(|| text.to_owned()),
            HeadingKind::From => rule.from = date(text, &cell.place, out),
            HeadingKind::Until => rule.until = date(text, &cell.place, out),
        }
    }
    if let (Some(from), Some(until)) = (rule.from, rule.until)
        && until < from
    {
        let message = format!("{} ends on {until}, before it begins on {from}", rule.what());
        out.push(Diagnostic::at(Code::EmptyRange, &rule.place, message));
    }
    rule
}

/// An output cell: an expression, in a CSV file the name of a `let` in braces, or a literal.
fn output_formula(text: &str, csv: bool, cell: &CellText) -> Formula {
    if csv && let Some(name) = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        return Formula::Expression(name.trim().to_owned());
    }
    let scalar = Scalar { text: text.to_owned(), style: Style::Plain };
    Formula::of(&Node { span: cell.place.span, kind: NodeKind::Scalar(scalar) })
}

fn date(text: &str, place: &Place, out: &mut Diagnostics) -> Option<Date> {
    if matches!(text, "" | "-") {
        return None;
    }
    match Date::parse(text) {
        Ok(date) => Some(date),
        Err(trouble) => {
            out.push(Diagnostic::at(Code::BadValue, place, trouble.to_string()));
            None
        }
    }
}
