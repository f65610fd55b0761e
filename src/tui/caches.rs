//! What is cached from frame to frame because it takes long to make.

use std::cell::RefCell;
use std::rc::Rc;

use ratatui::text::Line;

use crate::engine::{Holder, Input, Session};
use crate::story::SeatId;
use crate::teach::{Debrief, debrief};
use crate::view::told_once;

use super::prose::TextLayout;
use super::theme::Theme;

/// A whole session set in lines.
#[derive(Debug, Clone, Default)]
pub(super) struct HistoryCache(RefCell<Option<(HistoryKey, Rc<Vec<Line<'static>>>)>>);

/// What the lines were made from.
#[derive(Debug, Clone, PartialEq)]
struct HistoryKey {
    seed: u64,
    log: Vec<Input>,
    seat: SeatId,
    columns: usize,
    marks: bool,
    theme: Theme,
}

impl HistoryCache {
    pub fn lines(&self, session: &Session<'_>, seat: SeatId, text_layout: TextLayout<'_>) -> Rc<Vec<Line<'static>>> {
        let TextLayout { columns, marks, theme, .. } = text_layout;
        let mut kept = self.0.borrow_mut();
        if let Some((made, lines)) = kept.as_ref()
            && (made.seed, made.seat, made.columns, made.marks) == (session.seed(), seat, columns, marks)
            && made.theme == theme
            && made.log == session.log()
        {
            return Rc::clone(lines);
        }
        let made = HistoryKey { seed: session.seed(), log: session.log().to_vec(), seat, columns, marks, theme };
        let lines = Rc::new(text_layout.blocks(told_once(session.full_history(seat).page(seat))));
        *kept = Some((made, Rc::clone(&lines)));
        lines
    }
}

/// The debrief of a session. The session is replayed many times over to make it.
#[derive(Debug, Clone, Default)]
pub(super) struct DebriefCache(RefCell<Option<(DebriefKey, Rc<Debrief>)>>);

/// What it was made from.
#[derive(Debug, Clone, PartialEq)]
struct DebriefKey {
    seed: u64,
    log: Vec<Input>,
    holders: Vec<Holder>,
    seat: SeatId,
}

impl DebriefCache {
    pub fn on(&self, session: &Session<'_>, seat: SeatId) -> Rc<Debrief> {
        let mut kept = self.0.borrow_mut();
        if let Some((of, debrief)) = kept.as_ref()
            && (of.seed, of.seat) == (session.seed(), seat)
            && of.log == session.log()
            && of.holders == session.holders()
        {
            return Rc::clone(debrief);
        }
        let (log, holders) = (session.log().to_vec(), session.holders().to_vec());
        let made = Rc::new(debrief(session, seat));
        *kept = Some((DebriefKey { seed: session.seed(), log, holders, seat }, Rc::clone(&made)));
        made
    }
}
