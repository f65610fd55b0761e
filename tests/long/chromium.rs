//! A real browser, driven through the pipe that Chromium offers its tests: one JSON message after the other, each ended by a NUL.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::{Value, json};

/// A browser without a window; it ends when this does.
pub struct Chromium {
    child: Child,
    to: ChildStdin,
    from: BufReader<ChildStdout>,
    number: u64,
    /// What has happened in each session, until it is looked at.
    events: HashMap<String, Vec<Value>>,
    _profile: tempfile::TempDir,
}

/// A tab of it.
#[derive(Debug, Clone)]
pub struct Tab {
    session: String,
}

/// What a screen is like.
#[derive(Debug, Clone, Copy)]
pub struct Device {
    pub width: u32,
    pub height: u32,
    pub touch: bool,
}

impl Chromium {
    /// The one that is installed. Where there is none that is said on standard error, past what a test run withholds.
    pub fn installed() -> Option<Self> {
        let found = ["chromium", "chromium-browser", "google-chrome"].iter().find(|name| {
            let found = Command::new(name).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
            found.is_ok_and(|status| status.success())
        });
        let Some(name) = found else {
            let said =
                writeln!(std::io::stderr(), "SKIPPED: no Chromium is installed, so no page was opened in a browser");
            said.expect("standard error is open");
            return None;
        };
        let profile = tempfile::tempdir().expect("a folder");
        // It reads from descriptor 3 and writes to 4; a shell puts its own two there.
        let mut child = Command::new("sh")
            .args(["-c", r#"exec "$0" "$@" 3<&0 4>&1 </dev/null >/dev/null 2>&1"#, name])
            .args(["--headless", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-pipe"])
            .arg(format!("--user-data-dir={}", profile.path().display()))
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let to = child.stdin.take().expect("piped");
        let from = BufReader::new(child.stdout.take().expect("piped"));
        Some(Self { child, to, from, number: 0, events: HashMap::new(), _profile: profile })
    }

    fn send(&mut self, session: Option<&str>, method: &str, parameters: Value) -> Value {
        self.number += 1;
        let mut message = json!({ "id": self.number, "method": method, "params": parameters });
        if let Some(session) = session {
            message["sessionId"] = session.into();
        }
        write!(self.to, "{message}\0").expect("it listens");
        loop {
            let mut bytes = Vec::new();
            self.from.read_until(0, &mut bytes).expect("it answers");
            assert_eq!(bytes.pop(), Some(0), "the browser has ended");
            let mut message: Value = serde_json::from_slice(&bytes).expect("JSON");
            if message["id"] == self.number {
                assert!(message["error"].is_null(), "{method}: {}", message["error"]);
                return message["result"].take();
            }
            if let Some(session) = message["sessionId"].as_str() {
                self.events.entry(session.to_owned()).or_default().push(message);
            }
        }
    }

    /// A tab with nothing in it yet.
    pub fn tab(&mut self, device: Device) -> Tab {
        self.tab_with(device, json!({ "url": "about:blank" }))
    }

    /// The same that shares no cookies and nothing else with any other tab, as a device of its own.
    pub fn tab_apart(&mut self, device: Device) -> Tab {
        let context = self.send(None, "Target.createBrowserContext", json!({}))["browserContextId"].take();
        self.tab_with(device, json!({ "url": "about:blank", "browserContextId": context }))
    }

    fn tab_with(&mut self, device: Device, target: Value) -> Tab {
        let target = self.send(None, "Target.createTarget", target)["targetId"].take();
        let attached = self.send(None, "Target.attachToTarget", json!({ "targetId": target, "flatten": true }));
        let tab = Tab { session: attached["sessionId"].as_str().expect("a session").to_owned() };
        for domain in ["Page.enable", "Runtime.enable", "Network.enable", "Log.enable"] {
            self.tell(&tab, domain, json!({}));
        }
        let Device { width, height, touch } = device;
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": touch });
        self.tell(&tab, "Emulation.setDeviceMetricsOverride", metrics);
        self.tell(&tab, "Emulation.setTouchEmulationEnabled", json!({ "enabled": touch }));
        // A tab in the background does what one in front does.
        self.tell(&tab, "Emulation.setFocusEmulationEnabled", json!({ "enabled": true }));
        tab
    }

    /// Says something of the browser's own language to a tab.
    pub fn tell(&mut self, tab: &Tab, method: &str, parameters: Value) -> Value {
        self.send(Some(&tab.session.clone()), method, parameters)
    }

    /// What a script says; a promise is waited for.
    pub fn say(&mut self, tab: &Tab, script: &str) -> Value {
        let asked = json!({ "expression": script, "awaitPromise": true, "returnByValue": true });
        let mut answer = self.tell(tab, "Runtime.evaluate", asked);
        assert!(answer["exceptionDetails"].is_null(), "{script}: {}", answer["exceptionDetails"]);
        answer["result"]["value"].take()
    }

    /// Loads a file, with all its scripts.
    pub fn load(&mut self, tab: &Tab, file: &Path) {
        self.go(tab, &format!("file://{}", file.display()));
    }

    /// Loads what is at an address, with all its scripts.
    fn go(&mut self, tab: &Tab, url: &str) {
        let loaded = self.tell(tab, "Page.navigate", json!({ "url": url }));
        assert!(loaded["errorText"].is_null(), "{loaded}");
        let whole = "new Promise((then) => document.readyState === 'complete' ? then() : addEventListener('load', then)).then(() => 0)";
        self.say(tab, whole);
    }

    /// Opens a page of ours, and waits until it can be played or says that it cannot.
    pub fn open(&mut self, tab: &Tab, page: &Path) {
        self.open_at(tab, &format!("file://{}", page.display()));
    }

    /// The same of a page that is served.
    pub fn open_at(&mut self, tab: &Tab, url: &str) {
        self.go(tab, url);
        let ready = r"typeof PageView === 'undefined' ? 'its script does not run' : new Promise((then) => {
            const look = () => document.documentElement.dataset.ready ? then(document.documentElement.dataset.ready) : setTimeout(look, 10);
            look();
        })";
        assert_eq!(self.say(tab, ready), "yes");
    }

    pub fn press(&mut self, tab: &Tab, key: &str) {
        let text = if key.chars().count() == 1 { key } else { "" };
        for kind in ["keyDown", "keyUp"] {
            let text = if kind == "keyDown" { text } else { "" };
            self.tell(tab, "Input.dispatchKeyEvent", json!({ "type": kind, "key": key, "text": text }));
        }
    }

    /// Where the middle of an element is, once it has been scrolled to and stands still.
    fn middle(&mut self, tab: &Tab, selector: &str) -> (f64, f64) {
        // What a page was scrolling to by itself it may go on scrolling to for a frame or two.
        let script = format!(
            "new Promise((then) => {{ const it = document.querySelector({}); let before;
              it.scrollIntoView({{ block: 'center', behavior: 'instant' }});
              const look = () => {{ const at = it.getBoundingClientRect();
                if (before === at.y) then([at.x + at.width / 2, at.y + at.height / 2]); else {{ before = at.y; requestAnimationFrame(look); }} }};
              look(); }})",
            json!(selector)
        );
        let at = self.say(tab, &script);
        (at[0].as_f64().expect("a number"), at[1].as_f64().expect("a number"))
    }

    pub fn click(&mut self, tab: &Tab, selector: &str) {
        let (x, y) = self.middle(tab, selector);
        for kind in ["mouseMoved", "mousePressed", "mouseReleased"] {
            let event = json!({ "type": kind, "x": x, "y": y, "button": "left", "clickCount": 1 });
            self.tell(tab, "Input.dispatchMouseEvent", event);
        }
    }

    pub fn tap(&mut self, tab: &Tab, selector: &str) {
        let (x, y) = self.middle(tab, selector);
        self.tell(
            tab,
            "Input.dispatchTouchEvent",
            json!({ "type": "touchStart", "touchPoints": [{ "x": x, "y": y }] }),
        );
        self.tell(tab, "Input.dispatchTouchEvent", json!({ "type": "touchEnd", "touchPoints": [] }));
        // A tap becomes a click in the page's own time.
        self.say(tab, "new Promise((then) => requestAnimationFrame(() => setTimeout(then)))");
    }

    /// What must not have happened in the tab: anything thrown or logged as an error, and every request but for the page itself
    /// and, where a page is served, to the `own` address.
    pub fn faults(&mut self, tab: &Tab, own: Option<&str>) -> Vec<String> {
        let events = self.events.remove(&tab.session).unwrap_or_default();
        let fault = |event: &Value| {
            let parameters = &event["params"];
            match event["method"].as_str()? {
                "Runtime.exceptionThrown" => Some(parameters["exceptionDetails"].to_string()),
                "Log.entryAdded" => Some(parameters["entry"]["text"].to_string()),
                "Runtime.consoleAPICalled" => Some(parameters["args"].to_string()),
                "Network.requestWillBeSent" if parameters["type"] != "Document" => {
                    let url = parameters["request"]["url"].as_str()?;
                    own.is_none_or(|own| !url.starts_with(own)).then(|| format!("asked for {url}"))
                }
                _ => None,
            }
        };
        events.iter().filter_map(fault).collect()
    }
}

impl Drop for Chromium {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
