//! The language server: what `check` knows, in an editor, as one types.
//!
//! Two threads: this one keeps the texts that are open and answers from them at once; `judge` checks and proves in the
//! background, and tells the editor what it finds.

mod answers;
mod complete;
mod judge;
mod places;
mod rename;
mod symbols;
mod wire;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::Arc;

use lsp_server::{Connection, Message, Notification, Response};
use serde_json::{Value, json};

use crate::story::{Diagnostic, Sources, folder_of};

use super::error::Outcome;
use judge::{Job, Judge};
use places::path_of;
use symbols::Symbols;

/// A text that is open in the editor.
#[derive(Clone)]
struct Document {
    text: Arc<str>,
    /// The editor's number for it.
    version: Option<i64>,
}

/// The texts that are open, by path.
type Documents = HashMap<PathBuf, Document>;

/// What the server holds.
struct Server {
    connection: Connection,
    open: Documents,
    judge: Judge,
    /// The names of the story that was asked about last.
    symbols: Option<Rc<Symbols>>,
}

/// Serves until the editor leaves.
pub(super) fn run() -> Outcome {
    let (connection, writer) = wire::editor();
    let capabilities = json!({
        "textDocumentSync": { "openClose": true, "change": 1, "save": true },
        "definitionProvider": true,
        "referencesProvider": true,
        "documentHighlightProvider": true,
        "documentSymbolProvider": true,
        "workspaceSymbolProvider": true,
        "renameProvider": { "prepareProvider": true },
        "hoverProvider": true,
        "documentFormattingProvider": true,
        "completionProvider": { "triggerCharacters": ["\"", "^", "{", "(", " ", "."] },
    });
    let Ok(client) = connection.initialize(capabilities) else { return Ok(1) };
    Server::new(connection, &client).serve();
    match writer.join() {
        Ok(written) => written?,
        Err(panic) => std::panic::resume_unwind(panic),
    }
    Ok(0)
}

/// Answers what comes over a connection that has been begun, until it ends.
pub fn serve(connection: Connection) {
    Server::new(connection, &Value::Null).serve();
}

impl Server {
    fn new(connection: Connection, client: &Value) -> Self {
        let progress = client["capabilities"]["window"]["workDoneProgress"] == true;
        let editor = connection.sender.clone();
        // An editor that has gone away wants to hear nothing.
        let tell = move |message| drop(editor.send(message));
        let judge = Judge::start(tell, progress);
        Self { connection, open: Documents::new(), judge, symbols: None }
    }

    fn serve(mut self) {
        while let Ok(message) = self.connection.receiver.recv() {
            match message {
                Message::Request(request) => {
                    if self.connection.handle_shutdown(&request).unwrap_or(true) {
                        return;
                    }
                    let response = match self.answer(&request.method, &request.params) {
                        Some(Ok(value)) => Response::new_ok(request.id, value),
                        Some(Err(why)) => Response::new_err(request.id, -32803, why),
                        None => {
                            Response::new_err(request.id, -32601, format!("{} is not answered here", request.method))
                        }
                    };
                    // An editor that has gone away asks no more.
                    let _ = self.connection.sender.send(Message::Response(response));
                }
                Message::Notification(note) => self.note(&note),
                Message::Response(_) => {}
            }
        }
    }

    fn note(&mut self, note: &Notification) {
        let document = &note.params["textDocument"];
        let Some(path) = document["uri"].as_str().and_then(path_of) else { return };
        let mut put = |text: &str| {
            let version = document["version"].as_i64();
            self.open.insert(path.clone(), Document { text: text.into(), version });
        };
        let mut at_once = true;
        match note.method.as_str() {
            "textDocument/didOpen" => put(document["text"].as_str().unwrap_or_default()),
            "textDocument/didChange" => {
                // The whole text comes with each change.
                let changes = note.params["contentChanges"].as_array();
                let Some(text) = changes.and_then(|all| all.last()?["text"].as_str()) else { return };
                put(text);
                at_once = false;
            }
            "textDocument/didClose" => {
                self.open.remove(&path);
            }
            "textDocument/didSave" => {}
            _ => return,
        }
        // What a text declares while it is whole is wanted when it is not.
        self.symbols(&path);
        self.judge.look_at(Job { root: root_of(&path), open: self.open.clone(), at_once });
    }

    /// The names of the story that a file belongs to.
    fn symbols(&mut self, path: &Path) -> Rc<Symbols> {
        let root = root_of(path);
        let (sources, _) = read(&root, &self.open);
        let before = self.symbols.take();
        let symbols = match before {
            Some(symbols) if symbols.are_of(&root, &sources) => symbols,
            before => Rc::new(Symbols::read(root, sources, before.as_deref())),
        };
        self.symbols = Some(Rc::clone(&symbols));
        symbols
    }
}

/// A story as it stands: what is open in the editor over what is on disk.
fn read(root: &Path, open: &Documents) -> (Sources, Vec<Diagnostic>) {
    let shown = |path: &Path| path.display().to_string();
    if let Some(document) = open.get(root) {
        return (Sources::from_texts([(shown(root).as_str(), &*document.text)]), Vec::new());
    }
    let (mut sources, mut unread) = Sources::open(root);
    for (path, document) in open.iter().filter(|(path, _)| root_of(path) == root) {
        sources.put(path, &document.text);
        let name = shown(path);
        unread.retain(|fault| fault.file != name);
    }
    (sources, unread)
}

/// The folder of the story a file belongs to, or the file itself where it is a story by itself.
fn root_of(path: &Path) -> PathBuf {
    folder_of(path).unwrap_or_else(|| path.to_owned())
}
