//! The normal form of an expression: its tree as text, without spaces, places and the names that it was written with.

use super::tree::Tree;

/// The tree as text; `name` says what a slot stands for.
pub(super) fn text(tree: &Tree, name: &mut dyn FnMut(usize) -> String) -> String {
    let many = |word: &str, parts: &[Tree], name: &mut dyn FnMut(usize) -> String| {
        let parts: Vec<String> = parts.iter().map(|part| text(part, name)).collect();
        format!("{word}({})", parts.join(", "))
    };
    match tree {
        Tree::Constant(value, _) => format!("{value:?}"),
        Tree::Read(path) => path.normal(name),
        Tree::Below(base, fields) => format!("{}{}", text(base, name), fields.normal()),
        Tree::Index(parts, _) => format!("{}[{}]", text(&parts.0, name), text(&parts.1, name)),
        Tree::Negate(inner, _) => format!("-({})", text(inner, name)),
        Tree::Not(inner, _) => format!("!({})", text(inner, name)),
        Tree::Binary(operator, parts, _) => {
            format!("({} {} {})", text(&parts.0, name), operator.symbol(), text(&parts.1, name))
        }
        Tree::Every(parts, _) => many("every", parts, name),
        Tree::Either(parts, _) => many("either", parts, name),
        Tree::Coalesce(parts) => many("else", parts, name),
        Tree::If(parts, _) => {
            format!("if({}, {}, {})", text(&parts.0, name), text(&parts.1, name), text(&parts.2, name))
        }
        Tree::Text(parts, _) => many("text", parts, name),
        Tree::List(parts) => many("list", parts, name),
        Tree::Call(call) => {
            let begins = call.begins.as_ref().map_or_else(String::new, |kind| format!(" of {kind:?}"));
            many(&format!("{}{begins}", call.function.name), &call.arguments, name)
        }
        Tree::Looks(state, inner) => format!("is {state:?}({})", text(inner, name)),
    }
}
