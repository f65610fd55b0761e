use ratatui::layout::Rect;

/// Below this nothing can be read; one line says so.
pub(super) const SMALLEST: (u16, u16) = (24, 6);
/// From this width on there is a side panel.
pub(super) const WIDE: u16 = 100;
/// From this height on there is a line of air around the text.
pub(super) const ROOMY: u16 = 16;
/// Cells between two pages side by side, and between a page and the panel beside it.
pub(super) const BETWEEN: u16 = 4;
/// Cells of a panel: as many as the plan of the rooms has, and in a wide window a second page.
const PANEL: (u16, u16) = (25, 44);
/// From this width on a panel has room for sentences.
pub(super) const PROSE_PANEL: u16 = 36;

/// Where everything goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Plan {
    pub header: Rect,
    pub body: Rect,
    /// The line between body and menu; empty where there is no menu.
    pub rule: Rect,
    pub menu: Rect,
    pub footer: Rect,
    pub panel: Option<Rect>,
}

/// The column that prose is set in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Column {
    pub x: u16,
    pub width: u16,
    /// Cells of the panel beside it; 0 where it has none.
    pub panel: u16,
}

impl Column {
    /// With the panel, and what is between.
    fn figure(self) -> u16 {
        if self.panel > 0 { self.width + BETWEEN + self.panel } else { self.width }
    }
}

/// A page of a game is no higher than this: in a taller window it stands in the middle, where the eye is.
const PAGE: u16 = 40;

/// What a screen has to place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Wants {
    /// Lines of the text.
    pub text: usize,
    /// Lines of the menu.
    pub menu: usize,
    /// Text and menu stand together in the middle.
    pub centred: bool,
}

/// The prose column of a screen this wide, where no line is to be wider than `measure`. Beside it there is room for the
/// panel, and both stand in the middle.
pub(super) fn column(columns: u16, panel: bool, measure: u16) -> Column {
    let (narrow, wide) = PANEL;
    let room = columns.saturating_sub(measure.saturating_add(2 * BETWEEN));
    let panel = if panel && columns >= WIDE { room.clamp(narrow, wide) } else { 0 };
    let beside = if panel > 0 { BETWEEN + panel } else { 0 };
    // A margin grows more slowly than the window, so that no line gets shorter in a wider one.
    let margins = if panel > 0 { 2 } else { 2 + (columns.saturating_sub(56) / 3).min(8) };
    let width = columns.saturating_sub(beside + margins).clamp(1, measure);
    Column { x: columns.saturating_sub(width + beside) / 2, width, panel }
}

/// Divides a screen of at least [`SMALLEST`].
pub(super) fn plan(area: Rect, wants: Wants, column: Column) -> Plan {
    let Column { x, width, panel } = column;
    let lines = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
    let (text, menu) = (lines(wants.text), lines(wants.menu));
    let air = u16::from(area.height >= ROOMY);
    let around = 3 + 3 * air;
    // What fits on a page is one; a longer text has the whole window.
    let is_page = menu > 0 && area.height > PAGE && text.saturating_add(menu).saturating_add(around) <= PAGE;
    let rows = if is_page { PAGE } else { area.height };
    let top = area.y + (area.height - rows) / 2;
    let inner = rows.saturating_sub(2);
    // The menu gets what it wants, as long as the prose keeps a third of the rows, or four lines of few.
    let most = if air > 0 { inner - (inner / 3).max(2) } else { inner.saturating_sub(5).max(inner / 2) };
    let menu = menu.min(most);
    let rule = u16::from(menu > 0);
    let room = inner.saturating_sub(menu + rule + 2 * air);
    // What is asked stands right under what is told, with a line of air between where there is room for it.
    let body = if menu > 0 { room.min(text.saturating_add(air)) } else { room };
    let spare = if wants.centred { (room - body) / 2 } else { 0 };
    let x = area.x + x;
    let row = |y: u16, height: u16| Rect { x, y: top + y, width, height };
    let body_y = 1 + air + spare;
    let panel = (panel > 0).then(|| Rect {
        x: x + width + BETWEEN,
        y: top + body_y,
        width: panel,
        height: inner.saturating_sub(2 * air),
    });
    // Header and footer are as wide as what is between them.
    let edge = |y: u16| Rect { x, y: top + y, width: column.figure(), height: 1 };
    Plan {
        header: edge(0),
        body: row(body_y, body),
        rule: row(body_y + body, rule),
        menu: row(body_y + body + rule, menu),
        footer: edge(rows.saturating_sub(1)),
        panel,
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::{Wants, column, plan};

    #[test]
    fn what_is_asked_stands_under_what_is_told() {
        for height in [24, 60, 200] {
            let area = Rect { x: 0, y: 0, width: 120, height };
            let plan = plan(area, wants(12, 5), column(120, true, 70));
            assert_eq!((plan.body.height, plan.menu.y), (13, plan.body.bottom() + 1));
            assert_eq!((plan.header.x, plan.header.right()), (plan.body.x, plan.panel.map_or(0, Rect::right)));
        }
    }

    fn wants(text: usize, menu: usize) -> Wants {
        Wants { text, menu, centred: false }
    }

    /// A page stays where it is while its text grows and shrinks; only what does not fit on one has the whole window.
    #[test]
    fn a_page_stands_in_the_middle_of_a_tall_window() {
        let area = Rect { x: 0, y: 0, width: 200, height: 60 };
        for text in 1..28 {
            let plan = plan(area, wants(text, 6), column(200, true, 70));
            assert_eq!((plan.header.y, plan.footer.y), (10, 49), "{text}");
        }
        let whole = plan(area, wants(100, 6), column(200, true, 70));
        assert_eq!((whole.header.y, whole.footer.y, whole.body.height), (0, 59, 49));
    }

    #[test]
    fn few_rows_leave_four_lines_of_prose() {
        let area = Rect { x: 0, y: 0, width: 40, height: 12 };
        let plan = plan(area, wants(30, 9), column(40, true, 70));
        assert_eq!((plan.body.height, plan.menu.height), (4, 5));
    }

    #[test]
    fn a_wider_window_is_never_worse() {
        let mut before = 0;
        for columns in super::SMALLEST.0..240 {
            let width = column(columns, true, 70).width;
            // From where there is a panel its page may be a cell narrower.
            assert!(width + u16::from(columns == super::WIDE) >= before, "{columns}: {width} after {before}");
            before = width;
        }
    }

    #[test]
    fn nothing_leaves_the_screen_or_overlaps() {
        for width in super::SMALLEST.0..140 {
            for height in super::SMALLEST.1..60 {
                for (text, menu) in [(30, 0), (0, 3), (9, 9), (200, 40)] {
                    let area = Rect { x: 0, y: 0, width, height };
                    let plan = plan(area, wants(text, menu), column(width, true, 70));
                    let parts = [plan.header, plan.body, plan.rule, plan.menu, plan.footer];
                    for part in parts.into_iter().chain(plan.panel) {
                        assert_eq!(part.intersection(area).area(), part.area(), "{part:?} in {area:?}");
                    }
                    // From above: each part begins no higher than the one before it ends.
                    for (above, below) in [
                        (plan.header, plan.body),
                        (plan.body, plan.rule),
                        (plan.rule, plan.menu),
                        (plan.menu, plan.footer),
                    ] {
                        assert!(above.bottom() <= below.y, "{above:?}, {below:?} in {plan:?}");
                    }
                    if let Some(panel) = plan.panel {
                        assert!(panel.x >= plan.body.right(), "{plan:?}");
                    }
                }
            }
        }
    }
}
