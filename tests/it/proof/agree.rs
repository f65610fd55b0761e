//! The proof's second opinion: on small random stories it must say what trying every night says.

use hallway::engine::Stop;
use hallway::proof::{Fault, Status, Walk};
use hallway::story::{Code, Expected, SceneKind, Severity, Sources, check};

use super::tried::{Verdict, everything};
use crate::support::{Dice, prove_small};

/// Compares proof and trial on `wanted` stories; each kind of fault must be there and not always be there.
pub fn agree(seed: u64, wanted: usize, random: &dyn Fn(&mut Dice) -> String) {
    let mut dice = Dice(seed);
    let mut compared = 0;
    // How many stories have each kind of fault, so that none of the verdicts is always the same.
    let mut shown = 0;
    let mut kinds = [0; 8];
    while compared < wanted {
        let text = expecting(&random(&mut dice));
        let sources = Sources::from_texts([("random.ron", text.as_str())]);
        let checked = check(&sources, Vec::new());
        let Some(story) = &checked.story else { continue };
        let tried = everything(story);
        let proof = prove_small(story);
        assert_ne!(proof.status, Status::Bounded, "so small a story is not proved:\n{text}");
        let told: Vec<&String> = proof.findings.iter().map(|finding| &finding.message).collect();
        assert_eq!(Verdict::of(&proof), tried, "\n{text}\n{told:#?}");
        // However much follows from something else, something is told.
        let errors =
            |mut codes: Box<dyn Iterator<Item = Code> + '_>| codes.any(|code| code.severity() == Severity::Error);
        let diagnostics = proof.diagnostics("random.ron", &checked, &sources);
        let found = errors(Box::new(proof.findings.iter().map(|finding| finding.code)));
        assert_eq!(errors(Box::new(diagnostics.iter().map(|one| one.code))), found, "\n{text}\n{told:#?}");
        compared += 1;
        let never = |is: fn(&Fault) -> bool| tried.never.iter().any(is);
        let faults = [
            never(|fault| matches!(fault, Fault::SceneNeverReached(_))),
            never(|fault| matches!(fault, Fault::NeverShown(..))),
            never(|fault| fault.code() == Code::NeverOpen),
            !tried.stuck.is_empty(),
            tried.endless,
            tried.endless_alone,
            tried.long_run,
            !tried.unexpected.is_empty(),
        ];
        kinds.iter_mut().zip(faults).for_each(|(count, fault)| *count += usize::from(fault));
        for finding in &proof.findings {
            let replayed = || {
                let walk = finding.walk.clone().unwrap_or_else(|| panic!("no way there:\n{text}\n{finding:?}"));
                Walk::parse(&walk.to_string()).expect("written").replay(story).expect("replayed")
            };
            match &finding.fault {
                Fault::Stuck(scene) => {
                    assert_eq!(replayed().stop(), Stop::Stuck, "\n{text}\n{finding:?}");
                    assert_eq!(replayed().state().scene, *scene, "\n{text}\n{finding:?}");
                }
                Fault::LongRun(_) => assert_eq!(replayed().stop(), Stop::Stuck, "\n{text}\n{finding:?}"),
                // Whoever holds the seats from there on, no ending comes.
                Fault::Endless(_) => assert!(replayed().ending().is_none(), "\n{text}\n{finding:?}"),
                Fault::EndlessAlone(_) => assert!(replayed().turn().is_some(), "\n{text}\n{finding:?}"),
                Fault::Unexpected(at, Expected::Scene(scene)) => {
                    let night = replayed();
                    let holds = &story.expectations[*at].holds;
                    // A night that passes on can be there again, in another state; where it stops it was so.
                    let stops = match &story.scene(*scene).kind {
                        SceneKind::Decide(decision) => decision.otherwise.is_none(),
                        kind => matches!(kind, SceneKind::End(_)),
                    };
                    let there = stops && night.state().scene == *scene;
                    assert!(!there || !holds.holds(&night.state().values), "\n{text}\n{finding:?}");
                    shown += usize::from(there);
                }
                _ => {}
            }
        }
    }
    assert!(shown > wanted / 2, "{shown} nights in which something expected does not hold");
    assert!(kinds.iter().all(|count| (wanted / 60..=wanted).contains(count)), "{kinds:?} of {wanted}");
}

/// The same story, which expects of each scene what its words ask about, and that it is never so.
fn expecting(text: &str) -> String {
    let mut parts = text.split("text: \"Here. {if ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (condition, _) = part.split_once(": Then. | Else.}").expect("as the stories are written");
        out.push_str(&format!("expect: [\"{condition}\", \"not ({condition})\"], text: \"Here. {{if {part}"));
    }
    out
}
