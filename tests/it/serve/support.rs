//! A class in this process, and devices that speak to it over the loopback in hand-written HTTP.

use std::io::{BufRead as _, BufReader, Lines, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use hallway::serve::{Class, ClassEvent, ClassPlan, listen, serve};
use hallway::story::{SeatId, Story};
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::support::{Dice, Hallway, story};

/// A class that is being served.
pub struct Lesson {
    pub class: Arc<Class>,
    pub at: SocketAddr,
    pub events: Receiver<ClassEvent>,
    _runtime: Runtime,
}

/// The cut for a class.
pub fn for_a_class() -> &'static Story {
    Box::leak(Box::new(story("hold-the-line-class")))
}

impl Lesson {
    /// So many groups of this story with all its seats, kept in this folder, or what the folder has kept of a class.
    pub fn new(story: &'static Story, groups: usize, folder: &Path) -> Self {
        Self::with(story, std::iter::repeat_n(story.seat_ids().collect(), groups), folder)
    }

    /// The same with these seats for pupils in each group.
    pub fn with(story: &'static Story, seats: impl Iterator<Item = Vec<SeatId>>, folder: &Path) -> Self {
        let plan = ClassPlan::kept(folder).expect("readable").unwrap_or_else(|| {
            let plan = ClassPlan::new("hold-the-line-class", story, 7, seats).expect("luck");
            plan.keep(folder).expect("kept");
            plan
        });
        let (told, events) = channel();
        let class = Arc::new(Class::open(story, plan, folder, &told).expect("opened"));
        let (listener, addresses) = listen(0, false).expect("a port");
        let at = listener.local_addr().expect("an address");
        let runtime = Runtime::new().expect("a runtime");
        runtime.spawn(serve(class.clone(), listener, addresses));
        Self { class, at, events, _runtime: runtime }
    }

    pub fn code(&self) -> &str {
        &self.class.plan.code
    }

    pub fn device(&self) -> Device {
        Device { at: self.at, cookie: None }
    }

    /// A device that has joined.
    pub fn member(&self, group: usize, seat: Option<&str>) -> Device {
        let mut device = self.device();
        let answer = device.post("/join", &json!({ "code": self.code(), "group": group, "seat": seat }));
        assert_eq!(answer.status, 200, "{}", answer.body);
        device
    }

    /// A device on each seat of a group, whose game has begun.
    pub fn group(&self, group: usize) -> Vec<Device> {
        let ids = self.class.story.seats.iter().map(|seat| seat.id.clone());
        let devices = ids.map(|id| self.member(group, Some(&id))).collect();
        self.begin(group);
        devices
    }

    /// Begins the game of a group, whoever is there.
    pub fn begin(&self, group: usize) {
        self.class.order(&format!("begin {}", hallway::teach::group(group)), true).expect("somebody is there");
    }
}

/// A class that is being served by the program.
pub struct Served {
    child: Child,
    said: Lines<BufReader<ChildStdout>>,
    pub at: SocketAddr,
    pub code: String,
    /// What it said before it began to listen to its teacher.
    pub opening: String,
}

impl Served {
    pub fn new(hallway: &Hallway, folder: &Path, more: &[&str]) -> Self {
        Self::on(0, hallway, folder, more)
    }

    /// The same on a port that the devices know.
    pub fn on(port: u16, hallway: &Hallway, folder: &Path, more: &[&str]) -> Self {
        let (port, folder) = (port.to_string(), folder.to_str().expect("UTF-8"));
        Self::as_typed(hallway, &[&["--port", &port, "--folder", folder], more].concat())
    }

    /// The same with these arguments alone.
    pub fn as_typed(hallway: &Hallway, arguments: &[&str]) -> Self {
        Self::run(hallway.command(&[&["class", "serve"], arguments].concat()))
    }

    /// Reads what a command that serves a class says before it listens to its teacher.
    pub fn run(mut command: Command) -> Self {
        let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("it starts");
        let mut said = BufReader::new(child.stdout.take().expect("piped")).lines();
        let mut opening = String::new();
        while !opening.contains("type help") {
            opening += &(said.next().expect("it goes on").expect("words") + "\n");
        }
        let after = |name: &str| {
            let line = opening.lines().find_map(|line| line.strip_prefix(name)).expect("it says so");
            line.trim().to_owned()
        };
        let at = after("Address: http://").parse().expect("an address");
        let code = after("Code:");
        Self { child, said, at, code, opening }
    }

    /// Says a line and reads on to one that has these words.
    pub fn says(&mut self, line: &str, words: &str) {
        writeln!(self.child.stdin.as_ref().expect("piped"), "{line}").expect("it listens");
        let mut lines = Vec::new();
        for line in self.said.by_ref() {
            lines.push(line.expect("words"));
            if lines.last().is_some_and(|line| line.contains(words)) {
                return;
            }
        }
        panic!("{line} was not answered by {words}: {lines:?}");
    }

    pub fn device(&self) -> Device {
        Device { at: self.at, cookie: None }
    }

    /// Kills it in whatever it is doing.
    pub fn kill(&mut self) {
        self.child.kill().expect("it ran");
        self.child.wait().expect("it has ended");
    }

    pub fn ends(mut self) -> i32 {
        self.says("quit", "type the same line once more");
        writeln!(self.child.stdin.as_ref().expect("piped"), "quit").expect("it listens");
        self.child.wait().expect("it ends").code().unwrap_or(-1)
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// What came back.
#[derive(Debug)]
pub struct Answer {
    pub status: u16,
    /// In small letters but for values, as they came.
    pub headers: Vec<(String, String)>,
    pub body: String,
}

impl Answer {
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|why| panic!("{why}: {}", self.body))
    }
}

/// Something in a pupil's hands: where the class is, and the cookie that it was given.
#[derive(Debug, Clone)]
pub struct Device {
    pub at: SocketAddr,
    pub cookie: Option<String>,
}

impl Device {
    pub fn get(&mut self, path: &str) -> Answer {
        self.ask(&self.head("GET", path, ""), "")
    }

    pub fn post(&mut self, path: &str, value: &Value) -> Answer {
        let (head, body) = self.posted(path, value);
        self.ask(&head, &body)
    }

    /// A request that says something, as its head and its body.
    pub fn posted(&self, path: &str, value: &Value) -> (String, String) {
        let body = value.to_string();
        let more = format!("Content-Type: application/json\r\nContent-Length: {}\r\n", body.len());
        (self.head("POST", path, &more), body)
    }

    /// The head of a request as a page of the class would send it, without its end.
    pub fn head(&self, method: &str, path: &str, more: &str) -> String {
        let cookie = self.cookie.as_ref().map(|cookie| format!("Cookie: {cookie}\r\n")).unwrap_or_default();
        let at = self.at;
        format!("{method} {path} HTTP/1.1\r\nHost: {at}\r\nOrigin: http://{at}\r\nConnection: close\r\n{cookie}{more}")
    }

    /// Sends a head and a body as they are, and reads what comes until the other side has said all.
    pub fn ask(&mut self, head: &str, body: &str) -> Answer {
        loop {
            let answer = self.try_ask(head, body).expect("the class is there");
            // Tests ask faster than anybody with a page in their hands.
            if answer.status != 429 {
                return answer;
            }
        }
    }

    /// The same where the class may be gone; an answer that was cut off has the status 0.
    pub fn try_ask(&mut self, head: &str, body: &str) -> Option<Answer> {
        let mut stream = TcpStream::connect(self.at).ok()?;
        // The other side may have heard enough before all is said.
        let _ = stream.write_all(format!("{head}\r\n{body}").as_bytes());
        let mut text = Vec::new();
        let _ = stream.read_to_end(&mut text);
        let answer = read(&String::from_utf8_lossy(&text));
        if let Some(cookie) = answer.header("set-cookie") {
            self.cookie = cookie.split(';').next().map(str::to_owned).filter(|cookie| !cookie.ends_with('='));
        }
        Some(answer)
    }

    /// The stream of what this device sees.
    pub fn listen(&self) -> Stream {
        let mut stream = TcpStream::connect(self.at).expect("the class is there");
        write!(stream, "{}\r\n", self.head("GET", "/events", "")).expect("sent");
        let mut lines = BufReader::new(stream);
        let mut line = String::new();
        lines.read_line(&mut line).expect("answered");
        assert!(line.contains(" 200 "), "{line}");
        Stream { lines, moves: None }
    }

    pub fn state(&mut self) -> Value {
        let answer = self.get("/state");
        assert_eq!(answer.status, 200, "{}", answer.body);
        answer.json()
    }
}

/// Server-sent events, one after the other.
pub struct Stream {
    lines: BufReader<TcpStream>,
    /// How often the game had gone on when `until` heard the last page.
    moves: Option<Value>,
}

impl Stream {
    /// What the device is sent next; `None` where the stream has ended.
    pub fn next(&mut self) -> Option<Value> {
        let (mut line, mut page) = (String::new(), true);
        loop {
            line.clear();
            if self.lines.read_line(&mut line).ok()? == 0 {
                return None;
            }
            match line.split_once(": ") {
                // That the stream is still there is an event of its own.
                Some(("event", _)) => page = false,
                Some(("data", data)) if page => return Some(serde_json::from_str(data).expect("JSON")),
                Some(_) => {}
                None => page = true,
            }
        }
    }
}

impl Stream {
    /// All that comes, until the game has gone on so many times.
    pub fn until(&mut self, moves: &Value) -> String {
        let mut out = String::new();
        while self.moves.as_ref() != Some(moves) {
            let shown = self.next().expect("a page");
            out.push_str(&shown.to_string());
            self.moves = Some(shown["moves"].clone());
        }
        out
    }
}

fn read(text: &str) -> Answer {
    let (head, body) = text.split_once("\r\n\r\n").unwrap_or((text, ""));
    let mut lines = head.lines();
    let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse().ok());
    let headers = lines.filter_map(|line| line.split_once(": "));
    Answer {
        status: status.unwrap_or(0),
        headers: headers.map(|(name, value)| (name.to_lowercase(), value.to_owned())).collect(),
        body: body.to_owned(),
    }
}

/// A request that the holder of a seat could make of what is shown; `None` where nothing is to be decided.
pub fn decision(shown: &Value, dice: &mut Dice) -> Option<Value> {
    let request = crate::support::decision(&shown["page"]["ask"], dice)?;
    Some(json!({ "moves": shown["moves"], "request": request }))
}

/// Plays a group on, by the requests that its devices make, for so many decisions or to its end; how many were taken.
pub fn play(devices: &mut [Device], dice: &mut Dice, at_most: usize) -> usize {
    let mut taken = 0;
    while taken < at_most {
        let mut acted = false;
        for device in devices.iter_mut() {
            let shown = device.state();
            if let Some(decision) = decision(&shown, dice) {
                let answer = device.post("/decide", &decision);
                assert_eq!(answer.status, 200, "{decision}: {}", answer.body);
                taken += 1;
                acted = true;
                break;
            }
        }
        if !acted {
            break;
        }
    }
    taken
}
