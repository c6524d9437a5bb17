//! Names that a bundle may not give.

use crate::case::registry;

/// Words that Rhai reserves, also as the names of properties.
const RHAI_WORDS: [&str; 57] = [
    "true",
    "false",
    "let",
    "const",
    "is_shared",
    "if",
    "else",
    "switch",
    "do",
    "while",
    "until",
    "loop",
    "for",
    "in",
    "continue",
    "break",
    "return",
    "throw",
    "try",
    "catch",
    "import",
    "export",
    "as",
    "global",
    "private",
    "fn",
    "this",
    "is_def_var",
    "is_def_fn",
    "Fn",
    "call",
    "curry",
    "type_of",
    "print",
    "debug",
    "eval",
    "case",
    "match",
    "default",
    "new",
    "is",
    "use",
    "with",
    "var",
    "static",
    "shared",
    "go",
    "public",
    "protected",
    "module",
    "package",
    "null",
    "nil",
    "thread",
    "spawn",
    "sync",
    "async",
];
/// Words that stand for something else wherever an expression reads a name.
const FORMAT_WORDS: [&str; 10] =
    ["params", "at", "policy_date", "facts", "clock", "settings", "draft", "because", "attributes", "input"];

/// Why a name may not be given, if it may not.
pub(crate) fn reserved(name: &str) -> Option<&'static str> {
    if RHAI_WORDS.contains(&name) {
        return Some("it is a word of the script language");
    }
    if FORMAT_WORDS.contains(&name) {
        return Some("it has a meaning of its own in a bundle");
    }
    if registry().groups().contains(&name) {
        return Some("it is a group of facts");
    }
    let shaped = name.starts_with(|first: char| first.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    (!shaped).then_some("a name begins with a small letter and holds small letters, digits and underscores")
}
