//! Everything a story declares besides messages and scenes.

use crate::story::ast;
use crate::story::diagnostic::Code;
use crate::story::model::{
    Domain, Ending, EndingId, Fact, FactStatus, Form, InTransit, Manner, MannerId, MessageId, Scene, SceneId,
    SceneKind, Seat, SeatId, Sheet, SheetId, SheetLine, Var, VarId,
};
use crate::story::read::{Entries, Id};

use super::Checker;
use super::gather::Gathered;

/// Most endings that a story may have.
pub(super) const MOST_ENDINGS: usize = 10_000;

/// What to do about a name that already means something.
pub(super) const ANOTHER_NAME: &str = "choose another name, for instance a longer one";

/// What the one seat of a story without roles is called.
pub(super) const READER: &str = "reader";

impl<'s> Checker<'s> {
    pub(super) fn declare_names(&mut self, g: &Gathered<'s>) {
        self.bounded(g.roles.len(), 16, "roles", g.roles.last().map(|e| e.0));
        self.bounded(g.scenes.len(), 1_000_000, "scenes", g.scenes.last().map(|e| e.0));
        self.bounded(g.messages.len(), 10_000, "messages", g.messages.last().map(|e| e.0));
        self.bounded(g.vars.len(), 10_000, "variables", g.vars.last().map(|e| e.0));
        self.bounded(g.facts.len(), 10_000, "facts", g.facts.last().map(|e| e.0));
        self.bounded(g.endings.len(), MOST_ENDINGS, "endings", g.endings.last().map(|e| e.0));
        self.bounded(g.sheets.len(), 100, "sheets", g.sheets.last().map(|e| e.0));
        for list in [&g.carriers, &g.licences, &g.treatments, &g.handlings] {
            self.bounded(list.len(), 100, "ways of passing of one kind", list.last().map(|e| e.0));
        }
        let seats = g.roles.iter().take(16).enumerate();
        self.lists.seats = seats.map(|(at, (id, _))| (*id, SeatId::new(at))).collect();
        if g.roles.is_empty() {
            self.lists.seats.insert(READER, SeatId::new(0));
        }
        self.lists.vars = keys(&g.vars).into_iter().collect();
        self.lists.messages = index(&g.messages, 10_000, MessageId::new);
        self.lists.sheets = index(&g.sheets, 100, SheetId::new);
        self.lists.endings = index(&g.endings, MOST_ENDINGS, EndingId::new);
        self.lists.facts = index(&g.facts, 10_000, |at| at);
        self.lists.sources = index(&g.sources, usize::MAX, |at| at);
        self.lists.carriers = index(&g.carriers, 100, MannerId::new);
        self.lists.licences = index(&g.licences, 100, MannerId::new);
        self.lists.treatments = index(&g.treatments, 100, MannerId::new);
        self.lists.handlings = index(&g.handlings, 100, MannerId::new);
        self.names.scenes = index(&g.scenes, 1_000_000, SceneId::new);
        self.cited = vec![false; g.facts.len()];
        let roles = g.roles.iter().filter_map(|(id, role)| Some((role.name.as_ref()?, *id)));
        let endings = g.endings.iter().filter_map(|(id, ending)| Some((ending.title.as_ref()?, *id)));
        let sources = g.sources.iter().map(|(id, text)| (text, *id));
        let titles = sources.chain(roles.chain(endings));
        self.titles = titles.map(|(text, id)| (text.value().to_lowercase(), id)).collect();
        for (holder, ids) in [
            ("roles", keys(&g.roles)),
            ("vars", keys(&g.vars)),
            ("messages", keys(&g.messages)),
            ("sheets", keys(&g.sheets)),
            ("facts", keys(&g.facts)),
            ("scenes", keys(&g.scenes)),
        ] {
            self.good_names(holder, ids);
        }
        for (_, sheet) in &g.sheets {
            sheet.lines.iter().flat_map(|Entries(lines)| lines).for_each(|(line, _)| self.good_name(line));
        }
        self.free_names(g);
        let mut passed = keys(&g.messages);
        for list in [&g.carriers, &g.licences, &g.treatments, &g.handlings] {
            for (id, _) in list {
                self.good_name(id);
                passed.push(id);
            }
        }
        for id in passed.into_iter().filter(|id| *id == "none") {
            let message = "`none` already means that there is no message, carrier, licence, treatment or handling";
            self.report(Code::BadName, id, message).help = Some(ANOTHER_NAME.to_owned());
        }
    }

    pub(super) fn bounded(&mut self, count: usize, most: usize, what: &str, last: Option<&'s str>) {
        if count > most {
            self.report(Code::TooMany, last.unwrap_or(""), format!("a story may have {most} {what}; this has {count}"));
        }
    }

    pub(super) fn declare_sources(&mut self, g: &Gathered<'s>) -> Vec<(String, String)> {
        g.sources.iter().map(|(id, text)| ((*id).to_owned(), self.plain(Some(text)))).collect()
    }

    pub(super) fn declare_facts(&mut self, g: &Gathered<'s>) -> Vec<Fact> {
        g.facts
            .iter()
            .map(|(id, fact)| {
                if fact.text.is_none() {
                    self.missing(fact.at, "a fact", "text");
                }
                let text = self.plain(fact.text.as_ref());
                Fact { id: (*id).to_owned(), text, status: self.fact_standing(id, fact), cited: false }
            })
            .collect()
    }

    fn fact_standing(&mut self, id: &'s str, fact: &ast::Fact<'s>) -> FactStatus {
        match (&fact.reported, &fact.disputed, &fact.inferred) {
            (Some(sources), None, None) => {
                if sources.is_empty() {
                    self.report(Code::UnsourcedFact, id, format!("`{id}` is called reported and names no source"))
                        .help = Some("name one: `reported: [\"source\"]`".to_owned());
                }
                FactStatus::Reported(self.source_list(sources))
            }
            (None, Some(versions), None) => {
                if versions.len() < 2 {
                    self.report(
                        Code::UnsourcedFact,
                        id,
                        format!("`{id}` is called disputed and has not two versions"),
                    )
                    .help =
                        Some("write `disputed: [(text: \"…\", sources: [\"…\"]), …]`, or call it reported".to_owned());
                }
                let versions = versions.iter().map(|version| {
                    let none = Vec::new();
                    let sources = version.sources.as_ref().unwrap_or(&none);
                    if sources.is_empty() {
                        self.report(Code::UnsourcedFact, version.at, format!("a version of `{id}` names no source"))
                            .help = Some("name one: `sources: [\"source\"]`".to_owned());
                    }
                    (self.plain(version.text.as_ref()), self.source_list(sources))
                });
                FactStatus::Disputed(versions.collect())
            }
            (None, None, Some(reason)) => FactStatus::Inferred(self.plain(Some(reason))),
            _ => {
                self.report(Code::UnsourcedFact, id, format!("`{id}` must have one standing: reported, disputed or inferred")).help =
                    Some("write `reported: [\"source\"]`, `disputed: [(text: …, sources: […]), …]` or `inferred: \"the reason\"`".to_owned());
                FactStatus::Inferred(String::new())
            }
        }
    }

    fn source_list(&mut self, ids: &[Id<'s>]) -> Vec<usize> {
        let mut out = Vec::new();
        for id in ids {
            match self.lists.sources.get(id.0) {
                Some(&source) => out.push(source),
                None => {
                    let near = self.near(id.0, &self.lists.sources);
                    self.unknown(Code::UnknownSource, id.0, "source", near);
                }
            }
        }
        out
    }

    pub(super) fn declare_sheets(&mut self, g: &Gathered<'s>, vars: &mut Vec<Var>) -> Vec<Sheet> {
        let mut hands = vec!["standing".to_owned()];
        hands.extend(g.roles.iter().map(|(id, _)| (*id).to_owned()));
        if g.roles.is_empty() {
            hands.push(READER.to_owned());
        }
        let mut sheets = Vec::new();
        for (id, sheet) in g.sheets.iter().take(100) {
            if self.partial.contains(&id.as_ptr()) {
                self.vague.insert(id);
            }
            let none = Vec::new();
            let lines = sheet.lines.as_ref().map_or(&none, |Entries(lines)| lines);
            if lines.is_empty() || lines.len() > 12 {
                self.vague.insert(id);
                self.report(Code::MissingField, id, format!("the sheet `{id}` needs 1 to 12 `lines`")).help =
                    Some("write `lines: { \"name\": \"…\", … }`".to_owned());
            }
            let lines = lines.iter().take(12).map(|(line, text)| {
                let whole = format!("{id}.{line}");
                let var = self.engine_var(vars, Domain::States(hands.clone()), &whole);
                self.names.lines.insert(whole, var);
                self.fingerprint.feed(line);
                SheetLine { id: (*line).to_owned(), text: self.spoken(text), var }
            });
            let lines: Vec<SheetLine> = lines.collect();
            // How far it has to count, the scenes that mark it say.
            let marks = self.engine_var(vars, Domain::Counter(0, 1), &format!("marks({id})"));
            sheets.push(Sheet { id: (*id).to_owned(), name: self.plain(sheet.name.as_ref()), lines, marks });
        }
        sheets
    }

    /// Marks are counted up to as many as any marking of their sheet allows, be it more than the sheet has lines.
    pub(super) fn count_marks(sheets: &[Sheet], scenes: &[Scene], vars: &mut [Var]) {
        let forms = scenes.iter().filter_map(|scene| match &scene.kind {
            SceneKind::Decide(decision) => decision.form.as_deref(),
            _ => None,
        });
        for form in forms {
            let Form::Mark { sheet, most, .. } = form else { continue };
            let Some(sheet) = sheets.get(sheet.index()) else { continue };
            let domain = &mut vars[sheet.marks.index()].domain;
            *domain = Domain::Counter(0, domain.bounds().1.max(*most));
        }
    }

    /// The variables of the message under way.
    pub(super) fn declare_parcel(&mut self, g: &Gathered<'s>, vars: &mut Vec<Var>) -> Option<InTransit> {
        if g.messages.is_empty() {
            return None;
        }
        let mut one = |name: &'static str, ids: Vec<&'s str>| {
            let states = std::iter::once("none").chain(ids).map(str::to_owned).collect();
            let var = self.engine_var(vars, Domain::States(states), name);
            self.names.vars.insert(name, var);
            var
        };
        Some(InTransit {
            message: one("message", keys(&g.messages)),
            carrier: one("carrier", keys(&g.carriers)),
            licence: one("licence", keys(&g.licences)),
            treatment: one("treatment", keys(&g.treatments)),
            handling: one("handling", keys(&g.handlings)),
        })
    }

    /// For each message, the variable that remembers how it was heard.
    pub(super) fn declare_heard(&mut self, g: &Gathered<'s>, vars: &mut Vec<Var>) -> Vec<VarId> {
        let mut states = vec!["none".to_owned()];
        states.extend(g.treatments.iter().map(|(id, _)| (*id).to_owned()));
        if g.treatments.is_empty() {
            states.push("plain".to_owned());
        }
        g.messages
            .iter()
            .map(|(id, _)| {
                let var = self.engine_var(vars, Domain::States(states.clone()), &format!("heard({id})"));
                self.names.messages.insert(id, var);
                var
            })
            .collect()
    }

    pub(super) fn declare_endings(&mut self, g: &Gathered<'s>) -> Vec<Ending> {
        g.endings
            .iter()
            .map(|(id, ending)| {
                let title = ending.title.as_ref().map_or_else(|| (*id).to_owned(), |text| self.plain(Some(text)));
                Ending {
                    id: (*id).to_owned(),
                    title,
                    family: ending.family.as_ref().map_or_else(|| (*id).to_owned(), |text| self.plain(Some(text))),
                    because: self.marked(ending.because.as_ref()),
                    note: self.marked(ending.note.as_ref()),
                }
            })
            .collect()
    }

    pub(super) fn manners(
        &mut self,
        g: &Gathered<'s>,
        list: impl for<'g> Fn(&'g Gathered<'s>) -> &'g Vec<(&'s str, ast::Manner<'s>)>,
    ) -> Vec<Manner> {
        let list = list(g);
        list.iter()
            .take(100)
            .map(|(id, manner)| {
                self.fingerprint.feed(id);
                self.fingerprint.feed_texts(manner.r#does.as_ref());
                self.fingerprint.feed_text(manner.when.as_ref());
                let minutes = manner.minutes.unwrap_or(0);
                if minutes != 0 && !self.has_clock {
                    self.report(Code::BadClock, id, format!("`{id}` takes minutes, and the story has no clock")).help =
                        Some("add a clock, for instance `clock: (starts: \"20:40\", ends: \"21:40\")`".to_owned());
                }
                if !(0..=600).contains(&minutes) {
                    self.report(Code::OutOfRange, id, "minutes go from 0 to 600").help =
                        Some("write how long it takes, `minutes: 5`; time only goes on".to_owned());
                }
                self.fingerprint.feed(&minutes.to_string());
                Manner {
                    id: (*id).to_owned(),
                    name: manner.name.as_ref().map_or_else(|| (*id).to_owned(), |text| self.plain(Some(text))),
                    note: self.plain(manner.note.as_ref()),
                    minutes: i16::try_from(minutes).unwrap_or(0),
                    does: self.effects(manner.r#does.as_ref(), None),
                    when: self.condition(manner.when.as_ref(), None),
                    lean: self.weight(manner.lean.as_ref(), id),
                }
            })
            .collect()
    }

    pub(super) fn seats(&mut self, g: &Gathered<'s>, vars: &[Var]) -> Vec<Seat> {
        let seen = |seat: SeatId| {
            let sees = vars.iter().zip(0..).filter(move |(var, _)| var.seen_by.contains(&seat));
            sees.map(|(_, at)| VarId::new(at)).collect()
        };
        if g.roles.is_empty() {
            return vec![Seat {
                id: READER.to_owned(),
                name: String::new(),
                place: String::new(),
                counts: String::new(),
                brief: String::new(),
                sees: seen(SeatId::new(0)),
                standing: None,
            }];
        }
        g.roles
            .iter()
            .take(16)
            .enumerate()
            .map(|(at, (id, role))| {
                let seat = SeatId::new(at);
                self.fingerprint.feed(id);
                let standing =
                    role.standing.as_ref().map(|choice| self.choice(choice, Some(seat), &[seat], vars, true));
                Seat {
                    id: (*id).to_owned(),
                    name: role.name.as_ref().map_or_else(|| (*id).to_owned(), |text| self.plain(Some(text))),
                    place: self.plain(role.place.as_ref()),
                    counts: self.plain(role.counts.as_ref()),
                    brief: self.marked(role.brief.as_ref()),
                    sees: seen(seat),
                    standing,
                }
            })
            .collect()
    }

    pub(super) fn missing(&mut self, at: &'s str, record: &str, field: &str) {
        let value = match field {
            "go" => "\"scene\"",
            "starts" | "ends" | "time" => "\"20:40\"",
            "messages" | "treatments" | "handlings" => "[\"…\"]",
            _ => "\"…\"",
        };
        // Of one record all that is missing is told at once.
        let place = self.place_of(at);
        let begun = format!("{record} needs the field");
        let last = self.found.last_mut().filter(|last| last.code == Code::MissingField && last.place == place);
        if let Some(last) = last.filter(|last| place.is_some() && last.message.starts_with(&begun)) {
            last.message = format!("{} and `{field}`", last.message.replace("the field `", "the fields `"));
            last.help = last.help.take().map(|help| format!("{help}, `{field}: {value}`"));
            self.errors += 1;
            return;
        }
        self.report(Code::MissingField, at, format!("{begun} `{field}`")).help =
            Some(format!("add `{field}: {value}`"));
    }
}

pub(super) fn keys<'s, T>(list: &[(&'s str, T)]) -> Vec<&'s str> {
    list.iter().map(|(id, _)| *id).collect()
}

fn index<'s, T, I>(
    list: &[(&'s str, T)],
    most: usize,
    make: impl Fn(usize) -> I,
) -> std::collections::HashMap<&'s str, I> {
    list.iter().take(most).enumerate().map(|(at, (id, _))| (*id, make(at))).collect()
}
