//! Several files in one text: each below a line `-- PATH --`, as in `tests/diagnostics`.

/// The files, in the order written. What stands above the first is left out.
pub(super) fn cut(text: &str) -> Vec<(&str, String)> {
    let mut files: Vec<(&str, String)> = Vec::new();
    for line in text.split_inclusive('\n') {
        if let Some(path) = line.trim_end().strip_prefix("-- ").and_then(|line| line.strip_suffix(" --")) {
            files.push((path, String::new()));
        } else if let Some((_, text)) = files.last_mut() {
            text.push_str(line);
        }
    }
    files
}

/// The same text again.
pub(super) fn joined<'f>(files: impl IntoIterator<Item = (&'f str, &'f str)>) -> String {
    let mut text = String::new();
    for (path, file) in files {
        text.push_str(&format!("-- {path} --\n{file}"));
        if !file.ends_with('\n') {
            text.push('\n');
        }
    }
    text
}
