//! Which variables words read.

use crate::story::{Condition, Form, Kind, Message, MessageId, Piece, SceneId, Story, Template, VarId};

use super::meter::Meter;
use super::program::Program;

/// By variable, whether anything reads it: a guard, a leaning, the condition of an effect, or words.
pub(super) fn reads_anywhere(program: &Program<'_>) -> Vec<bool> {
    let story = program.story;
    let mut read = vec![false; program.bounds.len()];
    let see = &mut |var: VarId| read[var.index()] = true;
    program.scenes.iter().flat_map(|scene| &scene.steps).for_each(|step| step.reads(see));
    program.effects().map(crate::story::Effect::when).for_each(|when: &Condition| when.reads(see));
    for id in story.scene_ids() {
        texts(story, id, &mut |text| words(story, text, see));
    }
    for message in &story.messages {
        said(message, &mut |text| words(story, text, see));
    }
    read
}

/// The variables that the words of each scene read, also in what its choices say and in what they quote: of those that
/// are `wanted`. Where the budget is used up they are not all.
pub(super) fn reads_of_scenes(
    story: &Story,
    wanted: &dyn Fn(VarId) -> bool,
    meter: &Meter<'_>,
) -> Vec<(SceneId, VarId)> {
    let mut out = Vec::new();
    for scene in story.scene_ids() {
        let mut see = |var| {
            if wanted(var) {
                out.push((scene, var));
            }
        };
        // A message is looked at once, however often it is quoted.
        let mut quoted = vec![false; story.messages.len()];
        let mut waiting = Vec::new();
        texts(story, scene, &mut |text| {
            words(story, text, &mut see);
            quotes(story, text, &mut |message| waiting.push(message));
        });
        while let Some(message) = waiting.pop() {
            if meter.works(1) {
                return out;
            }
            if !std::mem::replace(&mut quoted[message.index()], true) {
                said(&story.messages[message.index()], &mut |text| {
                    words(story, text, &mut see);
                    quotes(story, text, &mut |message| {
                        if !quoted[message.index()] {
                            waiting.push(message);
                        }
                    });
                });
            }
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// Everything that may be read in a scene.
fn texts(story: &Story, id: SceneId, see: &mut dyn FnMut(Template)) {
    let scene = story.scene(id);
    story.texts(id).iter().flatten().for_each(|text| see(*text));
    let Kind::Decide(decision) = &scene.kind else { return };
    let standing = scene.seat.and_then(|seat| story.seats[seat.index()].standing.as_ref());
    for choice in story.choices(decision).iter().chain(standing) {
        std::iter::once(choice.say).chain(choice.reply()).chain(choice.locked()).for_each(&mut *see);
        if let Some((message, ..)) = choice.send() {
            see(story.messages[message.index()].gist);
        }
    }
    match decision.form.as_deref() {
        Some(Form::Pass { messages, .. }) => messages.iter().for_each(|id| see(story.messages[id.index()].gist)),
        Some(Form::Relay { .. }) => story.messages.iter().for_each(|message| said(message, see)),
        _ => {}
    }
}

/// What a message says: as it is meant, and as it is heard.
fn said(message: &Message, see: &mut dyn FnMut(Template)) {
    see(message.gist);
    message.heard.iter().flatten().for_each(|reading| see(reading.text));
}

/// The variables that words read by themselves.
fn words(story: &Story, text: Template, see: &mut dyn FnMut(VarId)) {
    story.words(text).each(&mut |piece| match piece {
        Piece::Value(var) => see(var),
        Piece::If { when, .. } => when.reads(&mut |var| see(var)),
        Piece::Sheet(sheet) => story.sheets[sheet.index()].lines.iter().for_each(|line| see(line.var)),
        Piece::Clock => story.clock.iter().for_each(|clock| see(clock.var)),
        Piece::Heard(Some(message)) => see(story.messages[message.index()].heard_var),
        Piece::Heard(None) => story.parcel.iter().flat_map(|it| [it.message, it.treatment]).for_each(&mut *see),
        Piece::Meant(None) => story.parcel.iter().for_each(|parcel| see(parcel.message)),
        _ => {}
    });
}

/// The messages that words quote; all of them, where it is the one under way.
fn quotes(story: &Story, text: Template, see: &mut dyn FnMut(MessageId)) {
    story.words(text).each(&mut |piece| match piece {
        Piece::Heard(Some(message)) | Piece::Meant(Some(message)) => see(message),
        Piece::Heard(None) | Piece::Meant(None) => (0..story.messages.len()).map(MessageId::new).for_each(&mut *see),
        _ => {}
    });
}
