//! Constants where a kind is known: a name is checked against its enum when the bundle is loaded, not when a case meets it.

use super::tree::Tree;
use crate::text::nearest::did_you_mean;
use crate::text::{Code, Diagnostic, Diagnostics, Place};
use crate::value::Place as Territory;
use crate::value::{EnumValue, Kind, Trouble, Value};

/// A value of the kind that is wanted: a whole number becomes a decimal, a text the enum value or place of that name.
///
/// # Errors
/// When the value is of another kind or the enum does not have the name.
pub fn coerce(value: Value, wanted: &Kind) -> Result<Value, Trouble> {
    match (wanted, value) {
        (Kind::Decimal, Value::Integer(number)) => Ok(Value::Decimal(number.into())),
        // A whole number that was computed as a decimal is still a whole number.
        (Kind::Integer, Value::Decimal(number)) => match number.to_integer() {
            Some(whole) => Ok(Value::Integer(whole)),
            None => Err(Trouble::Text(format!("{number} is not a whole number"))),
        },
        (Kind::Enum(kind), Value::Text(name)) => EnumValue::named(kind, &name)
            .map(Value::Enum)
            .ok_or_else(|| Trouble::Text(format!("`{name}` is not {}", Kind::Enum(kind.clone())))),
        (Kind::Enum(kind), Value::Enum(value)) if value.kind() != kind => EnumValue::named(kind, value.name())
            .map(Value::Enum)
            .ok_or_else(|| Trouble::Text(format!("`{}` is not {}", value.name(), Kind::Enum(kind.clone())))),
        (Kind::Text, Value::Enum(value)) => Ok(Value::text(value.name())),
        (Kind::Place, Value::Text(code)) => Territory::parse(&code).map(Value::Place),
        (Kind::List(item), Value::List(items)) => {
            let items: Result<Vec<Value>, Trouble> = items.iter().map(|value| coerce(value.clone(), item)).collect();
            Ok(Value::list(items?))
        }
        (wanted, value) => {
            let found = value.kind();
            if wanted.takes(&found) { Ok(value) } else { Err(Trouble::Text(format!("{wanted} is wanted, not {found}"))) }
        }
    }
}

/// Holds what a tree may give to a kind. Texts that are written down become enum values and places.
pub(super) fn expect(tree: &mut Tree, found: Option<&Kind>, wanted: &Kind, place: &Place, out: &mut Diagnostics) -> bool {
    match tree {
        Tree::Constant(value, at) => {
            let Ok(fitting) = coerce(value.clone(), wanted) else {
                out.push(misfit(value, wanted, at));
                return false;
            };
            *value = fitting;
            true
        }
        Tree::If(parts, _) => {
            // Without the kinds of the branches only what is written down is checked here; the rest is checked as a whole.
            let second = leaf(&mut parts.1, wanted, place, out);
            leaf(&mut parts.2, wanted, place, out) && second && whole(found, wanted, place, out)
        }
        Tree::Coalesce(parts) => {
            let mut fits = true;
            for part in parts {
                fits &= leaf(part, wanted, place, out);
            }
            fits && whole(found, wanted, place, out)
        }
        _ => whole(found, wanted, place, out),
    }
}

fn leaf(tree: &mut Tree, wanted: &Kind, place: &Place, out: &mut Diagnostics) -> bool {
    match tree {
        Tree::Constant(..) | Tree::If(..) | Tree::Coalesce(..) => expect(tree, None, wanted, place, out),
        _ => true,
    }
}

fn whole(found: Option<&Kind>, wanted: &Kind, place: &Place, out: &mut Diagnostics) -> bool {
    let Some(found) = found else { return true };
    let fits = wanted.takes(found)
        || match (wanted, found) {
            // Which name it is, or whether it is whole, shows only when a case is decided.
            (Kind::Enum(_) | Kind::Place, Kind::Text) | (Kind::Text, Kind::Enum(_)) | (Kind::Integer, Kind::Decimal) => true,
            (Kind::Enum(wanted), Kind::Enum(found)) => wanted.names.iter().any(|name| found.names.contains(name)),
            (Kind::List(wanted), Kind::List(found)) => wanted.is_number() && found.is_number(),
            _ => false,
        };
    if !fits {
        let diagnostic =
            Diagnostic::at(Code::ExpressionType, place, format!("{wanted} is wanted here, and the expression gives {found}"));
        out.push(diagnostic.help_opt(bare_money(wanted, found)));
    }
    fits
}

fn bare_money(wanted: &Kind, found: &Kind) -> Option<String> {
    (*wanted == Kind::Money && found.is_number()).then(|| "write an amount as `money(20.00)`".to_owned())
}

/// A written value that does not fit.
pub(super) fn misfit(value: &Value, wanted: &Kind, at: &Place) -> Diagnostic {
    match (wanted, value) {
        (Kind::Enum(kind), Value::Text(name)) => Diagnostic::at(Code::UnknownMember, at, format!("`{name}` is not {wanted}"))
            .help_opt(did_you_mean(name, kind.names.iter().map(|name| &**name))),
        (Kind::Place, Value::Text(code)) => {
            let message = Territory::parse(code).err().map_or_else(String::new, |problem| problem.to_string());
            Diagnostic::at(Code::UnknownMember, at, message)
        }
        _ => {
            let found = value.kind();
            Diagnostic::at(Code::ExpressionType, at, format!("{wanted} is wanted here, not {found}"))
                .help_opt(bare_money(wanted, &found))
        }
    }
}
