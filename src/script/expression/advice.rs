//! How to mend an operator between kinds that do not fit.

use crate::script::operator::Operator;
use crate::value::Kind;

pub(super) fn mending(operator: Operator, left: Option<&Kind>, right: Option<&Kind>) -> Option<String> {
    match (operator, left?, right?) {
        (Operator::Subtract, Kind::Date, Kind::Date) => Some("write `days_between(from, to)`".to_owned()),
        (Operator::Add | Operator::Subtract, Kind::Date, _) => Some("write `add_days(date, count)`".to_owned()),
        (_, Kind::DateTime, Kind::Date) | (_, Kind::Date, Kind::DateTime) => {
            Some("write `day_of(...)` for the day of an instant".to_owned())
        }
        (Operator::Less | Operator::AtMost | Operator::More | Operator::AtLeast, Kind::Enum(kind), _)
        | (Operator::Less | Operator::AtMost | Operator::More | Operator::AtLeast, _, Kind::Enum(kind))
            if !kind.ordered =>
        {
            Some("only names that are declared `ordered` are more or less than one another".to_owned())
        }
        (Operator::Multiply | Operator::Divide | Operator::Remainder, _, _) => None,
        (_, Kind::Money, other) | (_, other, Kind::Money) if other.is_number() => {
            Some("write an amount as `money(20.00)`".to_owned())
        }
        (_, Kind::Text, _) | (_, _, Kind::Text) if operator == Operator::Add => {
            Some("write values into a text as `... ${x} ...` between backticks".to_owned())
        }
        _ => None,
    }
}
