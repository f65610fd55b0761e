//! The program in a real pseudo-terminal. Nothing sleeps: each step polls for what it waits for, until a deadline.

use std::io::{BufRead as _, BufReader, Read, Write};
use std::process::Command;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// How long is waited for what must come. It holds nothing of the program: whatever is true comes at last, however busy the
/// machine is; this only ends a test that would wait for ever.
const PATIENCE: Duration = Duration::from_secs(600);

/// Written to the terminal after the program has ended; what has been read before it is all that the program wrote.
const ENDED: &[u8] = b"\x1b]777;ended\x07";

struct Pty {
    master: Box<dyn MasterPty + Send>,
    /// Kept open, so that the terminal's settings can be read after the program has ended.
    _slave: Box<dyn portable_pty::SlavePty + Send>,
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    bytes: Vec<u8>,
    screen: vt100::Parser,
    _home: tempfile::TempDir,
    before: String,
}

impl Pty {
    fn start(arguments: &[&str], environment: &[(&str, &str)], rows: u16, cols: u16) -> Self {
        Self::start_at(tempfile::tempdir().expect("a folder"), arguments, environment, rows, cols)
    }

    /// In a home of which something is known already.
    fn start_at(
        home: tempfile::TempDir,
        arguments: &[&str],
        environment: &[(&str, &str)],
        rows: u16,
        cols: u16,
    ) -> Self {
        let pair = native_pty_system()
            .openpty(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 })
            .expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_hallway"));
        command.args(arguments);
        command.cwd(env!("CARGO_MANIFEST_DIR"));
        for name in ["XDG_DATA_HOME", "XDG_CONFIG_HOME", "NO_COLOR", "ACCESSIBLE", "LC_ALL", "LC_CTYPE"] {
            command.env_remove(name);
        }
        command.env("HOME", home.path());
        command.env("TERM", "xterm-256color");
        command.env("LANG", "C.UTF-8");
        for (name, value) in environment {
            command.env(name, value);
        }
        let before = settings(pair.master.as_ref());
        let child = pair.slave.spawn_command(command).expect("the program starts");
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let writer = pair.master.take_writer().expect("a writer");
        let (send, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 8192];
            while let Ok(count @ 1..) = reader.read(&mut buffer) {
                if send.send(buffer[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            master: pair.master,
            _slave: pair.slave,
            child,
            writer,
            output,
            bytes: Vec::new(),
            // The emulator itself panics on screens of a few cells.
            screen: vt100::Parser::new(rows.max(12), cols.max(40), 0),
            _home: home,
            before,
        }
    }

    fn poll(&mut self) {
        if let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(20)) {
            self.screen.process(&bytes);
            self.bytes.extend(bytes);
        }
    }

    fn until(&mut self, what: &str, mut holds: impl FnMut(&mut Self) -> bool) {
        let end = Instant::now() + PATIENCE;
        while !holds(self) {
            let ended = self.child.try_wait().ok().flatten();
            let last = String::from_utf8_lossy(&self.bytes[self.bytes.len().saturating_sub(200)..]).into_owned();
            assert!(
                Instant::now() < end,
                "{what} never came; ended: {ended:?}; last bytes: {last:?}; the screen:\n{}",
                self.screen.screen().contents()
            );
            self.poll();
        }
    }

    fn see(&mut self, text: &str) {
        self.until(text, |pty| pty.screen.screen().contents().contains(text));
    }

    fn keys(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).expect("typed");
        self.writer.flush().expect("typed");
    }

    /// Chooses what comes first, page after page, until this is seen. With another key before each choice: a key that
    /// brought a page and is struck again at once is taken for one that is held.
    fn until_pressed(&mut self, text: &str) {
        let whole = |pty: &mut Self| pty.bytes.ends_with(b"\x1b[?2026l");
        loop {
            self.until("a page", whole);
            if self.screen.screen().contents().contains(text) {
                return;
            }
            let before = self.screen.screen().contents();
            self.keys("\x1b[A\r");
            self.until("the next page", |pty| whole(pty) && pty.screen.screen().contents() != before);
        }
    }

    fn signal(&self, name: &str) {
        let pid = self.child.process_id().expect("a process").to_string();
        assert!(Command::new("kill").args([&format!("-{name}"), &pid]).status().expect("kill runs").success());
    }

    fn ended(&mut self) -> portable_pty::ExitStatus {
        let mut status = None;
        self.until("the end", |pty| {
            status = pty.child.try_wait().expect("waited");
            status.is_some()
        });
        let name = self.master.tty_name().expect("a name");
        std::fs::write(name, ENDED).expect("the terminal is still there");
        // Keys that nobody read any more may be echoed before it and after it.
        let marked = |bytes: &[u8]| bytes.windows(ENDED.len()).position(|window| window == ENDED);
        self.until("the last of what was written", |pty| marked(&pty.bytes).is_some());
        let at = marked(&self.bytes).expect("it has just been seen");
        self.bytes.drain(at..at + ENDED.len());
        status.expect("it has ended")
    }

    /// The terminal is as it was: same settings, main screen, cursor shown.
    fn is_whole(&self) {
        assert_eq!(settings(self.master.as_ref()), self.before, "the terminal's settings");
        assert!(!self.screen.screen().alternate_screen(), "the main screen is back");
        assert!(!self.screen.screen().hide_cursor(), "the cursor is shown");
        assert!(!self.screen.screen().bracketed_paste(), "bracketed paste is off");
    }

    #[cfg(target_os = "linux")]
    fn state(&self) -> char {
        let pid = self.child.process_id().expect("a process");
        let stat = std::fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
        stat.rsplit(") ").next().and_then(|rest| rest.chars().next()).unwrap_or('?')
    }
}

/// What `stty` says of the terminal.
fn settings(master: &dyn MasterPty) -> String {
    let name = master.tty_name().expect("a name");
    let flag = if cfg!(target_os = "linux") { "-F" } else { "-f" };
    let output = Command::new("stty").arg(flag).arg(name).arg("-g").output().expect("stty runs");
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn title() -> Pty {
    let mut pty = Pty::start(&["play", "--seed", "7"], &[], 24, 80);
    pty.see("A new game");
    pty
}

/// The same with nothing that moves by itself, so that a new page comes of a key.
fn still_title() -> Pty {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join(".config/hallway");
    std::fs::create_dir_all(&folder).expect("a folder");
    std::fs::write(folder.join("settings.ron"), "(motion: false)").expect("written");
    let mut pty = Pty::start_at(home, &["play", "--seed", "7"], &[], 24, 80);
    pty.see("A new game");
    pty
}

#[test]
fn start_play_and_quit() {
    let mut pty = still_title();
    pty.keys("1");
    pty.see("Which seat?");
    pty.keys("2");
    pty.see("THE DAY SO FAR");
    pty.until_pressed("THE KNOCK");
    pty.keys("q");
    assert!(pty.ended().success());
    pty.is_whole();
    pty.see("The game is saved. To continue: hallway play --save");
}

#[test]
fn control_c_asks_once_and_leaves_at_the_second() {
    let mut pty = title();
    pty.keys("\u{3}");
    pty.see("Press Ctrl-C again");
    pty.keys("\u{3}");
    assert!(pty.ended().success());
    pty.is_whole();
}

#[test]
fn every_signal_gives_the_terminal_back() {
    for name in ["TERM", "HUP", "INT", "QUIT", "ABRT", "USR1", "USR2"] {
        let mut pty = title();
        pty.signal(name);
        let status = pty.ended();
        assert!(!status.success(), "{name}: {status:?}");
        pty.is_whole();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn control_z_stops_and_cont_comes_back() {
    for by_key in [true, false] {
        let mut pty = title();
        if by_key {
            pty.keys("\u{1a}");
        } else {
            pty.signal("TSTP");
        }
        pty.until("stopped", |pty| pty.state() == 'T');
        pty.poll();
        pty.until("the main screen", |pty| !pty.screen.screen().alternate_screen());
        pty.is_whole();
        pty.signal("CONT");
        pty.until("the alternate screen", |pty| pty.screen.screen().alternate_screen());
        pty.see("A new game");
        pty.keys("q");
        assert!(pty.ended().success());
        pty.is_whole();
    }
}

#[test]
fn a_panic_gives_the_terminal_back() {
    let mut pty = Pty::start(&["play", "--panic"], &[], 24, 80);
    let status = pty.ended();
    assert!(!status.success());
    pty.is_whole();
    assert!(String::from_utf8_lossy(&pty.bytes).contains("asked to panic"));
}

#[test]
fn resizing_draws_at_the_new_size() {
    let mut pty = title();
    for (rows, cols) in [(12, 40), (40, 120), (3, 10), (1, 1), (24, 80)] {
        pty.master.resize(PtySize { rows, cols, pixel_width: 0, pixel_height: 0 }).expect("resized");
        // The emulator itself panics on screens of a few cells; ours is the program's size, not its.
        pty.screen.screen_mut().set_size(rows.max(12), cols.max(40));
        let seen = pty.bytes.len();
        pty.until("a new frame", |pty| pty.bytes.len() > seen);
    }
    pty.see("A new game");
    pty.keys("q");
    assert!(pty.ended().success());
    pty.is_whole();
}

#[test]
fn without_colour_the_selected_choice_is_reversed_all_the_same() {
    let mut pty = Pty::start(&["play", "--seed", "7"], &[("NO_COLOR", "1")], 24, 80);
    pty.see("A new game");
    let screen = pty.screen.screen();
    let cell = |row, col| screen.cell(row, col).cloned().expect("a cell");
    let reversed: Vec<u16> = (0..24).filter(|row| cell(*row, 8).inverse()).collect();
    assert_eq!(reversed.len(), 1, "one line is selected");
    let coloured = (0..24).any(|row| (0..80).any(|col| cell(row, col).fgcolor() != vt100::Color::Default));
    assert!(!coloured, "no colour under NO_COLOR");
}

#[test]
fn a_dumb_terminal_gets_the_plain_face() {
    // So does one that does not say what it is.
    for term in ["dumb", ""] {
        let mut pty = Pty::start(&["play", "two-doors"], &[("TERM", term)], 24, 80);
        pty.see("1. Take it.");
        pty.keys("1\n");
        pty.see("Ending: You read it");
        pty.keys("quit\n");
        assert!(pty.ended().success());
        assert!(!pty.bytes.contains(&0x1b), "no escape byte");
        let mut pty = Pty::start(&["map", "two-doors"], &[("TERM", term)], 24, 80);
        assert!(pty.ended().success());
        assert!(!pty.bytes.contains(&0x1b), "no escape byte");
        let mut pty = Pty::start(&["watch", "scenes/two-doors.ron"], &[("TERM", term)], 24, 80);
        assert_eq!(pty.ended().exit_code(), 2);
    }
}

#[test]
fn a_night_left_is_offered_on_the_title_screen() {
    let mut pty = still_title();
    pty.keys("11");
    pty.see("THE DAY SO FAR");
    pty.until_pressed("THE KNOCK");
    // Killed without a chance to say goodbye.
    pty.signal("KILL");
    pty.ended();
    let home = pty._home.path().display().to_string();
    let mut again = Pty::start(&["play"], &[("HOME", &home)], 24, 80);
    again.see("Go on with your game: The corridor, 2 decisions in");
    again.keys("1");
    again.see("THE KNOCK");
    again.keys("q");
    again.ended();
    again.is_whole();
}

#[test]
fn an_interrupted_simulation_says_what_it_has_counted() {
    let mut pty = Pty::start(&["simulate", "last-ferry", "--runs", "900000000"], &[], 40, 100);
    pty.see("of 900000000 games");
    pty.keys("\x03");
    assert_eq!(pty.ended().exit_code(), 130);
    pty.see("interrupted after");
    pty.see("Aboard");
    pty.is_whole();
}

#[test]
fn the_windows_title_is_put_back() {
    let mut pty = title();
    pty.keys("q");
    assert!(pty.ended().success());
    let bytes = String::from_utf8_lossy(&pty.bytes).into_owned();
    let (kept, back) = (bytes.find("\u{1b}[22;0t"), bytes.rfind("\u{1b}[23;0t"));
    assert!(kept.is_some() && back > kept, "{bytes:?}");
    pty.is_whole();
}

/// Over a slow line every byte counts.
#[test]
fn moving_the_cursor_costs_few_bytes() {
    let mut pty = title();
    pty.keys("1");
    pty.see("Which seat?");
    pty.keys("1");
    pty.see("q quit");
    pty.see("Take neither");
    // The frame has been drawn to its end once its synchronised update is closed.
    pty.until("the end of the frame", |pty| pty.bytes.ends_with(b"\x1b[?2026l"));
    let before = pty.bytes.len();
    pty.keys("\u{1b}[B");
    let row = |pty: &Pty| pty.screen.screen().cursor_position().0;
    let first = row(&pty);
    pty.until("the cursor below", |pty| row(pty) != first);
    let cost = pty.bytes.len() - before;
    assert!(cost < 1_000, "{cost} bytes for one key");
}

#[test]
fn a_console_gets_what_it_can_show() {
    for (environment, shown) in [(("TERM", "linux"), false), (("LANG", "C"), false), (("TERM", "xterm-256color"), true)]
    {
        let mut pty = Pty::start(&["play", "--seed", "7"], &[environment], 30, 100);
        pty.see("A new game");
        pty.keys("1");
        pty.see("Which seat?");
        pty.keys("3");
        pty.see("THE DAY SO FAR");
        let contents = pty.screen.screen().contents();
        assert_eq!(contents.contains('’') || contents.contains('●'), shown, "{environment:?}:\n{contents}");
        pty.keys("q");
        assert!(pty.ended().success());
    }
}

#[test]
fn settings_changed_on_screen_are_there_the_next_time() {
    let mut pty = title();
    pty.keys("o");
    pty.see("Theme");
    pty.keys("1");
    pty.see("dark");
    pty.keys("qq");
    pty.ended();
    let file = pty._home.path().join(".config/hallway/settings.ron");
    let text = std::fs::read_to_string(file).expect("the settings are kept");
    assert!(text.contains("theme: \"dark\""), "{text}");
}

#[test]
fn a_kill_while_settings_change_leaves_them_whole() {
    let (mut round, mut kept) = (0_u64, 0);
    // Each kill comes a little later than the one before, until some have come after the first change.
    while round < 12 || kept < 3 {
        assert!(round < 1_000, "no change was kept in {round} rounds");
        round += 1;
        let mut pty = title();
        pty.keys("o");
        pty.see("Theme");
        pty.keys("111111111111");
        let until = Instant::now() + Duration::from_micros(round * 700);
        while Instant::now() < until {
            std::hint::spin_loop();
        }
        pty.signal("KILL");
        pty.ended();
        let file = pty._home.path().join(".config/hallway/settings.ron");
        // The file comes with the first change that is kept; it may have been killed before that.
        if let Ok(text) = std::fs::read_to_string(file) {
            hallway::record::Settings::parse(&text).expect("the settings are whole");
            kept += 1;
        }
    }
}

/// The window is closed in the middle of a night: the program ends, and the night is kept.
#[test]
fn a_terminal_that_closes_ends_the_program_and_not_the_night() {
    let home = tempfile::tempdir().expect("a folder");
    let save = home.path().join("one.night");
    let name = save.display().to_string();
    let arguments = ["play", "hold-the-line", "--seed", "7", "--role", "macron", "--save", &name];
    let mut pty = Pty::start(&arguments, &[], 24, 80);
    pty.see("THE DAY SO FAR");
    // The head of the save, and a line for each of the five.
    let lines = || std::fs::read_to_string(&save).expect("kept").lines().count();
    for (done, key) in ["1", "\r", "1", "\r", "1"].into_iter().enumerate() {
        pty.keys(key);
        pty.until("the decision", |_| lines() == done + 2);
    }
    let Pty { master, _slave, mut child, mut writer, output, .. } = pty;
    // The reading thread holds the terminal open until it finds that nobody wants what it has read.
    drop(output);
    writer.write_all(b"?").expect("typed");
    drop((master, _slave, writer));
    let end = Instant::now() + PATIENCE;
    while child.try_wait().expect("waited").is_none() {
        assert!(Instant::now() < end, "it goes on without a terminal");
        std::thread::yield_now();
    }
    assert_eq!(lines(), 6);
}

#[test]
fn a_story_is_read_again_while_it_is_played() {
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("mine.ron");
    let story = |door: &str| {
        format!(
            "(vars: {{ \"trust\": (min: 0, max: 2) }}, scenes: {{ \"hall\": (text: \"{door}\", choices: [(say: \"Knock.\", do: [\"trust +1\"], go: \"in\"), (say: \"Wait.\", go: \"in\")]), \"in\": (text: \"Inside, {{if trust >= 1: loudly | softly}}.\", choices: [(say: \"Sit.\", when: \"trust >= 2\", locked: \"No chair.\", go: \"end\"), (say: \"Stand.\", go: \"end\")]), \"end\": (text: \"Done.\", end: \"End\") }})"
        )
    };
    std::fs::write(&file, story("A red door.")).expect("written");
    let shown = file.display().to_string();
    let mut pty = Pty::start(&["watch", &shown], &[("EDITOR", "true")], 24, 80);
    pty.see("A red door.");
    pty.keys("1");
    pty.see("Inside, loudly");
    // Mended elsewhere: the night is where it was.
    std::fs::write(&file, story("A green door, freshly painted.")).expect("written");
    pty.see("Reloaded; the game is where it was.");
    pty.keys("v");
    pty.see("it wants trust >= 2 (trust is 1)");
    pty.keys(":set trust = 2\r");
    pty.see("trust           2");
    pty.keys("v");
    pty.see("1  Sit.");
    // Broken: the faults are shown, the night waits behind them.
    std::fs::write(&file, story("A green door").replace("go: \"in\"", "go: \"inn\"")).expect("written");
    pty.see("unknown-scene");
    // A line that is set in stands where its caret points.
    std::fs::write(&file, "(\n  scenes: {\n          \"a\": (text: \"A.\", go: \"innn\"),\n  },\n)").expect("written");
    pty.until("the caret is below its place", |pty| {
        let lines: Vec<String> = pty.screen.screen().contents().lines().map(str::to_owned).collect();
        let column = |line: &str, what: &str| line.find(what).map(|at| line[..at].chars().count());
        let below = |pair: &[String]| column(&pair[0], "innn\"").is_some_and(|at| column(&pair[1], "^^^^") == Some(at));
        lines.windows(2).any(below)
    });
    std::fs::write(&file, story("A blue door, at last.")).expect("written");
    pty.see("Reloaded");
    pty.see("Sit.");
    pty.keys("h");
    pty.see("A blue door, at last.");
    // Deleted, or moved away and back: that is said, and the night goes on.
    for gone in [false, true] {
        let away = folder.path().join("away");
        if gone { std::fs::remove_file(&file) } else { std::fs::rename(&file, &away) }.expect("gone");
        pty.see("is gone: deleted, moved or renamed.");
        pty.keys("v");
        pty.see("WHAT IS REMEMBERED");
        if gone { std::fs::write(&file, story("A blue door again.")) } else { std::fs::rename(&away, &file) }
            .expect("back");
        pty.see("Reloaded; the game is where it was.");
    }
    pty.keys("e");
    pty.keys("q");
    pty.until("the end", |pty| {
        let _ = pty.writer.write_all(b"q");
        pty.child.try_wait().is_ok_and(|status| status.is_some())
    });
    assert!(pty.ended().success());
    pty.is_whole();
}

#[test]
fn the_map_is_read_and_searched_on_a_terminal() {
    let mut pty = Pty::start(&["map", "hold-the-line"], &[], 24, 100);
    pty.see("0-opening");
    pty.keys("/resolve\r");
    pty.see("Enter or ↓: next");
    pty.keys("\u{1b}");
    pty.until("the line closed", |pty| !pty.screen.screen().contents().contains("Find:"));
    pty.keys("q");
    assert!(pty.ended().success());
    pty.is_whole();
}

/// Whoever types the same line once more is asked whether the class goes on.
#[test]
fn a_class_that_is_open_is_offered_first() {
    let hallway = crate::support::Hallway::new();
    let line = ["class", "serve", "--groups", "2", "--port", "0"];
    // Nobody types anything here: it serves until it is killed.
    let mut command = hallway.command(&line);
    let mut child =
        command.stdin(std::process::Stdio::piped()).stdout(std::process::Stdio::piped()).spawn().expect("it starts");
    let mut said = String::new();
    let mut out = BufReader::new(child.stdout.take().expect("piped"));
    while !said.contains("type help") {
        assert!(out.read_line(&mut said).expect("words") > 0);
    }
    child.kill().expect("it ran");
    child.wait().expect("it has ended");
    let code = said.lines().find_map(|line| line.strip_prefix("Code:")).expect("a code").trim().to_owned();
    let mut pty = Pty::start_at(hallway.home, &line, &[], 40, 120);
    pty.see(&format!("A class is still open: 2 groups, room code {code}, last used just now."));
    pty.keys("\r");
    pty.see("This class goes on from what");
    pty.see(&code);
    pty.see("Press Enter for the console");
}

/// The class is seen as it stands: nobody presses a key, and the table changes with it. What is longer than there is room for has
/// the whole screen.
#[test]
fn a_teachers_console_is_live() {
    use crate::serve::support::Device;
    let mut pty = Pty::start(&["class", "serve", "--groups", "2", "--port", "0", "--turn", "300"], &[], 14, 80);
    pty.see("Press Enter for the console");
    let opening = String::from_utf8_lossy(&pty.bytes).into_owned();
    let after = |name: &str| {
        let line = opening.lines().find_map(|line| line.strip_prefix(name)).expect("it says so");
        line.trim().to_owned()
    };
    let (at, code) = (after("Address: http://").parse().expect("an address"), after("Code:"));
    pty.keys("\r");
    pty.see("Blue   not begun");
    pty.see(&format!("Code {code}"));
    let mut device = Device { at, cookie: None };
    let joined = device.post("/join", &serde_json::json!({ "code": code, "group": 0, "seat": "aide" }));
    assert_eq!(joined.status, 200, "{}", joined.body);
    pty.see("Blue: The aide has come in.");
    pty.keys("begin blue\r");
    pty.see("The story would play these seats");
    pty.keys("begin blue\r");
    pty.see("Began play in Blue.");
    pty.see("0:01");
    pty.see("0:02");
    // On few lines an answer has them all.
    pty.keys("help\r");
    pty.see("Space: more");
    pty.keys(" ");
    pty.see("end the lesson; games, seats and words are kept");
    pty.keys("\r");
    pty.until("the table again", |pty| pty.screen.screen().contents().contains("Began play in Blue."));
    pty.keys("\u{3}");
    pty.see("Press Ctrl-C again");
    pty.keys("quit\rquit\r");
    assert!(pty.ended().success());
    pty.is_whole();
    pty.see("The lesson is over.");
}

/// A lesson: nine people in three groups, each group at a terminal of its own, from the code read aloud to the groups
/// side by side. One group is left to silence once, gets the teacher's news and is stopped before its end.
#[test]
fn a_lesson_with_three_groups_of_three() {
    let hallway = crate::support::Hallway::new();
    let code = hallway.run(&["class", "code", "hold-the-line-class", "--seed", "31", "--turn", "30"], "");
    let code = code.out.trim().to_owned();
    let mut results = Vec::new();
    for (group, (rows, cols)) in [(20, 60), (24, 80), (40, 120)].into_iter().enumerate() {
        let mut pty = Pty::start(&["play", "--code", &code], &[], rows, cols);
        // What stands below the line with the clock, which changes by itself.
        let body = |pty: &Pty| pty.screen.screen().contents().lines().skip(1).collect::<Vec<_>>().join("\n");
        let (mut news, mut stopped) = (false, false);
        pty.see("nobody else is looking");
        for step in 0.. {
            let before = body(&pty);
            if before.contains("Talk about it") {
                break;
            }
            assert!(step < 100, "the night does not end:\n{before}");
            let curtain = before.contains("nobody else is looking");
            if group == 2 && step > 4 && !curtain && !news {
                pty.keys("t");
                pty.see("Break the news: What was said yesterday");
                pty.keys("6");
                pty.see("no mediator was needed.");
                news = true;
            } else if news && step > 9 && !curtain && !stopped {
                pty.keys("t");
                pty.see("Stop the game here");
                pty.keys("7");
                pty.see("Talk about it");
                stopped = true;
            } else {
                pty.keys(if curtain { "\r" } else { ["1", "2", "3"][(group + step) % 3] });
                // Not before the frame is whole.
                let whole = |pty: &Pty| pty.bytes.ends_with(b"\x1b[?2026l");
                pty.until("what comes of the key", |pty| whole(pty) && body(pty) != before);
            }
        }
        // The key before may have been the same one: a key of another kind between them tells that it is not held.
        pty.keys("\x1b[A");
        pty.keys("2");
        pty.see("1. What happened, and what did it feel like?");
        pty.keys("1");
        pty.see("2. One message, from mouth to ear");
        pty.keys("1");
        pty.see("THE CODES");
        let text = pty.screen.screen().contents().replace('\n', " ");
        let words: Vec<&str> = text.split_whitespace().collect();
        let at = words.windows(2).position(|pair| pair == ["·", "result"]).expect("a result code");
        results.push(words[at + 2].to_owned());
        pty.keys("1");
        pty.see("4. What is known?");
        pty.keys("qq");
        assert!(pty.ended().success());
        pty.is_whole();
    }
    let mut arguments = vec!["class", "compare", code.as_str()];
    arguments.extend(results.iter().map(String::as_str));
    let board = hallway.run(&arguments, "");
    assert_eq!(board.code, 0, "{}", board.err);
    assert!(board.out.contains("Group 3: Stopped here") && board.out.contains("Where they parted"), "{}", board.out);
    arguments[1] = "export";
    let table = hallway.run(&arguments, "").out;
    assert!(table.lines().count() > 30, "{table}");
}

/// One cell, three hundred columns, and every size between them, faster than anybody could drag a window, while keys
/// are pressed: the program draws what fits, and gives the terminal back.
#[test]
fn a_storm_of_sizes_leaves_everything_whole() {
    let mut pty = title();
    pty.keys("1");
    pty.see("Which seat?");
    pty.keys("1");
    pty.see("The corridor");
    for round in 0..60_u16 {
        let (rows, cols) = [(1, 1), (1, 300), (100, 1), (12, 40), (5, 24), (60, 200)][usize::from(round % 6)];
        let size = PtySize { rows, cols, pixel_width: 0, pixel_height: 0 };
        pty.master.resize(size).expect("resized");
        pty.keys(["1", "h", "\u{1b}", " ", "u", "2"][usize::from(round / 6 % 6)]);
        pty.poll();
    }
    pty.master.resize(PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 }).expect("resized");
    pty.screen.screen_mut().set_size(24, 80);
    // Whatever is open is closed, one after the other.
    pty.until("nothing is open", |pty| {
        let _ = pty.writer.write_all(b"\x1b");
        pty.screen.screen().contents().contains("Press q to leave")
    });
    // A letter right behind an escape would be another key; so it is pressed until it is heard.
    pty.until("the end", |pty| {
        let _ = pty.writer.write_all(b"q");
        pty.child.try_wait().is_ok_and(|status| status.is_some())
    });
    assert!(pty.ended().success());
    pty.is_whole();
}

/// The editor has the terminal as it was, and the program has it again afterwards.
#[test]
fn an_editor_is_lent_the_terminal_and_gives_it_back() {
    let home = tempfile::tempdir().expect("a folder");
    let story = home.path().join("one.ron");
    std::fs::write(
        &story,
        r#"(scenes: { "a": (text: "A door.", choices: [(say: "Knock.", go: "b"), (say: "Go.", go: "b")]), "b": (text: "Nobody.", end: "e") })"#,
    )
    .expect("written");
    let notes = home.path().join("stty");
    let editor = home.path().join("my vi");
    let script =
        format!("#!/bin/sh\n(stty -g; for word; do echo \"$word\"; done) > '{}'\necho >> '{0}'\n", notes.display());
    std::fs::write(&editor, script).expect("written");
    assert!(Command::new("chmod").arg("+x").arg(&editor).status().expect("chmod runs").success());
    // A command with arguments of its own, quoted as in a shell.
    let (story, editor) = (story.display().to_string(), format!("'{}' \"two words\" -w", editor.display()));
    let mut pty = Pty::start(&["watch", &story], &[("EDITOR", &editor), ("VISUAL", "")], 24, 80);
    pty.see("A door.");
    pty.keys("e");
    pty.until("the editor", |_| std::fs::read_to_string(&notes).is_ok_and(|text| text.ends_with("\n\n")));
    let notes = std::fs::read_to_string(&notes).expect("there");
    // An editor that nobody knows is not told a line it may take for a file.
    assert_eq!(notes.trim().lines().collect::<Vec<_>>(), [pty.before.trim(), "two words", "-w", story.as_str()]);
    pty.until("the alternate screen", |pty| pty.screen.screen().alternate_screen());
    pty.see("A door.");
    pty.keys("q");
    assert!(pty.ended().success());
    pty.is_whole();
}

/// An editor that is stopped is stopped with us, or the shell would not come back; and what the keyboard tells the editor
/// is not for us.
#[cfg(target_os = "linux")]
#[test]
fn an_editor_can_be_stopped_and_interrupted() {
    let home = tempfile::tempdir().expect("a folder");
    let (story, editor, done) = (home.path().join("one.ron"), home.path().join("editor"), home.path().join("done"));
    std::fs::write(
        &story,
        r#"(scenes: { "a": (text: "A door.", choices: [(say: "Knock.", go: "b"), (say: "Go.", go: "b")]), "b": (text: "Nobody.", end: "e") })"#,
    )
    .expect("written");
    let script =
        format!("#!/bin/sh\ntrap '' INT QUIT\nkill -INT 0\nkill -QUIT 0\nkill -STOP $$\necho > '{}'\n", done.display());
    std::fs::write(&editor, script).expect("written");
    assert!(Command::new("chmod").arg("+x").arg(&editor).status().expect("chmod runs").success());
    let (story, editor) = (story.display().to_string(), editor.display().to_string());
    let mut pty = Pty::start(&["watch", &story], &[("EDITOR", &editor), ("VISUAL", "")], 24, 80);
    pty.see("A door.");
    pty.keys("e");
    pty.until("stopped", |pty| pty.state() == 'T');
    pty.until("the main screen", |pty| !pty.screen.screen().alternate_screen());
    pty.is_whole();
    // As a shell does it: the whole group.
    let group = format!("-{}", pty.child.process_id().expect("a process"));
    assert!(Command::new("kill").args(["-CONT", "--", &group]).status().expect("kill runs").success());
    pty.until("the editor's end", |_| done.exists());
    pty.until("the alternate screen", |pty| pty.screen.screen().alternate_screen());
    pty.see("A door.");
    pty.keys("q");
    assert!(pty.ended().success());
    pty.is_whole();
}

/// A save of a story that has changed: everything there is to say of it is said, and what was set aside is named. One that
/// cannot be taken up is not played on without being kept.
#[test]
fn all_that_a_save_has_to_tell_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |name: &str| folder.path().join(name).display().to_string();
    let text = |last: &str| {
        format!(
            r#"(title: "T", vars: {{ "n": (min: 0, max: 3, start: {}) }}, scenes: {{
              "a": (text: "One.", choices: [(say: "Left.", do: ["n +1"], go: "b"), (say: "Right.", go: "b")]),
              "b": (text: "Two.", choices: [(say: "Stay.", go: "c"), {last}]),
              "c": (text: "{{if n > 1: Three. | Four.}}", end: "E") }})"#,
            u8::from(last.contains("Off"))
        )
    };
    let (story, save) = (at("story.ron"), at("a.night"));
    std::fs::write(&story, text(r#"(say: "Off.", go: "c")"#)).expect("written");
    let play = ["play", story.as_str(), "--save", save.as_str()];
    let mut pty = Pty::start(&play, &[], 24, 100);
    pty.see("A new game");
    pty.keys("1");
    pty.see("One.");
    pty.keys("2");
    pty.see("Two.");
    pty.keys("\u{1b}[B\r");
    pty.see("Four.");
    pty.keys("q");
    pty.ended();
    let old = std::fs::read(&save).expect("read");
    std::fs::write(&story, text(r#"(say: "Gone on.", go: "c")"#)).expect("written");
    let mut pty = Pty::start(&play, &[], 24, 100);
    pty.see("from decision 1 on");
    pty.see("no longer fits");
    pty.see("a.night.aside-1");
    pty.keys("\x1b");
    pty.see("Gone on.");
    pty.keys("q");
    pty.ended();
    pty.is_whole();
    assert_eq!(std::fs::read(at("a.night.aside-1")).expect("kept"), old);
    std::fs::write(&save, "no night\n").expect("written");
    let mut pty = Pty::start(&play, &[], 24, 100);
    assert_eq!(pty.ended().exit_code(), 2);
    pty.see("is not a hallway save");
    pty.is_whole();
}

/// A night played on from a decision of one with a save of its own name is kept beside that.
#[test]
fn a_fork_of_a_named_save_is_kept_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let save = folder.path().join("mine.night").display().to_string();
    for round in ["begun", "taken up"] {
        let mut pty = Pty::start(&["play", "--role", "aide", "--seed", "7", "--save", &save], &[], 24, 80);
        pty.see("1  ");
        let before = pty.screen.screen().contents();
        pty.keys("1");
        pty.until("the next page", |pty| {
            pty.bytes.ends_with(b"\x1b[?2026l") && pty.screen.screen().contents() != before
        });
        pty.keys("f");
        pty.see("This game, decision by decision");
        pty.keys("1");
        pty.see("the other one stays as it was");
        pty.keys("q");
        assert!(pty.ended().success(), "{round}");
        pty.see("To continue: hallway play --save");
    }
    let mut files: Vec<String> = std::fs::read_dir(folder.path())
        .expect("read")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    files.sort();
    assert_eq!(files, ["mine-2.night", "mine-3.night", "mine.night"]);
}

/// Some other program has asked the terminal something, and the answer comes to us: nothing is decided by it.
#[test]
fn answers_of_the_terminal_decide_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let save = folder.path().join("one.night");
    let name = save.display().to_string();
    let mut pty = Pty::start(&["play", "--seed", "7", "--role", "macron", "--save", &name], &[], 24, 80);
    pty.see("THE DAY SO FAR");
    let lines = || std::fs::read_to_string(&save).expect("kept").lines().count();
    let before = lines();
    for answer in [
        "\u{1b}]11;rgb:1111/2222/3333\u{1b}\\",
        "\u{1b}]10;rgb:1111/2222/3333\u{7}",
        "\u{1b}]52;c;MTIzNG5x\u{7}",
        "\u{1b}[>41;379;0c",
        "\u{1b}[?64;1;2;6c",
        "\u{1b}P>|XTerm(379)\u{1b}\\",
        "\u{1b}[12;40R",
    ] {
        pty.keys(answer);
    }
    // What is typed after them is read after them.
    pty.keys("?");
    pty.see("KEYS");
    assert_eq!(lines(), before);
    pty.keys("qq");
    assert!(pty.ended().success());
    pty.is_whole();
}

/// The theme is light or dark as the terminal is, and its own where the terminal says nothing.
#[test]
fn the_theme_follows_the_background() {
    let ground = |pty: &Pty| pty.screen.screen().cell(0, 0).map(vt100::Cell::bgcolor);
    for (answer, colour) in [
        (Some("\u{1b}]11;rgb:ffff/ffff/ffff\u{1b}\\"), vt100::Color::Idx(255)),
        (Some("\u{1b}]11;rgb:1111/1111/1111\u{7}"), vt100::Color::Idx(234)),
        (None, vt100::Color::Default),
    ] {
        let mut pty = title();
        let asked = b"\x1b]11;?";
        pty.until("the question", |pty| pty.bytes.windows(asked.len()).any(|window| window == asked));
        if let Some(answer) = answer {
            pty.keys(answer);
        }
        pty.until("the background", |pty| ground(pty) == Some(colour));
        pty.see("A new ");
        // An answer that comes late is not left for the shell.
        pty.keys("q");
        assert!(pty.ended().success());
        pty.is_whole();
    }
    // Where there is nothing to choose between, nothing is asked.
    for environment in [("NO_COLOR", "1"), ("TERM", "linux"), ("TERM", "vt100")] {
        let mut pty = Pty::start(&["play", "--seed", "7"], &[environment, ("COLORTERM", "")], 24, 80);
        pty.see("A new ");
        pty.keys("q");
        assert!(pty.ended().success());
        assert!(!String::from_utf8_lossy(&pty.bytes).contains("]11;"), "{environment:?}");
    }
}

/// A key held down, or a cat on the keyboard.
#[test]
fn a_burst_of_keys_decides_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let save = folder.path().join("one.night");
    let name = save.display().to_string();
    let mut pty = Pty::start(&["play", "--seed", "7", "--role", "macron", "--save", &name], &[], 24, 80);
    pty.see("THE DAY SO FAR");
    pty.keys(&format!("{}?", "\r".repeat(30)));
    pty.see("KEYS");
    // The head, and one decision.
    assert_eq!(std::fs::read_to_string(&save).expect("kept").lines().count(), 2);
    pty.keys("qq");
    assert!(pty.ended().success());
}

/// Where there is no second screen to change to, what the shell wrote is still there: it is cleared.
#[test]
fn the_screen_is_cleared_before_the_first_frame_and_on_request() {
    let mut pty = title();
    let clear = b"\x1b[2J";
    let cleared = |pty: &Pty| pty.bytes.windows(clear.len()).filter(|window| window == clear).count();
    assert!(cleared(&pty) >= 1);
    let before = cleared(&pty);
    pty.keys("\u{c}");
    pty.until("the screen cleared", |pty| cleared(pty) > before);
    pty.see("A new game");
    pty.keys("q");
    assert!(pty.ended().success());
    pty.is_whole();
}

/// A serial line does not say how large the window at its other end is.
#[test]
fn a_terminal_that_does_not_say_its_size_is_taken_for_80_by_24() {
    let mut pty = Pty::start(&["play", "--seed", "7"], &[], 0, 0);
    pty.screen.screen_mut().set_size(24, 80);
    pty.see("A new game");
    pty.keys("q");
    assert!(pty.ended().success());
    pty.is_whole();
}
