//! The drawn face shows what the engine says.

use std::time::Duration;

use hallway::engine::Input;
use hallway::play::Game;
use hallway::record::{Settings, Waiting};
use hallway::story::Story;
use hallway::text::{paragraphs, plain};
use hallway::tui::{App, AppEvent, AppStart, Display, draw};
use hallway::view::{Key, strings};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

use super::playing::Playing;
use super::reading::{Line, Reading};
use super::squeezed;

/// Too narrow for the panel at the side and for the parts of a pass beside each other; so high that nothing is scrolled.
const SIZE: (u16, u16) = (68, 120);

/// What the drawn face shows otherwise.
pub fn compare(playing: &Playing<'_>) -> Option<String> {
    let settings = Settings { motion: false, ..Settings::default() };
    let start = AppStart { seed: Some(playing.seed), fresh_seed: || 0, ..AppStart::of(playing.story) };
    let (mut app, _) = App::new(start, Display { settings, ..Display::default() }, Vec::new());
    app.update(AppEvent::Resize(SIZE.0, SIZE.1));
    app.show(Game::of(playing.begin()));
    let mut terminal = Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).expect("a test terminal");
    for (at, page) in playing.whole_pages().iter().enumerate() {
        terminal.draw(|frame| draw(&app, frame)).expect("drawn");
        let screen = Screen::of(&terminal);
        let wanted = Wanted::of(page);
        if !wanted.is_on(&screen) {
            return Some(format!(
                "{}: the drawn face shows otherwise:\nhead: {:?}\nbody: {:?}\nmenu: {:?}\nis wanted on\n{}",
                playing.name,
                wanted.head,
                wanted.body,
                wanted.menu,
                screen.rows.join("\n")
            ));
        }
        let Some(input) = playing.inputs.get(at) else { break };
        take(&mut app, page, *input);
    }
    None
}

/// Does what a person at the keyboard does for an input.
fn take(app: &mut App<'_>, page: &Reading, input: Input) {
    match input {
        Input::Decide(_, pick) => {
            let session = app.session().cloned().expect("a session");
            for number in page.numbers(&session, pick) {
                type_number(app, number);
            }
        }
        Input::Silence(_) => {
            app.class.seconds = 60;
            app.update(AppEvent::Tick(Duration::from_secs(1000)));
            app.class.seconds = 0;
        }
        Input::Inject(news) => {
            let name = app.story.injects[usize::from(news)].name.clone();
            at_the_desk(app, &strings::fill(strings::DESK_NEWS, &[("name", &name)]));
        }
        Input::Freeze => at_the_desk(app, strings::DESK_STOP),
        Input::Set(..) => {
            app.display.settings.waiting = Waiting::Strict;
            app.update(AppEvent::Tick(Duration::from_secs(61)));
            app.display.settings.waiting = Waiting::Off;
        }
        Input::Force(..) | Input::Jump(_) | Input::TakeOver(_) | Input::HandBack(_) => {}
    }
    app.notice = None;
}

/// Types a number; one that could be the beginning of a longer one is ended by Enter.
fn type_number(app: &mut App<'_>, number: usize) {
    let most = app.menu().iter().filter_map(|item| item.number).max().unwrap_or(0);
    for digit in number.to_string().chars() {
        key(app, &digit.to_string());
    }
    if (1..10).contains(&number) && 10 * number <= most {
        key(app, "enter");
    }
}

fn at_the_desk(app: &mut App<'_>, words: &str) {
    key(app, "t");
    let number = app.menu().iter().find(|item| item.words == words).and_then(|item| item.number);
    key(app, &number.expect("at the desk").to_string());
}

fn key(app: &mut App<'_>, name: &str) {
    app.update(AppEvent::Key(Key::parse(name).expect("a key")));
}

/// A screen in its parts.
struct Screen {
    rows: Vec<String>,
}

impl Screen {
    fn of(terminal: &Terminal<TestBackend>) -> Self {
        let buffer = terminal.backend().buffer();
        let row = |y: u16| (0..SIZE.0).map(|x| buffer[(x, y)].symbol().to_owned()).collect::<String>();
        let rows: Vec<String> = (0..SIZE.1).map(|y| row(y).trim_end().to_owned()).collect();
        // What is drawn stands in the middle of a screen that is higher.
        let above = rows.iter().take_while(|row| row.is_empty()).count();
        let below = rows[above..].iter().rev().take_while(|row| row.is_empty()).count();
        Self { rows: rows[above..rows.len() - below].to_vec() }
    }

    fn head(&self) -> String {
        squeezed(&self.rows[0])
    }

    /// The page and the menu below it.
    fn parts(&self) -> (String, String) {
        let rows = &self.rows[1..self.rows.len() - 1];
        let rule = rows.iter().rposition(|row| row.trim().chars().count() > 40 && row.trim().chars().all(|c| c == '─'));
        let (page, menu) = rows.split_at(rule.unwrap_or(rows.len()));
        // Where a message has come from is the program's to say, not the story's.
        let page: Vec<&str> = page.iter().map(|row| row.trim()).filter(|row| !row.starts_with('▸')).collect();
        (squeezed(&page.join(" ")), squeezed(&menu.iter().skip(1).map(String::as_str).collect::<Vec<_>>().join(" ")))
    }
}

/// What has to be on a screen.
struct Wanted {
    /// Each somewhere in the first line.
    head: Vec<String>,
    body: String,
    /// `None` where the story is over and the menu is the program's.
    menu: Option<String>,
}

impl Wanted {
    fn of(page: &Reading) -> Self {
        let (mut head, mut body, mut menu) = (Vec::new(), Vec::new(), Vec::new());
        let sheet = page.0.iter().find_map(|line| match line {
            Line::Sheet(_, lines, _) => Some(lines),
            _ => None,
        });
        let mut over = false;
        let mut noted = false;
        let mut marked = 0;
        for line in &page.0 {
            match line {
                Line::Part(words) => body.push(words.to_uppercase()),
                Line::Prose(words) => body.push(prose(words)),
                // Place and clock as they are; a status with its dots between name and word.
                Line::Status(parts) => {
                    head.extend(parts.iter().map(|part| part.rsplit(": ").next().unwrap_or(part).to_owned()));
                }
                Line::Sheet(name, _, left) => menu.push(match left {
                    0 => format!("{name}. No marks left."),
                    1 => format!("{name}. Choose a line to strike it, or to restore it; {}.", strings::ONE_MARK),
                    left => format!("{name}. Choose a line to strike it, or to restore it; {left} marks left."),
                }),
                Line::Open(..) | Line::Locked(..) if sheet.is_some_and(|lines| marked < lines.len()) => {
                    // The sheet is the menu: each line as it stands.
                    let (text, struck) = &sheet.expect("a sheet")[marked];
                    let text = if *struck { strings::fill(strings::STRUCK, &[("text", text)]) } else { text.clone() };
                    menu.push(match line {
                        Line::Open(number, ..) => format!("{number} {text}"),
                        _ => format!("– {text}"),
                    });
                    marked += 1;
                }
                Line::Open(number, words, note, _) => {
                    menu.push(format!("{number} {words}"));
                    // Only what is under the cursor shows what it would carry.
                    menu.extend((!noted).then(|| note.clone()));
                    noted = true;
                }
                Line::Locked(words, why, _) => menu.push(format!("– {words} {why}")),
                Line::Facet(..) => {}
                Line::End(_) => over = true,
                Line::Stuck => {
                    body.push(strings::NO_WAY_ON.to_owned());
                    over = true;
                }
            }
        }
        Self { head, body: squeezed(&body.join(" ")), menu: (!over).then(|| squeezed(&menu.join(" "))) }
    }

    fn is_on(&self, screen: &Screen) -> bool {
        let (page, menu) = screen.parts();
        let head = screen.head();
        let under = self.menu.as_ref().is_none_or(|wanted| *wanted == menu);
        // Above the words of an ending stand its title and its reason, which the case says by themselves.
        let told = if self.menu.is_none() { page.ends_with(&self.body) } else { page == self.body };
        told && under && self.head.iter().all(|part| head.contains(part.as_str()))
    }
}

/// A paragraph as it is drawn: what is set off stands behind a bar.
fn prose(words: &str) -> String {
    let note = paragraphs(words).iter().any(|paragraph| paragraph.kind == hallway::text::ParagraphKind::Note);
    if note { format!("│ {}", plain(words)) } else { plain(words) }
}

/// What is read before anything is played, on the first screens; `None` where all of it is there.
pub fn door(story: &Story) -> Option<String> {
    let start = AppStart { fresh_seed: || 0, ..AppStart::of(story) };
    let settings = Settings { motion: false, ..Settings::default() };
    let (mut app, _) = App::new(start, Display { settings, ..Display::default() }, Vec::new());
    app.update(AppEvent::Resize(SIZE.0, SIZE.1));
    let mut terminal = Terminal::new(TestBackend::new(SIZE.0, SIZE.1)).expect("a test terminal");
    let mut shown = String::new();
    let mut look = |app: &App<'_>| {
        terminal.draw(|frame| draw(app, frame)).expect("drawn");
        shown.push_str(&squeezed(&Screen::of(&terminal).rows.join(" ")));
    };
    look(&app);
    if story.seats.len() > 1 {
        key(&mut app, "1");
        for _ in &story.seats {
            look(&app);
            key(&mut app, "down");
        }
    }
    // A title is set in wide letters.
    let title = squeezed(&story.title.to_uppercase().chars().map(String::from).collect::<Vec<_>>().join(" "));
    let shown = shown.replacen(&title, &story.title, 1);
    let mut wanted = vec![&story.title, &story.by, &story.about, &story.notice];
    // Where there is one seat it is taken without being asked for, and only its briefing is read.
    if let [seat] = story.seats.as_slice() {
        wanted.push(&seat.brief);
    } else {
        wanted.extend(story.seats.iter().flat_map(|seat| [&seat.name, &seat.place, &seat.counts, &seat.brief]));
    }
    wanted
        .into_iter()
        .find(|words| !shown.contains(&plain(words)))
        .map(|words| format!("“{words}” is on no first screen"))
}
