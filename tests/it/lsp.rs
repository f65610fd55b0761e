//! The language server, driven by a client over its standard input and output, as an editor does.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde_json::{Value, json};

use crate::support::Hallway;

struct Client {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    next: i64,
    /// Diagnostics told since they were last taken, by address.
    told: Vec<(String, Value)>,
}

impl Client {
    fn start(hallway: &Hallway) -> Self {
        let mut child =
            hallway.command(&["lsp"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the server starts");
        let input = child.stdin.take().expect("piped");
        let output = BufReader::new(child.stdout.take().expect("piped"));
        let mut client = Self { child, input, output, next: 0, told: Vec::new() };
        let answer = client.ask("initialize", json!({ "capabilities": {} }));
        assert_eq!(answer["capabilities"]["definitionProvider"], true, "{answer}");
        client.tell("initialized", json!({}));
        client
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("sent");
        self.input.flush().expect("sent");
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn read(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            assert!(self.output.read_line(&mut line).expect("read") > 0, "the server is gone");
            if line.trim().is_empty() {
                break;
            }
            if let Some(number) = line.trim().strip_prefix("Content-Length: ") {
                length = number.parse().expect("a number");
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).expect("a body");
        serde_json::from_slice(&body).expect("JSON")
    }

    /// Asks, and keeps what is told meanwhile.
    fn request(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.read();
            if message["method"] == "textDocument/publishDiagnostics" {
                let uri = message["params"]["uri"].as_str().unwrap_or_default().to_owned();
                self.told.push((uri, message["params"]["diagnostics"].clone()));
            }
            if message["id"] == id {
                return message;
            }
        }
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        let answer = self.request(method, params);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    /// What was told last of a file.
    fn faults(&mut self, uri: &str) -> Vec<String> {
        // An answered question comes after everything that was told before it.
        self.ask(
            "textDocument/hover",
            json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 0 } }),
        );
        let last = self.told.iter().rev().find(|(told, _)| told == uri).map(|(_, faults)| faults.clone());
        let faults = last.unwrap_or(json!([]));
        faults.as_array().expect("a list").iter().map(|d| d["code"].as_str().unwrap_or("").to_owned()).collect()
    }

    fn change(&mut self, uri: &str, text: &str) {
        self.tell(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": uri, "version": 2 }, "contentChanges": [{ "text": text }] }),
        );
    }
}

/// Where the `nth` piece of text stands, as an editor says it.
fn place(text: &str, piece: &str, nth: usize) -> Value {
    let at = text.match_indices(piece).nth(nth).unwrap_or_else(|| panic!("no {piece} in it")).0;
    let line = text[..at].matches('\n').count();
    let column: usize = text[..at].rsplit('\n').next().unwrap_or("").chars().map(char::len_utf16).sum();
    json!({ "line": line, "character": column + 1 })
}

const DECLARES: &str = "(\n  title: \"Doors\",\n  vars: { \"trust\": (min: 0, max: 2) },\n  sources: { \"paper\": \"The paper of the day\" },\n  facts: { \"came\": (text: \"He came.\", reported: [\"paper\"]) },\n)\n";
const TELLS: &str = "(\n  scenes: {\n    \"hall\": (text: \"“سلام” He came.[^came]\", choices: [\n      (say: \"Nod.\", do: [\"trust +1\"], go: \"stairs\"),\n      (say: \"Go.\", go: \"stairs\"),\n    ]),\n    \"stairs\": (text: \"{if trust >= 1: Up. | Down.}\", end: \"Stairs\"),\n  },\n)\n";

fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

#[test]
fn an_editor_is_served_from_the_first_letter_to_the_last() {
    let hallway = Hallway::new();
    let folder = hallway.home.path().join("doors");
    std::fs::create_dir(&folder).expect("a folder");
    std::fs::write(folder.join("story.ron"), DECLARES).expect("written");
    std::fs::write(folder.join("told.ron"), TELLS).expect("written");
    let (story, told) = (uri(&folder.join("story.ron")), uri(&folder.join("told.ron")));
    let mut client = Client::start(&hallway);
    client.tell(
        "textDocument/didOpen",
        json!({ "textDocument": { "uri": told, "languageId": "ron", "version": 1, "text": TELLS } }),
    );
    assert_eq!(client.faults(&told), Vec::<String>::new());

    let at = |piece: &str, nth: usize| json!({ "textDocument": { "uri": told }, "position": place(TELLS, piece, nth) });
    // Definition in the same file and in another, behind Persian letters on the line.
    let definition = client.ask("textDocument/definition", at("stairs", 0));
    assert_eq!(
        (definition["uri"].as_str(), definition["range"]["start"]["line"].as_u64()),
        (Some(told.as_str()), Some(6))
    );
    let fact = client.ask("textDocument/definition", at("came]", 0));
    assert_eq!((fact["uri"].as_str(), fact["range"]["start"]["line"].as_u64()), (Some(story.as_str()), Some(4)));
    let hover = client.ask("textDocument/hover", at("came]", 0));
    assert!(
        hover["contents"]["value"].as_str().is_some_and(|words| words.contains("reported: The paper of the day")),
        "{hover}"
    );
    let hover = client.ask("textDocument/hover", at("trust", 1));
    assert!(
        hover["contents"]["value"].as_str().is_some_and(|words| words.contains("a counter from 0 to 2")),
        "{hover}"
    );
    let references = client.ask("textDocument/references", at("trust", 0));
    assert_eq!(references.as_array().map(Vec::len), Some(3), "{references}");

    // Renaming reaches every file, and refuses what is no name or is taken.
    let mut rename = at("trust", 0);
    rename["newName"] = json!("faith");
    let edits = client.ask("textDocument/rename", rename.clone());
    let count = |uri: &str| edits["changes"][uri].as_array().map_or(0, Vec::len);
    assert_eq!((count(&story), count(&told)), (1, 2), "{edits}");
    for wrong in ["two words", ""] {
        rename["newName"] = json!(wrong);
        assert!(client.request("textDocument/rename", rename.clone()).get("error").is_some());
    }
    let mut taken = at("stairs", 0);
    taken["newName"] = json!("hall");
    assert!(client.request("textDocument/rename", taken).get("error").is_some());

    // A slip is told as it is typed, and taken back when it is mended.
    client.change(&told, &TELLS.replace("go: \"stairs\"),\n      (say", "go: \"stiars\"),\n      (say"));
    assert_eq!(client.faults(&told), ["unknown-scene"]);
    // A half-written file keeps what was known of the story.
    let half = &TELLS[..TELLS.find("(say: \"Go.\"").expect("there")];
    let half = format!("{half}(say: \"Go.\", go: \"");
    client.change(&told, &half);
    assert!(!client.faults(&told).is_empty());
    let end = json!({ "textDocument": { "uri": told }, "position": { "line": 4, "character": 24 } });
    let offered = client.ask("textDocument/completion", end);
    assert!(offered.as_array().is_some_and(|all| all.iter().any(|item| item["label"] == "hall")), "{offered}");
    let hover = client
        .ask("textDocument/hover", json!({ "textDocument": { "uri": told }, "position": place(&half, "came]", 0) }));
    assert!(hover["contents"]["value"].as_str().is_some_and(|words| words.contains("The paper of the day")), "{hover}");
    client.change(&told, TELLS);
    assert_eq!(client.faults(&told), Vec::<String>::new());

    // Fields come with what they are for; what is untidy is tidied.
    client.change(&told, &TELLS.replace("(say: \"Nod.\", do", "(say:\"Nod.\" ,  do"));
    let edits = client.ask("textDocument/formatting", json!({ "textDocument": { "uri": told }, "options": {} }));
    assert!(edits[0]["newText"].as_str().is_some_and(|text| text.contains("(say: \"Nod.\", do")), "{edits}");
    let text = TELLS.replace("(say: \"Go.\", go: \"stairs\"),", "()");
    client.change(&told, &text);
    let offered = client
        .ask("textDocument/completion", json!({ "textDocument": { "uri": told }, "position": place(&text, "()", 0) }));
    let locked = offered.as_array().and_then(|all| all.iter().find(|item| item["label"] == "locked")).expect("fields");
    assert!(locked["documentation"].as_str().is_some_and(|words| words.contains("not open")));

    // What is not known is refused, and the end is an end.
    assert!(client.request("textDocument/nothing", json!({ "textDocument": { "uri": told } })).get("error").is_some());
    assert!(
        client.request("textDocument/hover", json!({ "textDocument": { "uri": "http://x" } })).get("error").is_some()
    );
    client.ask("shutdown", Value::Null);
    client.tell("exit", Value::Null);
    assert!(client.child.wait().expect("it ends").success());
}
