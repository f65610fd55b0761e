//! The findings of a proof as diagnostics of the files that they are about.

use crate::story::{Checked, Code, Diagnostic, Place, Places, SceneKind, Sources, capped};

use super::causes::causes;
use super::finding::{At, Fault, Finding};
use super::prove::Proof;

impl Proof {
    /// The findings as diagnostics of the story's files; what only follows from another is left out.
    #[must_use]
    pub fn diagnostics(&self, name: &str, checked: &Checked, sources: &Sources) -> Vec<Diagnostic> {
        let Some(story) = &checked.story else { return Vec::new() };
        // Nothing else can be mended before.
        let ends = story.scenes.iter().any(|scene| matches!(scene.kind, SceneKind::End(_)));
        let stranded = self.findings.iter().find(|finding| finding.code == Code::SoftLock);
        if let Some(stranded) = stranded.filter(|_| !ends) {
            let help =
                "write `end: \"Title\"` in the scene in which it ends, in the place of its `go` or its `choices`";
            let none = Finding {
                at: At::Scene(story.start),
                message: "no scene ends this story".to_owned(),
                help: Some(help.to_owned()),
                walk: None,
                ..stranded.clone()
            };
            return vec![none.diagnostic(name, (Code::SoftLock, None), &checked.places, sources)];
        }
        let causes = causes(story, &self.findings).into_iter();
        capped(
            causes
                .map(|cause| cause.finding.diagnostic(name, (cause.code, cause.follows), &checked.places, sources))
                .collect(),
        )
    }
}

impl Finding {
    /// Where the words that it is about stand, in the scene or choice at this place.
    fn words_behind(&self, scene: Place, places: &Places, sources: &Sources) -> Option<Place> {
        let (Fault::NeverShown(_, _, words) | Fault::AlwaysShown(_, _, words)) = &self.fault else { return None };
        let text = &sources.file(scene.file).text;
        let next = places.scenes.iter().flatten().filter(|it| it.file == scene.file && it.start > scene.start);
        let end = next.map(|it| it.start).min().unwrap_or(text.len());
        let head = words.trim_end_matches('…');
        let head = if head.len() < words.len() { head.rsplit_once(' ').map_or(head, |(head, _)| head) } else { head };
        // Forms and marks may part the words; they begin alike.
        let begins = head.match_indices(' ').nth(2).map_or(head, |(at, _)| &head[..at]);
        let inside = text.get(scene.end..end)?;
        let find = |words: &str| Some((inside.find(words).filter(|_| !words.is_empty())?, words.len()));
        let (at, length) = find(head).or_else(|| find(begins))?;
        Some(Place { start: scene.end + at, end: scene.end + at + length, ..scene })
    }

    fn diagnostic(
        &self,
        name: &str,
        (code, follows): (Code, Option<String>),
        places: &Places,
        sources: &Sources,
    ) -> Diagnostic {
        let get = |list: &[Option<Place>], at: usize| list.get(at).copied().flatten();
        let place = match self.at {
            At::Scene(id) => get(&places.scenes, id.index()),
            At::Choice(id, at) => {
                let choices = places.choices.get(id.index());
                choices.and_then(|list| get(list, usize::from(at))).or_else(|| get(&places.scenes, id.index()))
            }
            At::Way(id, at) => {
                let ways = places.ways.get(id.index());
                ways.and_then(|list| get(list, at)).or_else(|| get(&places.scenes, id.index()))
            }
            At::Message(id) => get(&places.messages, id.index()),
            At::Var(id) => get(&places.vars, id.index()),
            At::Ending(id) => get(&places.endings, id.index()),
            At::Sheet(id) => get(&places.sheets, id.index()),
            At::Story => None,
        };
        let place = place.map(|place| self.words_behind(place, places, sources).unwrap_or(place));
        let replay = self.walk.as_ref().map(|walk| {
            let name = crate::text::quoted(name);
            format!("to see it: hallway replay {name} --walk '{walk}'")
        });
        let help: Vec<String> = self.help.iter().cloned().chain(follows).chain(replay).collect();
        let file = place.map_or_else(|| name.to_owned(), |place| sources.file(place.file).name.clone());
        Diagnostic {
            code,
            file,
            place,
            message: self.message.clone(),
            label: String::new(),
            help: (!help.is_empty()).then(|| help.join("\n")),
            also: Vec::new(),
        }
    }
}
