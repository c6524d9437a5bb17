//! What somebody waits for while editing the default bundle: what a save changes, why a case came out so, what an editor is answered.
//!
//! Saves and the editor are served by the program itself, a process of its own, as they are when somebody works with it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a panic is how a measurement fails")]

use criterion::{Criterion, criterion_group, criterion_main};
use redress::authoring::why::{Question, still_open, why};
use redress::case::{CaseFormat, read_case};
use redress::text::Source;
use redress::value::DateTime;
use redress::{Case, Extensions, Policy};
use serde_json::{Value as Json, json};
use std::fs;
use std::io::{BufRead, BufReader, Lines, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

/// How long files have to stand still before a save is looked at: a default of the program.
const QUIET: Duration = Duration::from_millis(100);

/// What is edited: a figure, back and forth.
const EDITED: &str = "decisions/goodwill.yaml";
const REASON: &str = "No gesture is due.";

/// The default bundle and its cases in a directory of their own.
fn room(name: &str) -> PathBuf {
    let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bench-edit").join(name);
    if root.exists() {
        fs::remove_dir_all(&root).unwrap();
    }
    fs::create_dir_all(&root).unwrap();
    let made = Command::new(env!("CARGO_BIN_EXE_redress")).args(["new", "policies"]).current_dir(&root).output().unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    root.join("policies")
}

fn program(bundle: &Path, arguments: &[&str]) -> Child {
    let mut program = Command::new(env!("CARGO_BIN_EXE_redress"));
    program.args(arguments).current_dir(bundle).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    program.spawn().unwrap()
}

/// A process of the program, gone with what speaks to it.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn saving(criterion: &mut Criterion) {
    let bundle = room("watch");
    let mut watch = Running(program(&bundle, &["watch", ".", "--at", "2026-04-20", "--format", "json"]));
    let mut lines = BufReader::new(watch.0.stdout.take().unwrap()).lines();
    // A look tells what is decided, then what its tests came to.
    let next =
        |lines: &mut Lines<BufReader<ChildStdout>>| -> Json { serde_json::from_str(&lines.next().unwrap().unwrap()).unwrap() };
    let until = |lines: &mut Lines<BufReader<ChildStdout>>, has_tests: bool| {
        while next(lines).get("tests").is_some_and(|tests| !tests.is_null()) != has_tests {}
    };
    until(&mut lines, true);
    let text = fs::read_to_string(bundle.join(EDITED)).unwrap();
    assert!(text.contains(REASON));
    let mut saves = 0_u64;
    let mut save = |with_tests: bool| {
        saves += 1;
        fs::write(bundle.join(EDITED), text.replace(REASON, &format!("No gesture is due, {saves}."))).unwrap();
        let began = Instant::now();
        until(&mut lines, false);
        let decided = began.elapsed();
        until(&mut lines, true);
        (if with_tests { began.elapsed() } else { decided }).saturating_sub(QUIET)
    };
    let mut group = criterion.benchmark_group("watch");
    group.sample_size(20).measurement_time(Duration::from_secs(15));
    group.bench_function("from a save to what it changes, quiet period apart", |bencher| {
        bencher.iter_custom(|times| (0..times).map(|_| save(false)).sum());
    });
    group.bench_function("from a save to its tests, quiet period apart", |bencher| {
        bencher.iter_custom(|times| (0..times).map(|_| save(true)).sum());
    });
}

fn case(name: &str) -> Case {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/cases").join(format!("{name}.yaml"));
    read_case(&Source::new(name, fs::read_to_string(path).unwrap()), CaseFormat::Yaml).unwrap()
}

fn asking(criterion: &mut Criterion) {
    let policy = Policy::load(&redress::default_bundle(), &Extensions::new()).unwrap();
    let at = DateTime::parse("2026-04-20T00:00:00Z").unwrap();
    let mut group = criterion.benchmark_group("why");
    group.sample_size(10);
    for (name, wanted) in [
        ("early-billing", "goodwill.kind = gesture"),
        ("late-fee-vulnerable-customer", "outcome = reject"),
        ("rejected-offer", "relationship.action = keep"),
    ] {
        let case = case(name);
        group.bench_function(format!("{name}: {wanted}"), |bencher| {
            bencher.iter(|| why(&policy, &case, at, &Question::new([wanted])).unwrap());
        });
    }
    let case = case("early-billing");
    group.bench_function("early-billing: near misses, each decided", |bencher| {
        bencher.iter(|| still_open(&policy, &case, at, &[]).unwrap());
    });
}

/// An editor with one file open.
struct Editor {
    server: Running,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    bundle: PathBuf,
    asked: i64,
    version: i64,
    text: String,
}

impl Editor {
    fn open() -> Self {
        let bundle = room("lsp");
        let mut server = Running(program(&bundle, &["lsp"]));
        let (input, output) = (server.0.stdin.take().unwrap(), BufReader::new(server.0.stdout.take().unwrap()));
        let text = fs::read_to_string(bundle.join(EDITED)).unwrap();
        let mut editor = Self { server, input, output, bundle, asked: 0, version: 1, text };
        let folder = json!({"uri": editor.uri(""), "name": "policies"});
        editor.ask("initialize", &json!({"processId": null, "rootUri": null, "workspaceFolders": [folder], "capabilities": {}}));
        editor.tell("initialized", &json!({}));
        let document = json!({"uri": editor.uri(EDITED), "languageId": "yaml", "version": 1, "text": editor.text});
        editor.tell("textDocument/didOpen", &json!({"textDocument": document}));
        editor.until(|message| message["method"] == "textDocument/publishDiagnostics");
        editor
    }

    fn uri(&self, path: &str) -> String {
        format!("file://{}", self.bundle.join(path).display()).trim_end_matches('/').to_owned()
    }

    fn send(&mut self, message: &Json) {
        let text = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{text}", text.len()).unwrap();
        self.input.flush().unwrap();
    }

    fn tell(&mut self, method: &str, params: &Json) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    fn ask(&mut self, method: &str, params: &Json) -> Json {
        self.asked += 1;
        let id = self.asked;
        self.send(&json!({"jsonrpc": "2.0", "id": id, "method": method, "params": params}));
        self.until(|message| message.get("method").is_none() && message["id"] == json!(id))["result"].clone()
    }

    fn until(&mut self, wanted: impl Fn(&Json) -> bool) -> Json {
        loop {
            let mut length = 0;
            loop {
                let mut line = String::new();
                assert_ne!(self.output.read_line(&mut line).unwrap(), 0, "the server is gone");
                match line.trim_end() {
                    "" => break,
                    header => length = header.strip_prefix("Content-Length: ").map_or(length, |text| text.parse().unwrap()),
                }
            }
            let mut body = vec![0; length];
            self.output.read_exact(&mut body).unwrap();
            let message: Json = serde_json::from_slice(&body).unwrap();
            if message.get("method").is_some() && message.get("id").is_some() {
                self.send(&json!({"jsonrpc": "2.0", "id": message["id"], "result": null}));
            }
            if wanted(&message) {
                return message;
            }
        }
    }

    /// Types something that changes the text and not what it means to say.
    fn type_something(&mut self) {
        self.version += 1;
        let text = self.text.replace(REASON, &format!("No gesture is due, {}.", self.version));
        let document = json!({"uri": self.uri(EDITED), "version": self.version});
        self.tell("textDocument/didChange", &json!({"textDocument": document, "contentChanges": [{"text": text}]}));
    }

    /// Asks about the first place at which a name stands.
    fn ask_at(&mut self, method: &str, word: &str, more: &Json) -> Json {
        let at = self.text.find(word).unwrap() + word.len() - 1;
        let before = &self.text[..at];
        let line = before.matches('\n').count();
        let character = at - before.rfind('\n').map_or(0, |newline| newline + 1);
        let mut params = json!({"textDocument": {"uri": self.uri(EDITED)}, "position": {"line": line, "character": character}});
        params.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.ask(method, &params)
    }
}

fn answering(criterion: &mut Criterion) {
    let mut editor = Editor::open();
    let mut group = criterion.benchmark_group("lsp");
    group.sample_size(20).measurement_time(Duration::from_secs(10));
    let param = "params.goodwill.step";
    group.bench_function("what is wrong, from a change, with the pause for typing", |bencher| {
        bencher.iter(|| {
            editor.type_something();
            let version = editor.version;
            editor.until(|message| {
                message["method"] == "textDocument/publishDiagnostics" && message["params"]["version"] == json!(version)
            })
        });
    });
    group.bench_function("hover, right after a change", |bencher| {
        bencher.iter(|| {
            editor.type_something();
            assert!(!editor.ask_at("textDocument/hover", param, &json!({})).is_null());
        });
    });
    group.bench_function("hover", |bencher| {
        bencher.iter(|| assert!(!editor.ask_at("textDocument/hover", param, &json!({})).is_null()));
    });
    group.bench_function("completion", |bencher| {
        bencher.iter(|| assert!(!editor.ask_at("textDocument/completion", param, &json!({})).is_null()));
    });
    group.bench_function("references", |bencher| {
        let context = json!({"context": {"includeDeclaration": true}});
        bencher.iter(|| assert!(!editor.ask_at("textDocument/references", param, &context).is_null()));
    });
    drop(group);
    drop(editor.server);
}

criterion_group!(benches, saving, asking, answering);
criterion_main!(benches);
