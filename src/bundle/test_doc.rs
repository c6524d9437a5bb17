//! Policy tests, as their file says them.

use super::keys::Keys;
use super::moment::Moment;
use super::written::Written;
use crate::text::{Code, Diagnostic, Diagnostics, Node, Place, Source};

/// One policy test: given a case, expect a decision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestDoc {
    /// What it shows.
    pub name: Written<String>,
    /// The case file, relative to the file of the test.
    pub case: Option<Written<String>>,
    /// Facts that are given, or that overlay the case, by path.
    pub given: Vec<(Written<String>, Node)>,
    /// What time it is taken to be.
    pub at: Written<Moment>,
    /// Paths of the decision and the cells they have to match.
    pub expect: Vec<(Written<String>, Node)>,
    /// Where it stands.
    pub place: Place,
}

/// One file of `tests/`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestFile {
    /// Its path in the bundle.
    pub path: String,
    /// Its tests.
    pub tests: Vec<TestDoc>,
    /// The text.
    pub source: Source,
}

pub(crate) fn read_tests(path: &str, node: &Node, source: &Source, out: &mut Diagnostics) -> Option<TestFile> {
    let keys = Keys::open(node, source, "a file of policy tests", &["tests", "about"], out)?;
    keys.need("tests", out);
    let tests = keys.list("tests", out).iter().filter_map(|item| read_test(item, source, out)).collect();
    Some(TestFile { path: path.to_owned(), tests, source: source.clone() })
}

fn read_test(node: &Node, source: &Source, out: &mut Diagnostics) -> Option<TestDoc> {
    let keys = Keys::open(node, source, "a policy test", &["name", "case", "given", "at", "expect", "about"], out)?;
    let name = keys.need_text("name", out);
    let at = keys.need_text("at", out).and_then(|written| match Moment::parse(&written.value) {
        Ok(moment) => Some(Written::new(moment, written.place)),
        Err(trouble) => {
            out.push(Diagnostic::at(Code::BadTest, &written.place, format!("`at`: {trouble}")));
            None
        }
    });
    keys.need("expect", out);
    if keys.get("case").is_none() {
        keys.need("given", out);
    }
    Some(TestDoc {
        name: name?,
        case: keys.text("case", out),
        given: keys.nodes("given", out),
        at: at?,
        expect: keys.nodes("expect", out),
        place: keys.place(),
    })
}
