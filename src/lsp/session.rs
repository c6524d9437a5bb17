//! A session with one client: what it says changes the workspace, what it asks is handed to those who answer, and what comes of it
//! is written back. Nothing here takes long, so that whoever types never waits.

use super::address::path_of;
use super::background::{Asked, Event, Look, Workers};
use super::capabilities::{greeting, watched};
use super::commands::Ran;
use super::framing::{Frame, write, write_malformed};
use super::options::{Abilities, Options, folders};
use super::publishing::Publishing;
use super::refusal::Refusal;
use super::workspace::{Touched, Workspace};
use lsp_server::{Message, Notification, Request, RequestId, Response};
use lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams, DidCloseTextDocumentParams,
    DidOpenTextDocumentParams, DidSaveTextDocumentParams, InitializeParams, LogMessageParams, MessageType, Registration,
    RegistrationParams, ShowDocumentParams, ShowMessageParams, Uri,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::ops::ControlFlow;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// How far a session has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    /// Nobody said `initialize` yet.
    New,
    Open,
    /// `shutdown` was said, and `exit` is waited for.
    ShutDown,
}

/// A session.
pub(super) struct Session<W> {
    output: W,
    workers: Workers,
    phase: Phase,
    workspace: Arc<Workspace>,
    publishing: Publishing,
    /// Requests that are not answered yet, each with the flag that calls it off.
    pending: BTreeMap<RequestId, Arc<AtomicBool>>,
    /// What the client was asked, with what it is told where it cannot do it.
    asked: BTreeMap<RequestId, Option<String>>,
    asked_last: i32,
}

/// Does the session go on, or how did it end?
type Step = io::Result<ControlFlow<Ended>>;

/// How a session ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// As the protocol wants it: `shutdown`, then `exit`.
    InOrder,
    /// Without `shutdown`, or the client is gone.
    Abruptly,
}

const ON: Step = Ok(ControlFlow::Continue(()));

impl<W: Write> Session<W> {
    pub(super) fn new(output: W, workers: Workers) -> Self {
        Self {
            output,
            workers,
            phase: Phase::New,
            workspace: Arc::default(),
            publishing: Publishing::default(),
            pending: BTreeMap::new(),
            asked: BTreeMap::new(),
            asked_last: 0,
        }
    }

    /// Takes the next thing that happened.
    pub(super) fn take(&mut self, event: Event) -> Step {
        match event {
            Event::Came(Frame::Message(Message::Request(request))) => self.request(request)?,
            Event::Came(Frame::Message(Message::Notification(note))) => return self.notification(note),
            Event::Came(Frame::Message(Message::Response(response))) => self.response(&response)?,
            Event::Came(Frame::Malformed(why)) => write_malformed(&mut self.output, &why)?,
            Event::Closed => return Ok(ControlFlow::Break(self.ended())),
            Event::Answered(id, answer) => self.reply(&id, answer)?,
            Event::Ran(id, ran) => self.ran(&id, ran)?,
            Event::Checked(root, checked) => {
                Arc::make_mut(&mut self.workspace).take_checked(root, checked);
                self.publish()?;
            }
            Event::Tried(root, tried) => {
                self.publishing.tried(&root, tried);
                self.publish()?;
            }
            Event::Counted(root, Ok(hits)) => {
                if let Some(hits) = hits {
                    Arc::make_mut(&mut self.workspace).counted(root, hits);
                }
            }
            Event::Counted(_, Err(why)) => self.say(MessageType::WARNING, why)?,
        }
        ON
    }

    /// Leaves nothing behind that was written for the client to open.
    pub(super) fn clear(&self) {
        self.workspace.pages.clear();
    }

    fn ended(&self) -> Ended {
        if self.phase == Phase::ShutDown { Ended::InOrder } else { Ended::Abruptly }
    }

    fn request(&mut self, request: Request) -> io::Result<()> {
        let Request { id, method, params } = request;
        let refusal = match (self.phase, method.as_str()) {
            (Phase::New, "initialize") => return self.initialize(&id, params),
            (Phase::New, _) => Refusal::not_initialized(),
            (Phase::ShutDown, _) => Refusal::order("after `shutdown` comes `exit`"),
            (Phase::Open, "initialize") => Refusal::order("`initialize` is said once"),
            (Phase::Open, "shutdown") => {
                self.phase = Phase::ShutDown;
                return self.send(Response::new_ok(id, Json::Null));
            }
            (Phase::Open, _) => {
                let cancelled = Arc::new(AtomicBool::new(false));
                self.pending.insert(id.clone(), Arc::clone(&cancelled));
                let is_command = method == "workspace/executeCommand";
                let asked = Asked { workspace: Arc::clone(&self.workspace), id, method, params, cancelled };
                let worker = if is_command { &self.workers.commands } else { &self.workers.requests };
                return worker.send(asked).map_err(|_| io::Error::other("nobody answers requests"));
            }
        };
        self.send(Response { id, response_result: Err(refusal.into()) })
    }

    fn initialize(&mut self, id: &RequestId, params: Json) -> io::Result<()> {
        let written = params.get("initializationOptions").cloned();
        let params: InitializeParams = match serde_json::from_value(params) {
            Ok(params) => params,
            Err(error) => {
                let refusal = Refusal::parameters("initialize", &error);
                return self.send(Response { id: id.clone(), response_result: Err(refusal.into()) });
            }
        };
        let abilities = Abilities::of(&params.capabilities);
        let folders = folders(&params);
        let options = Options::read(written.as_ref(), folders.first().map(PathBuf::as_path));
        let result = greeting(abilities.encoding);
        self.phase = Phase::Open;
        self.send(Response::new_ok(id.clone(), result))?;
        let options = match options {
            Ok(options) => options,
            // Without what could not be read, the rest serves all the same.
            Err(why) => {
                self.say(MessageType::WARNING, why)?;
                Options::default()
            }
        };
        self.workspace = Arc::new(Workspace::new(abilities, options, folders));
        Ok(())
    }

    fn notification(&mut self, note: Notification) -> Step {
        let Notification { method, params } = note;
        match (self.phase, method.as_str()) {
            (_, "exit") => return Ok(ControlFlow::Break(self.ended())),
            (Phase::New | Phase::ShutDown, _) => {}
            (Phase::Open, "initialized") => self.initialized()?,
            (Phase::Open, "textDocument/didOpen") => self.hear(&method, params, Self::opened)?,
            (Phase::Open, "textDocument/didChange") => self.hear(&method, params, Self::changed)?,
            (Phase::Open, "textDocument/didSave") => self.hear(&method, params, |session, params| session.saved(&params))?,
            (Phase::Open, "textDocument/didClose") => self.hear(&method, params, |session, params| session.closed(&params))?,
            (Phase::Open, "workspace/didChangeWatchedFiles") => {
                self.hear(&method, params, |session, params| session.files_changed(&params))?;
            }
            (Phase::Open, "workspace/didChangeWorkspaceFolders") => {
                self.hear(&method, params, |session, params| session.folders_changed(&params))?;
            }
            (Phase::Open, "$/cancelRequest") => self.cancel(&params)?,
            // What is not known is passed over, as the protocol asks for what begins with `$/`, and is bearable elsewhere.
            (Phase::Open, _) => {}
        }
        ON
    }

    /// A notification cannot be answered: what is wrong with it goes to the log of the client.
    fn hear<P: DeserializeOwned>(
        &mut self,
        method: &str,
        params: Json,
        take: impl FnOnce(&mut Self, P) -> io::Result<()>,
    ) -> io::Result<()> {
        match serde_json::from_value(params) {
            Ok(params) => take(self, params),
            Err(error) => {
                let message = format!("the parameters of `{method}` cannot be read: {error}");
                self.notify("window/logMessage", LogMessageParams { typ: MessageType::WARNING, message })
            }
        }
    }

    fn initialized(&mut self) -> io::Result<()> {
        if self.workspace.abilities.watches_files {
            let method = "workspace/didChangeWatchedFiles".to_owned();
            let register_options = serde_json::to_value(watched()).ok();
            let registrations = vec![Registration { id: "files".to_owned(), method, register_options }];
            self.ask("client/registerCapability", RegistrationParams { registrations }, None)?;
        }
        let touched = Arc::make_mut(&mut self.workspace).settle();
        self.begin(&touched)
    }

    fn opened(&mut self, params: DidOpenTextDocumentParams) -> io::Result<()> {
        let document = params.text_document;
        self.publishing.forget(&document.uri);
        let known: Touched = self.workspace.homes().map(|home| home.root.clone()).collect();
        let touched = Arc::make_mut(&mut self.workspace).open(document.uri, document.version, document.text);
        let (old, new): (Touched, Touched) = touched.into_iter().partition(|root| known.contains(root));
        self.check(&old, true)?;
        self.begin(&new)
    }

    fn changed(&mut self, params: DidChangeTextDocumentParams) -> io::Result<()> {
        let document = params.text_document;
        let touched = Arc::make_mut(&mut self.workspace).change(&document.uri, document.version, params.content_changes);
        self.check(&touched, false)
    }

    fn saved(&mut self, params: &DidSaveTextDocumentParams) -> io::Result<()> {
        self.on_disk([&params.text_document.uri])
    }

    fn closed(&mut self, params: &DidCloseTextDocumentParams) -> io::Result<()> {
        let touched = Arc::make_mut(&mut self.workspace).close(&params.text_document.uri);
        self.check(&touched, true)
    }

    fn files_changed(&mut self, params: &DidChangeWatchedFilesParams) -> io::Result<()> {
        self.on_disk(params.changes.iter().map(|change| &change.uri))
    }

    fn on_disk<'u>(&mut self, uris: impl IntoIterator<Item = &'u Uri>) -> io::Result<()> {
        let touched = Arc::make_mut(&mut self.workspace).files_changed(uris);
        if touched.is_empty() {
            // It may be a case that tests name, wherever it lies.
            for root in self.workspace.homes().map(|home| home.root.clone()) {
                let _ = self.workers.tests.send(self.look(&root, true));
            }
        }
        self.begin(&touched)
    }

    fn folders_changed(&mut self, params: &DidChangeWorkspaceFoldersParams) -> io::Result<()> {
        let paths = |folders: &[lsp_types::WorkspaceFolder]| folders.iter().filter_map(|folder| path_of(&folder.uri)).collect();
        let (added, removed): (Vec<PathBuf>, Vec<PathBuf>) = (paths(&params.event.added), paths(&params.event.removed));
        let touched = Arc::make_mut(&mut self.workspace).folders_changed(added, &removed);
        self.begin(&touched)
    }

    /// Checks bundles, runs their tests and reads the history anew: they are as they lie on the disk, or were just found.
    fn begin(&mut self, roots: &Touched) -> io::Result<()> {
        self.check(roots, true)?;
        for root in roots {
            // A worker that is gone has nothing to say any longer.
            let _ = self.workers.tests.send(self.look(root, true));
            if !self.workspace.options.cases.is_empty() {
                let _ = self.workers.histories.send(self.look(root, true));
            }
        }
        Ok(())
    }

    fn check(&mut self, roots: &Touched, at_once: bool) -> io::Result<()> {
        for root in roots {
            let _ = self.workers.checks.send(self.look(root, at_once));
        }
        // A bundle that is gone takes its findings with it.
        self.publish()
    }

    fn look(&self, root: &std::path::Path, at_once: bool) -> Look {
        Look { workspace: Arc::clone(&self.workspace), root: root.to_owned(), at_once }
    }

    fn publish(&mut self) -> io::Result<()> {
        for news in self.publishing.news(&self.workspace) {
            self.notify("textDocument/publishDiagnostics", news)?;
        }
        Ok(())
    }

    fn cancel(&mut self, params: &Json) -> io::Result<()> {
        let Some(Ok(id)) = params.get("id").map(|id| serde_json::from_value::<RequestId>(id.clone())) else { return Ok(()) };
        match self.pending.remove(&id) {
            Some(cancelled) => {
                cancelled.store(true, Ordering::Release);
                self.send(Response { id, response_result: Err(Refusal::cancelled().into()) })
            }
            None => Ok(()),
        }
    }

    /// Answers a request, unless it was called off meanwhile.
    fn reply(&mut self, id: &RequestId, answer: Result<Json, Refusal>) -> io::Result<()> {
        match self.pending.remove(id) {
            Some(_) => self.send(Response { id: id.clone(), response_result: answer.map_err(Into::into) }),
            None => Ok(()),
        }
    }

    /// A command was run: the answer comes first, then what there is to show.
    fn ran(&mut self, id: &RequestId, ran: Result<Box<Ran>, Refusal>) -> io::Result<()> {
        let ran = match ran {
            Ok(ran) => ran,
            Err(refusal) => return self.reply(id, Err(refusal)),
        };
        if !self.pending.contains_key(id) {
            return Ok(());
        }
        self.reply(id, Ok(ran.result))?;
        if let Some(root) = ran.tested {
            let _ = self.workers.tests.send(self.look(&root, true));
        }
        let shows = self.workspace.abilities.shows_documents;
        let page = ran.page.filter(|_| shows).and_then(|(name, text)| self.workspace.pages.write(&name, &text));
        match page {
            Some(uri) => {
                let params = ShowDocumentParams { uri, external: None, take_focus: Some(true), selection: None };
                self.ask("window/showDocument", params, Some(ran.line))
            }
            None => self.say(ran.kind, ran.line),
        }
    }

    fn response(&mut self, response: &Response) -> io::Result<()> {
        let Some(instead) = self.asked.remove(&response.id) else { return Ok(()) };
        let is_done = response.response_result.as_ref().is_ok_and(|result| result.get("success") != Some(&Json::Bool(false)));
        match instead.filter(|_| !is_done) {
            Some(line) => self.say(MessageType::INFO, line),
            None => Ok(()),
        }
    }

    fn say(&mut self, typ: MessageType, message: String) -> io::Result<()> {
        self.notify("window/showMessage", ShowMessageParams { typ, message })
    }

    fn notify(&mut self, method: &str, params: impl Serialize) -> io::Result<()> {
        self.send(Notification::new(method.to_owned(), params))
    }

    /// Asks the client for something; `instead` is said where it does not do it.
    fn ask(&mut self, method: &str, params: impl Serialize, instead: Option<String>) -> io::Result<()> {
        self.asked_last += 1;
        let id = RequestId::from(self.asked_last);
        self.asked.insert(id.clone(), instead);
        self.send(Request { id, method: method.to_owned(), params: json!(params) })
    }

    fn send(&mut self, message: impl Into<Message>) -> io::Result<()> {
        write(&mut self.output, &message.into())
    }
}
