//! Cases out of documents: every mistake of a case at once, each at its place.

use super::dispute_case::Case;
use super::facts::registry;
use super::reading::Reading;
use super::typed_case::{Origin, take_case, take_cases};
use crate::text::nearest::did_you_mean;
use crate::text::{Code, Diagnostic, Diagnostics, Node, NodeKind, Source, json, yaml};
use crate::value::{Place, Zone};

/// How a text of cases is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CaseFormat {
    /// One JSON document: a case, or a list of cases.
    Json,
    /// One JSON document a line.
    JsonLines,
    /// One YAML document: a case, or a list of cases.
    Yaml,
}

impl CaseFormat {
    /// The format that a file name tells, if it tells one.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        match ending.to_ascii_lowercase().as_str() {
            "json" => Some(Self::Json),
            "jsonl" | "ndjson" => Some(Self::JsonLines),
            "yaml" | "yml" => Some(Self::Yaml),
            _ => None,
        }
    }

    /// The format that a text looks like: JSON when it begins with a brace or a bracket (JSON Lines when a second line does too).
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        let start = text.trim_start_matches('\u{feff}').trim_start();
        if !start.starts_with(['{', '[']) {
            return Self::Yaml;
        }
        let mut lines = start.lines();
        let first_whole = lines.next().is_some_and(|line| line.trim_end().ends_with('}') && line.starts_with('{'));
        if first_whole && lines.next().is_some_and(|line| line.starts_with('{')) { Self::JsonLines } else { Self::Json }
    }
}

/// Reads every case of a text. A wrong case gives its findings and leaves the others alone.
#[must_use]
pub fn read_text(source: &Source, format: CaseFormat) -> Vec<Result<Case, Diagnostics>> {
    match format {
        CaseFormat::JsonLines => source
            .text()
            .lines()
            .enumerate()
            .filter(|(_, line)| !line.trim().is_empty())
            .map(|(at, line)| {
                let line_source = Source::at_line(source.name(), line.trim_start_matches('\u{feff}'), source.first_line() + at);
                read_case(&line_source, CaseFormat::Json)
            })
            .collect(),
        CaseFormat::Json | CaseFormat::Yaml => {
            if format == CaseFormat::Json
                && let Some(cases) = take_cases(source)
            {
                return cases.into_iter().map(Ok).collect();
            }
            let mut out = Diagnostics::new();
            let Some(node) = parse(source, format, &mut out) else { return vec![Err(out)] };
            match &node.kind {
                NodeKind::List(items) if !items.is_empty() && !out.has_errors() => {
                    items.iter().map(|item| read_node(item, source, Diagnostics::new())).collect()
                }
                _ => vec![read_node(&node, source, out)],
            }
        }
    }
}

/// Reads the one case of a text.
///
/// # Errors
/// Every mistake in it.
pub fn read_case(source: &Source, format: CaseFormat) -> Result<Case, Diagnostics> {
    let mut case = Case::default();
    read_into(&mut case, source, format)?;
    Ok(case)
}

/// What messages call a text that has no name.
const UNNAMED: &str = "case.json";

impl Case {
    /// Reads the one case of a JSON text, as [`read_case`] does. The text is copied only where something is wrong with it, or where
    /// it gives facts that a bundle has to explain; so a service that is sent its cases reads them by this. A case that says which it
    /// is does not keep its place.
    ///
    /// # Errors
    /// Every mistake in it, at its place in `case.json`.
    pub fn from_json(text: &str) -> Result<Self, Diagnostics> {
        let mut case = Self::default();
        match take_case(&Origin::text_alone(UNNAMED, text), &mut case) {
            Some(()) => Ok(case),
            None => read_tree(&Source::new(UNNAMED, text), CaseFormat::Json),
        }
    }
}

/// As [`read_case`], into an empty case where that lies; one that is wrong leaves it in any state.
pub(crate) fn read_into(case: &mut Case, source: &Source, format: CaseFormat) -> Result<(), Diagnostics> {
    if format == CaseFormat::Yaml || take_case(&Origin::Source(source), case).is_none() {
        *case = read_tree(source, format)?;
    }
    Ok(())
}

/// The quick half of [`read_case`]: the case of a JSON document that has no mistake, else nothing.
#[doc(hidden)]
#[must_use]
pub fn read_quickly(source: &Source) -> Option<Case> {
    let mut case = Case::default();
    take_case(&Origin::Source(source), &mut case)?;
    Some(case)
}

/// The thorough half of [`read_case`].
///
/// # Errors
/// Every mistake in it.
#[doc(hidden)]
pub fn read_tree(source: &Source, format: CaseFormat) -> Result<Case, Diagnostics> {
    let mut out = Diagnostics::new();
    match parse(source, format, &mut out) {
        Some(node) => read_node(&node, source, out),
        None => Err(out),
    }
}

fn parse(source: &Source, format: CaseFormat, out: &mut Diagnostics) -> Option<Node> {
    match format {
        CaseFormat::Yaml => yaml::parse(source, out),
        CaseFormat::Json | CaseFormat::JsonLines => json::parse(source, out),
    }
}

/// Reads a case out of a document that is already parsed; `out` holds what was found so far.
pub(crate) fn read_node(node: &Node, source: &Source, mut out: Diagnostics) -> Result<Case, Diagnostics> {
    let Some(entries) = node.as_map() else {
        let message = format!("a case is a mapping of groups of facts, found {}", node.describe());
        let help = "write `complaint: {case_id: ...}`, `dispute: {...}` and so on; `redress schema case` shows every fact";
        out.push(Diagnostic::error(Code::WrongType, source, node.span, message).help(help));
        return Err(out);
    };
    let zone = zone_of(node, source, &mut out);
    let mut case = Case { place: Some(source.place(node.span)), ..Case::default() };
    let mut reading = Reading { source, zone: &zone, out: &mut out, home_of };
    for entry in entries {
        let name = entry.key.text.as_str();
        if name == "attributes" || name == "input" {
            let slot = if name == "input" { &mut case.input } else { &mut case.attributes };
            match (&entry.value.kind, entry.value.as_map()) {
                (NodeKind::Null, _) => {}
                (_, Some(facts)) => {
                    for fact in facts {
                        slot.write(fact.key.text.clone(), fact.value.clone(), source.place(fact.value.span));
                    }
                }
                (_, None) => {
                    let message = format!("`{name}` expects a mapping of facts, found {}", entry.value.describe());
                    reading.report(Code::WrongType, &entry.value, name, message, None);
                }
            }
            continue;
        }
        if case.read_group(name, &entry.value, &mut reading).is_none() {
            let known = registry().groups().iter().copied().chain(["attributes", "input"]);
            let help = home_of(name).or_else(|| did_you_mean(name, known)).or_else(|| near_home_of(name));
            let message = format!("there is no group of facts `{name}`");
            let diagnostic = Diagnostic::error(Code::UnknownFact, source, entry.key.span, message).path(name).help_opt(help);
            reading.out.push(diagnostic);
        }
    }
    if out.has_errors() { Err(out) } else { Ok(case) }
}

/// A fact whose name is nearly that of one at the top level.
fn near_home_of(name: &str) -> Option<String> {
    did_you_mean(name, registry().iter().map(|(_, spec)| spec.path.as_str()))
}

/// A fact written at the top level: tells the group it belongs to.
fn home_of(name: &str) -> Option<String> {
    if let (Some((group, fact)), Some(_)) = (name.split_once('.'), registry().find(name)) {
        return Some(format!("facts stand below their group: write `{group}: {{{fact}: ...}}`"));
    }
    let group_of = |path: &str| path.split_once('.').filter(|(_, rest)| *rest == name).map(|(group, _)| group.to_owned());
    let group = registry().iter().find_map(|(_, spec)| group_of(&spec.path))?;
    Some(format!("`{name}` is a fact of the group `{group}`: write `{group}: {{{name}: ...}}`"))
}

/// The time zone that days of this case are read in; a wrong name is reported here, once.
fn zone_of(node: &Node, source: &Source, out: &mut Diagnostics) -> Zone {
    let complaint = node.get("complaint");
    let text = |name: &str| complaint.and_then(|group| group.get(name)).filter(|node| !node.is_null());
    if let Some(given) = text("time_zone").filter(|given| given.as_text() != Some("unknown")) {
        match Zone::parse(given.as_text().unwrap_or("")) {
            Ok(zone) => return zone,
            Err(trouble) => {
                let path = "complaint.time_zone";
                let message = format!("`{path}`: {trouble}");
                out.push(Diagnostic::error(Code::WrongType, source, given.span, message).path(path));
            }
        }
    }
    let place = text("jurisdiction").and_then(Node::as_text).and_then(|code| Place::parse(code).ok());
    place.and_then(|place| Zone::parse(place.zone_name()).ok()).unwrap_or_else(Zone::utc)
}
