//! Talking about a session in four steps, a screen each: what happened, one message, other doors, what is known.

use ratatui::text::Line;

use crate::engine::{By, Session};
use crate::teach::{MessageCounts, STEPS, crossings, decisions};
use crate::tui::app::{App, Screen};
use crate::tui::content::{ScreenContent, text_layout};
use crate::tui::menu::{MenuAction, MenuItem};
use crate::tui::prose::TextLayout;
use crate::view::{Action, Mark, entries, mark_of, strings};

pub(in crate::tui) fn menu(app: &App<'_>, step: usize) -> Vec<MenuItem> {
    let mut out: Vec<MenuItem> = Vec::new();
    let mut item = |words: String, action: MenuAction| out.push(MenuItem::new(out.len() + 1, words, action));
    if let Some((title, _)) = STEPS.get(step + 1) {
        item(strings::fill(strings::STEP_NEXT, &[("title", title)]), MenuAction::Step(step + 1));
    }
    let all = app.finished().map_or(0, |session| session.trail().passings.len());
    if step == 1 && all > 1 {
        let next = (app.followed + 1) % all;
        item(
            strings::fill(strings::STEP_MESSAGE, &[("at", &(app.followed % all + 1)), ("all", &all)]),
            MenuAction::Follow(next),
        );
    }
    if let Some((title, _)) = step.checked_sub(1).and_then(|before| STEPS.get(before)) {
        item(strings::fill(strings::STEP_BACK, &[("title", title)]), MenuAction::Step(step - 1));
    }
    item(strings::STEP_LEAVE.to_owned(), MenuAction::Close);
    out
}

pub(in crate::tui) fn content(app: &App<'_>, step: usize) -> ScreenContent {
    let text_layout = text_layout(app);
    let (title, asks) = STEPS.get(step).copied().unwrap_or(STEPS[0]);
    let mut body = text_layout.plain(asks, app.theme.strong);
    if let Some(session) = app.finished() {
        body.push(Line::default());
        body.extend(match step {
            0 => happened(app, text_layout, session),
            1 => one_message(app, text_layout, session),
            2 => other_doors(app, text_layout, session),
            _ => known(app, text_layout, session),
        });
    }
    ScreenContent {
        header: (vec![title.to_owned()], String::new()),
        body: body.into(),
        question: Vec::new(),
        menu: menu(app, step),
        panel: Vec::new(),
        keys: vec![Action::Choose, Action::ScrollDown, Action::ScrollUp, Action::Back, Action::Help],
        centred: false,
    }
}

fn happened(app: &App<'_>, text_layout: TextLayout<'_>, session: &Session<'_>) -> Vec<Line<'static>> {
    let theme = app.theme;
    let mut out = Vec::new();
    if let Some(ending) = session.ending() {
        let ending = &app.story.endings[ending.index()];
        out.push(Line::styled(ending.title.to_uppercase(), theme.accent));
        out.extend(text_layout.prose(&ending.because, theme.text));
        out.push(Line::default());
    }
    let steps = decisions(session);
    let own: Vec<_> = steps.iter().filter(|step| step.by != By::Story).collect();
    let seats: Vec<String> = app
        .story
        .seats
        .iter()
        .enumerate()
        .map(|(at, seat)| (seat, own.iter().filter(|step| step.seat == at).count()))
        .filter(|(_, count)| *count > 0)
        .map(|(seat, count)| format!("{} {count}", seat.label()))
        .collect();
    let count = own.len();
    out.extend(text_layout.plain(
        &strings::fill(strings::STOPPED_IN_ALL, &[("decisions", &count), ("seats", &seats.join(", "))]),
        theme.text,
    ));
    let counted = MessageCounts::of(session);
    match counted.silences {
        0 => {}
        1 => out.extend(text_layout.plain(strings::ONE_LEFT_TO_SILENCE, theme.text)),
        count => {
            out.extend(text_layout.plain(&strings::fill(strings::LEFT_TO_SILENCE, &[("count", &count)]), theme.text))
        }
    }
    if counted.sent > 0 {
        let MessageCounts { sent, heard, whole, .. } = counted;
        let words = strings::fill(strings::ARRIVED, &[("sent", &sent), ("heard", &heard), ("whole", &whole)]);
        out.extend(text_layout.plain(&words, theme.text));
    }
    out
}

fn one_message(app: &App<'_>, text_layout: TextLayout<'_>, session: &Session<'_>) -> Vec<Line<'static>> {
    let mut trail = crossings(session);
    // What changed most is worth most talk.
    let changed = |crossing: &crate::teach::Crossing| {
        crossing.changes.iter().filter(|change| !matches!(change, crate::text::WordChange::Same(_))).count()
    };
    trail.sort_by_key(|crossing| std::cmp::Reverse(changed(crossing)));
    let at = app.followed.checked_rem(trail.len());
    match at.and_then(|at| trail.get(at)) {
        Some(crossing) => super::debrief::crossed(text_layout, crossing),
        None => text_layout.plain(strings::NO_MESSAGE, app.theme.quiet),
    }
}

fn other_doors(app: &App<'_>, text_layout: TextLayout<'_>, session: &Session<'_>) -> Vec<Line<'static>> {
    let theme = app.theme;
    let mut out = Vec::new();
    if let Some((class, result)) = app.both_codes() {
        out.push(Line::styled(strings::YOUR_CODES, theme.accent));
        out.extend(
            text_layout.plain(
                &strings::fill(strings::CLASS_AND_RESULT, &[("class", &class), ("result", &result)]),
                theme.strong,
            ),
        );
        out.push(Line::default());
    }
    out.push(Line::styled(strings::YOUR_DECISIONS, theme.accent));
    for step in decisions(session).iter().filter(|step| step.by != By::Story) {
        let seat = app.story.seats.get(step.seat).map_or("", |seat| seat.name.as_str());
        let silent = if step.by == By::Silence {
            strings::fill(strings::NOBODY_DECIDED, &[("text", &"")])
        } else {
            String::new()
        };
        let vote = app.game().into_iter().flat_map(|game| game.votes()).find(|(at, _)| step.input == Some(*at));
        let vote = vote.map(|(_, vote)| format!(" [{vote}]")).unwrap_or_default();
        let words = format!("{silent}{}{vote}", step.words);
        out.extend(text_layout.hanging(&format!("{seat}:  "), &words, theme.text));
    }
    out
}

fn known(app: &App<'_>, text_layout: TextLayout<'_>, session: &Session<'_>) -> Vec<Line<'static>> {
    let theme = app.theme;
    // Nothing is secret any more: what every seat that a person held has read.
    let read: Vec<String> = app
        .story
        .seat_ids()
        .filter(|seat| session.was_persons(*seat))
        .flat_map(|seat| {
            let whole = session.full_history(seat);
            let prose = whole.page(seat).filter(|block| block.kind.is_told());
            prose.map(|block| block.text.to_owned()).collect::<Vec<_>>()
        })
        .collect();
    let texts = || read.iter().map(String::as_str);
    let mut marks = [0_usize; 4];
    for text in texts() {
        for sentence in crate::text::paragraphs(text).iter().flat_map(|paragraph| &paragraph.sentences) {
            let at = match mark_of(app.story, sentence) {
                Mark::Reported => 0,
                Mark::Disputed => 1,
                Mark::Inferred => 2,
                Mark::Invented => 3,
            };
            marks[at] += 1;
        }
    }
    let [reported, disputed, inferred, invented] = marks;
    let all = reported + disputed + inferred + invented;
    let with: [(&str, &dyn std::fmt::Display); 5] = [
        ("all", &all),
        ("reported", &reported),
        ("disputed", &disputed),
        ("inferred", &inferred),
        ("invented", &invented),
    ];
    let mut out = text_layout.plain(&strings::fill(strings::BY_MARK, &with), theme.text);
    let found = entries(app.story, texts());
    let is_disputed = |entry: &&crate::view::RecordEntry| entry.mark == Mark::Disputed;
    let mut list = |title: &'static str, entries: Vec<&crate::view::RecordEntry>| {
        if entries.is_empty() {
            return;
        }
        out.push(Line::default());
        out.push(Line::styled(title, theme.accent));
        for entry in entries {
            out.extend(text_layout.hanging("·  ", &entry.text, theme.text));
            for says in &entry.says {
                out.extend(text_layout.hanging("      ", says, theme.quiet));
            }
        }
    };
    list(strings::WHERE_SOURCES_DIFFER, found.iter().filter(is_disputed).collect());
    list(strings::THE_RECORD, found.iter().filter(|entry| !is_disputed(entry)).collect());
    if !app.story.facts.is_empty() {
        out.push(Line::default());
        out.extend(text_layout.plain(strings::NOT_TO_REPEAT, theme.strong));
    }
    super::debrief::section(&mut out, text_layout, strings::WORTH_ARGUING, &app.story.questions);
    out
}

/// Whether a session is talked about in steps: where several played it, or its story has a lesson.
pub(super) fn is_offered(app: &App<'_>) -> bool {
    app.is_shared() || !app.story.lesson.plan.is_empty()
}

/// Where it begins.
pub(super) const FIRST: Screen = Screen::GuidedDebrief(0);
