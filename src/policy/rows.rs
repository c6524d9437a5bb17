//! Rules as they are compiled, whether they were written one by one, as a pipe table or as a CSV file.

use crate::bundle::{
    BecauseDoc, BindingDoc, BundleFiles, DecisionDoc, Formula, LawDoc, OtherwiseDoc, RuleDoc, TableDoc, Written, in_order,
};
use crate::limits::DECISION_RULES_MAX;
use crate::rule::{CellText, Heading, HeadingKind, TableText};
use crate::text::{Code, Diagnostic, Diagnostics, Node, NodeKind, Place, Scalar, Source, Span, Style};
use crate::value::Date;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What `otherwise` holds beside outputs.
pub(crate) const OTHERWISE_WORDS: [&str; 2] = ["because", "source"];

/// A name, in a document or at the head of a column.
#[derive(Clone, Copy)]
pub(crate) struct Name<'a> {
    pub(crate) value: &'a str,
    pub(crate) place: &'a Place,
}

impl<'a> From<&'a Written<String>> for Name<'a> {
    fn from(written: &'a Written<String>) -> Self {
        Self { value: &written.value, place: &written.place }
    }
}

impl<'a> From<&'a Heading> for Name<'a> {
    fn from(heading: &'a Heading) -> Self {
        Self { value: &heading.text, place: &heading.place }
    }
}

/// A condition as written.
pub(crate) enum CellSource<'a> {
    Node(&'a Node, &'a Source),
    Text(&'a CellText),
}

impl CellSource<'_> {
    /// Where it stands, in the text of its rule.
    pub(crate) fn span(&self) -> Span {
        match self {
            Self::Node(node, _) => node.span,
            Self::Text(cell) => cell.place.span,
        }
    }
}

/// An output of a rule as written.
pub(crate) enum RawFormula<'a> {
    Written(&'a Written<Formula>),
    Pipes(&'a CellText),
    Csv(&'a CellText),
}

impl RawFormula<'_> {
    pub(crate) fn read(&self) -> Cow<'_, Written<Formula>> {
        match self {
            Self::Written(written) => Cow::Borrowed(written),
            Self::Pipes(cell) => Cow::Owned(output_formula(cell, false)),
            Self::Csv(cell) => Cow::Owned(output_formula(cell, true)),
        }
    }
}

/// A reason as written.
#[derive(Clone, Copy)]
pub(crate) enum RawReason<'a> {
    Written(&'a BecauseDoc),
    Cell(&'a CellText),
}

impl<'a> RawReason<'a> {
    pub(crate) fn read(self) -> Cow<'a, BecauseDoc> {
        match self {
            Self::Written(doc) => Cow::Borrowed(doc),
            Self::Cell(cell) => Cow::Owned(BecauseDoc::one(Written::new(cell.text.clone(), cell.place.clone()))),
        }
    }
}

/// A rule as written; large tables have many, so nothing is copied before it is compiled.
pub(crate) struct RawRule<'a> {
    pub(crate) id: Cow<'a, str>,
    /// Conditions by the number of their column.
    pub(crate) when: Vec<(usize, CellSource<'a>)>,
    pub(crate) then: Vec<(Name<'a>, RawFormula<'a>)>,
    pub(crate) because: Option<RawReason<'a>>,
    pub(crate) source: Option<&'a str>,
    pub(crate) law: Option<&'a LawDoc>,
    pub(crate) from: Option<Date>,
    pub(crate) until: Option<Date>,
    pub(crate) place: &'a Place,
    /// A table without a column for reasons was reported once, at its headings.
    pub(crate) no_reasons: bool,
    /// Its outputs could not be read, which was reported.
    pub(crate) unread: bool,
}

/// The rules of a decision, in the order written.
#[derive(Default)]
pub(crate) struct RawRules<'a> {
    /// What conditions look at, in the order in which it is first named.
    pub(crate) columns: Vec<Name<'a>>,
    pub(crate) rules: Vec<RawRule<'a>>,
}

impl RawRules<'_> {
    /// Adds the rules of others after these; columns of the same name are one.
    fn append(&mut self, others: Self) {
        let columns: Vec<usize> = others
            .columns
            .into_iter()
            .map(|name| {
                self.columns.iter().position(|known| known.value == name.value).unwrap_or_else(|| {
                    self.columns.push(name);
                    self.columns.len() - 1
                })
            })
            .collect();
        for mut rule in others.rules {
            for (column, _) in &mut rule.when {
                *column = columns.get(*column).copied().unwrap_or(*column);
            }
            self.rules.push(rule);
        }
    }
}

/// A table of a decision: what it says, and whether that stands in a CSV file.
pub(crate) struct RawTable {
    pub(crate) text: TableText,
    pub(crate) csv: bool,
}

impl<'a> RawRule<'a> {
    /// What holds when no rule matches.
    pub(crate) fn otherwise(doc: &'a OtherwiseDoc) -> Self {
        Self {
            id: Cow::Borrowed("otherwise"),
            when: Vec::new(),
            then: outputs(&doc.then),
            because: doc.because.as_ref().map(RawReason::Written),
            source: doc.source.as_deref(),
            law: None,
            from: None,
            until: None,
            place: &doc.place,
            no_reasons: false,
            unread: false,
        }
    }

    /// How messages call it.
    pub(crate) fn what(&self) -> String {
        if self.id == "otherwise" { "`otherwise`".to_owned() } else { format!("the rule `{}`", self.id) }
    }
}

fn outputs(then: &[(Written<String>, Written<Formula>)]) -> Vec<(Name<'_>, RawFormula<'_>)> {
    then.iter().map(|(name, formula)| (name.into(), RawFormula::Written(formula))).collect()
}

/// The rules of a decision, out of its document or out of its table.
pub(crate) fn raw_rules<'a>(doc: &'a DecisionDoc, table: Option<&'a RawTable>, out: &mut Diagnostics) -> RawRules<'a> {
    if let (Some(_), Some(rule)) = (&doc.table, doc.rules.first()) {
        let message = format!("`{}` has rules and a table; a decision is written in one way", doc.name.value);
        let help = "write the rules as rows of the table, or take the `table` away";
        out.push(Diagnostic::at(Code::BadTable, &rule.place, message).help(help));
    }
    let own = match (&doc.table, table) {
        (None, _) => written_rules(&doc.rules),
        (Some(_), Some(table)) => table_rules(table, doc.binding.as_ref(), out),
        (Some(_), None) => RawRules::default(),
    };
    let added = written_rules(&doc.added);
    // Packs stand before the bundle, and in the order listed: what a pack declared, those listed later add to.
    let (mut raw, then) = if doc.binding.is_some() { (own, added) } else { (added, own) };
    raw.append(then);
    if raw.rules.len() > DECISION_RULES_MAX {
        let message =
            format!("`{}` has {} rules, more than the {DECISION_RULES_MAX} that are allowed", doc.name.value, raw.rules.len());
        out.push(Diagnostic::at(Code::TooLarge, &doc.name.place, message));
    }
    raw
}

/// What a rule without an id is called. Rules of several files come together in one decision, so those of a pack name it.
fn number(at: usize, pack: Option<&str>) -> String {
    pack.map_or_else(|| format!("#{}", at + 1), |pack| format!("#{pack}-{}", at + 1))
}

fn written_rules(rules: &[RuleDoc]) -> RawRules<'_> {
    let mut raw = RawRules::default();
    let mut numbers: BTreeMap<&str, usize> = BTreeMap::new();
    for (at, rule) in rules.iter().enumerate() {
        let mut when = Vec::with_capacity(rule.when.len());
        for (name, node) in &rule.when {
            let number = *numbers.entry(&name.value).or_insert_with(|| {
                raw.columns.push(name.into());
                raw.columns.len() - 1
            });
            when.push((number, CellSource::Node(node, &name.place.source)));
        }
        raw.rules.push(RawRule {
            id: rule.id.as_ref().map_or_else(|| Cow::Owned(number(at, rule.law.pack.as_deref())), |id| Cow::Borrowed(&*id.value)),
            when,
            then: outputs(&rule.then),
            because: rule.because.as_ref().map(RawReason::Written),
            source: rule.source.as_deref(),
            law: Some(&rule.law),
            from: rule.from,
            until: rule.until,
            place: &rule.place,
            no_reasons: false,
            unread: rule.unread,
        });
    }
    raw
}

/// The table of a decision, if it has one that can be read.
pub(crate) fn raw_table(doc: &DecisionDoc, files: &BundleFiles, out: &mut Diagnostics) -> Option<RawTable> {
    match doc.table.as_ref()? {
        TableDoc::Inline(node) => {
            let text = TableText::parse_pipes(node.as_text().unwrap_or_default(), &doc.source, node.span, out)?;
            Some(RawTable { text, csv: false })
        }
        TableDoc::File(name) => {
            let path = beside(&doc.path, &name.value);
            let Some(source) = files.get(&path) else {
                let known = files.iter().map(|(path, _)| path).filter(|path| path.ends_with(".csv"));
                // As it is to be written: seen from the folder of the decision.
                let folder = beside(&doc.path, "");
                let known: Vec<&str> = known.filter_map(|known| known.strip_prefix(&*folder)).collect();
                let help = crate::text::nearest::did_you_mean(&name.value, known)
                    .unwrap_or_else(|| "put the CSV file beside the decision".to_owned());
                let message = format!("there is no file `{path}`");
                out.push(Diagnostic::at(Code::MissingFile, &name.place, message).help(help));
                return None;
            };
            Some(RawTable { text: TableText::parse_csv(source, out)?, csv: true })
        }
    }
}

fn table_rules<'a>(table: &'a RawTable, binding: Option<&'a BindingDoc>, out: &mut Diagnostics) -> RawRules<'a> {
    let inputs = table.text.columns_of(HeadingKind::Input).filter_map(|at| table.text.columns.get(at));
    let mut columns: Vec<Name<'a>> = inputs.map(Name::from).collect();
    let mut rules: Vec<RawRule<'a>> =
        table.text.rows.iter().enumerate().map(|(at, row)| table_rule(at, table, row, binding, out)).collect();
    if let Some(BindingDoc { when: (name, node), law }) = binding {
        columns.push(name.into());
        for rule in &mut rules {
            rule.when.push((columns.len() - 1, CellSource::Node(node, &name.place.source)));
            rule.law = Some(law);
        }
    }
    RawRules { columns, rules }
}

/// The path of a file that is named beside another.
fn beside(path: &str, name: &str) -> String {
    match path.rsplit_once('/') {
        Some((folder, _)) => format!("{folder}/{name}"),
        None => name.to_owned(),
    }
}

fn table_rule<'a>(
    at: usize,
    table: &'a RawTable,
    row: &'a [CellText],
    binding: Option<&BindingDoc>,
    out: &mut Diagnostics,
) -> RawRule<'a> {
    let RawTable { text: table, csv } = table;
    let count = |kind| table.columns_of(kind).count();
    let mut rule = RawRule {
        id: Cow::Borrowed(""),
        when: Vec::with_capacity(count(HeadingKind::Input)),
        then: Vec::with_capacity(count(HeadingKind::Output)),
        because: None,
        source: None,
        law: None,
        from: None,
        until: None,
        place: row.first().map_or(&table.place, |cell| &cell.place),
        no_reasons: count(HeadingKind::Because) == 0,
        unread: count(HeadingKind::Output) == 0,
    };
    let mut inputs = 0;
    for (heading, cell) in table.columns.iter().zip(row) {
        let text = cell.text.as_str();
        match heading.kind {
            HeadingKind::Input => {
                if !matches!(text, "" | "-" | "any") {
                    rule.when.push((inputs, CellSource::Text(cell)));
                }
                inputs += 1;
            }
            HeadingKind::Output if matches!(text, "" | "-") => {}
            HeadingKind::Output if *csv => rule.then.push((heading.into(), RawFormula::Csv(cell))),
            HeadingKind::Output => rule.then.push((heading.into(), RawFormula::Pipes(cell))),
            HeadingKind::Id => rule.id = Cow::Borrowed(text),
            HeadingKind::Because => rule.because = (!text.is_empty()).then_some(RawReason::Cell(cell)),
            HeadingKind::Source => rule.source = (!matches!(text, "" | "-")).then_some(text),
            HeadingKind::From => rule.from = date(text, &cell.place, out),
            HeadingKind::Until => rule.until = date(text, &cell.place, out),
        }
    }
    if rule.id.is_empty() {
        rule.id = Cow::Owned(number(at, binding.and_then(|binding| binding.law.pack.as_deref())));
    }
    in_order(&rule.what(), (rule.from, rule.until), rule.place, out);
    rule
}

/// An output cell: an expression, in a CSV file the name of a `let` in braces, or a literal.
fn output_formula(cell: &CellText, csv: bool) -> Written<Formula> {
    let formula = match cell.text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
        Some(name) if csv => Formula::Expression(name.trim().to_owned()),
        _ => {
            let scalar = Scalar { text: cell.text.clone(), style: Style::Plain };
            Formula::of(&Node { span: cell.place.span, kind: NodeKind::Scalar(scalar) })
        }
    };
    Written::new(formula, cell.place.clone())
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
