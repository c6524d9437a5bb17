//! An editor, as far as the language server sees one: it starts the program, speaks with it over standard input and output, keeps its
//! texts, and carries out the edits that it is given.

#![allow(clippy::needless_pass_by_value, reason = "parameters of messages are written where they are sent")]

use super::showing::{offset, place_of};
use serde_json::{Value as Json, json};
use std::collections::{BTreeMap, VecDeque};
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

/// How long an answer is waited for; machines that test are busy.
const PATIENCE: Duration = Duration::from_secs(240);

pub(super) struct Editor {
    child: Child,
    input: Option<ChildStdin>,
    came: Receiver<Json>,
    /// What came while something else was waited for.
    waiting: VecDeque<Json>,
    root: PathBuf,
    /// The texts that are open, with their versions.
    texts: BTreeMap<String, (i64, String)>,
    asked: i64,
}

/// What most editors can do.
pub(super) fn usual() -> Json {
    json!({
        "general": {"positionEncodings": ["utf-16"]},
        "window": {"showDocument": {"support": true}},
        "workspace": {"didChangeWatchedFiles": {"dynamicRegistration": true}, "workspaceFolders": true,
            "workspaceEdit": {"documentChanges": true}},
        "textDocument": {
            "publishDiagnostics": {"relatedInformation": true, "tagSupport": {"valueSet": [1, 2]}, "versionSupport": true},
            "documentSymbol": {"hierarchicalDocumentSymbolSupport": true},
            "codeAction": {"codeActionLiteralSupport": {"codeActionKind": {"valueSet": ["quickfix"]}}},
            "completion": {"completionItem": {"snippetSupport": true}},
        },
    })
}

impl Editor {
    /// An empty directory of its own for one test.
    pub(super) fn room(name: &str) -> PathBuf {
        let root = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("lsp").join(name);
        if root.exists() {
            fs::remove_dir_all(&root).unwrap();
        }
        fs::create_dir_all(&root).unwrap();
        root
    }

    /// Starts the program and says nothing yet.
    pub(super) fn silent(root: &Path) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_redress"));
        command.arg("lsp").current_dir(root).env_clear().env("TMPDIR", root);
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit()).spawn().unwrap();
        let (input, output) = (child.stdin.take(), child.stdout.take().unwrap());
        let (sender, came) = channel();
        thread::spawn(move || {
            let mut output = BufReader::new(output);
            while let Some(message) = read(&mut output) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let (waiting, texts) = (VecDeque::new(), BTreeMap::new());
        Self { child, input, came, waiting, root: root.to_owned(), texts, asked: 0 }
    }

    /// Starts the program with folders below the root, and greets it.
    pub(super) fn start(root: &Path, folders: &[&str], options: &Json) -> Self {
        Self::start_with(root, folders, options, &usual())
    }

    pub(super) fn start_with(root: &Path, folders: &[&str], options: &Json, capabilities: &Json) -> Self {
        let mut editor = Self::silent(root);
        let folders: Vec<Json> = folders.iter().map(|folder| json!({"uri": editor.uri(folder), "name": folder})).collect();
        editor.ask(
            "initialize",
            json!({"processId": null, "rootUri": null, "workspaceFolders": folders, "capabilities": capabilities,
                "initializationOptions": options}),
        );
        editor.tell("initialized", json!({}));
        editor
    }

    pub(super) fn uri(&self, path: &str) -> String {
        format!("file://{}", self.root.join(path).display()).trim_end_matches('/').replace(' ', "%20")
    }

    pub(super) fn path(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }

    /// Writes bytes as they are.
    pub(super) fn write(&mut self, bytes: &str) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes.as_bytes()).unwrap();
        input.flush().unwrap();
    }

    pub(super) fn send(&mut self, message: &Json) {
        let text = message.to_string();
        self.write(&format!("Content-Length: {}\r\n\r\n{text}", text.len()));
    }

    pub(super) fn tell(&mut self, method: &str, params: Json) {
        self.send(&json!({"jsonrpc": "2.0", "method": method, "params": params}));
    }

    /// Asks without waiting; gives the id.
    pub(super) fn begin(&mut self, method: &str, params: Json) -> i64 {
        self.asked += 1;
        self.send(&json!({"jsonrpc": "2.0", "id": self.asked, "method": method, "params": params}));
        self.asked
    }

    /// Asks and waits for the answer: the result, or the error.
    pub(super) fn ask(&mut self, method: &str, params: Json) -> Json {
        let id = self.begin(method, params);
        self.answer(id)
    }

    /// Waits for the answer to a request.
    pub(super) fn answer(&mut self, id: i64) -> Json {
        let answer = self.until(|message| message.get("method").is_none() && message["id"] == json!(id));
        answer.get("error").map_or_else(|| answer["result"].clone(), |error| json!({"error": error}))
    }

    /// Asks about a document.
    pub(super) fn ask_of(&mut self, method: &str, path: &str, more: Json) -> Json {
        let params = self.of(path, more);
        self.ask(&format!("textDocument/{method}"), params)
    }

    fn of(&self, path: &str, more: Json) -> Json {
        let mut params = json!({"textDocument": {"uri": self.uri(path)}});
        params.as_object_mut().unwrap().extend(more.as_object().cloned().unwrap_or_default());
        params
    }

    /// Asks about the place of a text in a document; `|` in it is the cursor.
    pub(super) fn ask_at(&mut self, method: &str, path: &str, place: &str, more: Json) -> Json {
        let position = self.position(path, place);
        let mut more = more;
        if more.is_null() {
            more = json!({});
        }
        more["position"] = position;
        self.ask_of(method, path, more)
    }

    /// The position of the `|` in a piece of an open text.
    pub(super) fn position(&self, path: &str, place: &str) -> Json {
        let (before, after) = place.split_once('|').unwrap_or((place, ""));
        let text = self.text(path);
        let at = text.find(&format!("{before}{after}")).unwrap_or_else(|| panic!("no `{place}` in {path}")) + before.len();
        place_of(text, at)
    }

    /// The next message that is wanted; others wait. Requests of the server are answered, and wait as well.
    pub(super) fn until(&mut self, wanted: impl Fn(&Json) -> bool) -> Json {
        if let Some(at) = self.waiting.iter().position(&wanted) {
            return self.waiting.remove(at).unwrap();
        }
        loop {
            let message = self.came.recv_timeout(PATIENCE).expect("the server says nothing");
            if let (Some(method), Some(id)) = (message.get("method").and_then(Json::as_str), message.get("id")) {
                let result = if method == "window/showDocument" { json!({"success": true}) } else { Json::Null };
                let answer = json!({"jsonrpc": "2.0", "id": id, "result": result});
                self.send(&answer);
            }
            if wanted(&message) {
                return message;
            }
            self.waiting.push_back(message);
        }
    }

    /// Waits for a notification or a request of the server.
    pub(super) fn hear(&mut self, method: &str) -> Json {
        self.until(|message| message["method"] == method)["params"].clone()
    }

    pub(super) fn text(&self, path: &str) -> &str {
        &self.texts.get(path).unwrap_or_else(|| panic!("{path} is not open")).1
    }

    /// Opens a file as it lies on the disk.
    pub(super) fn open(&mut self, path: &str) {
        let text = fs::read_to_string(self.path(path)).unwrap();
        self.open_text(path, &text);
    }

    pub(super) fn open_text(&mut self, path: &str, text: &str) {
        self.texts.insert(path.to_owned(), (1, text.to_owned()));
        let language = if path.ends_with(".rhai") { "rhai" } else { "yaml" };
        let document = json!({"uri": self.uri(path), "languageId": language, "version": 1, "text": text});
        self.tell("textDocument/didOpen", json!({"textDocument": document}));
    }

    /// Types a text in the place of another one, letter by letter: first it is deleted, then every letter is a change of its own.
    pub(super) fn type_over(&mut self, path: &str, old: &str, new: &str) {
        let at = self.text(path).find(old).unwrap_or_else(|| panic!("no `{old}` in {path}"));
        self.replace(path, at, old.len(), "");
        let mut at = at;
        for letter in new.chars() {
            let mut bytes = [0; 4];
            self.replace(path, at, 0, letter.encode_utf8(&mut bytes));
            at += letter.len_utf8();
        }
    }

    /// Replaces bytes of an open text.
    pub(super) fn replace(&mut self, path: &str, at: usize, length: usize, with: &str) {
        let uri = self.uri(path);
        let (version, text) = self.texts.get_mut(path).unwrap();
        let range = json!({"start": place_of(text, at), "end": place_of(text, at + length)});
        text.replace_range(at..at + length, with);
        *version += 1;
        let params =
            json!({"textDocument": {"uri": uri, "version": *version}, "contentChanges": [{"range": range, "text": with}]});
        self.tell("textDocument/didChange", params);
    }

    /// Writes an open text to the disk and says so.
    pub(super) fn save(&mut self, path: &str) {
        fs::write(self.path(path), self.text(path)).unwrap();
        let params = self.of(path, json!({}));
        self.tell("textDocument/didSave", params);
    }

    pub(super) fn close(&mut self, path: &str) {
        self.texts.remove(path);
        let params = self.of(path, json!({}));
        self.tell("textDocument/didClose", params);
    }

    /// Waits until the findings of an open text are told for its version by now, and shows them.
    pub(super) fn findings(&mut self, path: &str) -> String {
        let (uri, version) = (self.uri(path), self.texts[path].0);
        let told = self.told(|params| params["uri"] == json!(uri) && params["version"] == json!(version));
        format!("{path} version {version}{}", self.findings_shown(&told))
    }

    /// Waits until findings of a file are told that hold a text, and shows them.
    pub(super) fn findings_with(&mut self, path: &str, text: &str) -> String {
        let uri = self.uri(path);
        let told = self.told(|params| params["uri"] == json!(uri) && params["diagnostics"].to_string().contains(text));
        format!("{path}{}", self.findings_shown(&told))
    }

    /// Waits until there are no findings of a file.
    pub(super) fn no_findings(&mut self, path: &str) -> String {
        let uri = self.uri(path);
        let told = self.told(|params| params["uri"] == json!(uri) && params["diagnostics"] == json!([]));
        format!("{path}{}", self.findings_shown(&told))
    }

    fn told(&mut self, wanted: impl Fn(&Json) -> bool) -> Json {
        let is_wanted = |message: &Json| message["method"] == "textDocument/publishDiagnostics" && wanted(&message["params"]);
        self.until(is_wanted)["params"].take()
    }

    /// An address, seen from the root.
    pub(super) fn below(&self, uri: &str) -> String {
        uri.replace(&format!("file://{}/", self.root.display()), "")
    }

    /// A text without what differs from machine to machine.
    pub(super) fn settled(&self, text: &str) -> String {
        let text = text.replace(&format!("{}/", self.root.display()), "").replace(&self.root.display().to_string(), "ROOT");
        text.lines()
            .map(|line| match line.find("redress-lsp-") {
                Some(at) => format!("{}PAGES{}\n", &line[..at], line[at..].find('/').map_or("", |slash| &line[at + slash..])),
                None => format!("{line}\n"),
            })
            .collect()
    }

    /// Carries out an edit of the workspace: in open texts by changes that the server hears of, elsewhere on the disk.
    pub(super) fn apply(&mut self, edit: &Json) {
        let mut files: Vec<(String, Vec<Json>)> = Vec::new();
        for change in edit["documentChanges"].as_array().into_iter().flatten() {
            let path = self.below(change["textDocument"]["uri"].as_str().unwrap());
            let version = self.texts.get(&path).map(|(version, _)| json!(version));
            assert_eq!(change["textDocument"]["version"], version.unwrap_or(Json::Null), "{path}");
            files.push((path, change["edits"].as_array().unwrap().clone()));
        }
        for (uri, edits) in edit["changes"].as_object().into_iter().flatten() {
            files.push((self.below(uri), edits.as_array().unwrap().clone()));
        }
        assert!(!files.is_empty(), "an edit of nothing: {edit}");
        for (path, edits) in files {
            self.edit(&path, &edits);
        }
    }

    /// Carries out edits of one text, all of which mean the text as it is now.
    pub(super) fn edit(&mut self, path: &str, edits: &[Json]) {
        let is_open = self.texts.contains_key(path);
        let text = if is_open { self.text(path).to_owned() } else { fs::read_to_string(self.path(path)).unwrap() };
        let mut placed: Vec<(usize, usize, &str)> = edits
            .iter()
            .map(|edit| {
                let (from, to) = (&edit["range"]["start"], &edit["range"]["end"]);
                (offset(&text, from), offset(&text, to), edit["newText"].as_str().unwrap())
            })
            .collect();
        placed.sort_by_key(|(from, ..)| *from);
        if is_open {
            for (from, to, with) in placed.into_iter().rev() {
                self.replace(path, from, to - from, with);
            }
            return;
        }
        let mut text = text;
        for (from, to, with) in placed.into_iter().rev() {
            text.replace_range(from..to, with);
        }
        fs::write(self.path(path), text).unwrap();
        let changes = json!({"changes": [{"uri": self.uri(path), "type": 2}]});
        self.tell("workspace/didChangeWatchedFiles", changes);
    }

    /// Says goodbye as the protocol wants it.
    pub(super) fn end(mut self) -> i32 {
        assert_eq!(self.ask("shutdown", Json::Null), Json::Null);
        self.tell("exit", Json::Null);
        self.status().code().unwrap()
    }

    /// Closes the connection without a word.
    pub(super) fn hang_up(mut self) -> i32 {
        self.input.take();
        self.status().code().unwrap()
    }

    pub(super) fn status(&mut self) -> ExitStatus {
        self.child.wait().unwrap()
    }
}

impl Drop for Editor {
    fn drop(&mut self) {
        // A test that failed leaves no server behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn read(output: &mut impl BufRead) -> Option<Json> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if output.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let Some((name, value)) = line.trim().split_once(": ") else { break };
        assert_eq!(name, "Content-Length", "nothing else is on standard output");
        length = value.parse().unwrap();
    }
    let mut bytes = vec![0; length];
    output.read_exact(&mut bytes).ok()?;
    Some(serde_json::from_slice(&bytes).unwrap())
}
