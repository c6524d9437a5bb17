//! What an entry of a mapping fills: a fact of the case, a fact of the company, or what really happened.

use super::super::actual::{actuals, read_actual};
use crate::case::{read_node, registry};
use crate::text::nearest::{did_you_mean, nearest};
use crate::text::{Diagnostics, Entry, Key, Node, NodeKind, Source, Span};
use crate::value::Kind;

/// One step from the root of a case to a value.
#[derive(Clone, Debug)]
pub(crate) enum Step {
    Key(String),
    /// An item of the list that the steps before lead to.
    Item,
}

/// Where a value goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Home {
    /// A fact of every case, checked here and now.
    Fact,
    /// A fact that the bundle declares (`attributes`, `input`), checked when the bundle meets the case.
    Extra,
    /// What really happened.
    Actual,
}

/// What an entry fills.
#[derive(Clone, Debug)]
pub(crate) struct Target {
    pub(crate) path: String,
    pub(crate) steps: Vec<Step>,
    /// Absent for facts that the bundle declares.
    pub(crate) kind: Option<Kind>,
    pub(crate) home: Home,
    pub(crate) required: bool,
}

/// Why a path is no target.
pub(crate) struct NoTarget {
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

impl Target {
    /// The fact of a dotted path.
    pub(crate) fn of_fact(path: &str) -> Result<Self, NoTarget> {
        let steps = || path.split('.').map(|name| Step::Key(name.to_owned())).collect();
        if let Some(("attributes" | "input", name)) = path.split_once('.') {
            if name.is_empty() || name.contains('.') {
                let help = "a fact of your own has one name: `attributes.contract_kind`".to_owned();
                return Err(NoTarget { message: format!("`{path}` cannot be filled"), help: Some(help) });
            }
            let (kind, home) = (None, Home::Extra);
            return Ok(Self { path: path.to_owned(), steps: steps(), kind, home, required: false });
        }
        let Some(spec) = registry().find(path).and_then(|id| registry().spec(id)) else { return Err(unknown(path)) };
        if spec.projection {
            let list = path.rsplit_once('.').map_or(path, |(list, _)| list);
            let message = format!("`{path}` stands for all items of `{list}` and cannot be filled by itself");
            return Err(NoTarget { message, help: Some(format!("write `{list}: {{items: [{{...}}]}}`")) });
        }
        if let Kind::Record(record) = &spec.kind {
            let first = record.fields.first().map_or("", |field| &field.name);
            let message = format!("`{path}` is a group of facts");
            return Err(NoTarget { message, help: Some(format!("fill its facts one by one: `{path}.{first}: {{...}}`")) });
        }
        let (kind, home) = (Some(spec.kind.clone()), Home::Fact);
        Ok(Self { path: path.to_owned(), steps: steps(), kind, home, required: spec.required })
    }

    /// What really happened, under this name.
    pub(crate) fn of_actual(name: &str) -> Result<Self, NoTarget> {
        let Some((_, kind)) = actuals().iter().find(|(known, _)| *known == name) else {
            let known = || actuals().iter().map(|(known, _)| *known);
            let all = known().collect::<Vec<_>>().join("`, `");
            let help = did_you_mean(name, known()).unwrap_or_else(|| format!("it may be one of `{all}`"));
            return Err(NoTarget { message: format!("`{name}` is nothing that `actual` can hold"), help: Some(help) });
        };
        let (path, kind) = (format!("actual.{name}"), Some(kind.clone()));
        Ok(Self { path, steps: vec![Step::Key(name.to_owned())], kind, home: Home::Actual, required: false })
    }

    /// The item of the list that this is, or one field of that item.
    pub(crate) fn item(&self, kind: &Kind, field: Option<&str>) -> Self {
        let mut item = self.clone();
        item.steps.push(Step::Item);
        item.required = false;
        if let Some(field) = field {
            item.path = format!("{}.{field}", item.path);
            item.steps.push(Step::Key(field.to_owned()));
        }
        item.kind = Some(kind.clone());
        item
    }

    /// Checks a value that the mapping itself gives, as the reader of cases would.
    pub(crate) fn check(&self, node: &Node, source: &Source, out: &mut Diagnostics) {
        match self.home {
            Home::Extra => {}
            Home::Actual => {
                let name = self.path.strip_prefix("actual.").unwrap_or(&self.path);
                read_actual(name, node, source, out);
            }
            Home::Fact => {
                if let Err(found) = read_node(&self.alone(node), source, Diagnostics::new()) {
                    out.extend(found);
                }
            }
        }
    }

    /// A case that holds this value and nothing else.
    fn alone(&self, node: &Node) -> Node {
        self.steps.iter().rev().fold(node.clone(), |inner, step| {
            let kind = match step {
                Step::Key(name) => NodeKind::Map(vec![entry(name, inner)]),
                Step::Item => NodeKind::List(vec![inner]),
            };
            Node { span: node.span, kind }
        })
    }
}

/// An entry of a mapping node.
pub(crate) fn entry(name: &str, value: Node) -> Entry {
    Entry { key: Key { text: name.to_owned(), span: Span::default() }, value }
}

fn unknown(path: &str) -> NoTarget {
    let message = format!("there is no fact `{path}`");
    if registry().groups().contains(&path) {
        let prefix = format!("{path}.");
        let first = registry().iter().find(|(_, spec)| spec.path.starts_with(&prefix));
        let first = first.map_or("", |(_, spec)| spec.path.as_str());
        return NoTarget { message, help: Some(format!("`{path}` is a group; name its facts with a dot: `{first}: {{...}}`")) };
    }
    let known = || registry().iter().filter(|(_, spec)| !spec.projection).map(|(_, spec)| spec.path.as_str());
    let help = match nearest(path, known()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "facts of your own stand under `attributes.`; `redress schema case` shows all others".to_owned(),
    };
    NoTarget { message, help: Some(help) }
}
