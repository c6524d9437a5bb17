//! The fields that a script reads, by their names.
//!
//! For `x.name` Rhai first looks for a getter of that name; where there is none it writes a message about that, and only then asks
//! the one function that reads any field of anything (`view`). Which names a script reads is told when it is loaded, so each gets
//! a getter: it gives what that function gives, at the same place, for as many operations.

use super::held::{Held, Settings};
use super::running::step;
use super::view::{At, Facts, Given, below, setting};
use rhai::{AST, ASTNode, Dynamic, EvalAltResult, Expr, FuncRegistration, ImmutableString, Module, NativeCallContext, Position};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The getters of a script.
pub(crate) fn of(script: &AST) -> Module {
    let mut names: BTreeSet<ImmutableString> = BTreeSet::new();
    let mut dots: BTreeMap<Position, Position> = BTreeMap::new();
    script.walk(&mut |path| {
        if let Some(ASTNode::Expr(Expr::Dot(chain, _, dot))) = path.last() {
            let read = match &chain.rhs {
                Expr::Dot(next, ..) | Expr::Index(next, ..) => &next.lhs,
                last => last,
            };
            if let Expr::Property(property, position) = read {
                names.insert(property.2.clone());
                dots.insert(*position, *dot);
            }
        }
        true
    });
    let dots = Arc::new(dots);
    let mut getters = Module::new();
    for name in names {
        let getter = || FuncRegistration::new_getter(&name);
        let (field, places) = (name.clone(), dots.clone());
        getter().set_into_module(&mut getters, move |context: NativeCallContext<'_>, facts: &mut Facts| {
            read(&context, &places, |at| facts.field(&field, at))
        });
        let (field, places) = (name.clone(), dots.clone());
        getter().set_into_module(&mut getters, move |context: NativeCallContext<'_>, settings: &mut Settings| {
            read(&context, &places, |_| setting(settings, &field))
        });
        let (field, places) = (Dynamic::from(name.clone()), dots.clone());
        getter().set_into_module(&mut getters, move |context: NativeCallContext<'_>, held: &mut Held| {
            read(&context, &places, |at| below(held, &field, at))
        });
    }
    getters
}

/// Reads as Rhai does when it asks for any field of anything: that is an operation more, and stands at the dot, not at the name.
fn read(context: &NativeCallContext<'_>, dots: &BTreeMap<Position, Position>, field: impl FnOnce(At<'_>) -> Given) -> Given {
    let at = || {
        let position = context.call_position();
        dots.get(&position).copied().unwrap_or(position)
    };
    if let Some(ended) = step() {
        return Err(EvalAltResult::ErrorTerminated(Dynamic::from(ended), at()).into());
    }
    field(&at).map_err(|mut error| {
        if error.position().is_none() {
            error.set_position(at());
        }
        error
    })
}
