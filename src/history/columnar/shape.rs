//! What stands in a column: a single value and its kind, or a struct, a list or a map of them.

use parquet::basic::{ConvertedType, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::schema::types::Type;

/// What the values of a column, or of a part of one, are.
#[derive(Clone, Debug)]
pub(super) enum Shape {
    Single(Single),
    Group(Vec<(String, Shape)>),
    List(Box<Shape>),
    /// The key, and the value.
    Map(Single, Box<Shape>),
    /// What no case has.
    Strange(&'static str),
}

/// What a single value is, where the value itself does not tell.
#[derive(Clone, Copy, Debug)]
pub(super) enum Single {
    Plain,
    /// So many of them a second since 1970, in UTC or by the clocks of a place that the file does not tell.
    Moment {
        per_second: i64,
        in_utc: bool,
    },
    /// So many of them a second since midnight.
    Clock {
        per_second: i64,
    },
    Uuid,
}

impl Shape {
    pub(super) fn of(part: &Type) -> Self {
        let basic = part.get_basic_info();
        let once = Self::once(part);
        // A part that is repeated and in no list is a list of its own.
        if basic.has_repetition() && basic.repetition() == Repetition::REPEATED { Self::List(Box::new(once)) } else { once }
    }

    fn once(part: &Type) -> Self {
        let basic = part.get_basic_info();
        if part.is_primitive() {
            return single(part).map_or_else(Self::Strange, Self::Single);
        }
        let fields = part.get_fields();
        match (basic.converted_type(), fields) {
            (ConvertedType::LIST, [repeated]) => Self::List(Box::new(element(repeated))),
            (ConvertedType::MAP | ConvertedType::MAP_KEY_VALUE, [pairs]) if pairs.is_group() => match pairs.get_fields() {
                [key, value] => match Self::once(key) {
                    Self::Single(key) => Self::Map(key, Box::new(Self::of(value))),
                    _ => Self::Strange("a map whose keys are no single values"),
                },
                [key] => Self::List(Box::new(Self::of(key))),
                _ => Self::Strange("a map without keys"),
            },
            (ConvertedType::LIST | ConvertedType::MAP | ConvertedType::MAP_KEY_VALUE, _) => {
                Self::Strange("a list or a map that is not laid out as one")
            }
            _ => Self::Group(fields.iter().map(|field| (field.name().to_owned(), Self::of(field))).collect()),
        }
    }

    /// In words, for who took it to be something else.
    pub(super) fn words(&self) -> &'static str {
        match self {
            Self::Single(_) => "single values",
            Self::Group(_) => "structs",
            Self::List(_) => "lists",
            Self::Map(..) => "maps",
            Self::Strange(words) => words,
        }
    }
}

/// What stands in a list: its repeated part, or the only part of that. Older writers leave one level out; these are the rules by which the
/// format tells them (LogicalTypes.md of parquet-format, "Backward-compatibility rules").
fn element(repeated: &Type) -> Shape {
    let [only] = (if repeated.is_primitive() { &[] } else { repeated.get_fields() }) else {
        return Shape::once(repeated);
    };
    let is_list = repeated.get_basic_info().converted_type() == ConvertedType::LIST;
    let holds_list = only.get_basic_info().has_repetition() && only.get_basic_info().repetition() == Repetition::REPEATED;
    let named_as_element = repeated.name() == "array" || repeated.name().ends_with("_tuple");
    if named_as_element && !is_list && !holds_list { Shape::once(repeated) } else { Shape::of(only) }
}

fn single(part: &Type) -> Result<Single, &'static str> {
    let basic = part.get_basic_info();
    match basic.logical_type_ref() {
        Some(LogicalType::Timestamp(stamp)) => {
            return Ok(Single::Moment { per_second: per_second(stamp.unit), in_utc: stamp.is_adjusted_to_u_t_c });
        }
        Some(LogicalType::Time(time)) => return Ok(Single::Clock { per_second: per_second(time.unit) }),
        Some(LogicalType::Uuid) => return Ok(Single::Uuid),
        Some(LogicalType::Bson) => return Err("BSON documents"),
        Some(LogicalType::Variant(_)) => return Err("variants"),
        Some(LogicalType::Geometry(_) | LogicalType::Geography(_)) => return Err("shapes of places"),
        _ => {}
    }
    match basic.converted_type() {
        ConvertedType::TIMESTAMP_MILLIS => Ok(Single::Moment { per_second: 1_000, in_utc: true }),
        ConvertedType::TIMESTAMP_MICROS => Ok(Single::Moment { per_second: 1_000_000, in_utc: true }),
        ConvertedType::TIME_MILLIS => Ok(Single::Clock { per_second: 1_000 }),
        ConvertedType::TIME_MICROS => Ok(Single::Clock { per_second: 1_000_000 }),
        ConvertedType::INTERVAL => Err("stretches of time"),
        ConvertedType::BSON => Err("BSON documents"),
        // Some programs wrote these in UTC and some by their own clocks, and none says which.
        _ if part.get_physical_type() == Physical::INT96 => Ok(Single::Moment { per_second: 1_000, in_utc: false }),
        _ => Ok(Single::Plain),
    }
}

fn per_second(unit: TimeUnit) -> i64 {
    match unit {
        TimeUnit::MILLIS => 1_000,
        TimeUnit::MICROS => 1_000_000,
        TimeUnit::NANOS => 1_000_000_000,
    }
}
