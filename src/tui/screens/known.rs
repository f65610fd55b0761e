//! What is known of the reported events, and what of the game just played is not.

use ratatui::text::{Line, Span};

use crate::teach::{HypothesisView, Tick};
use crate::tui::app::App;
use crate::tui::content::{ScreenContent, text_layout};
use crate::tui::prose::TextLayout;
use crate::view::{Action, known_heading, strings};

use super::debrief::{heading, looked_back, section};

pub(in crate::tui) fn content(app: &App<'_>) -> ScreenContent {
    let text_layout = text_layout(app);
    let mut body = Vec::new();
    if let Some(debrief) = looked_back(app) {
        if let Some(ending) = debrief.ending.as_ref().filter(|ending| !ending.note.is_empty()) {
            body.push(Line::styled(ending.title.to_uppercase(), app.theme.accent));
            body.extend(text_layout.prose(&ending.note, app.theme.text));
        }
        if !debrief.invented.is_empty() {
            body.push(Line::default());
            body.extend(text_layout.plain(debrief.invented, app.theme.strong));
        }
        clock(&mut body, text_layout, &debrief.clock);
        hypotheses(&mut body, text_layout, &debrief.hypotheses);
        section(&mut body, text_layout, strings::WORTH_ARGUING, &debrief.questions);
    }
    let keys = vec![Action::ScrollDown, Action::ScrollUp, Action::Search, Action::Top, Action::Back, Action::Help];
    ScreenContent::text(known_heading(app.story), body, keys)
}

/// The two sessions on one clock: side by side where there is width, else one below the other.
fn clock(body: &mut Vec<Line<'static>>, text_layout: TextLayout<'_>, ticks: &[Tick]) {
    if ticks.is_empty() {
        return;
    }
    let theme = text_layout.theme;
    heading(body, text_layout, strings::TWO_NIGHTS);
    let half = text_layout.columns.saturating_sub(7 + 3) / 2;
    let wide = half >= 24;
    if wide {
        let head = format!("       {:half$}   {}", "yours", "reported");
        body.push(Line::styled(head, theme.quiet));
    }
    for tick in ticks {
        if !wide {
            let whose = if tick.reported { "reported" } else { "yours" };
            body.push(Line::styled(format!("{:<7}{whose}", tick.time), theme.quiet));
            body.extend(text_layout.prose(&tick.text, if tick.reported { theme.text } else { theme.strong }));
            continue;
        }
        let column = TextLayout { columns: half, ..text_layout };
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

fn hypotheses(body: &mut Vec<Line<'static>>, text_layout: TextLayout<'_>, hypotheses: &[HypothesisView]) {
    if hypotheses.is_empty() {
        return;
    }
    let theme = text_layout.theme;
    heading(body, text_layout, strings::RIVALS);
    for hypothesis in hypotheses {
        body.push(Line::default());
        body.extend(text_layout.prose(&hypothesis.text, theme.strong));
        for fact in &hypothesis.speaks_for {
            body.extend(text_layout.hanging("for      ", fact, theme.text));
        }
        for fact in &hypothesis.against {
            body.extend(text_layout.hanging("against  ", fact, theme.quiet));
        }
    }
}
