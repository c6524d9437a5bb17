//! The command that is run, as somebody enters it to get the same again.

/// The program's name and its arguments, each in quotes where a shell would take it apart.
pub(super) fn command() -> String {
    let arguments = std::env::args_os().skip(1).map(|argument| quoted(&argument.to_string_lossy()));
    std::iter::once("redress".to_owned()).chain(arguments).collect::<Vec<_>>().join(" ")
}

fn quoted(argument: &str) -> String {
    let is_plain = |c: char| c.is_alphanumeric() || "-_./=:,@%+~".contains(c);
    if !argument.is_empty() && argument.chars().all(is_plain) {
        return argument.to_owned();
    }
    format!("'{}'", argument.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_shell_would_take_apart_is_quoted() {
        let shown = ["--fail-if", "goodwill.delta > 5%", "it's", "", "a=1,2"].map(quoted);
        assert_eq!(shown, ["--fail-if", "'goodwill.delta > 5%'", "'it'\\''s'", "''", "a=1,2"]);
    }
}
