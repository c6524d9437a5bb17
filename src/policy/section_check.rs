//! Decisions that fill a section declare the outputs that the section takes.

use crate::bundle::DecisionDoc;
use crate::decision::sections::{Section, Shape as Wants, Wanted, section};
use crate::text::{Code, Diagnostic, Diagnostics};
use crate::value::Kind;

use super::catalog::Shape;
use super::decisions::shape;

/// Checks one decision against the section of its name.
pub(crate) fn check(doc: &DecisionDoc, out: &mut Diagnostics) {
    let Some(section) = section(&doc.name.value) else { return };
    let found = shape(doc);
    let fits = matches!(
        (section.shape, found),
        (Wants::Single, Shape::Single) | (Wants::ForEach, Shape::ForEach) | (Wants::Collect, Shape::Collect)
    );
    if !fits {
        let (wanted, help) = match section.shape {
            Wants::Single => ("one result", "use a hit policy with one result"),
            Wants::ForEach => ("one result an item", "add `for_each: dispute.consequential_charges as charge`"),
            Wants::Collect => ("a list of results", "use `hit: collect`"),
        };
        let message = format!("the section `{}` takes {wanted}", section.decision);
        out.push(Diagnostic::at(Code::SectionOutput, &doc.name.place, message).help(help));
    }
    for (name, wanted) in section.outputs {
        match doc.outputs.iter().find(|output| output.name.value == *name) {
            None if doc.unread.iter().any(|unread| unread == name || unread == "*") => {}
            None => {
                let message =
                    format!("`{}` has no output `{name}` ({}), which its section takes", doc.name.value, wanted.describe());
                out.push(Diagnostic::at(Code::SectionOutput, &doc.name.place, message).help(help_for(section)));
            }
            Some(output) => check_kind(&output.kind, *wanted, name, &output.place, out),
        }
    }
    for (name, wanted) in section.optional {
        if let Some(output) = doc.outputs.iter().find(|output| output.name.value == *name) {
            check_kind(&output.kind, *wanted, name, &output.place, out);
        }
    }
}

fn help_for(section: &Section) -> String {
    let outputs: Vec<String> = section.outputs.iter().map(|(name, wanted)| format!("`{name}` ({})", wanted.describe())).collect();
    format!("the section `{}` takes {}", section.decision, outputs.join(", "))
}

fn check_kind(kind: &Kind, wanted: Wanted, name: &str, place: &crate::text::Place, out: &mut Diagnostics) {
    let fits = match (wanted, kind) {
        (Wanted::Money, Kind::Money)
        | (Wanted::Integer, Kind::Integer)
        | (Wanted::Decimal, Kind::Decimal | Kind::Integer)
        | (Wanted::Boolean, Kind::Boolean)
        | (Wanted::Name, Kind::Enum(_) | Kind::Text)
        | (Wanted::Date, Kind::Date)
        | (Wanted::Moment, Kind::Date | Kind::DateTime) => true,
        (Wanted::MoneyList, Kind::List(item)) => **item == Kind::Money,
        (Wanted::OneOf(names), Kind::Enum(found)) => found.names.iter().all(|found| names.contains(&&**found)),
        _ => false,
    };
    if !fits {
        let message = format!("the output `{name}` has to be {}, it is {kind}", wanted.describe());
        out.push(Diagnostic::at(Code::SectionOutput, place, message));
    }
}
