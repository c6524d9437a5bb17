//! Typed values: exact decimals, money with its currency, dates, places, and what a fact can be (missing, unknown, known).
//!
//! Order of the files, each using only those before it: `kind`, `trouble`, `short_text`, `decimal`, `rounding`, `currency`, `money`, `duration`, `zone`,
//! `date`, `calendar`, `stretch`, `place`, `fact`, `data` (the `Value`), `view` (the same, borrowed), `units`, `brief` (the same, in two words),
//! `brief_arithmetic`, `possible` (what a value can turn out to be), `wire`, `arithmetic`.

pub mod arithmetic;
mod brief;
mod brief_arithmetic;
mod calendar;
mod currency;
mod data;
mod date;
mod decimal;
mod duration;
mod fact;
mod kind;
mod money;
mod place;
mod possible;
mod rounding;
mod short_text;
mod stretch;
mod trouble;
mod units;
mod view;
mod wire;
mod zone;

pub(crate) use brief::{Brief, BriefKind, EnumMark, STATES};
pub use calendar::Calendar;
pub use currency::Currency;
pub use data::{EnumValue, Record, Value};
pub use date::{Date, DateTime};
pub use decimal::Decimal;
pub(crate) use decimal::POWERS_OF_TEN;
pub use duration::Duration;
pub use fact::Fact;
pub use kind::{EnumKind, FieldKind, Kind, RecordKind};
pub use money::Money;
pub(crate) use place::EU_MEMBERS;
pub use place::Place;
pub(crate) use place::PlaceCode;
pub(crate) use possible::{Known, Possible, Range, choices};
pub use rounding::{Mode, Rounding};
pub use stretch::{BillingCycles, Stretch, Unit};
pub use trouble::Trouble;
pub(crate) use units::Units;
pub use view::{Given, View};
pub use zone::Zone;
