//! Groups of named facts, each defined once: the struct, its fields' names, kinds, units, meanings, getters and readers.

use super::leaf::{Leaf, Traits, outside};
use super::reading::Reading;
use crate::text::nearest::did_you_mean;
use crate::text::{Code, Diagnostic, Diagnostics, Node, NodeKind};
use crate::value::{Brief, Fact, Given, Kind, Value};

/// One field of a record of type `R`.
pub(crate) struct Field<R> {
    pub(crate) name: &'static str,
    pub(crate) about: &'static str,
    pub(crate) unit: &'static str,
    pub(crate) traits: Traits,
    pub(crate) kind: Kind,
    pub(crate) given: fn(&R) -> Given<'_>,
    /// Of a field that is a record, or a list of them, the field at a position.
    pub(crate) inner: fn(&R, usize) -> Given<'_>,
    pub(crate) set: fn(&mut R, &Node, &str, Traits, &mut Reading<'_>) -> bool,
    pub(crate) check: fn(&R, &str, Traits, &mut Diagnostics),
}

impl<R> Field<R> {
    pub(crate) fn get(&self, record: &R) -> Fact<Value> {
        (self.given)(record).into_fact()
    }
}

/// A group of named facts.
pub(crate) trait Fields: Sized + Default + 'static {
    /// What one of them is called.
    const NAME: &'static str;
    fn fields() -> &'static [Field<Self>];
    /// Gives how each field is read in brief, in their order.
    fn briefs(taker: &mut impl TakesBriefs<Self>);
}

/// Takes how fields are read in brief: each as code of its own and not as a pointer, so that whoever builds on it calls once.
pub(crate) trait TakesBriefs<R> {
    fn take(&mut self, brief: impl Fn(&R) -> Brief + Copy + Send + Sync + 'static);
}

/// Reads one field: nothing for null, `unknown` where that is allowed, else a value within its range.
pub(crate) fn read_field<T: Leaf>(
    slot: &mut Fact<T>,
    node: &Node,
    path: &str,
    traits: Traits,
    reading: &mut Reading<'_>,
) -> bool {
    if node.is_null() {
        return true;
    }
    if node.as_text() == Some("unknown") {
        if traits.certain {
            let message = format!("`{path}` cannot be unknown");
            reading.not_knowable(node, path, message);
            return false;
        }
        *slot = Fact::Unknown;
        return true;
    }
    let Some(value) = T::read(node, path, reading) else { return false };
    if let Some(problem) = value.given().view().known().and_then(|view| outside(*view, traits)) {
        reading.report(Code::OutOfRange, node, path, format!("`{path}` {problem}, found {}", node.describe()), None);
        return false;
    }
    *slot = Fact::Known(value);
    true
}

/// Reads a whole record from a mapping; every mistake is reported.
pub(crate) fn read_record<R: Fields>(node: &Node, path: &str, reading: &mut Reading<'_>) -> Option<R> {
    let Some(entries) = node.as_map() else {
        let message = format!("`{path}` expects a mapping of facts, found {}", node.describe());
        let names: Vec<&str> = R::fields().iter().take(3).map(|field| field.name).collect();
        let help = format!("its facts are `{}` ...", names.join("`, `"));
        reading.report(Code::WrongType, node, path, message, Some(help));
        return None;
    };
    let mut record = R::default();
    let mut sound = true;
    for entry in entries {
        let inner = format!("{path}.{}", entry.key.text);
        match R::fields().iter().find(|field| field.name == entry.key.text) {
            Some(field) => sound &= (field.set)(&mut record, &entry.value, &inner, field.traits, reading),
            None => {
                sound = false;
                let at = Node { span: entry.key.span, kind: NodeKind::Null };
                let help = did_you_mean(&entry.key.text, R::fields().iter().map(|field| field.name))
                    .or_else(|| (reading.home_of)(&entry.key.text))
                    .or_else(|| Some(format!("a {} has {}", R::NAME, names_of::<R>())));
                let message = format!("there is no fact `{inner}`");
                reading
                    .out
                    .push(Diagnostic::error(Code::UnknownFact, reading.source, at.span, message).path(inner).help_opt(help));
            }
        }
    }
    sound.then_some(record)
}

/// Checks the ranges of a record that was built by a program.
pub(crate) fn check_record<R: Fields>(record: &R, path: &str, out: &mut Diagnostics) {
    for field in R::fields() {
        (field.check)(record, &format!("{path}.{}", field.name), field.traits, out);
    }
}

fn names_of<R: Fields>() -> String {
    R::fields().iter().map(|field| format!("`{}`", field.name)).collect::<Vec<_>>().join(", ")
}

/// Defines a group of facts. `[required certain ...]` behind a type sets its traits, a text behind a bar its unit.
macro_rules! record {
    ($(
        $(#[doc = $doc:literal])+
        $name:ident as $text:literal {
            $($(#[doc = $about:literal])+ $field:ident: $type:ty $([$($flag:ident)+])? $(| $unit:literal)?,)+
        }
    )+) => {$(
        $(#[doc = $doc])+
        #[derive(Clone, Default, PartialEq, Eq)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[doc = $about])+ pub $field: Fact<$type>,)+
        }

        impl Fields for $name {
            const NAME: &'static str = $text;

            fn fields() -> &'static [Field<Self>] {
                static FIELDS: LazyLock<Vec<Field<$name>>> = LazyLock::new(|| vec![$(
                    Field {
                        name: stringify!($field),
                        about: concat!($($about),+).trim_ascii(),
                        unit: concat!($($unit)?),
                        traits: Traits { $($($flag: true,)+)? ..Traits::default() },
                        kind: <$type as Leaf>::kind(),
                        given: |record| match &record.$field {
                            Fact::Missing => Given::Missing,
                            Fact::Unknown => Given::Unknown,
                            Fact::Known(value) => value.given(),
                        },
                        inner: |record, at| match &record.$field {
                            Fact::Missing => Given::Missing,
                            Fact::Unknown => Given::Unknown,
                            Fact::Known(value) => value.field(at),
                        },
                        check: |record, path, traits, out| {
                            if let Fact::Known(value) = &record.$field {
                                value.check(path, traits, out);
                            }
                        },
                        set: |record, node, path, traits, reading| {
                            read_field(&mut record.$field, node, path, traits, reading)
                        },
                    },
                )+]);
                &FIELDS
            }

            fn briefs(taker: &mut impl TakesBriefs<Self>) {
                $(taker.take(|record: &Self| match &record.$field {
                    Fact::Missing => Brief::MISSING,
                    Fact::Unknown => Brief::UNKNOWN,
                    Fact::Known(value) => value.brief(),
                });)+
            }
        }

        impl Leaf for $name {
            fn kind() -> Kind {
                static KIND: LazyLock<Arc<RecordKind>> = LazyLock::new(|| Arc::new(RecordKind {
                    name: $text,
                    fields: <$name as Fields>::fields()
                        .iter()
                        .map(|field| FieldKind {
                            name: field.name.into(),
                            kind: field.kind.clone(),
                            about: field.about,
                            actionable: field.traits.actionable,
                            personal: field.traits.personal,
                        })
                        .collect(),
                }));
                Kind::Record(KIND.clone())
            }

            fn given(&self) -> Given<'_> {
                match <$name as Leaf>::kind() {
                    Kind::Record(kind) => {
                        let values = Self::fields().iter().map(|field| field.get(self)).collect();
                        Given::Own(Value::Record(Record::new(kind, values)))
                    }
                    // `kind` above always gives a record.
                    _ => Given::Missing,
                }
            }

            fn field(&self, at: usize) -> Given<'_> {
                Self::fields().get(at).map_or(Given::Missing, |field| (field.given)(self))
            }

            fn is_sound(&self, _traits: Traits) -> bool {
                true $(&& match &self.$field {
                    Fact::Missing | Fact::Unknown => true,
                    Fact::Known(value) => {
                        Leaf::is_sound(value, Traits { $($($flag: true,)+)? ..Traits::default() })
                    }
                })+
            }

            fn read(node: &Node, path: &str, reading: &mut Reading<'_>) -> Option<Self> {
                read_record(node, path, reading)
            }

            fn check(&self, path: &str, _traits: Traits, out: &mut Diagnostics) {
                check_record(self, path, out);
            }
        }

        impl serde::Serialize for $name {
            /// Without what is missing.
            fn serialize<S: serde::Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
                use serde::ser::SerializeMap;
                let mut map = out.serialize_map(None)?;
                $(if !self.$field.is_missing() {
                    map.serialize_entry(stringify!($field), &self.$field)?;
                })+
                map.end()
            }
        }

        impl super::canonical::Canonical for $name {
            fn put(&self, out: &mut Vec<u8>) {
                $(self.$field.put(out);)+
            }
        }

        impl super::typed::Filled for $name {
            fn is_empty(&self) -> bool {
                $(self.$field.is_missing())&&+
            }

            fn fill(&mut self, taking: &mut super::typed::Taking<'_>) -> Option<()> {
                super::typed::take_entries!(taking {
                    $($field => {
                        let traits = Traits { $($($flag: true,)+)? ..Traits::default() };
                        super::typed::take_fact(&mut self.$field, traits, taking)?
                    },)+
                })
            }
        }

        impl super::typed::Typed for $name {
            fn take(taking: &mut super::typed::Taking<'_>) -> Option<Self> {
                let mut record = Self::default();
                super::typed::Filled::fill(&mut record, taking)?;
                Some(record)
            }
        }

        impl fmt::Debug for $name {
            /// Known facts only; what tells who the customer is shows as `***`.
            fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
                let mut shown = out.debug_struct(stringify!($name));
                for field in Self::fields() {
                    match field.get(self) {
                        Fact::Missing => {}
                        Fact::Known(_) if field.traits.personal => { shown.field(field.name, &format_args!("***")); }
                        Fact::Unknown => { shown.field(field.name, &format_args!("unknown")); }
                        Fact::Known(value) => { shown.field(field.name, &format_args!("{value}")); }
                    }
                }
                shown.finish()
            }
        }
    )+};
}

pub(crate) use record;
