//! Decisions, compiled: columns, rules, outputs, derived inputs.

use super::body;
use super::catalog::{Catalog, CellScope, KnownLet, Scope, Shape};
use super::compiled::{Because, ColumnsAt, Decision, Hooked, Let, Output, Rule, Shared, law};
use super::formula::Compiler;
use super::hooked::{Host, Wanted};
use super::lets::lets_in_order;
use super::rows::{CellSource, Name, OTHERWISE_WORDS, RawReason, RawRule, RawRules, raw_rules, raw_table};
use super::slots::SlotTable;
use crate::bundle::{BundleFiles, DecisionDoc, Written};
use crate::decision::sections::section;
use crate::limits::DECISION_COLUMNS_MAX;
use crate::rule::{Bound, Cell, Dialect, HitPolicy, Matcher, Row, RowDates};
use crate::script::{Attachment, FactPath, FailurePolicy};
use crate::text::{Code, Diagnostic, Diagnostics, Place};
use crate::value::Kind;
use std::collections::BTreeMap;

/// What every decision is compiled with.
pub(crate) struct Workshop<'a> {
    pub(crate) catalog: &'a Catalog,
    pub(crate) compiler: &'a Compiler<'a>,
    pub(crate) param_slots: &'a [usize],
    pub(crate) files: &'a BundleFiles,
}

impl Workshop<'_> {
    /// What a bound is, if it is the same on every day and for every case: a parameter, or an amount in the bundle's currency.
    pub(crate) fn constant(&self, bound: &Bound) -> Option<Bound> {
        let param = |slot| self.param_slots.iter().position(|each| *each == slot);
        self.catalog.params.constant_bound(bound, param, self.compiler.money)
    }
}

/// Compiles one decision.
pub(crate) fn compile(
    number: usize,
    doc: &DecisionDoc,
    shop: &Workshop<'_>,
    slots: &mut SlotTable,
    host: &mut Host<'_>,
    out: &mut Diagnostics,
) -> Option<Decision> {
    let mut base = Scope { catalog: shop.catalog, slots, decision: Some(number), lets: &[], item: None, own_outputs: false };
    let for_each = match &doc.for_each {
        Some(each) => Some(resolve_list(&each.list, &mut base, out)?),
        None => None,
    };
    let item_kind = for_each.as_ref().map(|path| match &path.kind {
        Kind::List(item) => (**item).clone(),
        other => other.clone(),
    });
    let item = doc.for_each.as_ref().zip(item_kind).map(|(each, kind)| (each.name.as_str(), kind));
    let (known, lets) = compile_lets(number, doc, shop, slots, item.clone(), out);
    let mut scope = Scope { catalog: shop.catalog, slots, decision: Some(number), lets: &known, item, own_outputs: false };

    let hit = hit_policy(doc, out);
    let required = doc.required.iter().filter_map(|path| resolve(path, &mut scope, out)).collect();
    let outputs = compile_outputs(doc, shop, &mut scope, out);
    let (columns, rows, rules) = compile_rules(doc, shop, &mut scope, out);
    let otherwise = doc.otherwise.as_ref().map(|doc_otherwise| {
        let raw = RawRule::otherwise(doc_otherwise);
        compile_rule(&raw, doc, shop, &mut scope, out)
    });
    let script = compile_script(doc, &mut scope, host, out);
    body::check(doc, hit, &rules, out);
    let kinds: Vec<Kind> = columns.iter().map(|path: &FactPath| path.kind.clone()).collect();
    Some(Decision {
        name: doc.name.value.as_str().into(),
        hit,
        priority: body::priority(doc, hit, out),
        required,
        for_each,
        lets,
        shared: Shared::new(&outputs),
        rounded: (0..outputs.len()).filter(|at| outputs.get(*at).is_some_and(Output::is_rounded)).collect(),
        outputs,
        columns,
        columns_at: ColumnsAt::default(),
        matcher: Matcher::with_constants(kinds, rows, &|bound| shop.constant(bound)),
        rules,
        otherwise,
        script,
        plugins: Vec::new(),
        bounds: Vec::new(),
        owed: section(&doc.name.value).is_some_and(|section| section.owed),
        place: doc.name.place.clone(),
        reading: Vec::new(),
        needs: std::collections::BTreeSet::new(),
        outputs_at: 0,
        lets_at: 0,
    })
}

/// The path of something that is read as it stands: a column, a required fact.
pub(crate) fn resolve<'a>(path: impl Into<Name<'a>>, scope: &mut Scope<'_>, out: &mut Diagnostics) -> Option<FactPath> {
    let path: Name<'a> = path.into();
    let segments: Vec<&str> = path.value.split('.').collect();
    match FactPath::resolve(&segments, scope) {
        Ok(found) => Some(found),
        Err(error) => {
            out.push(Diagnostic::at(Code::UnknownName, path.place, error.message).help_opt(error.help));
            None
        }
    }
}

pub(crate) fn resolve_list(path: &Written<String>, scope: &mut Scope<'_>, out: &mut Diagnostics) -> Option<FactPath> {
    let found = resolve(path, scope, out)?;
    if matches!(found.kind, Kind::List(_)) {
        return Some(found);
    }
    let message = format!("`{}` is {}, not a list; `for_each` decides once for each item of a list", path.value, found.kind);
    out.push(Diagnostic::at(Code::TypeMismatch, &path.place, message));
    None
}

fn hit_policy(doc: &DecisionDoc, out: &mut Diagnostics) -> HitPolicy {
    let Some(written) = &doc.hit else { return HitPolicy::Unique };
    match HitPolicy::parse(&written.value) {
        Ok(hit) => hit,
        Err(help) => {
            let message = format!("`{}` is no hit policy", written.value);
            out.push(Diagnostic::at(Code::BadValue, &written.place, message).help(help));
            HitPolicy::Unique
        }
    }
}

/// Number of results of a decision, from its document alone.
pub(crate) fn shape(doc: &DecisionDoc) -> Shape {
    let hit = doc.hit.as_ref().and_then(|written| HitPolicy::parse(&written.value).ok());
    if doc.for_each.is_some() {
        Shape::ForEach
    } else if hit.is_some_and(HitPolicy::is_list) {
        Shape::Collect
    } else {
        Shape::Single
    }
}

#[expect(clippy::needless_pass_by_value, reason = "each `let` gets its own copy; the caller has no use for the last one")]
pub(crate) fn compile_lets(
    number: usize,
    doc: &DecisionDoc,
    shop: &Workshop<'_>,
    slots: &mut SlotTable,
    item: Option<(&str, Kind)>,
    out: &mut Diagnostics,
) -> (Vec<KnownLet>, Vec<Let>) {
    if let Some(each) = &doc.for_each {
        let name = Written::new(each.name.clone(), each.list.place.clone());
        super::check_name(&name, "the item of a `for_each`", out);
        if shop.catalog.decision(&each.name).is_some() {
            let message = format!("`{}` is the name of a decision and of the item of a `for_each`", each.name);
            out.push(Diagnostic::at(Code::DuplicateName, &name.place, message));
        }
    }
    for each in &doc.lets {
        super::check_name(&each.name, "a `let`", out);
        if doc.for_each.as_ref().is_some_and(|item| item.name == each.name.value) {
            let message = format!("`{}` is the name of a `let` and of the item of the `for_each`", each.name.value);
            out.push(Diagnostic::at(Code::DuplicateName, &each.name.place, message).help("choose another name"));
        }
        if let Some(output) = doc.outputs.iter().find(|output| output.name.value == each.name.value) {
            let message = format!("`{}` is the name of a `let` and of an output", each.name.value);
            let finding = Diagnostic::at(Code::DuplicateName, &each.name.place, message).label(&output.place, "the output");
            out.push(finding.help("choose another name for one of them"));
        }
        if shop.catalog.decision(&each.name.value).is_some() {
            let message = format!("`{}` is the name of a decision and of a `let`", each.name.value);
            out.push(Diagnostic::at(Code::DuplicateName, &each.name.place, message));
        }
    }
    let mut known: Vec<KnownLet> =
        doc.lets.iter().map(|each| KnownLet { name: each.name.value.as_str().into(), kind: each.kind.clone() }).collect();
    let mut compiled: Vec<Option<Let>> = doc.lets.iter().map(|_| None).collect();
    for index in lets_in_order(doc, out) {
        let Some(each) = doc.lets.get(index) else { continue };
        let mut scope =
            Scope { catalog: shop.catalog, slots, decision: Some(number), lets: &known, item: item.clone(), own_outputs: false };
        let declared = each.kind.clone();
        let formula = match &declared {
            Some(kind) => shop.compiler.formula(&each.value, kind, &each.name.value, &mut scope, out),
            None => shop.compiler.untyped(&each.value, &each.name, &mut scope, out),
        };
        let Some(formula) = formula else { continue };
        let kind = declared.or_else(|| formula.kind().cloned());
        let (Some(kind), Some(slot), Some(place)) = (kind, compiled.get_mut(index), known.get_mut(index)) else { continue };
        place.kind = Some(kind.clone());
        *slot = Some(Let { name: each.name.value.as_str().into(), kind, formula, place: each.value.place.clone() });
    }
    if compiled.iter().any(Option::is_none) && !out.has_errors() {
        let message = format!("the derived inputs of `{}` could not be compiled", doc.name.value);
        out.push(Diagnostic::at(Code::TypeNotInferred, &doc.name.place, message));
    }
    (known, compiled.into_iter().flatten().collect())
}

fn compile_outputs(doc: &DecisionDoc, shop: &Workshop<'_>, scope: &mut Scope<'_>, out: &mut Diagnostics) -> Vec<Output> {
    let mut outputs = Vec::new();
    for output in &doc.outputs {
        super::check_name(&output.name, "an output", out);
        let what = output.name.value.as_str();
        let default = output.default.as_ref().and_then(|node| shop.compiler.literal(node, &output.kind, what, &doc.source, out));
        let formula = output.value.as_ref().and_then(|written| shop.compiler.formula(written, &output.kind, what, scope, out));
        outputs.push(Output {
            name: what.into(),
            kind: output.kind.clone(),
            default,
            round: output.round,
            formula,
            place: output.place.clone(),
        });
    }
    outputs
}

/// What the rules look at, their conditions, and what they give. What was written is let go of before tables are indexed.
fn compile_rules(
    doc: &DecisionDoc,
    shop: &Workshop<'_>,
    scope: &mut Scope<'_>,
    out: &mut Diagnostics,
) -> (Vec<FactPath>, Vec<Row>, Vec<Rule>) {
    let table = raw_table(doc, shop.files, out);
    let raw = raw_rules(doc, table.as_ref(), out);
    check_ids(&raw.rules, out);
    let (columns, rows) = compile_columns(&raw, shop, scope, out);
    let rules = raw.rules.iter().map(|rule| compile_rule(rule, doc, shop, scope, out)).collect();
    (columns, rows, rules)
}

fn check_ids(rules: &[RawRule<'_>], out: &mut Diagnostics) {
    let mut seen: BTreeMap<&str, &Place> = BTreeMap::new();
    for rule in rules {
        if let Some(first) = seen.insert(&rule.id, rule.place) {
            let message = format!("two rules are called `{}`", rule.id);
            out.push(Diagnostic::at(Code::DuplicateName, rule.place, message).label(first, "the first one"));
        }
    }
}

/// The columns, and the cells of every row under them.
fn compile_columns(
    raw: &RawRules<'_>,
    shop: &Workshop<'_>,
    scope: &mut Scope<'_>,
    out: &mut Diagnostics,
) -> (Vec<FactPath>, Vec<Row>) {
    let columns: Vec<Option<FactPath>> = raw.columns.iter().map(|name| resolve(*name, scope, out)).collect();
    if columns.len() > DECISION_COLUMNS_MAX
        && let Some(rule) = raw.rules.first()
    {
        let message =
            format!("this decision has {} conditions, more than the {DECISION_COLUMNS_MAX} that are allowed", columns.len());
        out.push(Diagnostic::at(Code::TooLarge, rule.place, message));
    }
    let cells = CellScope { catalog: shop.catalog, param_slots: shop.param_slots };
    let mut known: Vec<KnownCells<'_>> = columns.iter().map(|_| KnownCells::default()).collect();
    let rows = raw.rules.iter().map(|rule| {
        let mut row: Vec<Cell> = columns.iter().map(|_| Cell::Any).collect();
        for (at, written) in &rule.when {
            let (Some(Some(column)), Some(known)) = (columns.get(*at), known.get_mut(*at)) else { continue };
            if let (Some(cell), Some(slot)) = (known.read(written, &column.kind, &cells, out), row.get_mut(*at)) {
                *slot = cell;
            }
        }
        Row { cells: row, dates: RowDates { from: rule.from, until: rule.until } }
    });
    let rows = rows.collect::<Vec<_>>();
    match columns.into_iter().collect::<Option<Vec<_>>>() {
        Some(columns) => (columns, rows),
        // A column that means nothing was reported above, and the bundle is refused.
        None => (Vec::new(), Vec::new()),
    }
}

/// The cells of a column that were read before, by their text: the columns of a large table mostly hold few different ones.
#[derive(Default)]
struct KnownCells<'a> {
    cells: BTreeMap<&'a str, Cell>,
}

impl<'a> KnownCells<'a> {
    /// How many are kept, so that a column in which every cell differs is not kept twice.
    const COUNT_MAX: usize = 256;

    fn read(&mut self, written: &CellSource<'a>, kind: &Kind, names: &CellScope<'_>, out: &mut Diagnostics) -> Option<Cell> {
        let text = match written {
            CellSource::Text(cell) => Some(cell.text.as_str()),
            CellSource::Node(node, _) => node.as_text(),
        };
        if let Some(known) = text.and_then(|text| self.cells.get(text)) {
            return Some(known.clone());
        }
        let cell = read_cell(written, kind, names, out)?;
        if let Some(text) = text.filter(|_| self.cells.len() < Self::COUNT_MAX) {
            self.cells.insert(text, cell.clone());
        }
        Some(cell)
    }
}

/// Reads a cell where it was written: in YAML or in a table.
pub(crate) fn read_cell(written: &CellSource<'_>, kind: &Kind, names: &CellScope<'_>, out: &mut Diagnostics) -> Option<Cell> {
    match written {
        CellSource::Node(node, source) => Cell::parse_node(node, source, kind, names, out),
        CellSource::Text(cell) => match Cell::parse_text(&cell.text, kind, Dialect::Table, names) {
            Ok(cell) => Some(cell),
            Err(error) => {
                out.push(error.at(&cell.place));
                None
            }
        },
    }
}

fn compile_rule(raw: &RawRule<'_>, doc: &DecisionDoc, shop: &Workshop<'_>, scope: &mut Scope<'_>, out: &mut Diagnostics) -> Rule {
    let mut then: Vec<_> = doc.outputs.iter().map(|_| None).collect();
    // What a mistyped name was meant for is not missed as well.
    let mut meant: Vec<&str> = Vec::new();
    for (name, written) in &raw.then {
        let at = doc.outputs.iter().position(|output| output.name.value == name.value);
        let Some((at, output)) = at.and_then(|at| doc.outputs.get(at).map(|output| (at, output))) else {
            let known = doc.outputs.iter().map(|output| output.name.value.as_str()).chain(OTHERWISE_WORDS);
            let near = crate::text::nearest::nearest(name.value, known);
            meant.extend(near);
            let is_word = near.is_some_and(|near| OTHERWISE_WORDS.contains(&near));
            if !is_word && doc.unread.iter().any(|unread| *unread == name.value || unread == "*") {
                continue;
            }
            let help = near.map_or_else(|| "declare it under `outputs`".to_owned(), crate::text::nearest::ask);
            let message = format!("`{}` has no output `{}`", doc.name.value, name.value);
            out.push(Diagnostic::at(Code::UnknownOutput, name.place, message).help(help));
            continue;
        };
        if let Some(slot) = then.get_mut(at) {
            *slot = shop.compiler.formula(&written.read(), &output.kind, name.value, scope, out);
        }
    }
    for output in &doc.outputs {
        let given = raw.then.iter().any(|(name, _)| name.value == output.name.value);
        if !given && output.default.is_none() && !raw.unread && !meant.contains(&output.name.value.as_str()) {
            let message = format!("{} leaves out `{}`, which has no default", raw.what(), output.name.value);
            let help = format!("give it a value here, or a `default` under `outputs: {}`", output.name.value);
            out.push(Diagnostic::at(Code::OutputLeftOut, raw.place, message).label(&output.place, "declared here").help(help));
        }
    }
    scope.own_outputs = true;
    let because = if raw.no_reasons || (raw.because.is_none() && meant.contains(&"because")) {
        Because::default()
    } else {
        let because = raw.because.map(RawReason::read);
        Compiler::need_because(because.as_deref(), &raw.what(), raw.place, scope, out)
    };
    scope.own_outputs = false;
    Rule {
        id: raw.id.as_ref().into(),
        then,
        constants: None,
        because,
        source: raw.source.map(Into::into),
        law: raw.law.and_then(law),
        place: raw.place.clone(),
        cells: raw.when.iter().map(|(column, cell)| (*column, cell.span())).collect(),
        citation: std::sync::OnceLock::new(),
    }
}

fn compile_script(doc: &DecisionDoc, scope: &mut Scope<'_>, host: &mut Host<'_>, out: &mut Diagnostics) -> Option<Hooked> {
    let named = doc.script.as_ref().or(doc.native.as_ref())?;
    let what = if doc.script.is_some() { "script" } else { "plugin" };
    let on_failure = match &doc.on_failure {
        Some(written) => super::scripts::failure_policy(written, out)?,
        None => {
            let message = format!("`{}` has to say what happens when its {what} fails", doc.name.value);
            let help = "add `on_failure: escalate` (a person decides) or `refuse` (decide nothing)";
            out.push(Diagnostic::at(Code::MissingKey, &named.place, message).help(help));
            FailurePolicy::Escalate
        }
    };
    if on_failure == FailurePolicy::Skip {
        let message = format!("`skip` keeps the draft of a plugin; a {what} that decides has none");
        out.push(Diagnostic::at(Code::BadValue, &named.place, message).help("use `escalate` or `refuse`"));
    }
    let wanted = Wanted {
        id: &doc.name.value,
        script: doc.script.as_ref(),
        native: doc.native.as_ref(),
        decision: &doc.name.value,
        attachment: Attachment::Decision,
        settings: &doc.settings,
        limits: &doc.limits,
        quarantine: doc.quarantine.as_ref(),
        place: &named.place,
    };
    host.hook(&wanted, on_failure, scope, out)
}
