use ratatui::layout::Rect;

/// Below this nothing can be read; one line says so.
pub(super) const SMALLEST: (u16, u16) = (24, 6);
/// From this width on there is a side panel.
pub(super) const WIDE: u16 = 100;
/// Cells between two pages side by side.
pub(super) const BETWEEN: u16 = 4;
const PANEL: u16 = 28;
/// Rows that prose over a menu gets at most: in a tall window what is asked is not to stand far below what was told.
const TALLEST: u16 = 34;

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

/// The prose column of a screen this wide, where no line is to be wider than `measure`.
pub(super) fn column(columns: u16, panel: bool, measure: u16) -> Column {
    let room = if panel && columns >= WIDE { columns - PANEL - 2 } else { columns };
    let margin = match room {
        0..=44 => 1,
        45..=64 => 2,
        65..=79 => 3,
        _ => 5,
    };
    let width = room.saturating_sub(2 * margin).clamp(1, measure);
    // Wide rooms set the column a little in, rather than in the very middle, where the eye has to look for it.
    let x = margin.max(room.saturating_sub(width) / 3);
    Column { x, width }
}

/// Divides a screen of at least [`SMALLEST`] for a menu that wants `menu` lines.
pub(super) fn plan(area: Rect, menu: u16, panel: bool, Column { x, width }: Column) -> Plan {
    let x = area.x + x;
    let rows = area.height;
    let inner = rows.saturating_sub(2);
    // The menu gets what it wants, as long as the prose keeps a third of the rows.
    let most = inner.saturating_sub((inner / 3).max(2));
    let menu = menu.min(most);
    let rule = u16::from(menu > 0);
    let air = u16::from(rows >= 16);
    let room = inner.saturating_sub(menu + rule + 2 * air);
    let body = if menu > 0 { room.min(TALLEST) } else { room };
    let row = |y: u16, height: u16| Rect { x, y: area.y + y, width, height };
    let body_y = 1 + air;
    let panel = (panel && area.width >= WIDE).then(|| Rect {
        x: area.x + area.width - PANEL,
        y: area.y + body_y,
        width: PANEL.saturating_sub(3),
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
    fn what_is_asked_stands_near_what_is_told() {
        let rows = |height, menu| {
            let area = Rect { x: 0, y: 0, width: 120, height };
            plan(area, menu, true, column(120, true, 70)).body.height
        };
        assert_eq!((rows(30, 5), rows(60, 5), rows(200, 5)), (20, super::TALLEST, super::TALLEST));
        assert_eq!(rows(200, 0), 196);
    }

    #[test]
    fn nothing_leaves_the_screen_or_overlaps() {
        for width in super::SMALLEST.0..140 {
            for height in super::SMALLEST.1..60 {
                for menu in [0, 3, 9, 40] {
                    let area = Rect { x: 0, y: 0, width, height };
                    let plan = plan(area, menu, true, column(width, true, 70));
                    for part in [plan.header, plan.body, plan.rule, plan.menu, plan.footer] {
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
