//! The tests that take their time: what is counted by the million, and what proves a whole episode. Those that a
//! developer waits for while working are in `tests/it`.

#[cfg(unix)]
mod axe;
#[cfg(unix)]
mod browser;
#[cfg(unix)]
mod chromium;
#[cfg(unix)]
mod class_night;
#[cfg(unix)]
#[path = "../it/serve/support.rs"]
#[expect(dead_code, reason = "the quick tests use the rest of it")]
mod classes;
mod codes;
#[cfg(unix)]
mod kills;
#[cfg(unix)]
mod looks;
mod nights;
mod proof;
mod readings;
#[path = "../it/runtime/mod.rs"]
mod runtime;
#[path = "../it/second_reading/mod.rs"]
#[expect(dead_code, reason = "the quick tests use the rest of it")]
mod second_reading;
mod shipped;
#[path = "../it/slips_of_the_pen.rs"]
mod slips_of_the_pen;
#[path = "../it/support/mod.rs"]
#[expect(dead_code, reason = "the quick tests use the rest of it")]
mod support;
mod typos;
mod web;
