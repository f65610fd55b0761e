//! Which variables words read.

use crate::story::{Condition, Form, Message, MessageId, Piece, SceneId, SceneKind, Story, Template, VarId};

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
        answered(message, &mut |text| words(story, text, see));
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
        // A message, and its answers, are looked at once, however often they are quoted.
        let mut quoted = vec![[false; 2]; story.messages.len()];
        let mut waiting = Vec::new();
        texts(story, scene, &mut |text| {
            words(story, text, &mut see);
            quotes(story, text, &mut |quote| waiting.push(quote));
        });
        while let Some(quote) = waiting.pop() {
            if meter.works(1) {
                return out;
            }
            let (message, which) = quote.at();
            if std::mem::replace(&mut quoted[message.index()][which], true) {
                continue;
            }
            let mut look = |text| {
                words(story, text, &mut see);
                quotes(story, text, &mut |quote| {
                    let (message, which) = quote.at();
                    if !quoted[message.index()][which] {
                        waiting.push(quote);
                    }
                });
            };
            match quote {
                Quote::Said(id) => said(&story.messages[id.index()], &mut look),
                Quote::Answered(id) => answered(&story.messages[id.index()], &mut look),
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
    story.told(id).for_each(&mut *see);
    let SceneKind::Decide(decision) = &scene.kind else { return };
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

/// What its readings bring about.
fn answered(message: &Message, see: &mut dyn FnMut(Template)) {
    let readings = message.heard.iter().flatten();
    readings.flat_map(|reading| reading.answers.iter().flatten()).for_each(|answer| see(*answer));
}

/// What words quote of a message.
#[derive(Clone, Copy)]
enum Quote {
    Said(MessageId),
    Answered(MessageId),
}

impl Quote {
    /// The message, and a number for what of it is quoted.
    fn at(self) -> (MessageId, usize) {
        match self {
            Self::Said(message) => (message, 0),
            Self::Answered(message) => (message, 1),
        }
    }
}

/// The variables that words read by themselves.
fn words(story: &Story, text: Template, see: &mut dyn FnMut(VarId)) {
    story.words(text).each(&mut |piece| match piece {
        Piece::Value(var) => see(var),
        Piece::If { when, .. } => when.reads(&mut |var| see(var)),
        Piece::Sheet(sheet) => story.sheets[sheet.index()].lines.iter().for_each(|line| see(line.var)),
        Piece::Clock => story.clock.iter().for_each(|clock| see(clock.var)),
        Piece::Heard(Some(message)) | Piece::Answer(Some(message)) => see(story.messages[message.index()].heard_var),
        Piece::Heard(None) | Piece::Answer(None) => {
            story.in_transit.iter().flat_map(|it| [it.message, it.treatment]).for_each(&mut *see);
            story.messages.iter().for_each(|message| see(message.heard_var));
        }
        Piece::Meant(None) => story.in_transit.iter().for_each(|in_transit| see(in_transit.message)),
        _ => {}
    });
}

/// What words quote of messages; of all of them, where it is the one under way.
fn quotes(story: &Story, text: Template, see: &mut dyn FnMut(Quote)) {
    let all = || (0..story.messages.len()).map(MessageId::new);
    story.words(text).each(&mut |piece| match piece {
        Piece::Heard(Some(message)) | Piece::Meant(Some(message)) => see(Quote::Said(message)),
        Piece::Answer(Some(message)) => see(Quote::Answered(message)),
        Piece::Heard(None) | Piece::Meant(None) => all().for_each(|id| see(Quote::Said(id))),
        Piece::Answer(None) => all().for_each(|id| see(Quote::Answered(id))),
        _ => {}
    });
}
