use crate::story::ast;
use crate::story::diagnostic::Code;
use crate::story::expr::Condition;
use crate::story::model::{Ending, EndingId, SceneId, SeatId, WrittenWalk};
use crate::story::nearest::one_of;
use crate::story::read::{Entries, Text};

use super::Checker;
use super::gather::Gathered;

impl<'s> Checker<'s> {
    pub(super) fn walks(&mut self, g: &Gathered<'s>, endings: &[Ending]) -> Vec<WrittenWalk> {
        // What only a walk looks at is still unused by the story.
        self.without_use(|checker| g.walks.iter().map(|(id, walk)| checker.walk(g, id, walk, endings)).collect())
    }

    fn walk(&mut self, g: &Gathered<'s>, id: &'s str, walk: &ast::Walk<'s>, endings: &[Ending]) -> WrittenWalk {
        self.good_name(id);
        let everyone: Vec<SeatId> = (0..g.roles.len().clamp(1, 16)).map(SeatId::new).collect();
        let seats = match &walk.seats {
            None => everyone,
            Some(seats) => seats.iter().filter_map(|seat| self.seat_of(*seat)).collect(),
        };
        let seed = u64::try_from(walk.seed.unwrap_or(1)).unwrap_or_else(|_| {
            self.report(Code::OutOfRange, walk.at, "a seed is a whole number from 0 on");
            1
        });
        let mut lots = Vec::new();
        for (scene, go) in entries(walk.lots.as_ref()) {
            if let (Some(scene), Some(go)) = (self.known_scene(scene), self.known_scene(go.0)) {
                lots.push((scene, go));
            }
        }
        let ends = walk.ends.and_then(|end| {
            let found = endings.iter().position(|ending| ending.id == end.0);
            if found.is_none() {
                self.no_ending(end.0, endings);
            }
            found.map(EndingId::new)
        });
        let through = walk.through.iter().flatten().filter_map(|scene| self.known_scene(scene.0)).collect();
        let mut expect = Vec::new();
        for text in walk.expect.iter().flatten() {
            let condition: Condition = self.condition(Some(text), None);
            expect.push((crate::text::clean(text.value()).into_owned(), condition));
        }
        let checks = [walk.ends.is_some(), walk.stops.is_some(), walk.through.is_some(), walk.expect.is_some()];
        let words = walk.reads.is_some() || walk.never.is_some() || walk.transcript == Some(true);
        if !words && !checks.contains(&true) {
            self.report(Code::MissingField, id, format!("the walk `{id}` expects nothing, so it cannot fail")).help =
                Some("give it `ends`, `stops`, `through`, `expect`, `reads`, `never` or `transcript: true`".to_owned());
        }
        WrittenWalk {
            id: id.to_owned(),
            seats,
            seed,
            picks: walk.picks.iter().flatten().map(|text| self.as_written(text)).collect(),
            lots,
            ends,
            stops: walk.stops.and_then(|scene| self.known_scene(scene.0)),
            through,
            expect,
            reads: self.words_by_seat(walk.reads.as_ref()),
            never: self.words_by_seat(walk.never.as_ref()),
            transcript: walk.transcript == Some(true),
        }
    }

    /// Tells that a story has no such ending. One that declares none has those that its scenes name.
    fn no_ending(&mut self, end: &'s str, endings: &[Ending]) {
        if !self.lists.endings.is_empty() {
            let near = self.near(end, &self.lists.endings);
            return self.unknown(Code::UnknownEnding, end, "ending", near);
        }
        let known = endings.iter().map(|ending| ending.id.as_str());
        let help = match (self.names.near(end, known.clone()), one_of(end, known)) {
            (Some(near), _) => format!("did you mean `{near}`?"),
            (None, Some(list)) => format!("write {list}: endings are called as their scenes have it in `end`"),
            (None, None) => "give a scene this `end`".to_owned(),
        };
        let shown = crate::text::clean(end).into_owned();
        self.report(Code::UnknownEnding, end, format!("there is no ending `{shown}`")).help = Some(help);
    }

    fn known_scene(&mut self, id: &'s str) -> Option<SceneId> {
        let found = self.names.scenes.get(id).copied();
        if found.is_none() {
            self.scene_of(crate::story::read::Id(id));
        }
        found
    }

    fn words_by_seat(&mut self, words: Option<&Entries<'s, Vec<Text<'s>>>>) -> Vec<(SeatId, String)> {
        let mut out = Vec::new();
        for (seat, words) in entries(words) {
            let Some(seat) = self.seat_of(crate::story::read::Id(seat)) else { continue };
            out.extend(words.iter().map(|text| (seat, self.as_written(text))));
        }
        out
    }
}

fn entries<'a, 's, T>(entries: Option<&'a Entries<'s, T>>) -> &'a [(&'s str, T)] {
    entries.map_or(&[], |Entries(entries)| entries.as_slice())
}
