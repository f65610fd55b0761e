use std::rc::Rc;

use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::teach::{Crossing, Debrief, Fork, SheetEnd, TrailEntry, TurningPoints};
use crate::text::{upper_first, width};
use crate::tui::app::{App, Screen};
use crate::tui::content::{ScreenContent, text_layout};
use crate::tui::menu::{MenuAction, MenuItem};
use crate::tui::prose::TextLayout;
use crate::view::{Action, known_heading, strings};

/// What there is to say of the session on screen, once it is over.
pub(super) fn looked_back(app: &App<'_>) -> Option<Rc<Debrief>> {
    app.finished().map(|session| app.debrief.on(session, app.seat()))
}

/// To the decisions that would have ended it otherwise, and to what is known: few items, so that there is room to read.
pub(in crate::tui) fn menu(app: &App<'_>) -> Vec<MenuItem> {
    let Some(debrief) = looked_back(app) else { return Vec::new() };
    let mut out: Vec<MenuItem> = Vec::new();
    if debrief.turns.forks().next().is_some() {
        out.push(MenuItem::new(out.len() + 1, strings::FORKS_TO, MenuAction::Open(Screen::OtherEndings)));
    }
    if debrief.has_record() {
        out.push(MenuItem::new(out.len() + 1, known_heading(app.story), MenuAction::Open(Screen::Known)));
    }
    out.push(MenuItem::new(out.len() + 1, strings::BACK_TO_GAME, MenuAction::Close));
    out
}

/// Each decision that would have changed the session, to play on from it.
pub(in crate::tui) fn other_endings_menu(app: &App<'_>) -> Vec<MenuItem> {
    let Some(debrief) = looked_back(app) else { return Vec::new() };
    let item = |(at, (fork, ending)): (usize, (&Fork, Option<&str>))| match ending {
        Some(title) => {
            let words = strings::fill(strings::FORK_TO, &[("title", &title)]);
            MenuItem::new(at, words, MenuAction::Fork(fork.input)).note(upper_first(&fork.decision))
        }
        None => MenuItem::new(at, upper_first(&fork.decision), MenuAction::Fork(fork.input)),
    };
    (1..).zip(debrief.turns.forks()).map(item).collect()
}

pub(in crate::tui) fn other_endings(app: &App<'_>) -> ScreenContent {
    let body = text_layout(app).plain(strings::FORKS_EXPLAINED, app.theme.quiet);
    ScreenContent::list((strings::FORKS_TO, String::new()), body, other_endings_menu(app))
}

/// The session: how it ended, what turned it, what became of each message.
pub(in crate::tui) fn content(app: &App<'_>) -> ScreenContent {
    let text_layout = text_layout(app);
    let theme = app.theme;
    let mut body = Vec::new();
    if let Some(debrief) = looked_back(app) {
        if let Some(ending) = &debrief.ending {
            body.push(Line::styled(ending.title.to_uppercase(), theme.accent));
            body.extend(text_layout.prose(&ending.because, theme.text));
        }
        for held in &debrief.held {
            body.extend(text_layout.plain(held, theme.text));
        }
        section(&mut body, text_layout, strings::STOOD, &debrief.stood);
        turned(&mut body, text_layout, &debrief.turns);
        if debrief.has_trail() {
            heading(&mut body, text_layout, strings::MEANT_AND_HEARD);
        }
        for (at, entry) in debrief.entries().enumerate() {
            if at > 0 {
                body.push(Line::default());
            }
            match entry {
                TrailEntry::Message(crossing) => body.extend(crossed(text_layout, crossing)),
                TrailEntry::Note(note) => body.extend(text_layout.plain(&note.line(), theme.text)),
            }
        }
        for sheet in &debrief.sheets {
            ended(&mut body, text_layout, sheet);
        }
    }
    ScreenContent {
        header: (vec![title(app).to_owned()], String::new()),
        body: body.into(),
        question: Vec::new(),
        menu: menu(app),
        panel: Vec::new(),
        keys: vec![Action::Choose, Action::ScrollDown, Action::ScrollUp, Action::Back, Action::Help],
        centred: false,
    }
}

/// What it is called: a story without messages has nothing that was meant and heard.
pub(super) fn title(app: &App<'_>) -> &'static str {
    if app.story.messages.is_empty() { strings::AFTERWARDS } else { strings::TRAIL }
}

/// Whether there is anything in it.
pub(super) fn is_offered(app: &App<'_>) -> bool {
    let story = app.story;
    let ending = app.finished().and_then(|session| session.ending()).map(|id| &story.endings[id.index()]);
    let lists =
        [story.messages.len(), story.chronicle.len(), story.hypotheses.len(), story.facts.len(), story.questions.len()];
    ending.is_some_and(|ending| !ending.because.is_empty() || !ending.note.is_empty())
        || lists.iter().any(|length| *length > 0)
}

pub(super) fn heading(body: &mut Vec<Line<'static>>, text_layout: TextLayout<'_>, words: &str) {
    body.push(Line::default());
    body.extend(text_layout.plain(&words.to_uppercase(), text_layout.theme.accent));
}

/// What turned it, and what would have led elsewhere.
fn turned(body: &mut Vec<Line<'static>>, text_layout: TextLayout<'_>, turns: &TurningPoints) {
    let theme = text_layout.theme;
    heading(body, text_layout, strings::TURNED);
    body.extend(text_layout.plain(turns.how(), theme.quiet));
    for turned in &turns.turned {
        body.extend(text_layout.hanging("▸ ", &turned.happened, theme.strong));
        for alternative in &turned.alternatives {
            body.extend(text_layout.hanging("  ", &alternative.told, theme.text));
        }
    }
    if turns.endings.is_empty() && turns.has_other_ending() {
        return;
    }
    heading(body, text_layout, strings::OTHERWISE);
    if turns.endings.is_empty() {
        body.extend(text_layout.plain(turns.no_other_ending(), theme.quiet));
    }
    for ending in &turns.endings {
        body.extend(text_layout.hanging("▸ ", &ending.headline(), theme.strong));
        body.extend(text_layout.hanging("  ", &ending.takes(), theme.text));
    }
}

pub(super) fn section(body: &mut Vec<Line<'static>>, text_layout: TextLayout<'_>, title: &str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    heading(body, text_layout, title);
    for line in lines {
        body.extend(text_layout.hanging("·  ", line, text_layout.theme.text));
    }
}

/// A message's way: both sentences, the words that were changed underlined in each, and what the difference is.
pub(super) fn crossed(text_layout: TextLayout<'_>, crossing: &Crossing) -> Vec<Line<'static>> {
    let theme = text_layout.theme;
    let mut out = text_layout.plain(&crossing.sent, theme.quiet);
    let heard = !crossing.heard.is_empty() && !crossing.is_unchanged();
    if heard {
        out.extend(marked(text_layout, "meant    ", &crossing.meant_marked()));
    } else {
        out.extend(text_layout.hanging("meant    ", &crossing.meant, theme.text));
    }
    if heard {
        out.extend(marked(text_layout, "heard    ", &crossing.heard_marked()));
    }
    out.extend(text_layout.hanging("         ", &crossing.sentences(), theme.quiet));
    out
}

/// Words behind a label, some of them underlined.
fn marked(text_layout: TextLayout<'_>, label: &'static str, stretches: &[(String, bool)]) -> Vec<Line<'static>> {
    let theme = text_layout.theme;
    let room = text_layout.columns.saturating_sub(width(label)).max(1);
    let mut lines: Vec<Vec<Span<'static>>> = vec![vec![Span::styled(label, theme.accent)]];
    let mut used = 0;
    let words = stretches.iter().flat_map(|(text, marked)| text.split(' ').map(|word| (word, *marked)));
    let mut before = false;
    for (word, marked) in words {
        let cells = width(word);
        let style = |marked: bool| -> Style {
            if marked { theme.strong.add_modifier(Modifier::UNDERLINED) } else { theme.text }
        };
        if used > 0 && used + 1 + cells > room {
            lines.push(vec![Span::raw(" ".repeat(width(label)))]);
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            if used > 0 {
                // One stroke under words that belong together.
                line.push(Span::styled(" ", style(marked && before)));
                used += 1;
            }
            line.push(Span::styled(word.to_owned(), style(marked)));
        }
        used += cells;
        before = marked;
    }
    lines.into_iter().map(Line::from).collect()
}

/// A sheet as it ended, and through whose hands it went.
fn ended(body: &mut Vec<Line<'static>>, text_layout: TextLayout<'_>, sheet: &SheetEnd) {
    let theme = text_layout.theme;
    heading(body, text_layout, &strings::fill(strings::SHEET_ENDED, &[("name", &sheet.name)]));
    for (text, struck) in &sheet.lines {
        match struck {
            Some(name) => {
                let words = strings::fill(strings::STRUCK_BY, &[("text", text), ("name", name)]);
                body.extend(text_layout.hanging("·  ", &words, theme.quiet));
            }
            None => body.extend(text_layout.hanging("·  ", text, theme.text)),
        }
    }
    for hand in &sheet.hands {
        body.extend(text_layout.hanging("   ", hand, theme.quiet));
    }
}
