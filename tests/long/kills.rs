//! The program that serves a class, killed again and again while its devices play: what anybody was told is decided stays so.

use std::sync::mpsc::{Sender, channel};

use serde_json::{Value, json};

use crate::classes::{Device, Served, decision};
use crate::support::{Dice, Hallway};

const KILLS: usize = 200;
const GROUPS: usize = 4;

/// Plays until the class is gone or the game is over; tells of every decision that was answered.
fn plays(devices: &mut [Device], dice: &mut Dice, decided: &Sender<()>) -> u64 {
    let mut known = 0;
    loop {
        let mut acted = false;
        for device in devices.iter_mut() {
            let head = device.head("GET", "/state", "");
            let Some(answer) = device.try_ask(&head, "") else { return known };
            let Ok(shown) = serde_json::from_str::<Value>(&answer.body) else { return known };
            assert!([200, 429].contains(&answer.status), "{}: {}", answer.status, answer.body);
            let Some(request) = decision(&shown, dice) else { continue };
            let (head, body) = device.posted("/decide", &request);
            let Some(answer) = device.try_ask(&head, &body) else { return known };
            let Ok(shown) = serde_json::from_str::<Value>(&answer.body) else { return known };
            if answer.status == 200 {
                known = shown["moves"].as_u64().expect("a number");
                acted = true;
                // Whoever counts may have killed the program already.
                let _ = decided.send(());
            }
        }
        if !acted {
            return known;
        }
    }
}

#[test]
fn nothing_that_was_answered_is_lost_however_often_the_program_is_killed() {
    let (hallway, home) = (Hallway::new(), tempfile::tempdir().expect("a folder"));
    let mut dice = Dice(17);
    let (mut kills, mut answered, mut classes) = (0, 0, 0);
    while kills < KILLS {
        classes += 1;
        let folder = home.path().join(format!("class-{classes}"));
        let groups = GROUPS.to_string();
        let mut served = Served::new(&hallway, &folder, &["--groups", &groups]);
        let mut devices: Vec<Vec<Device>> = Vec::new();
        for group in 0..GROUPS {
            let sits = |seat: &str| {
                let mut device = served.device();
                let joined = device.post("/join", &json!({ "code": served.code, "group": group, "seat": seat }));
                assert_eq!(joined.status, 200, "{}", joined.body);
                device
            };
            devices.push(["macron", "rouhani", "aide"].map(sits).into());
        }
        served.says("begin", "Began play in all 4 groups.");
        let mut known = [0; GROUPS];
        loop {
            let (decided, decisions) = channel();
            let most = 1 + dice.below(8);
            let mut over = 0;
            std::thread::scope(|scope| {
                let playing: Vec<_> = devices
                    .iter_mut()
                    .enumerate()
                    .map(|(at, devices)| {
                        let (decided, mut dice) = (decided.clone(), Dice((kills * GROUPS + at) as u64));
                        scope.spawn(move || plays(devices, &mut dice, &decided))
                    })
                    .collect();
                drop(decided);
                // Ends early where every game is over.
                let count = decisions.iter().take(most).count();
                over = usize::from(count < most);
                served.kill();
                for (at, playing) in playing.into_iter().enumerate() {
                    known[at] = known[at].max(playing.join().expect("played"));
                }
                answered += count + decisions.iter().count();
            });
            kills += 1;
            served = Served::new(&hallway, &folder, &[]);
            for (at, devices) in devices.iter_mut().enumerate() {
                for device in devices {
                    device.at = served.at;
                    let shown = device.state();
                    assert!(shown["moves"].as_u64().is_some_and(|moves| moves >= known[at]), "lost: {shown}");
                }
            }
            if over > 0 || kills == KILLS {
                break;
            }
        }
    }
    println!("{kills} kills of {classes} classes, {answered} decisions answered, none lost");
}
