use std::fmt::Write as _;

use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Modifier;

use crate::record::{Pace, Settings, ThemeName};
use crate::story::Story;
use crate::text;
use crate::view::Key;

use super::app::{App, AppEffect, AppEvent, Display};
use super::draw::draw;
use super::start::AppStart;
use super::theme::{Colours, rgb};

/// Cells in pixels.
const CELL: (usize, usize) = (9, 19);
const MARGIN: usize = 18;

/// What a picture shows.
#[derive(Debug, Clone)]
pub struct Shot<'k> {
    /// Keys by name, with spaces between them.
    pub keys: &'k str,
    pub seed: u64,
    /// Columns and rows.
    pub size: (u16, u16),
    pub theme: ThemeName,
}

/// A screen of a story as a picture in SVG.
///
/// # Errors
/// Which key is none.
pub fn picture(story: &Story, shot: &Shot<'_>) -> Result<String, String> {
    let start = AppStart { seed: Some(shot.seed), ..AppStart::of(story) };
    let settings = Settings { theme: shot.theme, motion: false, pace: Pace::AtOnce, ..Settings::default() };
    let display = Display { settings, colours: Colours::Many, ..Display::default() };
    let (mut app, _) = App::new(start, display, Vec::new());
    app.update(AppEvent::Resize(shot.size.0, shot.size.1));
    for name in shot.keys.split_whitespace() {
        let key = Key::parse(name).ok_or_else(|| format!("`{name}` is no key"))?;
        // Nothing is kept and nothing is left: the effects are not for pictures.
        let _: Vec<AppEffect> = app.update(AppEvent::Key(key));
    }
    let mut terminal = Terminal::new(TestBackend::new(shot.size.0, shot.size.1)).map_err(|never| never.to_string())?;
    terminal.draw(|frame| draw(&app, frame)).map_err(|never| never.to_string())?;
    Ok(svg(terminal.backend().buffer(), shot.theme))
}

/// Ink and ground where the terminal's own are meant.
fn own(theme: ThemeName) -> ((u8, u8, u8), (u8, u8, u8)) {
    match theme {
        ThemeName::Light => ((34, 34, 34), (251, 250, 247)),
        _ => ((212, 212, 212), (22, 24, 28)),
    }
}

fn svg(buffer: &Buffer, theme: ThemeName) -> String {
    let (ink, ground) = own(theme);
    let area = buffer.area;
    let (columns, rows) = (usize::from(area.width), usize::from(area.height));
    let (width, height) = (columns * CELL.0 + 2 * MARGIN, rows * CELL.1 + 2 * MARGIN);
    let back = buffer.cell((0, 0)).and_then(|cell| rgb(cell.bg)).unwrap_or(ground);
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         font-family=\"'DejaVu Sans Mono', Menlo, Consolas, monospace\" font-size=\"15\" shape-rendering=\"crispEdges\">\n\
         <rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"{}\"/>\n",
        hex(back)
    );
    let display = |cell: &Cell| -> Ink {
        let (mut fg, mut bg) = (rgb(cell.fg).unwrap_or(ink), rgb(cell.bg).unwrap_or(back));
        if cell.modifier.contains(Modifier::REVERSED) {
            std::mem::swap(&mut fg, &mut bg);
        }
        Ink { fg, bg, modifier: cell.modifier - Modifier::REVERSED }
    };
    for y in 0..area.height {
        let mut x = 0;
        while x < area.width {
            let Some(cell) = buffer.cell((x, y)) else { break };
            let style = display(cell);
            let begun = x;
            let mut words = String::new();
            while let Some(cell) = buffer.cell((x, y)).filter(|cell| x < area.width && display(cell) == style) {
                words.push_str(cell.symbol());
                x += u16::try_from(text::width(cell.symbol())).unwrap_or(1).max(1);
            }
            run(&mut out, (begun, y), usize::from(x - begun), &words, style, back);
        }
    }
    out.push_str("</svg>\n");
    out
}

#[derive(Clone, Copy, PartialEq)]
struct Ink {
    fg: (u8, u8, u8),
    bg: (u8, u8, u8),
    modifier: Modifier,
}

/// Cells of one look: their ground where it is not the picture's, and their words.
fn run(out: &mut String, (x, y): (u16, u16), cells: usize, words: &str, display: Ink, back: (u8, u8, u8)) {
    let (left, top) = (MARGIN + usize::from(x) * CELL.0, MARGIN + usize::from(y) * CELL.1);
    if display.bg != back {
        let (width, height) = (cells * CELL.0, CELL.1);
        let _ = writeln!(
            out,
            "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{height}\" fill=\"{}\"/>",
            hex(display.bg)
        );
    }
    let shown = words.trim_end();
    if shown.is_empty() {
        return;
    }
    let lead = shown.len() - shown.trim_start().len();
    let left = left + lead * CELL.0;
    let shown = shown.trim_start();
    let mut style = String::new();
    for (modifier, word) in [
        (Modifier::BOLD, " font-weight=\"bold\""),
        (Modifier::ITALIC, " font-style=\"italic\""),
        (Modifier::CROSSED_OUT, " text-decoration=\"line-through\""),
    ] {
        if display.modifier.contains(modifier) {
            style.push_str(word);
        }
    }
    // The length is given, so that another font keeps the columns.
    let _ = writeln!(
        out,
        "<text x=\"{left}\" y=\"{}\" textLength=\"{}\" lengthAdjust=\"spacingAndGlyphs\" fill=\"{}\"{style} xml:space=\"preserve\">{}</text>",
        top + 15,
        text::width(shown) * CELL.0,
        hex(display.fg),
        text::escaped(shown)
    );
}

fn hex((r, g, b): (u8, u8, u8)) -> String {
    format!("#{r:02x}{g:02x}{b:02x}")
}
