//! What words say of the message under way where none can be.

use crate::story::diagnostic::Code;
use crate::story::model::{Choice, Form, Scene, SceneId, SceneKind, Story};
use crate::story::place::Place;
use crate::story::template::Piece;

use super::lint::sent;
use super::{Checker, Places};

/// What can be so of the message under way as a session comes to a scene, by what is written.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct TransitState {
    /// There may be one.
    sent: bool,
    /// It may have arrived.
    treated: bool,
}

impl TransitState {
    fn or(self, other: Self) -> Self {
        Self { sent: self.sent || other.sent, treated: self.treated || other.treated }
    }
}

impl Checker<'_> {
    /// Forms that say nothing wherever they are read, since no message is under way, or none has arrived.
    pub(super) fn nothing_under_way(&mut self, story: &Story, places: &Places) {
        // That nobody sends anything is told.
        if story.in_transit.is_none() || !sent(story).contains(&true) {
            return;
        }
        let reached = under_way(story);
        // Where nobody carries a message on, that is told of the message.
        let relays = story.scenes.iter().any(|scene| matches!(form(scene), Some(Form::Relay { .. })));
        let carried = relays || story.treatments.is_empty();
        for (id, here) in story.scene_ids().zip(reached) {
            let Some(here) = here else { continue };
            if matches!(form(story.scene(id)), Some(Form::Receive { .. })) && !here.sent {
                let scene = places.scenes.get(id.index()).copied().flatten();
                let message = format!(
                    "no message is under way in `{}`: nothing comes of what is done with it",
                    story.scene(id).id
                );
                self.report_at(Code::NothingUnderWay, scene, message).help = Some(
                    "lead here from where a message is sent, or write `choices` in the place of `receive`".to_owned(),
                );
            }
            let mut found: Option<(&str, &str)> = None;
            for text in story.told(id) {
                story.words(text).each(&mut |piece| {
                    found = found.or(match piece {
                        Piece::Heard(None) if !here.sent => Some(("heard", "no message is under way there")),
                        Piece::Meant(None) if !here.sent => Some(("meant", "no message is under way there")),
                        Piece::Heard(None) if !here.treated && carried => {
                            Some(("heard", "nobody has passed the message on yet"))
                        }
                        _ => None,
                    });
                });
            }
            let Some((form, why)) = found else { continue };
            let scene = places.scenes.get(id.index()).copied().flatten();
            let place = scene.map(|scene| self.within(scene, &format!("{{{form}}}")));
            let message = format!("`{{{form}}}` says nothing in `{}`: {why}", story.scene(id).id);
            let help = match (form, here.sent) {
                ("heard", true) => {
                    "`{meant}` is what was meant; what is heard is known once a `relay` has been decided"
                }
                _ => "write it where a `pass` or a `send` has led, or name the message: `{heard(…)}`, `{meant(…)}`",
            };
            self.report_at(Code::EmptyWords, place, message).help = Some(help.to_owned());
        }
    }

    /// Where this stands first behind the name of a scene; else that name.
    fn within(&self, scene: Place, form: &str) -> Place {
        let text = &self.sources.file(scene.file).text;
        let found = text.get(scene.end..).and_then(|rest| rest.find(form)).map(|at| scene.end + at);
        found.map_or(scene, |start| Place { start, end: start + form.len(), ..scene })
    }
}

/// What a scene offers besides its choices.
fn form(scene: &Scene) -> Option<&Form> {
    match &scene.kind {
        SceneKind::Decide(decision) => decision.form.as_deref(),
        _ => None,
    }
}

/// By scene, what can be so as a session comes to it; `None` if none does.
fn under_way(story: &Story) -> Vec<Option<TransitState>> {
    let mut out: Vec<Option<TransitState>> = vec![None; story.scenes.len()];
    let mut waiting = vec![(story.start, TransitState::default())];
    // A session can be stopped anywhere.
    waiting.extend(story.freeze.map(|freeze| (freeze, TransitState { sent: true, treated: true })));
    while let Some((id, comes)) = waiting.pop() {
        let known = out[id.index()];
        let here = known.unwrap_or_default().or(comes);
        if known == Some(here) {
            continue;
        }
        out[id.index()] = Some(here);
        ways(story, id, here, &mut waiting);
    }
    out
}

/// Where a session goes on from a scene, and with what.
fn ways(story: &Story, id: SceneId, here: TransitState, out: &mut Vec<(SceneId, TransitState)>) {
    let sent = TransitState { sent: true, treated: story.treatments.is_empty() };
    let scene = story.scene(id);
    let decision = match &scene.kind {
        SceneKind::End(_) => return,
        SceneKind::Flow(go) => return out.push((*go, here)),
        SceneKind::Route { ways, .. } => return out.extend(ways.iter().map(|way| (way.go, here))),
        SceneKind::Decide(decision) => decision,
    };
    let of_choice = |choice: &Choice| (choice.go.unwrap_or(id), if choice.send().is_some() { sent } else { here });
    out.extend(story.choices(decision).iter().map(of_choice));
    out.extend(decision.otherwise.map(|go| (go, here)));
    if let Some(form) = &decision.form {
        let with = match **form {
            Form::Pass { .. } => sent,
            Form::Relay { .. } => TransitState { treated: here.sent, ..here },
            Form::Receive { .. } | Form::Mark { .. } => here,
        };
        out.push((form.go(), with));
    }
    let seat = scene.seat.filter(|_| scene.standing);
    let standing = seat.and_then(|seat| story.seats[seat.index()].standing.as_ref());
    out.extend(standing.map(of_choice));
}
