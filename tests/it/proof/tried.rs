//! What trying every night one by one finds, to be held against what the proof says.

use std::collections::{BTreeSet, HashMap, VecDeque};

use hallway::engine::{Observer, Pick, Rules, State, Stop, leanings, options};
use hallway::proof::{Fault, Proof};
use hallway::story::{
    Choice, Condition, Expectation, Expected, Form, MannerId, MessageId, Piece, SceneId, SceneKind, SeatId, Story,
    Words,
};

/// What is wrong with a story, as far as trying shows it.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Verdict {
    /// Scenes, endings, choices, manners, readings and words that are never met.
    pub never: BTreeSet<Fault>,
    /// What is expected of a scene and does not hold in every game.
    pub unexpected: BTreeSet<Fault>,
    pub stuck: BTreeSet<SceneId>,
    /// A night may never end, whatever is decided.
    pub endless: bool,
    /// It may where the story decides; not looked at where it may in any case.
    pub endless_alone: bool,
    /// Scenes follow each other for ever.
    pub long_run: bool,
}

impl Verdict {
    /// The same, as the proof says it.
    pub fn of(proof: &Proof) -> Self {
        let mut out = Self::default();
        for finding in &proof.findings {
            match &finding.fault {
                Fault::Stuck(scene) => {
                    out.stuck.insert(*scene);
                }
                Fault::Unexpected(..) => {
                    out.unexpected.insert(finding.fault.clone());
                }
                Fault::Endless(_) => out.endless = true,
                Fault::EndlessAlone(_) => out.endless_alone = true,
                Fault::LongRun(_) => out.long_run = true,
                // Which way a route takes trying does not see, nor how hard it may be to leave a circle: of that the
                // proof only warns.
                Fault::WayNeverTaken(..) | Fault::StandingNeverOpen(..) | Fault::HardToLeave(_) => {}
                Fault::SceneNeverReached(_)
                | Fault::EndingNeverReached(_)
                | Fault::ChoiceNeverOpen(..)
                | Fault::NeverSent(..)
                | Fault::CarrierNeverOpen(..)
                | Fault::LicenceNeverOpen(..)
                | Fault::TreatmentNeverOpen(..)
                | Fault::HandlingNeverOpen(..)
                | Fault::NeverHeard(..)
                | Fault::NeverShown(..) => {
                    out.never.insert(finding.fault.clone());
                }
                Fault::TooLarge | Fault::NotExplored => panic!("{finding:?}"),
                _ => {}
            }
        }
        out.endless_alone &= !out.endless;
        out
    }
}

/// Words that trying looks at: of the first `{if …}` those for when it holds and those for when it does not.
struct Branches {
    when: Condition,
    words: [String; 2],
}

impl Branches {
    fn of(words: Words<'_>) -> Option<Self> {
        words.into_iter().find_map(|piece| match piece {
            Piece::If { when, then, otherwise } => Some(Self {
                when: when.clone(),
                words: [then, otherwise].map(|words| words.every_word().trim().into()),
            }),
            _ => None,
        })
    }
}

/// What it looks at of a scene.
struct Looked {
    text: Option<Branches>,
    /// The words of its `{first: … | again: …}` for when one has been there.
    again: Option<String>,
    /// By choice.
    replies: Vec<Option<Branches>>,
}

impl Looked {
    fn new(story: &Story, scene: SceneId) -> Self {
        let text = story.texts(scene).iter().flatten().next().map(|text| story.words(*text));
        let again = text.into_iter().flatten().find_map(|piece| match piece {
            Piece::First([_, again]) => Some(again.every_word().trim().to_owned()),
            _ => None,
        });
        let choices = match &story.scene(scene).kind {
            SceneKind::Decide(decision) => story.choices(decision),
            _ => &[],
        };
        let reply = |choice: &Choice| choice.reply().and_then(|reply| Branches::of(story.words(reply)));
        Self { text: text.and_then(Branches::of), again, replies: choices.iter().map(reply).collect() }
    }
}

/// Notes what is entered on one step.
struct Seen<'a> {
    expectations: &'a [Expectation],
    unexpected: &'a mut BTreeSet<Fault>,
    looked: &'a [Looked],
    branches: &'a mut BTreeSet<Branch>,
    entered: Vec<SceneId>,
}

/// A branch of a scene's words, or of the reply of one of its choices: for when it holds, or does not.
type Branch = (SceneId, Option<u16>, bool);

impl Observer for Seen<'_> {
    fn entered(&mut self, state: &State) {
        self.entered.push(state.scene);
        for (at, expectation) in self.expectations.iter().enumerate() {
            if expectation.at == Expected::Scene(state.scene) && !expectation.holds.holds(&state.values) {
                self.unexpected.insert(Fault::Unexpected(at, expectation.at));
            }
        }
        if let Some(text) = &self.looked[state.scene.index()].text {
            self.branches.insert((state.scene, None, text.when.holds(&state.values)));
        }
    }

    fn chosen(&mut self, state: &State, _: SeatId, pick: Pick, _: &Choice) {
        let Pick::Choice(at) = pick else { return };
        if let Some(reply) = &self.looked[state.scene.index()].replies[usize::from(at)] {
            self.branches.insert((state.scene, Some(at), reply.when.holds(&state.values)));
        }
    }
}

/// A step from one state to another.
struct Edge {
    to: usize,
    /// The scenes entered on it.
    entered: BTreeSet<SceneId>,
    /// A person can take it; else time or a teacher does.
    decided: bool,
    /// The story can.
    alone: bool,
}

struct Tried<'s> {
    story: &'s Story,
    looked: Vec<Looked>,
    known: HashMap<(State, Stop), usize>,
    edges: Vec<Vec<Edge>>,
    /// The game is over there, or stuck.
    halts: Vec<bool>,
    waiting: VecDeque<(State, Stop, usize)>,
    branches: BTreeSet<Branch>,
    entered: BTreeSet<SceneId>,
    /// Before anything is decided.
    begun: BTreeSet<SceneId>,
    twice: BTreeSet<SceneId>,
    ended: BTreeSet<usize>,
    met: BTreeSet<Fault>,
    out: Verdict,
}

/// Tries everything.
pub fn everything(story: &Story) -> Verdict {
    let mut tried = Tried {
        story,
        looked: story.scene_ids().map(|id| Looked::new(story, id)).collect(),
        known: HashMap::new(),
        edges: Vec::new(),
        halts: Vec::new(),
        waiting: VecDeque::new(),
        branches: BTreeSet::new(),
        entered: BTreeSet::new(),
        begun: BTreeSet::new(),
        twice: BTreeSet::new(),
        ended: BTreeSet::new(),
        met: BTreeSet::new(),
        out: Verdict::default(),
    };
    let rules = Rules { story };
    let mut first = State::new(story);
    let (stop, begun) = tried.seen(|seen| rules.begin(&mut first, seen));
    tried.begun = begun;
    tried.node(first, stop);
    while let Some((state, stop, from)) = tried.waiting.pop_front() {
        tried.go_on(&state, stop, from);
        assert!(tried.known.len() < 50_000, "so small a story has no end of states");
    }
    tried.finish()
}

impl Tried<'_> {
    fn seen<T>(&mut self, run: impl FnOnce(&mut Seen<'_>) -> T) -> (T, BTreeSet<SceneId>) {
        let mut seen = Seen {
            expectations: &self.story.expectations,
            unexpected: &mut self.out.unexpected,
            looked: &self.looked,
            branches: &mut self.branches,
            entered: Vec::new(),
        };
        let done = run(&mut seen);
        let mut all = BTreeSet::new();
        for scene in seen.entered {
            if !all.insert(scene) {
                self.twice.insert(scene);
            }
        }
        self.entered.extend(&all);
        (done, all)
    }

    fn node(&mut self, mut state: State, stop: Stop) -> usize {
        state.clear_visits();
        let fresh = self.known.len();
        let at = *self.known.entry((state.clone(), stop)).or_insert(fresh);
        if at == fresh {
            self.edges.push(Vec::new());
            let halts = self.is_halt(&state, stop);
            self.halts.push(halts);
            self.waiting.push_back((state, stop, at));
        }
        at
    }

    fn is_halt(&mut self, state: &State, stop: Stop) -> bool {
        match stop {
            Stop::End(ending) => {
                self.ended.insert(ending.index());
                true
            }
            Stop::Stuck => {
                // Where it would go on, it was only stopped.
                let mut next = state.clone();
                let rules = Rules { story: self.story };
                let (_, entered) = self.seen(|seen| rules.go_on(&mut next, seen));
                if entered.is_empty() {
                    self.out.stuck.insert(state.scene);
                } else {
                    self.out.long_run = true;
                }
                true
            }
            Stop::Decision(_) | Stop::Lot => false,
        }
    }

    fn edge(
        &mut self,
        from: usize,
        state: State,
        stop: Stop,
        (entered, decided, alone): (BTreeSet<SceneId>, bool, bool),
    ) {
        let to = self.node(state, stop);
        self.edges[from].push(Edge { to, entered, decided, alone });
    }

    fn go_on(&mut self, state: &State, stop: Stop, from: usize) {
        let story = self.story;
        let rules = Rules { story };
        match stop {
            Stop::Stuck | Stop::End(_) => {}
            Stop::Lot => {
                for (way, odds) in rules.odds(state).into_iter().enumerate() {
                    if odds > 0 {
                        let mut next = state.clone();
                        let (stop, entered) = self.seen(|seen| rules.roll(&mut next, way, seen));
                        self.edge(from, next, stop, (entered, true, true));
                    }
                }
            }
            Stop::Decision(_) => {
                let leans = leanings(story, state);
                for pick in options(story, state).picks() {
                    self.meet(state, pick);
                    let alone = leans.iter().any(|(own, chance)| *own == pick && *chance > 0.0);
                    let mut next = state.clone();
                    let (stop, entered) = self.seen(|seen| rules.decide(&mut next, pick, seen).expect("open"));
                    self.edge(from, next, stop, (entered, true, alone));
                }
                if let Some(clock) = &story.clock {
                    let mut next = state.clone();
                    next.add(story, clock.var, clock.tick);
                    let (stop, entered) = self.seen(|seen| rules.go_on(&mut next, seen));
                    self.edge(from, next, stop, (entered, false, false));
                }
                if let Some(freeze) = story.freeze {
                    let mut next = state.clone();
                    let (stop, entered) = self.seen(|seen| rules.arrive(&mut next, freeze, seen));
                    self.edge(from, next, stop, (entered, false, false));
                }
            }
        }
    }

    /// What a pick shows to be open.
    fn meet(&mut self, state: &State, pick: Pick) {
        let scene = state.scene;
        let met = &mut self.met;
        match pick {
            Pick::Choice(at) => {
                met.insert(Fault::ChoiceNeverOpen(scene, at));
            }
            Pick::Send { message, carrier, licence } => {
                met.insert(Fault::NeverSent(scene, message));
                met.extend(carrier.map(|id| Fault::CarrierNeverOpen(scene, id)));
                met.extend(licence.map(|id| Fault::LicenceNeverOpen(scene, id)));
            }
            Pick::Treat(id) => {
                let message = self.story.in_transit.map_or(0, |in_transit| state.value(in_transit.message));
                let message = MessageId::new(usize::try_from(message - 1).expect("under way"));
                met.extend([Fault::TreatmentNeverOpen(scene, id), Fault::NeverHeard(message, id)]);
            }
            Pick::Handle(id) => {
                met.insert(Fault::HandlingNeverOpen(scene, id));
            }
            Pick::Standing | Pick::Line(_) | Pick::Done => {}
        }
    }

    /// The nodes from which one can come to where a night halts.
    fn saved(&self, may: impl Fn(&Edge) -> bool) -> Vec<bool> {
        let mut into: Vec<Vec<usize>> = vec![Vec::new(); self.edges.len()];
        for (from, edges) in self.edges.iter().enumerate() {
            edges.iter().filter(|edge| may(edge)).for_each(|edge| into[edge.to].push(from));
        }
        let mut saved = self.halts.clone();
        let mut back: Vec<usize> = (0..saved.len()).filter(|at| saved[*at]).collect();
        while let Some(at) = back.pop() {
            for &from in &into[at] {
                if !std::mem::replace(&mut saved[from], true) {
                    back.push(from);
                }
            }
        }
        saved
    }

    /// Whether some night that has entered a scene can enter it again.
    fn comes_again(&self, scene: SceneId) -> bool {
        let mut waiting: Vec<usize> =
            self.edges.iter().flatten().filter(|edge| edge.entered.contains(&scene)).map(|edge| edge.to).collect();
        if self.begun.contains(&scene) {
            waiting.push(0);
        }
        let mut seen = vec![false; self.edges.len()];
        while let Some(at) = waiting.pop() {
            if std::mem::replace(&mut seen[at], true) {
                continue;
            }
            for edge in &self.edges[at] {
                if edge.entered.contains(&scene) {
                    return true;
                }
                waiting.push(edge.to);
            }
        }
        self.twice.contains(&scene)
    }

    fn finish(mut self) -> Verdict {
        let story = self.story;
        let decided = self.saved(|edge| edge.decided);
        let alone = self.saved(|edge| edge.alone);
        self.out.endless = decided.contains(&false);
        self.out.endless_alone = !self.out.endless && alone.contains(&false);
        let mut all = BTreeSet::new();
        for id in story.scene_ids() {
            if !self.entered.contains(&id) {
                self.out.never.insert(Fault::SceneNeverReached(id));
                continue;
            }
            let looked = &self.looked[id.index()];
            let taken = |at: &u16| self.met.contains(&Fault::ChoiceNeverOpen(id, *at));
            let replies = (0..).zip(&looked.replies).filter(|(at, _)| taken(at)).map(|(at, reply)| (Some(at), reply));
            for (choice, branches) in replies.chain([(None, &looked.text)]) {
                let Some(branches) = branches else { continue };
                for (holds, words) in [true, false].into_iter().zip(&branches.words) {
                    if !self.branches.contains(&(id, choice, holds)) && !words.is_empty() {
                        self.out.never.insert(Fault::NeverShown(id, choice, words.clone()));
                    }
                }
            }
            if let Some(again) = looked.again.clone().filter(|_| !self.comes_again(id)) {
                self.out.never.insert(Fault::NeverShown(id, None, again));
            }
            if let SceneKind::Decide(decision) = &story.scene(id).kind {
                all.extend((0..decision.choices.len() as u16).map(|choice| Fault::ChoiceNeverOpen(id, choice)));
                all.extend(offered(id, decision.form.as_deref()));
            }
        }
        for (number, message) in story.messages.iter().enumerate() {
            let heard = message.heard.iter().enumerate().filter(|(_, reading)| reading.is_some());
            let heard = heard.map(|(at, _)| Fault::NeverHeard(MessageId::new(number), MannerId::new(at)));
            all.extend(heard.filter(|_| !story.treatments.is_empty()));
        }
        let ended = &self.ended;
        let endings = (0..story.endings.len()).filter(|at| !ended.contains(at)).map(hallway::story::EndingId::new);
        self.out.never.extend(endings.map(Fault::EndingNeverReached));
        self.out.never.extend(all.into_iter().filter(|fault| !self.met.contains(fault)));
        self.out
    }
}

/// Everything that a scene offers to pass.
fn offered(scene: SceneId, form: Option<&Form>) -> Vec<Fault> {
    match form {
        Some(Form::Pass { messages, carriers, licences, .. }) => {
            let sent = messages.iter().map(|id| Fault::NeverSent(scene, *id));
            let by = carriers.iter().map(|id| Fault::CarrierNeverOpen(scene, *id));
            let on = licences.iter().map(|id| Fault::LicenceNeverOpen(scene, *id));
            sent.chain(by).chain(on).collect()
        }
        Some(Form::Relay { treatments, .. }) => {
            treatments.iter().map(|id| Fault::TreatmentNeverOpen(scene, *id)).collect()
        }
        Some(Form::Receive { handlings, .. }) => {
            handlings.iter().map(|id| Fault::HandlingNeverOpen(scene, *id)).collect()
        }
        None | Some(Form::Mark { .. }) => Vec::new(),
    }
}
