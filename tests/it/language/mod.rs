//! The conformance table of the language: `tests/data/language`, a small story for every row of the guide's reference.
//!
//! Each file says in its own comments what the writer writes, what it means, what `check` and the proof say of it, and,
//! word for word, what a seat reads when the story is played (see [`case`]). One test plays every case through the
//! engine, the plain face, the drawn face, from a save and after undo, and holds `simulate` and the proof to what trying
//! everything finds; another makes the tables of `scenes/README.md` from the same files. So what the guide says is what
//! happens, and a row without a case cannot exist.
//!
//! `INSTA_UPDATE=always` writes what is read into the cases and the rows into the guide; read the difference.

mod binary;
mod case;
mod covers;
mod crossings;
mod diagnostics;
mod drawn;
mod guide;
mod kept;
mod nights;
mod plain;
mod playing;
mod reading;

use case::{Case, cases};

/// True where what differs is to be accepted, as for snapshots.
fn accepts() -> bool {
    std::env::var_os("INSTA_UPDATE").is_some_and(|how| how == "always")
}

/// Words with one blank between them.
fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Runs a check on every case that can be played, on all cores, and fails with everything that it found.
fn each(check: impl Fn(&Case, &hallway::story::Story) -> Vec<String> + Sync) {
    let cases = cases();
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let some = |cases: &[Case]| -> Vec<String> {
        let mut faults = Vec::new();
        for case in cases {
            let Some(story) = case.story() else { continue };
            faults.extend(check(case, &story).into_iter().map(|fault| format!("{}: {fault}", case.path)));
        }
        faults
    };
    let faults: Vec<String> = std::thread::scope(|scope| {
        let some = &some;
        let parts: Vec<_> =
            cases.chunks(cases.len().div_ceil(cores)).map(|part| scope.spawn(move || some(part))).collect();
        parts.into_iter().flat_map(|part| part.join().expect("no panic")).collect()
    });
    assert!(faults.is_empty(), "{} faults\n\n{}", faults.len(), faults.join("\n\n"));
}

#[test]
fn what_is_read_is_what_each_case_says() {
    each(|case, story| {
        let differs = |block: &case::Block| block.differs(&diagnostics::told(story, &block.heading));
        let differences: Vec<_> = case.blocks.iter().filter_map(differs).collect();
        if accepts() && !differences.is_empty() {
            case.accept(differences);
            return Vec::new();
        }
        differences.into_iter().map(|difference| difference.shown).collect()
    });
}

#[test]
fn check_and_the_proof_say_what_each_case_says() {
    let faults: Vec<String> = cases().iter().flat_map(Case::judged).collect();
    assert!(faults.is_empty(), "{}", faults.join("\n\n"));
}

#[test]
fn the_walks_of_each_case_come_out_as_they_are_written() {
    each(|_, story| {
        let faults = |walk| hallway::author::walk(story, walk).faults;
        story
            .walks
            .iter()
            .flat_map(|walk| faults(walk).into_iter().map(|why| format!("`{}`: {why}", walk.id)))
            .collect()
    });
}

#[test]
fn every_face_reads_the_same_words() {
    each(|case, story| {
        let played = playing::all(case, story);
        let mut faults: Vec<String> = drawn::door(story).into_iter().collect();
        for playing in &played {
            faults.extend(plain::compare(playing));
            faults.extend(drawn::compare(playing));
            faults.extend(kept::compare(playing));
        }
        faults
    });
}

#[test]
fn random_nights_and_the_proof_find_what_trying_everything_finds() {
    each(|_, story| nights::compare(story));
}
