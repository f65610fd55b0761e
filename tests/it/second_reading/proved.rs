//! What the proof says, beside what walking every night finds; in both directions.

use std::collections::BTreeSet;

use hallway::proof::{Fault, Proof, Status};
use hallway::story::{Expected, SceneId, Story};

use super::every::{Everything, all, everything, words_in_branches, words_of};
use super::file::StoryFile;
use crate::support::prove_small;

/// What differs between the proof and a walk of all nights; `Ok(None)` where there are more states than these.
pub fn compare(story: &Story, file: &StoryFile, most: usize) -> Result<Option<Everything>, String> {
    let Some(every) = everything(file, most) else { return Ok(None) };
    let proof = prove_small(story);
    if proof.status == Status::Bounded {
        return Err("so small a story is not proved".to_owned());
    }
    let said = Said::of(story, &proof);
    let mut wrong = Vec::new();
    let mut same = |what: &str, proof: bool, walk: bool| {
        if proof != walk {
            wrong.push(format!("{what}: {proof} says the proof, and {walk} the walk"));
        }
    };
    for scene in said.stuck.union(&every.stuck) {
        same(&format!("stuck in {scene}"), said.stuck.contains(scene), every.stuck.contains(scene));
    }
    same("runs on without end", said.long_run, every.long_run);
    same("may never end", said.endless, every.endless);
    if !every.endless {
        same("may never end where the story decides", said.endless_alone, every.endless_alone);
    }
    let met = |name: &str| every.met.contains(name);
    for name in all(file) {
        // Of a scene that no game reaches, nothing else is said.
        let scene = name.split(' ').nth(1).filter(|_| !name.starts_with("ending ") && !name.starts_with("heard "));
        if name.starts_with("scene ") || scene.is_none_or(|scene| met(&format!("scene {scene}"))) {
            same(&format!("never {name}"), said.never.contains(&name), !met(&name));
        }
    }
    for (name, scene) in &file.scenes.0 {
        for number in 0..scene.expect.len() {
            let name = format!("unexpected {name} {number}");
            same(&name, said.unexpected.contains(&name), met(&name));
        }
    }
    for seat in said.never.iter().filter(|name| name.starts_with("standing ")) {
        same(&format!("never {seat}"), true, !met(seat));
    }
    for word in &said.words {
        same(&format!("{word} never shown"), true, !every.words.contains(word));
    }
    for (word, needs) in words_in_branches(file) {
        // Only how long words begin is told.
        if met(&needs) && !said.cut.contains(&needs) {
            same(&format!("{word} never shown"), said.words.contains(&word), !every.words.contains(&word));
        }
    }
    if wrong.is_empty() {
        return Ok(Some(every));
    }
    wrong.dedup();
    let told: Vec<&str> = proof.findings.iter().map(|finding| finding.message.as_str()).collect();
    Err(format!("{}\n  the proof says:\n  {}", wrong.join("\n"), told.join("\n  ")))
}

/// What the proof says, in the names of [`Everything`].
#[derive(Default)]
struct Said {
    never: BTreeSet<String>,
    /// What is expected of a scene and does not always hold.
    unexpected: BTreeSet<String>,
    words: BTreeSet<String>,
    /// Of what some words are told only as far as they begin.
    cut: BTreeSet<String>,
    stuck: BTreeSet<String>,
    endless: bool,
    endless_alone: bool,
    long_run: bool,
}

impl Said {
    fn of(story: &Story, proof: &Proof) -> Self {
        let mut out = Self::default();
        let scene = |id: &SceneId| story.scene(*id).id.to_string();
        for finding in &proof.findings {
            let never = match &finding.fault {
                Fault::SceneNeverReached(at) => format!("scene {}", scene(at)),
                Fault::EndingNeverReached(ending) => format!("ending {}", story.endings[ending.index()].id),
                Fault::WayNeverTaken(at, way) => format!("way {} {way}", scene(at)),
                Fault::ChoiceNeverOpen(at, choice) => format!("choice {} {choice}", scene(at)),
                Fault::StandingNeverOpen(_, seat) => format!("standing {}", story.seats[seat.index()].id),
                Fault::NeverSent(at, id) => format!("message {} {}", scene(at), story.messages[id.index()].id),
                Fault::CarrierNeverOpen(at, id) => format!("carrier {} {}", scene(at), story.carriers[id.index()].id),
                Fault::LicenceNeverOpen(at, id) => format!("licence {} {}", scene(at), story.licences[id.index()].id),
                Fault::TreatmentNeverOpen(at, id) => {
                    format!("treatment {} {}", scene(at), story.treatments[id.index()].id)
                }
                Fault::HandlingNeverOpen(at, id) => {
                    format!("handling {} {}", scene(at), story.handlings[id.index()].id)
                }
                Fault::NeverHeard(message, id) => {
                    format!("heard {} {}", story.messages[message.index()].id, story.treatments[id.index()].id)
                }
                Fault::NeverShown(at, choice, words) => {
                    out.words.extend(words_of(words));
                    if words.contains('…') {
                        out.cut.insert(match choice {
                            Some(choice) => format!("choice {} {choice}", scene(at)),
                            None => format!("scene {}", scene(at)),
                        });
                    }
                    continue;
                }
                Fault::Unexpected(number, at) => {
                    let Expected::Scene(id) = at else { continue };
                    let before = story.expectations[..*number].iter().filter(|other| other.at == *at).count();
                    out.unexpected.insert(format!("unexpected {} {before}", scene(id)));
                    continue;
                }
                other => {
                    match other {
                        Fault::Stuck(at) => out.stuck.extend([scene(at)]),
                        Fault::Endless(_) => out.endless = true,
                        Fault::EndlessAlone(_) => out.endless_alone = true,
                        Fault::LongRun(_) => out.long_run = true,
                        _ => {}
                    }
                    continue;
                }
            };
            out.never.insert(never);
        }
        out
    }
}
