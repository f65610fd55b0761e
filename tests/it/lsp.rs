//! The language server, driven by a client over its standard input and output, as an editor does.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde_json::{Value, json};

use crate::support::Hallway;

pub struct Client {
    child: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    next: i64,
    /// The number of the text that was sent last.
    version: i64,
    /// What was told and not looked at yet.
    told: Vec<Value>,
}

impl Client {
    /// A client that wants to know when something is proved, so that it can wait for it.
    pub fn start(hallway: &Hallway) -> Self {
        let mut child =
            hallway.command(&["lsp"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the server starts");
        let input = child.stdin.take().expect("piped");
        let output = BufReader::new(child.stdout.take().expect("piped"));
        let mut client = Self { child, input, output, next: 0, version: 0, told: Vec::new() };
        let answer = client.ask("initialize", json!({ "capabilities": { "window": { "workDoneProgress": true } } }));
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
    pub fn request(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        loop {
            let message = self.read();
            if message.get("method").is_none() && message["id"] == id {
                return message;
            }
            self.told.push(message);
        }
    }

    /// The first message told that fits and has not been looked at yet.
    fn wait(&mut self, fits: impl Fn(&Value) -> bool) -> Value {
        loop {
            if let Some(at) = self.told.iter().position(&fits) {
                return self.told.remove(at);
            }
            let message = self.read();
            self.told.push(message);
        }
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        let answer = self.request(method, params);
        assert!(answer.get("error").is_none(), "{method}: {answer}");
        answer["result"].clone()
    }

    pub fn open(&mut self, uri: &str, text: &str) {
        self.version += 1;
        let document = json!({ "uri": uri, "languageId": "ron", "version": self.version, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    pub fn change(&mut self, uri: &str, text: &str) {
        self.version += 1;
        let document = json!({ "uri": uri, "version": self.version });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [{ "text": text }] }));
    }

    fn save(&mut self, uri: &str) {
        self.tell("textDocument/didSave", json!({ "textDocument": { "uri": uri } }));
    }

    /// What is told next of the newest text of a file: its diagnostics.
    fn diagnostics(&mut self, uri: &str) -> Vec<Value> {
        let version = self.version;
        let told = self.wait(|message| message["params"]["uri"] == uri && message["params"]["version"] == version);
        told["params"]["diagnostics"].as_array().expect("a list").clone()
    }

    fn faults(&mut self, uri: &str) -> Vec<String> {
        codes(&self.diagnostics(uri))
    }

    /// How the proof that is told of next ends.
    fn proof(&mut self) -> String {
        let end = self.wait(|message| message["params"]["value"]["kind"] == "end");
        end["params"]["value"]["message"].as_str().expect("words").to_owned()
    }

    /// What is offered at the end of this text of a file, once it has been put there.
    fn offered(&mut self, uri: &str, before: &str, after: &str) -> Vec<String> {
        self.change(uri, &format!("{before}{after}"));
        let position = place(&format!("{before}\u{1}"), "\u{1}", 0);
        let position =
            json!({ "line": position["line"], "character": position["character"].as_u64().expect("a column") - 1 });
        let offered =
            self.ask("textDocument/completion", json!({ "textDocument": { "uri": uri }, "position": position }));
        let items = offered["items"].as_array().unwrap_or_else(|| panic!("{before}: {offered}"));
        items.iter().map(|item| item["label"].as_str().expect("a label").to_owned()).collect()
    }

    pub fn leave(mut self) {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        // What it still has to say is read, as an editor does.
        std::io::copy(&mut self.output, &mut std::io::sink()).expect("read to the end");
        assert!(self.child.wait().expect("it ends").success());
    }
}

fn codes(diagnostics: &[Value]) -> Vec<String> {
    diagnostics.iter().map(|d| d["code"].as_str().unwrap_or("").to_owned()).collect()
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

pub fn uri(path: &Path) -> String {
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
    client.open(&told, TELLS);
    assert_eq!(client.faults(&told), Vec::<String>::new());
    assert_eq!(client.proof(), "proved");

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
    // What stands behind the open string is still known from before.
    assert_eq!(client.offered(&told, &half, &TELLS[half.len() + 20..]), ["hall", "stairs"]);
    let hover = client
        .ask("textDocument/hover", json!({ "textDocument": { "uri": told }, "position": place(&half, "came]", 0) }));
    assert!(hover["contents"]["value"].as_str().is_some_and(|words| words.contains("The paper of the day")), "{hover}");
    client.change(&told, TELLS);
    assert_eq!(client.faults(&told), Vec::<String>::new());

    // Fields come with what they are for; what is untidy is tidied.
    client.change(&told, &TELLS.replace("(say: \"Nod.\", do", "(say:\"Nod.\" ,  do"));
    let edits = client.ask("textDocument/formatting", json!({ "textDocument": { "uri": told }, "options": {} }));
    assert!(edits[0]["newText"].as_str().is_some_and(|text| text.contains("(say: \"Nod.\", do")), "{edits}");
    let fields = client.offered(&told, "(scenes: { \"a\": (choices: [(", ")])})");
    assert!(fields.contains(&"locked".to_owned()), "{fields:?}");
    let symbols = client.ask("textDocument/documentSymbol", json!({ "textDocument": { "uri": story } }));
    let symbols: Vec<&str> = symbols.as_array().expect("a list").iter().filter_map(|it| it["name"].as_str()).collect();
    assert_eq!(symbols, ["trust", "paper", "came"]);
    let found = client.ask("workspace/symbol", json!({ "query": "TRU" }));
    assert_eq!(
        (found[0]["name"].as_str(), found[0]["location"]["uri"].as_str()),
        (Some("trust"), Some(story.as_str()))
    );

    // What is not known is refused, and the end is an end.
    assert!(client.request("textDocument/nothing", json!({ "textDocument": { "uri": told } })).get("error").is_some());
    assert!(
        client.request("textDocument/hover", json!({ "textDocument": { "uri": "http://x" } })).get("error").is_some()
    );
    client.leave();
}

/// Stories in which only the proof finds something, each with what `check` says of it: the editor says the same.
#[test]
fn the_editor_says_what_check_says() {
    let hallway = Hallway::new();
    let path = hallway.home.path().join("story.ron");
    let uri = uri(&path);
    let stories = [
        r#"(scenes: { "a": (text: "“é” A.", choices: [(say: "x"), (say: "y", when: "visited(b)", go: "b")]), "b": (text: "B.", end: "e") })"#,
        r#"(vars: { "t": (min: 0, max: 3) }, scenes: { "a": (text: "A. {if t >= 0: Yes.}", choices: [(say: "x", do: ["t +1"], go: "b"), (say: "y", when: "t > 2", go: "b")]), "b": (text: "B. {if t > 1: No.}", end: "e") })"#,
        r#"(scenes: { "a": (text: "A.", choices: [(say: "x", go: "b")]), "b": (text: "B.", end: "e"), "c": (text: "C.", end: "f") })"#,
        r#"(scenes: { "a": (text: "A.", go: "nowhere") })"#,
    ];
    for text in stories {
        std::fs::write(&path, text).expect("written");
        let run = hallway.run(&["check", &path.display().to_string(), "--format", "json"], "");
        let report: Value = serde_json::from_str(&run.out).expect("JSON");
        let place =
            |line: &Value, column: &Value| (line.as_u64().unwrap_or(0).max(1), column.as_u64().unwrap_or(0).max(1));
        let checked = report["diagnostics"].as_array().expect("a list").iter();
        let mut checked: Vec<_> =
            checked.map(|d| (d["code"].as_str().map(str::to_owned), place(&d["line"], &d["column"]))).collect();
        assert!(!checked.is_empty());
        let mut client = Client::start(&hallway);
        client.open(&uri, text);
        let mut told = client.diagnostics(&uri);
        if report["proof"]["status"] != "skipped" {
            client.proof();
            told = client.diagnostics(&uri);
        }
        client.leave();
        let start = |d: &Value| {
            let start = &d["range"]["start"];
            (start["line"].as_u64().unwrap_or(0) + 1, start["character"].as_u64().unwrap_or(0) + 1)
        };
        let mut told: Vec<_> = told.iter().map(|d| (d["code"].as_str().map(str::to_owned), start(d))).collect();
        told.sort();
        checked.sort();
        assert_eq!(told, checked, "{text}");
    }
}

/// A proof that would take long is stopped by a change, and keeps no question waiting.
#[test]
fn a_proof_keeps_nobody_waiting() {
    let hallway = Hallway::new();
    let path = hallway.home.path().join("dear.ron");
    let uri = uri(&path);
    // Counters that are all compared with each other multiply without end.
    let vars: String = (0..40).map(|at| format!("\"v{at}\": (min: 0, max: 9), ")).collect();
    let choices: String = (0..40)
        .map(|at| format!("(say: \"c{at}\", keep: true, when: \"v{at} <= v{}\", do: [\"v{at} +1\"]), ", (at + 7) % 40))
        .collect();
    let sum: Vec<String> = (0..40).map(|at| format!("v{at}")).collect();
    let text = format!(
        "(vars: {{ {vars} }}, scenes: {{ \"a\": (text: \"A.\", choices: [{choices} (say: \"End.\", go: \"b\")]), \"b\": (text: \"{{if {} > 99: B.}}\", end: \"e\") }})",
        sum.join(" + ")
    );
    std::fs::write(&path, &text).expect("written");
    let mut client = Client::start(&hallway);
    client.open(&uri, &text);
    client.wait(|message| message["params"]["value"]["kind"] == "begin");
    let hover =
        client.ask("textDocument/hover", json!({ "textDocument": { "uri": uri }, "position": place(&text, "v0", 0) }));
    assert!(
        hover["contents"]["value"].as_str().is_some_and(|words| words.contains("a counter from 0 to 9")),
        "{hover}"
    );
    client.change(&uri, TWO_DOORS);
    assert_eq!(client.proof(), "stopped by a change");
    assert_eq!(client.faults(&uri), Vec::<String>::new());
    assert_eq!(client.proof(), "proved");
    // Nor does one keep the server from leaving.
    client.change(&uri, &text);
    client.save(&uri);
    client.wait(|message| message["params"]["value"]["kind"] == "begin");
    client.leave();
}

const TWO_DOORS: &str = r#"(vars: { "sky": (states: ["clear", "grey"]), "warm": (flag: true) }, messages: {}, scenes: {
  "a": (text: "The sky is {sky}.", choices: [(say: "x", do: ["sky = grey", "warm = true"], go: "b")]),
  "b": (text: "B. {if sky is grey: Rain.} {if warm: W.}", end: "e"),
})"#;

/// At the moment of typing, with an open string and open brackets before all that stands below.
#[test]
fn what_can_be_written_is_offered_while_it_is_written() {
    let hallway = Hallway::new();
    let path = hallway.home.path().join("story.ron");
    let uri = uri(&path);
    std::fs::write(&path, TWO_DOORS).expect("written");
    let mut client = Client::start(&hallway);
    client.open(&uri, TWO_DOORS);
    let cut = TWO_DOORS.find("do: [").expect("there");
    let (before, after) = (&TWO_DOORS[..cut], &TWO_DOORS[cut..]);
    for (typed, offered) in [
        ("go: \"", &["a", "b"][..]),
        ("go: \"a", &["a", "b"]),
        ("when: \"sky is ", &["clear", "grey"]),
        ("when: \"warm and sky is not g", &["clear", "grey"]),
        ("when: \"visited(", &["a", "b"]),
        ("when: \"wa", &["sky", "warm", "visited(", "heard(", "and", "or", "not", "is", "is not"]),
        ("do: [\"sky = ", &["clear", "grey"]),
        ("reply: \"{if sky is ", &["clear", "grey"]),
    ] {
        assert_eq!(client.offered(&uri, &format!("{before}{typed}"), after), offered, "{typed}");
        // An editor that closes quotes by itself.
        let closed = format!("\", {after}");
        assert_eq!(client.offered(&uri, &format!("{before}{typed}"), &closed), offered, "{typed}\"");
    }
    let fields = client.offered(&uri, &format!("{before}lo"), after);
    assert!(fields.contains(&"locked".to_owned()) && fields.contains(&"reply".to_owned()), "{fields:?}");
    // A blank in prose asks for nothing; a brace for what can stand in braces.
    let text = format!("{before}reply: \"He ");
    client.change(&uri, &text);
    let position = json!({ "line": 1, "character": text.lines().last().expect("a line").len() });
    let blank = json!({ "textDocument": { "uri": uri }, "position": position, "context": { "triggerKind": 2, "triggerCharacter": " " } });
    assert_eq!(client.ask("textDocument/completion", blank), json!([]));
    assert!(client.offered(&uri, &format!("{before}reply: \"{{"), "}\"").contains(&"sky".to_owned()));
    client.leave();
}

/// Many names: what is told of each is cheap, and what is offered is cut short and says so.
#[test]
fn many_names_are_found_and_told_in_one_go() {
    let hallway = Hallway::new();
    let path = hallway.home.path().join("story.ron");
    let uri = uri(&path);
    let scenes: String = (0..2_000).map(|at| format!("\"s{at}\": (text: \"é\", go: \"end\"), ")).collect();
    let text = format!("(start: \"s0\", scenes: {{ {scenes} \"end\": (text: \"x\", end: \"e\") }})");
    std::fs::write(&path, &text).expect("written");
    let mut client = Client::start(&hallway);
    client.open(&uri, &text);
    let at = |piece: &str| json!({ "textDocument": { "uri": uri }, "position": place(&text, piece, 0) });
    let references = client.ask("textDocument/references", at("end\")"));
    assert_eq!(references.as_array().map(Vec::len), Some(2_001));
    let offered = client.ask("textDocument/completion", at("end\")"));
    assert_eq!((offered["isIncomplete"].as_bool(), offered["items"].as_array().map(Vec::len)), (Some(true), Some(1)));
    client.leave();
}

/// What is no message is refused, and does not end the server; what cannot be parted into messages ends it, with a word.
#[test]
fn what_is_no_message_is_refused() {
    let hallway = Hallway::new();
    let mut client = Client::start(&hallway);
    for (body, code) in [("{", -32700), ("{\"id\":[]}", -32600), ("[1,2]", -32600), ("\u{fffd}", -32700)] {
        write!(client.input, "Content-Length: {}\r\n\r\n{body}", body.len()).expect("sent");
        let refused = client.wait(|message| message.get("error").is_some());
        assert_eq!(refused["error"]["code"], code, "{body}");
    }
    client.leave();
    for head in ["Content-Length: 99999999999999", "Content-Length: 18446744073709551615", "Content-Length: x", "X: 1"]
    {
        let run = hallway.run(&["lsp"], &format!("{head}\r\n\r\n{{}}"));
        assert!(
            run.code == 1 && run.err.contains("the editor cannot be understood"),
            "{head}: {} {}",
            run.code,
            run.err
        );
    }
}
