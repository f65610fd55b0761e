use ratatui::text::{Line, Span};

use super::lower_the;
use crate::engine::{BlockKind, Holder, Pick, Stage};
use crate::play::Game;
use crate::record::result_code;
use crate::story::{Seat, SeatId};
use crate::text;
use crate::tui::app::{App, Screen};
use crate::tui::content::{ScreenContent, column, text_layout};
use crate::tui::layout::PROSE_PANEL;
use crate::tui::menu::{MenuAction, MenuItem};
use crate::view::Action;
use crate::view::{Ask, OfferAction, Page, StatusLine, Turn, departed, entries, strings};

pub(in crate::tui) fn menu(app: &App<'_>) -> Vec<MenuItem> {
    let Some(page) = app.page() else { return Vec::new() };
    match (page.ask(), page.turn()) {
        (Some(ask), _) => asked(app, ask),
        (None, Turn::Over) => after(app),
        (None, _) => vec![MenuItem::new(1, strings::BACK_TO_TITLE, MenuAction::Title)],
    }
}

fn asked(app: &App<'_>, ask: &Ask) -> Vec<MenuItem> {
    if let Some(compose) = &app.compose
        && let Some(facet) = ask.facets.get(compose.answers.len())
    {
        let item = |(at, option): (usize, &crate::view::FacetOption)| {
            MenuItem::new(at + 1, option.words, MenuAction::Answer(at)).note(option.note.clone())
        };
        return facet.options.iter().enumerate().map(item).collect();
    }
    let mut number = 0;
    let mut out: Vec<MenuItem> = Vec::new();
    for offer in ask.offers() {
        let action = match offer.take {
            OfferAction::Pick(pick) => MenuAction::Pick(pick),
            OfferAction::Compose(message) => MenuAction::Compose(message),
        };
        if let (Some(sheet), OfferAction::Pick(Pick::Line(line))) = (&ask.sheet, offer.take) {
            // The sheet itself is the menu: each line as it stands, not what would be done to it.
            let (text, struck) = sheet.lines.get(usize::from(line)).cloned().unwrap_or_default();
            let words = if struck { strings::fill(strings::STRUCK, &[("text", &text)]) } else { text.to_owned() };
            number += usize::from(offer.open);
            out.push(MenuItem { number: offer.open.then_some(number), words, note: String::new(), action });
            continue;
        }
        if offer.open {
            number += 1;
            out.push(MenuItem::new(number, offer.words(), action).note(offer.beside()));
        } else {
            let why = offer.why().unwrap_or_default();
            let words = if why.is_empty() { offer.words().to_string() } else { format!("{} {why}", offer.words()) };
            out.push(MenuItem { number: None, words, note: String::new(), action: MenuAction::Nothing });
        }
    }
    if let Some(standing) = ask.standing()
        && let OfferAction::Pick(pick) = standing.take
    {
        out.push(MenuItem::new(0, standing.words(), MenuAction::Pick(pick)));
    }
    out
}

/// What can be done with a session that has ended.
fn after(app: &App<'_>) -> Vec<MenuItem> {
    let mut out = Vec::new();
    if super::debrief::is_offered(app) {
        out.push(MenuItem::new(1, super::debrief::title(app), MenuAction::Open(Screen::Debrief)));
    }
    if super::guided_debrief::is_offered(app) {
        let item = MenuItem::new(out.len() + 1, strings::IN_FOUR_STEPS, MenuAction::Open(super::guided_debrief::FIRST));
        out.push(item.note(strings::IN_FOUR_STEPS_NOTE));
    }
    if let Some((first, _)) = others(app).first() {
        out.push(MenuItem::new(out.len() + 1, strings::OTHER_SIDE, MenuAction::Open(Screen::OtherSide(*first))));
    }
    let again = play_again_menu(app);
    if again.len() > 2 {
        out.push(MenuItem::new(out.len() + 1, strings::PLAY_AGAIN, MenuAction::Open(Screen::PlayAgain)));
    } else {
        let begun = out.len();
        out.extend(again.into_iter().enumerate().map(|(at, item)| MenuItem { number: Some(begun + at + 1), ..item }));
    }
    if app.finished().is_some_and(|session| result_code(session).is_some()) {
        out.push(MenuItem::new(out.len() + 1, strings::THE_CODE, MenuAction::Code).note(strings::CODE_NOTE));
    }
    out.push(MenuItem::new(out.len() + 1, strings::BACK_TO_TITLE, MenuAction::Title));
    out
}

/// The seats besides the one that was played.
fn others<'s>(app: &App<'s>) -> Vec<(SeatId, &'s Seat)> {
    let others = app.story.seats.iter().enumerate().filter(|(at, _)| *at != app.seat().index());
    others.map(|(at, seat)| (SeatId::new(at), seat)).collect()
}

/// The ways to play on from a game that has ended.
pub(in crate::tui) fn play_again_menu(app: &App<'_>) -> Vec<MenuItem> {
    let mut out = Vec::new();
    for (id, seat) in others(app) {
        let held = matches!(app.finished().map(|session| &session.holders()[id.index()]), Some(Holder::Log(_)));
        let mine = if held { strings::HELD_ONCE } else { "" };
        let words = format!("The same game again, from {}{mine}", lower_the(seat.label()));
        out.push(MenuItem::new(out.len() + 1, words, MenuAction::SameGame(id)).note(strings::OWN_DECISIONS_HOLD));
    }
    let forks = MenuItem::new(out.len() + 1, strings::AGAIN_FROM_DECISION, MenuAction::Open(Screen::Forks));
    out.push(forks.note(strings::AGAIN_EXPLAINED));
    out.push(MenuItem::new(out.len() + 1, strings::NEW_GAME, MenuAction::NewGame));
    out
}

pub(in crate::tui) fn play_again(app: &App<'_>) -> ScreenContent {
    let body = text_layout(app).plain(strings::PLAY_AGAIN_BODY, app.theme.text);
    ScreenContent::list((strings::PLAY_AGAIN, String::new()), body, play_again_menu(app))
}

pub(in crate::tui) fn content(app: &App<'_>) -> ScreenContent {
    let text_layout = text_layout(app);
    let theme = app.theme;
    let Some(page) = app.page() else {
        return ScreenContent {
            header: (Vec::new(), String::new()),
            body: Vec::new().into(),
            question: Vec::new(),
            menu: Vec::new(),
            panel: Vec::new(),
            keys: vec![Action::Quit],
            centred: false,
        };
    };
    // An ending is a page of its own, under its name.
    let mut body = if page.turn() == Turn::Over { ending(app, text_layout) } else { Vec::new() };
    body.extend(page_lines(app, &page));
    if page.turn() == Turn::Stuck {
        body.push(Line::default());
        body.extend(text_layout.plain(strings::NO_WAY_ON, theme.quiet));
    }
    if app.marks {
        body.extend(record(app, &page));
    }
    // The clock and what stands where; in wide windows the panel tells the rest.
    let mut right: Vec<String> = Vec::new();
    let wide = app.size.0 >= crate::tui::layout::WIDE;
    if !wide && app.size.0 >= 60 {
        right.extend(page.status().iter().map(|status| {
            let dots = status.level.filter(|(_, steps)| *steps <= 5 && app.size.0 >= 78).map(dots).unwrap_or_default();
            format!("{} {dots}{}", text::lower_first(&status.name), status.word)
        }));
    }
    // In a very narrow one dots must do; `s` names them.
    if app.size.0 < 60 {
        let levels = page.status().into_iter().filter_map(|status| status.level.filter(|(_, steps)| *steps <= 5));
        right.extend(levels.map(|level| dots(level).trim_end().to_owned()));
    }
    if !wide {
        right.extend(page.clock());
    }
    right.extend(super::teacher::clock(app));
    let mut header = vec![page.place().to_owned(), app.story.title.clone()];
    if page.seat_name() != page.place() {
        header.push(page.seat_name().to_owned());
    }
    if app.unsaved {
        header.insert(0, strings::UNSAVED.to_owned());
    }
    header.retain(|part| !part.is_empty());
    let mut keys = vec![
        Action::Choose,
        Action::ScrollDown,
        Action::Undo,
        Action::History,
        Action::Record,
        Action::Help,
        Action::Quit,
    ];
    if app.compose.is_some() {
        keys.insert(1, Action::Back);
    } else if !app.game().is_some_and(Game::can_undo) {
        keys.retain(|action| *action != Action::Undo);
    }
    ScreenContent {
        header: (header, right.join(" · ")),
        body: body.into(),
        question: page.ask().map(|ask| question(app, ask)).unwrap_or_default(),
        menu: menu(app),
        panel: panel(app, &page),
        keys,
        centred: false,
    }
}

/// What stands above the choices: the sentence being put together, or the sheet being marked.
fn question(app: &App<'_>, ask: &Ask) -> Vec<String> {
    if let Some(compose) = &app.compose
        && let Some(facet) = ask.facets.get(compose.answers.len())
    {
        let offer = ask.offers().find(|offer| offer.take == OfferAction::Compose(compose.message));
        let mut so_far = vec![offer.map(|offer| text::plain(offer.note())).unwrap_or_default()];
        let answered = ask.facets.iter().zip(&compose.answers).filter_map(|(facet, at)| facet.options.get(*at));
        so_far.extend(answered.map(|option| text::lower_first(option.words)));
        return vec![so_far.join(" · "), facet.question.to_owned()];
    }
    match &ask.sheet {
        Some(sheet) if sheet.marks_left > 0 => {
            let left = if sheet.marks_left == 1 {
                strings::ONE_MARK.to_owned()
            } else {
                format!("{} marks left", sheet.marks_left)
            };
            vec![format!("{}. Choose a line to strike it, or to restore it; {left}.", sheet.name)]
        }
        Some(sheet) => vec![format!("{}. No marks left.", sheet.name)],
        None => Vec::new(),
    }
}

/// The page; where a message has come across, a line says from where before the words it came with.
fn page_lines(app: &App<'_>, page: &Page<'_, '_>) -> Vec<Line<'static>> {
    let text_layout = text_layout(app);
    let Some(arrival) = arrival(app, page) else { return text_layout.blocks(page.blocks()) };
    let prose = page.blocks().enumerate().filter(|(_, block)| block.kind == BlockKind::Prose);
    let last = prose.last().map_or(0, |(at, _)| at);
    let mut out = text_layout.blocks(page.blocks().take(last));
    if !out.is_empty() {
        out.push(Line::default());
    }
    out.push(Line::styled(arrival, app.theme.accent));
    out.push(Line::default());
    out.extend(text_layout.blocks(page.blocks().skip(last)));
    out
}

/// “▸ From Hassan Rouhani”: a message that has come to this seat since it last decided.
fn arrival(app: &App<'_>, page: &Page<'_, '_>) -> Option<String> {
    if page.turn() != Turn::Yours {
        return None;
    }
    let name = |seat: crate::story::SeatId| {
        let Seat { name, place, .. } = &app.story.seats[seat.index()];
        lower_the(if name.is_empty() { place } else { name })
    };
    let hop = page.hops().last()?;
    match hop.stage {
        Stage::InHand => Some(format!("▸ From {}, for {}", name(hop.from), name(hop.to))),
        Stage::Heard if hop.to == page.seat => Some(format!("▸ From {}", name(hop.from))),
        Stage::Heard | Stage::Sent => None,
    }
}

fn ending(app: &App<'_>, text_layout: crate::tui::prose::TextLayout<'_>) -> Vec<Line<'static>> {
    let Some(ending) = app.finished().and_then(crate::engine::Session::ending) else { return Vec::new() };
    let ending = &app.story.endings[ending.index()];
    let width = text_layout.columns;
    let mut out = vec![Line::styled(super::title::letters(&ending.title, width), app.theme.strong)];
    out.extend(text_layout.prose(&ending.because, app.theme.quiet));
    out.extend([Line::default(), Line::styled("─".repeat(width.min(12)), app.theme.accent), Line::default()]);
    out
}

/// The facts that this page cites, and who says so.
fn record(app: &App<'_>, page: &Page<'_, '_>) -> Vec<Line<'static>> {
    let text_layout = text_layout(app);
    let found = entries(app.story, page.blocks().map(|block| block.text));
    let mut out = vec![Line::default(), Line::styled(strings::THE_RECORD, app.theme.accent)];
    if found.is_empty() {
        out.extend(text_layout.plain(strings::NOTHING_ON_RECORD, app.theme.quiet));
    }
    for entry in found {
        out.extend(text_layout.hanging(&format!("{}  ", entry.mark.word()), &entry.text, app.theme.text));
        for says in entry.says {
            out.extend(text_layout.hanging("          ", &says, app.theme.quiet));
        }
    }
    out
}

/// The side panel: the part of the session, the clock, who sits where, how things stand.
fn panel(app: &App<'_>, page: &Page<'_, '_>) -> Vec<Line<'static>> {
    let theme = app.theme;
    let mut out = Vec::new();
    // Where the page itself says it, it is not said twice.
    let on_page = page.blocks().any(|block| block.kind == BlockKind::Part);
    if let Some(part) = page.part().filter(|_| !on_page) {
        out.push(Line::styled(part.to_uppercase(), theme.accent));
    }
    if let Some(clock) = page.clock() {
        out.push(Line::styled(clock.clone(), theme.strong));
    }
    let plan = super::floor_plan::lines(app, page);
    if !plan.is_empty() {
        out.push(Line::default());
        out.extend(plan);
    } else if app.story.seats.len() > 1 {
        out.push(Line::default());
        for (at, seat) in app.story.seats.iter().enumerate() {
            let here = at == app.seat().index();
            let mark = if here { "▪ " } else { "· " };
            let name = seat.label().to_owned();
            let words = if here { format!("{name} — you") } else { name };
            let style = if here { theme.strong } else { theme.text };
            out.push(Line::from(vec![Span::styled(mark, theme.accent), Span::styled(words, style)]));
        }
    }
    for status in &page.status() {
        out.push(Line::default());
        out.push(Line::styled(status.name.clone(), theme.quiet));
        out.push(meter(app, status));
    }
    let columns = column(app).panel;
    if columns >= PROSE_PANEL {
        for known in page.last_sentences() {
            out.push(Line::default());
            out.push(Line::styled(known.how, theme.quiet));
            let lines = text::wrap_plain(&known.words, usize::from(columns));
            out.extend(lines.into_iter().map(|line| Line::styled(line, theme.text)));
        }
    }
    if let Some((session, _)) = app.seen() {
        for seat in departed(session) {
            let name = &app.story.seats[seat.index()].name;
            out.push(Line::default());
            out.push(Line::styled(strings::LOG_SILENT, theme.quiet));
            out.push(Line::styled(strings::fill(strings::DECIDES_AFRESH, &[("name", &name)]), theme.quiet));
        }
    }
    out
}

/// A level as a glyph: so many of so many.
fn dots((at, steps): (usize, usize)) -> String {
    format!("{}{} ", "●".repeat(at), "○".repeat(steps.saturating_sub(at)))
}

fn meter(app: &App<'_>, status: &StatusLine) -> Line<'static> {
    let mut spans = Vec::new();
    if let Some(level) = status.level.filter(|(_, steps)| *steps <= 10) {
        spans.push(Span::styled(dots(level), app.theme.accent));
    }
    spans.push(Span::styled(status.word.clone(), app.theme.text));
    Line::from(spans)
}
