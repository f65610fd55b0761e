//! The language server: what `check` knows, in an editor, as one types.

mod answers;
mod places;

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use lsp_server::{Connection, Message, Notification, Response};
use serde_json::{Value, json};

use crate::author::{Mention, mentions};
use crate::story::{Checked, Severity, Sources, Story, check};

use super::trouble::Outcome;
use places::{path_of, range, uri_of};

/// What the server holds: the texts that are open, and the last good reading of each story.
struct Server {
    connection: Connection,
    /// Open texts, by path.
    open: HashMap<PathBuf, String>,
    /// The last good reading of each story, by its root.
    good: HashMap<PathBuf, Story>,
    /// Files that were last told to have faults, so that they can be cleared.
    told: Vec<PathBuf>,
}

/// A story with what is open in the editor put over what is on disk.
pub(super) struct Reading {
    pub root: PathBuf,
    pub sources: Sources,
    pub checked: Checked,
}

/// Serves until the editor leaves.
pub(super) fn run() -> Outcome {
    let (connection, threads) = Connection::stdio();
    let capabilities = json!({
        "textDocumentSync": { "openClose": true, "change": 1, "save": true },
        "definitionProvider": true,
        "referencesProvider": true,
        "renameProvider": { "prepareProvider": true },
        "hoverProvider": true,
        "documentFormattingProvider": true,
        "completionProvider": { "triggerCharacters": ["\"", "^", "{", "(", " "] },
    });
    if connection.initialize(capabilities).is_err() {
        return Ok(1);
    }
    serve(connection);
    threads.join()?;
    Ok(0)
}

/// Answers what comes over a connection that has been begun, until it ends.
pub fn serve(connection: Connection) {
    Server { connection, open: HashMap::new(), good: HashMap::new(), told: Vec::new() }.serve();
}

impl Server {
    fn serve(&mut self) {
        while let Ok(message) = self.connection.receiver.recv() {
            match message {
                Message::Request(request) => {
                    if self.connection.handle_shutdown(&request).unwrap_or(true) {
                        return;
                    }
                    let answer = self.answer(&request.method, &request.params);
                    let response = match answer {
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
        match note.method.as_str() {
            "textDocument/didOpen" => {
                let text = document["text"].as_str().unwrap_or_default().to_owned();
                self.open.insert(path.clone(), text);
            }
            "textDocument/didChange" => {
                // The whole text comes with each change.
                let text = note.params["contentChanges"].as_array().and_then(|all| all.last()?["text"].as_str());
                let Some(text) = text else { return };
                self.open.insert(path.clone(), text.to_owned());
            }
            "textDocument/didClose" => {
                self.open.remove(&path);
            }
            "textDocument/didSave" => {}
            _ => return,
        }
        self.tell(&path);
    }

    /// The story that a file belongs to, read with what is open in the editor.
    fn read(&self, path: &Path) -> Reading {
        let root = root_of(path);
        let (mut sources, unread) = Sources::open(&root);
        let mut unread = unread;
        for (path, text) in &self.open {
            if root_of(path) == root {
                sources.put(path, text);
                let name = path.display().to_string();
                unread.retain(|fault| fault.file != name);
            }
        }
        let checked = check(&sources, unread);
        Reading { root, sources, checked }
    }

    /// Tells the editor what is wrong with the story of this file.
    fn tell(&mut self, path: &Path) {
        let reading = self.read(path);
        let mut by_file: HashMap<PathBuf, Vec<Value>> = HashMap::new();
        for file in reading.sources.files() {
            by_file.insert(PathBuf::from(&file.name), Vec::new());
        }
        for gone in std::mem::take(&mut self.told) {
            by_file.entry(gone).or_default();
        }
        for diagnostic in &reading.checked.diagnostics {
            let text = diagnostic.place.map_or("", |place| reading.sources.file(place.file).text.as_str());
            let span = diagnostic.place.map_or(0..0, |place| place.start..place.end);
            let severity = if diagnostic.severity() == Severity::Error { 1 } else { 2 };
            let help = diagnostic.help.as_ref().map(|help| format!("\n{help}")).unwrap_or_default();
            let value = json!({
                "range": range(text, span),
                "severity": severity,
                "code": diagnostic.code.name(),
                "source": "hallway",
                "message": format!("{}{help}", diagnostic.message),
            });
            by_file.entry(PathBuf::from(&diagnostic.file)).or_default().push(value);
        }
        if let Some(story) = reading.checked.story {
            self.good.insert(reading.root, story);
        }
        for (file, found) in by_file {
            if !found.is_empty() {
                self.told.push(file.clone());
            }
            let params = json!({ "uri": uri_of(&file), "diagnostics": found });
            let note = Notification::new("textDocument/publishDiagnostics".to_owned(), params);
            // An editor that has gone away wants to hear nothing.
            let _ = self.connection.sender.send(Message::Notification(note));
        }
    }
}

/// The folder of the story a file belongs to, or the file itself where it is a story by itself.
fn root_of(path: &Path) -> PathBuf {
    let folders = path.ancestors().skip(1);
    folders.take(8).find(|folder| folder.join("story.ron").is_file()).unwrap_or(path).to_owned()
}

/// Every name of a story, file by file.
pub(super) fn all_mentions(sources: &Sources) -> Vec<(usize, Mention)> {
    let of = |(at, file): (usize, &crate::story::SourceFile)| {
        mentions(&file.text).into_iter().map(move |mention| (at, mention))
    };
    sources.files().iter().enumerate().flat_map(of).collect()
}
