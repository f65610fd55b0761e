use std::borrow::Cow;

use crate::story::{Choice, Form, Manner, MannerId, SceneKind, Story, Template};

use super::pick::Pick;
use super::render::ProseReader;
use super::state::State;

/// The words of a template, which are the story's own where it has no forms.
#[inline]
fn said<'s>(reader: ProseReader<'s, '_>, template: Template) -> Cow<'s, str> {
    match reader.story.prose.as_literal(template) {
        Some(words) => Cow::Borrowed(words),
        None => {
            let mut out = String::new();
            reader.read(template, &mut out);
            Cow::Owned(out)
        }
    }
}

/// The words in which a pick is offered now.
pub(super) fn pick_words<'s>(reader: ProseReader<'s, '_>, pick: Pick) -> Cow<'s, str> {
    let ProseReader { story, state, seat, .. } = reader;
    let SceneKind::Decide(decision) = &story.scene(state.scene).kind else { return Cow::Borrowed("") };
    let of = |choice: Option<&'s Choice>| choice.map_or(Cow::Borrowed(""), |it| said(reader, it.say));
    match pick {
        Pick::Choice(at) => of(story.choices(decision).get(usize::from(at))),
        Pick::Standing => of(story.seats[seat.index()].standing.as_ref()),
        Pick::Send { message, carrier, licence } => {
            let what = &story.messages[message.index()];
            let mut out = what.say.clone().unwrap_or_else(|| said(reader, what.gist).into_owned());
            let named = |id: Option<MannerId>, list: &[Manner]| id.map(|id| list[id.index()].name.clone());
            let manner: Vec<String> =
                [named(carrier, &story.carriers), named(licence, &story.licences)].into_iter().flatten().collect();
            if !manner.is_empty() {
                out.push_str(" — ");
                out.push_str(&manner.join(", "));
            }
            out.into()
        }
        Pick::Treat(id) => treatment_words(story, state, id).into(),
        Pick::Handle(id) => story.handlings[id.index()].name.as_str().into(),
        Pick::Line(line) => {
            if let Some(Form::Mark { sheet, .. }) = decision.form.as_deref()
                && let Some(line) = story.sheets[sheet.index()].lines.get(usize::from(line))
            {
                let deed = if state.value(line.var) == 0 { "Strike" } else { "Restore" };
                return format!("{deed}: {}", line.text).into();
            }
            Cow::Borrowed("")
        }
        Pick::Done => {
            if let Some(Form::Mark { say, .. }) = decision.form.as_deref() {
                (&**say).into()
            } else {
                Cow::Borrowed("")
            }
        }
    }
}

/// What a treatment is called for the message in transit: the reading's own words, else the treatment's name.
fn treatment_words<'s>(story: &'s Story, state: &State, id: MannerId) -> &'s str {
    let reading = state.reading_in_transit(story, id);
    match reading.and_then(|(_, reading)| reading.say.as_ref()) {
        Some(say) => say,
        None => &story.treatments[id.index()].name,
    }
}
