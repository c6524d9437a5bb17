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
    /// Changes of the bundle that no test has to notice.
    pub mutants_allowed: Vec<AllowedMutant>,
    /// The text.
    pub source: Source,
}

/// A change of the bundle that no test has to notice, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AllowedMutant {
    /// The change, as `redress test --mutate` names it.
    pub mutant: Written<String>,
    /// Why no test has to notice it.
    pub because: String,
}

/// The key of the changes that no test has to notice.
const ALLOWED: &str = "mutants_allowed";

pub(crate) fn read_tests(path: &str, node: &Node, source: &Source, out: &mut Diagnostics) -> Option<TestFile> {
    let keys = Keys::open(node, source, "a file of policy tests", &["tests", "about", ALLOWED], out)?;
    keys.need("tests", out);
    let tests = keys.list("tests", out).iter().filter_map(|item| read_test(item, source, out)).collect();
    let mutants_allowed = allowed_below(&keys, source, out);
    Some(TestFile { path: path.to_owned(), tests, mutants_allowed, source: source.clone() })
}

/// The changes that no test has to notice, where a file lists nothing else.
pub(crate) fn read_allowed_mutants(node: &Node, source: &Source, out: &mut Diagnostics) -> Vec<AllowedMutant> {
    let Some(keys) = Keys::open(node, source, "a file of allowed changes", &[ALLOWED, "about"], out) else { return Vec::new() };
    keys.need(ALLOWED, out);
    allowed_below(&keys, source, out)
}

fn allowed_below(keys: &Keys<'_>, source: &Source, out: &mut Diagnostics) -> Vec<AllowedMutant> {
    let mut list = Vec::new();
    for item in keys.list(ALLOWED, out) {
        let Some(inner) = Keys::open(item, source, "an allowed change", &["mutant", "because"], out) else { continue };
        let (mutant, because) = (inner.need_text("mutant", out), inner.need_text("because", out));
        list.extend(mutant.zip(because).map(|(mutant, because)| AllowedMutant { mutant, because: because.value }));
    }
    list
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
