//! What a script sees of the case: a snapshot of the facts that it reads, as groups with fields.

use super::held::{Held, Operand, Settings, Unknown, describe, to_dynamic, to_dynamic_at, unknown};
use super::running::{Snag, note_absent, note_pending};
use crate::script::names::project;
use crate::script::outcome::{Absent, Outcome};
use crate::text::nearest::did_you_mean;
use crate::value::{Fact, Kind, Value};
use rhai::{Array, Dynamic, DynamicReadLock, Engine, EvalAltResult, INT, ImmutableString, Module, NativeCallContext, Position};
use std::any::TypeId;
use std::collections::BTreeMap;
use std::ops::{Range, RangeInclusive};
use std::sync::Arc;

pub(crate) type Given = Result<Dynamic, Box<EvalAltResult>>;
/// Where something is read, for those who have to tell.
pub(crate) type At<'a> = &'a dyn Fn() -> Position;
type Items = Box<dyn Iterator<Item = Given>>;

/// The paths that a script reads, as a tree. The root is the first node.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    nodes: Vec<Branch>,
}

#[derive(Clone, Debug, Default)]
struct Branch {
    children: BTreeMap<String, usize>,
    /// Which of the read paths ends here.
    leaf: Option<usize>,
}

impl Tree {
    /// The tree of these paths, whose numbers are those of its leaves, and of groups that are only named.
    pub(crate) fn new<'a>(paths: impl IntoIterator<Item = &'a [String]>, groups: impl IntoIterator<Item = &'a [String]>) -> Self {
        let mut tree = Self { nodes: vec![Branch::default()] };
        for (number, path) in paths.into_iter().enumerate() {
            if let Some(branch) = tree.grow(path) {
                branch.leaf = Some(number);
            }
        }
        for path in groups {
            tree.grow(path);
        }
        tree
    }

    fn grow(&mut self, path: &[String]) -> Option<&mut Branch> {
        let mut here = 0;
        for name in path {
            let next = self.nodes.len();
            here = *self.nodes.get_mut(here)?.children.entry(name.clone()).or_insert(next);
            if here == next {
                self.nodes.push(Branch::default());
            }
        }
        self.nodes.get_mut(here)
    }
}

/// What is known of a read path whatever the case.
#[derive(Clone, Debug)]
pub(crate) struct Leaf {
    /// The kind of a list's items.
    pub(crate) item: Option<Kind>,
    pub(crate) path: Arc<str>,
}

/// What a script sees of any case.
#[derive(Debug)]
pub(crate) struct Seen {
    tree: Tree,
    leaves: Vec<Leaf>,
}

impl Seen {
    /// The tree of the read paths, and what is known of each, by its number.
    pub(crate) fn new(tree: Tree, leaves: Vec<Leaf>) -> Self {
        Self { tree, leaves }
    }
}

/// A group of facts.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    case: Arc<Snapshot>,
    node: usize,
}

#[derive(Debug)]
struct Snapshot {
    seen: Arc<Seen>,
    /// What each of the leaves gives.
    outcomes: Vec<Outcome>,
}

impl Facts {
    pub(crate) fn new(seen: Arc<Seen>, outcomes: Vec<Outcome>) -> Self {
        Self { case: Arc::new(Snapshot { seen, outcomes }), node: 0 }
    }

    pub(super) fn field(&self, name: &str, at: At<'_>) -> Given {
        let Snapshot { seen, outcomes } = &*self.case;
        let branch = seen.tree.nodes.get(self.node);
        let child = branch.and_then(|branch| branch.children.get(name));
        let Some((child, next)) = child.and_then(|child| Some((*child, seen.tree.nodes.get(*child)?))) else {
            // Every path is found when the script is loaded; only a name that is computed can be another.
            return Err(Snag::Trouble(format!("the script was not seen to read `{name}` when it was loaded")).into_error());
        };
        match next.leaf.and_then(|number| outcomes.get(number).zip(seen.leaves.get(number))) {
            Some((outcome, leaf)) => Ok(show(outcome.clone(), leaf.item.clone(), &leaf.path, at)),
            None => Ok(Dynamic::from(Self { node: child, ..self.clone() })),
        }
    }
}

/// A value, or the stand-in for what is missing or unknown.
pub(crate) fn show(outcome: Outcome, item: Option<Kind>, path: &Arc<str>, at: At<'_>) -> Dynamic {
    match outcome {
        Outcome::Known(value) => to_dynamic_at(value, item, || Some(path.clone())),
        Outcome::Absent(absent) => {
            note_absent(&absent, at());
            if absent.unknown { Dynamic::from(Unknown(absent)) } else { Dynamic::UNIT }
        }
    }
}

pub(super) fn register(engine: &mut Engine) {
    let any = TypeId::of::<Dynamic>();
    engine.register_raw_fn("index$get$", [any; 2], |context: NativeCallContext<'_>, args: &mut [&mut Dynamic]| {
        let [target, key] = args else { return Err(super::operators::broken()) };
        property(target, key, &|| context.call_position())
    });
    engine.register_raw_fn("index$set$", [any; 3], |_: NativeCallContext<'_>, args: &mut [&mut Dynamic]| {
        let [target, key, new] = args else { return Err(super::operators::broken()) };
        if unchanged(target, key, new) {
            return Ok(Dynamic::UNIT);
        }
        let what = describe(target);
        Err(Snag::Trouble(format!("{what} cannot be changed; a script changes its draft, or variables of its own")).into_error())
    });
    engine.register_raw_fn("to_string", [any], |_: NativeCallContext<'_>, args: &mut [&mut Dynamic]| {
        let shown = args.first().map(|target| printed(target)).unwrap_or_default();
        Ok(Dynamic::from(shown))
    });
    let mut iterators = Module::new();
    iterators.set_iter_result(TypeId::of::<Array>(), |list| {
        Box::new(list.into_array().unwrap_or_default().into_iter().map(Ok)) as Items
    });
    iterators.set_iter_result(TypeId::of::<Held>(), |held| match items(&held) {
        Ok(items) => Box::new(items.into_iter().map(Ok)) as Items,
        Err(error) => refusal(error),
    });
    iterators.set_iter_result(TypeId::of::<()>(), |_| {
        note_pending(Absent::default());
        refusal(Snag::Needs(Absent::default()).into_error())
    });
    iterators.set_iter_result(TypeId::of::<Unknown>(), |held| {
        note_pending(unknown(&held));
        refusal(Snag::Needs(unknown(&held)).into_error())
    });
    iterators.set_iterator::<Range<INT>>();
    iterators.set_iterator::<RangeInclusive<INT>>();
    engine.register_global_module(iterators.into());
}

/// Rhai writes back what a method was called on, changed or not: that is no assignment. Assignments to facts are refused when the
/// script is loaded.
fn unchanged(target: &Dynamic, key: &Dynamic, new: &Dynamic) -> bool {
    if target.is::<Facts>() {
        return true;
    }
    let (Ok(key), Ok(new)) = (super::held::to_fact(key), super::held::to_fact(new)) else { return false };
    let Fact::Known(key) = key else { return false };
    let name = key.as_name().unwrap_or_default();
    if let Some(settings) = target.read_lock::<Settings>() {
        return settings.0.get(name).is_some_and(|value| new.known() == Some(value));
    }
    match target.read_lock::<Held>().map(|held| held.value.clone()) {
        Some(Value::Record(record)) => record.get(name) == Some(new),
        Some(Value::List(items)) => match crate::script::parameter::whole(&key).and_then(|at| usize::try_from(at).ok()) {
            Some(at) => items.get(at) == new.known(),
            None => project(&items, name, |record| record.get(name)).to_fact() == new,
        },
        Some(Value::Money(money)) if name == "amount" => new == Fact::Known(Value::Decimal(money.amount())),
        Some(Value::Money(money)) if name == "currency" => new == Fact::Known(Value::text(money.currency().code())),
        _ => false,
    }
}

fn refusal(error: Box<EvalAltResult>) -> Items {
    Box::new(std::iter::once(Err(error)))
}

/// A value inside a text. Rhai swallows errors here, so what is not there is remembered and ends the call when it returns.
fn printed(target: &Dynamic) -> String {
    match super::held::to_fact(target) {
        Ok(Fact::Known(value)) => return value.to_string(),
        Ok(Fact::Missing) => note_pending(Absent::default()),
        Ok(Fact::Unknown) => note_pending(unknown(target)),
        Err(_) => {}
    }
    describe(target).to_owned()
}

/// A field, an item, or a field of every item.
fn property(target: &Dynamic, key: &Dynamic, at: At<'_>) -> Given {
    if let Some(facts) = target.read_lock::<Facts>() {
        return facts.field(&name(key, "facts")?, at);
    }
    if let Some(settings) = target.read_lock::<Settings>() {
        return setting(&settings, &name(key, "settings")?);
    }
    if let Some(held) = target.read_lock::<Held>() {
        return below(&held, key, at);
    }
    if let Some(items) = target.read_lock::<Array>() {
        let field = name(key, "a list")?;
        let values: Vec<Value> =
            items.iter().filter_map(|item| item.read_lock::<Held>().map(|held| held.value.clone())).collect();
        if values.len() != items.len() {
            return Err(Snag::Trouble(format!("the items of the list have no `{}`", field.as_str())).into_error());
        }
        let list = Held { value: Value::list(values), item: None, path: None };
        return below(&list, key, at);
    }
    match super::held::to_value(target) {
        Err(error) => Err(error),
        Ok(value) => {
            let shown = key.clone().into_string().unwrap_or_default();
            Err(Snag::Trouble(format!("{} has no `{shown}`", value.kind())).into_error())
        }
    }
}

pub(super) fn setting(settings: &Settings, name: &str) -> Given {
    settings.0.get(name).cloned().map(to_dynamic).ok_or_else(|| {
        let help = did_you_mean(name, settings.0.keys().map(String::as_str));
        Snag::Trouble(with_help(format!("the plugin has no setting `{name}`"), help)).into_error()
    })
}

pub(super) fn below(held: &Held, key: &Dynamic, at: At<'_>) -> Given {
    let none = |name: &str, help: Option<String>| {
        Err(Snag::Trouble(with_help(format!("{} has no `{name}`", held.value.kind()), help)).into_error())
    };
    match &held.value {
        Value::List(items) if key.is_int() => {
            let number = key.as_int().unwrap_or(-1);
            let found = usize::try_from(number).ok().and_then(|number| items.get(number));
            found.cloned().map(|value| to_dynamic_at(value, None, || held.path.clone())).ok_or_else(|| {
                Snag::Trouble(format!("there is no item {number} in a list of {} (the first is item 0)", items.len()))
                    .into_error()
            })
        }
        Value::List(items) => {
            let field = name(key, "a list")?;
            let kind = held.item.as_ref().and_then(|item| match item {
                Kind::Record(record) => record.fields.get(record.position(&field)?).map(|field| field.kind.clone()),
                _ => None,
            });
            let known =
                items.iter().all(|item| matches!(item, Value::Record(record) if record.kind().position(&field).is_some()));
            if !known || (items.is_empty() && held.item.is_some() && kind.is_none()) {
                return Err(Snag::Trouble(format!("the items of the list have no `{}`", field.as_str())).into_error());
            }
            let path: Arc<str> = join(held.path.as_deref(), &field).into();
            Ok(show(project(items, &path, |record| record.get(&field)), kind, &path, at))
        }
        Value::Record(record) => {
            // A table of parameters is looked up by a name: `params.base[facts.finding.severity]`.
            let (operand, other);
            let name = if let Some(known) = Operand::of(key) {
                operand = known;
                operand.view().as_name()
            } else if let Ok(Fact::Known(known)) = super::held::to_fact(key) {
                other = known;
                other.as_name()
            } else {
                return Err(no_name(key, "a record"));
            };
            let field = name.unwrap_or_default();
            let path = || join(held.path.as_deref(), field).into();
            match record.kind().position(field).map(|position| record.field(position)) {
                Some(Fact::Known(value)) => Ok(to_dynamic_at(value.clone(), None, || Some(path()))),
                Some(absent) => Ok(show(Outcome::of(absent.clone(), &path()), None, &path(), at)),
                None => none(field, did_you_mean(field, record.kind().fields.iter().map(|field| &*field.name))),
            }
        }
        Value::Money(money) => match name(key, "money")?.as_str() {
            "amount" => Ok(to_dynamic(Value::Decimal(money.amount()))),
            "currency" => Ok(to_dynamic(Value::text(money.currency().code()))),
            other => none(other, Some("an amount of money has `amount` and `currency`".to_owned())),
        },
        _ => none(&name(key, "a value")?, None),
    }
}

fn name<'a>(key: &'a Dynamic, of: &str) -> Result<DynamicReadLock<'a, ImmutableString>, Box<EvalAltResult>> {
    key.read_lock::<ImmutableString>().ok_or_else(|| no_name(key, of))
}

fn no_name(key: &Dynamic, of: &str) -> Box<EvalAltResult> {
    Snag::Trouble(format!("{of} is read by names, not by {}", describe(key))).into_error()
}

fn join(path: Option<&str>, field: &str) -> String {
    path.map_or_else(|| field.to_owned(), |path| format!("{path}.{field}"))
}

fn with_help(message: String, help: Option<String>) -> String {
    match help {
        Some(help) => format!("{message}; {help}"),
        None => message,
    }
}

/// The items of a list, whoever made it.
pub(crate) fn items(list: &Dynamic) -> Result<Vec<Dynamic>, Box<EvalAltResult>> {
    if let Some(items) = list.read_lock::<Array>() {
        return Ok(items.clone());
    }
    if let Some(held) = list.read_lock::<Held>()
        && let Value::List(items) = &held.value
    {
        return Ok(items.iter().map(|item| to_dynamic_at(item.clone(), None, || held.path.clone())).collect());
    }
    let what = match super::held::to_fact(list) {
        Ok(Fact::Known(value)) => value.kind().to_string(),
        Ok(_) => return Err(super::held::to_value(list).err().unwrap_or_else(super::operators::broken)),
        Err(what) => what,
    };
    Err(Snag::Trouble(format!("{what} is not a list")).into_error())
}
