//! Filters strokes that were not meant: a key held down, a burst of keys, a second stroke of the key that brought this
//! page, a choice made just as the page changed by itself. It sits between the terminal and the app; the caller gives
//! the time.

use std::time::{Duration, Instant};

use crate::play::Game;
use crate::view::{Action, Key};

use super::app::{App, AppEffect, AppEvent};

/// Strokes of one key that come faster than this are the keyboard's, not a finger's: keyboards repeat 25 to 50 times a
/// second, and a finger strikes at most ten times.
const REPEAT: Duration = Duration::from_millis(70);
/// How long the key that brought a page must have been silent before it counts again. A key held down is repeated for the
/// first time after 250 to 660 milliseconds.
const SILENCE: Duration = Duration::from_millis(700);
/// Once it repeats, a key held down does so faster than this: a slower stroke after one that did not count is a finger's.
const FINGER: Duration = Duration::from_millis(200);
/// How long nothing is chosen after a page has changed by itself.
const PAUSE: Duration = Duration::from_secs(1);

/// A key or the button of the mouse.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Stroke {
    Key(Key),
    Click,
}

/// The stroke that brought the current page; it must not choose anything there.
#[derive(Debug, Clone, Copy)]
struct Spent {
    stroke: Stroke,
    /// When it last came.
    at: Instant,
    /// It has come again since, and did not count.
    again: bool,
}

/// Keeps strokes that were not meant from the app.
#[derive(Debug, Default)]
pub(super) struct Presses {
    /// The stroke before this one.
    last: Option<(Stroke, Instant)>,
    /// What brought the page on screen; `None` once anything else has been struck, which ends a key's repeating.
    spent: Option<Spent>,
    /// Nothing is chosen before this.
    pause: Option<Instant>,
    /// A page has come, and what has come since was read together with what brought it.
    burst: bool,
}

impl Presses {
    /// Hands an event on to the app. `now` is when it arrived; `together` means that it was read in one go with the
    /// event before. Returns `None` if it was a stroke that does not count.
    pub fn hand_on(
        &mut self,
        app: &mut App<'_>,
        event: AppEvent,
        now: Instant,
        together: bool,
    ) -> Option<Vec<AppEffect>> {
        let by_itself = matches!(event, AppEvent::Tick(_));
        if !together && !by_itself {
            self.burst = false;
        }
        let stroke = match event {
            AppEvent::Key(key) => Some(Stroke::Key(key)),
            AppEvent::Click(..) => Some(Stroke::Click),
            _ => None,
        };
        let curtain = app.game().is_some_and(Game::curtain_hangs);
        let meant = stroke.is_none_or(|stroke| self.is_meant(stroke, now, curtain));
        let chooses = stroke.is_some_and(|stroke| chooses(app, stroke));
        let decides = app.takes_choices();
        if decides && chooses && !meant {
            return None;
        }
        let page = |app: &App<'_>| (app.screen(), app.session().map_or(0, |session| session.log().len()));
        let before = page(app);
        let effects = app.update(event);
        let turned = page(app) != before;
        if turned && by_itself {
            self.pause = Some(now + PAUSE);
        }
        // Elsewhere a stroke may open a game, which is only seen once that is done.
        if let Some(stroke) = stroke.filter(|_| turned || !decides) {
            self.spent = Some(Spent { stroke, at: now, again: false });
            self.burst = true;
        }
        Some(effects)
    }

    /// Whether a stroke that has come now is a finger's, and for what is on screen. A curtain wants whoever lifts it to have
    /// let go of the key for the whole time.
    fn is_meant(&mut self, stroke: Stroke, now: Instant, curtain: bool) -> bool {
        let since = |at: Instant| now.saturating_duration_since(at);
        let held = self.last.replace((stroke, now)).is_some_and(|(last, at)| last == stroke && since(at) < REPEAT);
        self.spent = self.spent.filter(|spent| {
            let silence = if spent.again && !curtain { FINGER } else { SILENCE };
            spent.stroke == stroke && since(spent.at) < silence
        });
        self.spent = self.spent.map(|spent| Spent { at: now, again: true, ..spent });
        let pauses = self.pause.is_some_and(|end| now < end);
        !(self.burst || held || self.spent.is_some() || pauses)
    }
}

/// Whether a stroke can choose something, where there is something to choose.
fn chooses(app: &App<'_>, stroke: Stroke) -> bool {
    match stroke {
        Stroke::Click => true,
        Stroke::Key(key) => {
            matches!(key, Key::Char('0'..='9')) || app.display.keymap.action(key) == Some(Action::Choose)
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use super::Presses;
    use crate::record::Settings;
    use crate::story::{SeatId, Sources, Story, check};
    use crate::tui::app::{App, AppEvent, Display};
    use crate::tui::start::AppStart;
    use crate::view::{Key, Keymap};

    const ENTER: AppEvent = AppEvent::Key(Key::Enter);
    const ONE: AppEvent = AppEvent::Key(Key::Char('1'));
    const TWO: AppEvent = AppEvent::Key(Key::Char('2'));
    const DOWN: AppEvent = AppEvent::Key(Key::Down);

    /// Two seats, one after the other, and always two choices.
    fn story() -> Story {
        let text = r#"(
          roles: { "a": (name: "Ada"), "b": (name: "Ben") },
          scenes: {
            "one": (seat: "a", text: "One.", choices: [(say: "On.", go: "two", keep: true), (say: "Stay.", keep: true)]),
            "two": (seat: "b", text: "Two.", choices: [(say: "On.", go: "one", keep: true), (say: "Stay.", keep: true)]),
          })"#;
        let checked = check(&Sources::from_texts([("story.ron", text)]), Vec::new());
        checked.story.unwrap_or_else(|| panic!("{:?}", checked.diagnostics))
    }

    /// A game on screen, with a clock of its own.
    struct Table<'s> {
        app: App<'s>,
        presses: Presses,
        now: Instant,
    }

    impl<'s> Table<'s> {
        fn title(story: &'s Story) -> Self {
            Self::start(AppStart::of(story))
        }

        /// With a person on each of so many seats.
        fn of(story: &'s Story, seats: usize) -> Self {
            let together: Vec<SeatId> = story.seat_ids().take(seats).collect();
            let start = AppStart { title: false, seat: Some(together[0]), together, ..AppStart::of(story) };
            let mut table = Self::start(start);
            if table.curtain_hangs() {
                table.after(0, ENTER);
            }
            table.now += Duration::from_secs(5);
            table
        }

        fn start(start: AppStart<'s>) -> Self {
            let settings = Settings { motion: false, ..Settings::default() };
            let display = Display { settings, ..Display::default() };
            let (app, _) = App::new(start, display, Vec::new());
            Self { app, presses: Presses::default(), now: Instant::now() }
        }

        /// Something happens so many milliseconds later.
        fn after(&mut self, millis: u64, event: AppEvent) -> &mut Self {
            self.event(millis, event, false)
        }

        fn event(&mut self, millis: u64, event: AppEvent, together: bool) -> &mut Self {
            self.now += Duration::from_millis(millis);
            self.presses.hand_on(&mut self.app, event, self.now, together);
            self
        }

        fn decisions(&self) -> usize {
            self.app.session().map_or(0, |session| session.log().len())
        }

        fn curtain_hangs(&self) -> bool {
            self.app.game().is_some_and(crate::play::Game::curtain_hangs)
        }

        /// Where an item is drawn.
        fn click_on(&self, item: usize) -> AppEvent {
            let (columns, rows) = self.app.size;
            let mut cells = (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row)));
            let (column, row) = cells
                .find(|(column, row)| crate::tui::draw::item_at(&self.app, *column, *row) == Some(item))
                .expect("it is on screen");
            AppEvent::Click(column, row)
        }
    }

    #[test]
    fn a_burst_decides_once() {
        let story = story();
        for keys in [[ENTER, ENTER, ENTER], [ENTER, ONE, TWO]] {
            let mut table = Table::of(&story, 1);
            for (at, key) in keys.into_iter().enumerate() {
                table.event(0, key, at > 0);
            }
            assert_eq!(table.decisions(), 1);
        }
    }

    /// A key held down, as keyboards repeat it: after a while, and then fast.
    #[test]
    fn a_key_held_down_decides_once() {
        let story = story();
        for first in [250, 500, 660] {
            for rate in [20, 33, 90] {
                let mut table = Table::of(&story, 1);
                table.after(0, TWO).after(first, TWO);
                for _ in 0..60 {
                    table.after(rate, TWO);
                }
                assert_eq!(table.decisions(), 1, "after {first} ms, then each {rate}");
                table.after(710, TWO);
                assert_eq!(table.decisions(), 2, "let go and struck again");
            }
        }
    }

    /// What was struck too soon costs one stroke, and not every one that follows.
    #[test]
    fn a_stroke_that_does_not_count_does_not_silence_the_next() {
        let story = story();
        let mut table = Table::of(&story, 1);
        table.after(0, TWO).after(150, TWO).after(210, TWO);
        assert_eq!(table.decisions(), 2);
    }

    #[test]
    fn a_key_held_from_another_screen_decides_nothing() {
        let story = story();
        let mut table = Table::title(&story);
        table.after(0, ENTER).after(400, ENTER);
        assert!(table.app.game().is_some(), "a seat was taken");
        for _ in 0..30 {
            table.after(33, ENTER);
        }
        assert_eq!(table.decisions(), 0);
        // An overlay that is closed by the key, too.
        let mut table = Table::of(&story, 1);
        table.after(0, AppEvent::Key(Key::Char('h'))).after(900, ENTER).after(500, ENTER).after(33, ENTER);
        assert_eq!(table.decisions(), 0);
    }

    #[test]
    fn strokes_of_a_finger_count() {
        let story = story();
        let mut table = Table::of(&story, 1);
        table.after(0, ONE).after(150, TWO).after(150, ONE);
        assert_eq!(table.decisions(), 3, "different keys");
        // A key that repeats is silenced by any other.
        let mut table = Table::of(&story, 1);
        table.after(0, ENTER).after(120, DOWN).after(120, ENTER);
        assert_eq!(table.decisions(), 2, "on the list again");
        let mut table = Table::of(&story, 1);
        for _ in 0..5 {
            table.after(750, TWO);
        }
        assert_eq!(table.decisions(), 5, "one key, again and again");
        // Faster, every other stroke may be the first repeat of a key held down; the one after it is not.
        let mut table = Table::of(&story, 1);
        for _ in 0..6 {
            table.after(400, TWO);
        }
        assert_eq!(table.decisions(), 3, "one key, faster");
    }

    #[test]
    fn a_key_that_was_given_the_choosing_is_held_as_well() {
        let story = story();
        let mut table = Table::of(&story, 1);
        table.app.display.keymap = Keymap::patched([("choose", ["x".to_owned()].as_slice())]).expect("sound");
        let key = AppEvent::Key(Key::Char('x'));
        table.after(0, key.clone()).after(500, key.clone()).after(33, key);
        assert_eq!(table.decisions(), 1);
    }

    #[test]
    fn the_key_that_brought_the_curtain_does_not_lift_it_at_once() {
        let story = story();
        let mut table = Table::of(&story, 2);
        table.after(0, ONE).after(150, ONE).after(650, ONE);
        assert!(table.curtain_hangs());
        table.after(710, ONE);
        assert!(!table.curtain_hangs());
        // Nor does it decide behind it.
        let decisions = table.decisions();
        table.after(300, ONE);
        assert_eq!(table.decisions(), decisions);
    }

    #[test]
    fn a_page_that_changes_by_itself_is_not_decided_by_a_stroke_for_the_last_one() {
        let story = story();
        for seats in [1, 2] {
            let mut table = Table::of(&story, seats);
            table.app.class.seconds = 10;
            table.after(0, AppEvent::Tick(Duration::from_secs(11)));
            let decisions = table.decisions();
            assert!(decisions > 0, "the turn was over");
            let curtain = table.curtain_hangs();
            let click = table.click_on(0);
            table.after(0, ONE).after(300, TWO).after(300, click).after(300, ENTER);
            assert_eq!((table.decisions(), table.curtain_hangs()), (decisions, curtain));
            table.after(200, ONE);
            assert_ne!((table.decisions(), table.curtain_hangs()), (decisions, curtain));
        }
    }

    #[test]
    fn a_click_is_held_to_the_same_rules() {
        let story = story();
        let mut table = Table::of(&story, 1);
        let click = table.click_on(1);
        table.after(0, click.clone()).after(120, click.clone());
        assert_eq!(table.decisions(), 1, "a double click");
        // While a line is typed nothing is clicked.
        table.after(1_000, AppEvent::Key(Key::Char('n'))).after(1_000, click.clone());
        assert_eq!(table.decisions(), 1);
        assert!(table.app.field.is_some());
        table.after(1_000, AppEvent::Key(Key::Esc)).after(1_000, click.clone());
        assert_eq!(table.decisions(), 2);
        // What is on its way to the page is completed, and nothing else is done.
        table.app.display.settings = Settings { pace: crate::record::Pace::Slow, ..Settings::default() };
        table.after(1_000, click.clone());
        assert!(table.app.motion.is_on());
        let decisions = table.decisions();
        table.after(1_000, click.clone());
        assert_eq!((table.decisions(), table.app.motion.is_on()), (decisions, false));
        table.after(1_000, click);
        assert_eq!(table.decisions(), decisions + 1);
    }
}
