use ratatui::layout::Rect;

/// Below this nothing can be read; one line says so.
pub(super) const SMALLEST: (u16, u16) = (24, 6);
/// From this width on there is a side panel.
pub(super) const WIDE: u16 = 100;
/// Cells between two pages side by side, and between a page and the panel beside it.
pub(super) const BETWEEN: u16 = 4;
const PANEL: u16 = 25;

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
}

/// The prose column of a screen this wide, where no line is to be wider than `measure`. Beside it there is room for the
/// panel, and both stand in the middle.
pub(super) fn column(columns: u16, panel: bool, measure: u16) -> Column {
    let beside = if panel && columns >= WIDE { BETWEEN + PANEL } else { 0 };
    // A margin grows more slowly than the window, so that no line gets shorter in a wider one.
    let margins = if beside > 0 { 2 } else { 2 + (columns.saturating_sub(56) / 3).min(8) };
    let width = columns.saturating_sub(beside + margins).clamp(1, measure);
    Column { x: columns.saturating_sub(width + beside) / 2, width }
}

/// Divides a screen of at least [`SMALLEST`] for a menu that wants `menu` lines under a text of `text` lines.
pub(super) fn plan(area: Rect, (text, menu): (usize, usize), panel: bool, Column { x, width }: Column) -> Plan {
    let x = area.x + x;
    let rows = area.height;
    let lines = |count: usize| u16::try_from(count).unwrap_or(u16::MAX);
    let (text, menu) = (lines(text), lines(menu));
    let inner = rows.saturating_sub(2);
    // The menu gets what it wants, as long as the prose keeps a third of the rows.
    let most = inner.saturating_sub((inner / 3).max(2));
    let menu = menu.min(most);
    let rule = u16::from(menu > 0);
    let air = u16::from(rows >= 16);
    let room = inner.saturating_sub(menu + rule + 2 * air);
    // What is asked stands right under what is told, with a line of air between where there is room for it.
    let body = if menu > 0 { room.min(text.saturating_add(air)) } else { room };
    let row = |y: u16, height: u16| Rect { x, y: area.y + y, width, height };
    let body_y = 1 + air;
    let panel = (panel && area.width >= WIDE).then(|| Rect {
        x: x + width + BETWEEN,
        y: area.y + body_y,
        width: PANEL,
        height: inner.saturating_sub(2 * air),
    });
    Plan {
        header: Rect { x: area.x, y: area.y, width: area.width, height: 1.min(rows) },
        body: row(body_y, body),
        rule: row(body_y + body, rule),
        menu: row(body_y + body + rule, menu),
        footer: Rect { x: area.x, y: area.y + rows.saturating_sub(1), width: area.width, height: 1.min(rows) },
        panel,
    }
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;

    use super::{column, plan};

    #[test]
    fn what_is_asked_stands_under_what_is_told() {
        for height in [24, 60, 200] {
            let area = Rect { x: 0, y: 0, width: 120, height };
            let plan = plan(area, (12, 5), true, column(120, true, 70));
            assert_eq!((plan.body.height, plan.menu.y), (13, plan.body.bottom() + 1));
        }
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
                    let plan = plan(area, (text, menu), true, column(width, true, 70));
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
