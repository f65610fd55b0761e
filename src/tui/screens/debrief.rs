use ratatui::text::{Line, Span};

use crate::teach::{Crossing, HypothesisView, Tick, debrief};
use crate::text::{Change, width};
use crate::tui::app::App;
use crate::tui::draw::{Face, setting};
use crate::tui::prose::Setting;
use crate::view::{Action, says};

/// The night as a difference: what was meant against what was heard.
pub(in crate::tui) fn face(app: &App<'_>) -> Face {
    let setting = setting(app);
    let theme = app.theme;
    let mut body = Vec::new();
    if let Some(session) = app.finished() {
        let debrief = debrief(session, app.seat);
        if let Some(ending) = &debrief.ending {
            body.push(Line::styled(ending.title.to_uppercase(), theme.accent));
            body.extend(setting.prose(&ending.because, theme.text));
            if !ending.note.is_empty() {
                body.push(Line::default());
                body.extend(setting.prose(&ending.note, theme.quiet));
            }
        }
        if !debrief.trail.is_empty() {
            body.push(Line::default());
            body.push(Line::styled(says::MEANT_AND_HEARD, theme.accent));
        }
        for crossing in &debrief.trail {
            body.push(Line::default());
            body.extend(crossed(app, setting, crossing));
        }
        clock(&mut body, setting, &debrief.clock);
        hypotheses(&mut body, setting, &debrief.hypotheses);
        section(&mut body, setting, says::NOT_TO_REPEAT, &debrief.invented);
        section(&mut body, setting, says::WORTH_ARGUING, &debrief.questions);
    }
    Face {
        header: (vec![title(app).to_owned()], String::new()),
        body: body.into(),
        question: Vec::new(),
        menu: Vec::new(),
        panel: Vec::new(),
        keys: vec![Action::ScrollDown, Action::ScrollUp, Action::Back, Action::Help],
        centred: false,
    }
}

/// What it is called: a story without messages has nothing that was meant and heard.
pub(super) fn title(app: &App<'_>) -> &'static str {
    if app.story.messages.is_empty() { says::AFTERWARDS } else { says::TRAIL }
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

/// The two nights on one clock: side by side where there is width, else one below the other.
fn clock(body: &mut Vec<Line<'static>>, setting: Setting<'_>, ticks: &[Tick]) {
    if ticks.is_empty() {
        return;
    }
    let theme = setting.theme;
    body.push(Line::default());
    body.push(Line::styled(says::TWO_NIGHTS, theme.accent));
    let half = setting.columns.saturating_sub(7 + 3) / 2;
    let wide = half >= 24;
    if wide {
        let head = format!("       {:half$}   {}", "yours", "reported");
        body.push(Line::styled(head, theme.quiet));
    }
    for tick in ticks {
        if !wide {
            let whose = if tick.reported { "reported" } else { "yours" };
            body.push(Line::styled(format!("{:<7}{whose}", tick.time), theme.quiet));
            body.extend(setting.prose(&tick.text, if tick.reported { theme.text } else { theme.strong }));
            continue;
        }
        let column = Setting { columns: half, ..setting };
        let lines = column.prose(&tick.text, theme.text);
        for (at, line) in lines.into_iter().enumerate() {
            let time = if at == 0 { tick.time.as_str() } else { "" };
            let mut spans = vec![Span::styled(format!("{time:<7}"), theme.quiet)];
            if tick.reported {
                spans.push(Span::raw(" ".repeat(half + 3)));
            }
            spans.extend(line.spans);
            body.push(Line::from(spans));
        }
    }
}

fn hypotheses(body: &mut Vec<Line<'static>>, setting: Setting<'_>, hypotheses: &[HypothesisView]) {
    if hypotheses.is_empty() {
        return;
    }
    let theme = setting.theme;
    body.push(Line::default());
    body.push(Line::styled(says::RIVALS, theme.accent));
    for hypothesis in hypotheses {
        body.push(Line::default());
        body.extend(setting.prose(&hypothesis.text, theme.strong));
        for fact in &hypothesis.speaks_for {
            body.extend(setting.hanging("for      ", fact, theme.text));
        }
        for fact in &hypothesis.against {
            body.extend(setting.hanging("against  ", fact, theme.quiet));
        }
    }
}

pub(super) fn section(body: &mut Vec<Line<'static>>, setting: Setting<'_>, title: &'static str, lines: &[String]) {
    if lines.is_empty() {
        return;
    }
    body.push(Line::default());
    body.push(Line::styled(title, setting.theme.accent));
    for line in lines {
        body.extend(setting.hanging("·  ", line, setting.theme.text));
    }
}

pub(super) fn crossed(app: &App<'_>, setting: Setting<'_>, crossing: &Crossing) -> Vec<Line<'static>> {
    let theme = app.theme;
    let mut out = setting.plain(&crossing.sent, theme.quiet);
    out.extend(setting.hanging("meant    ", &crossing.meant, theme.text));
    if !crossing.carried.is_empty() {
        out.extend(setting.hanging("carried  ", &crossing.carried, theme.quiet));
    }
    if crossing.heard.is_empty() {
        out.extend(setting.hanging("heard    ", says::NEVER_ARRIVED, theme.text));
    } else if crossing.is_unchanged() {
        out.extend(setting.hanging("heard    ", says::SAME_WORDS, theme.text));
    } else {
        out.extend(difference(setting, &crossing.changes));
    }
    if !crossing.later.is_empty() {
        out.extend(setting.hanging("later    ", &crossing.later, theme.quiet));
    }
    out
}

/// What was heard, with what was lost struck and what was gained set off by marks as well as by style.
fn difference(setting: Setting<'_>, changes: &[Change]) -> Vec<Line<'static>> {
    let theme = setting.theme;
    let lead = "heard    ";
    let room = setting.columns.saturating_sub(lead.len()).max(1);
    let mut lines: Vec<Vec<Span<'static>>> = vec![vec![Span::styled(lead, theme.accent)]];
    let mut used = 0;
    for change in changes {
        let (text, style, marks) = match change {
            Change::Same(text) => (text, theme.text, None),
            Change::Lost(text) => (text, theme.quiet.patch(theme.struck), Some(("[-", "-]"))),
            Change::Gained(text) => (text, theme.strong, Some(("[+", "+]"))),
        };
        let words: Vec<&str> = text.split(' ').collect();
        for (at, word) in words.iter().enumerate() {
            let open = marks.filter(|_| at == 0).map_or("", |(open, _)| open);
            let close = marks.filter(|_| at + 1 == words.len()).map_or("", |(_, close)| close);
            let word = format!("{open}{word}{close}");
            let cells = width(&word);
            if used > 0 && used + 1 + cells > room {
                lines.push(vec![Span::raw(" ".repeat(lead.len()))]);
                used = 0;
            }
            if let Some(line) = lines.last_mut() {
                if used > 0 {
                    line.push(Span::raw(" "));
                    used += 1;
                }
                line.push(Span::styled(word, style));
            }
            used += cells;
        }
    }
    lines.into_iter().map(Line::from).collect()
}
