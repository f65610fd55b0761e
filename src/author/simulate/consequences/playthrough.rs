use crate::engine::{Holder, Input, Pick, Session, draw};
use crate::story::{Choice, EndingId, SceneId, SceneKind, SeatId, Story};
use crate::text;

use super::super::run::at_random;

/// Most decisions of one such session.
const LONGEST: usize = 500;
/// Most bytes that are kept of what is read in it.
const MOST: usize = 200_000;

/// A session as its seat had it.
pub(super) struct Playthrough {
    /// What was read before each decision, and after the last: the paragraphs, plain.
    pub pages: Vec<Vec<String>>,
    pub taken: Vec<TakenDecision>,
    pub ending: Option<EndingId>,
    /// Bytes of what was read.
    pub size: usize,
}

/// A decision.
pub(super) struct TakenDecision {
    pub scene: SceneId,
    pub pick: Pick,
    /// In the words in which it was offered; of a treatment also of what message.
    words: String,
    /// Everything that was open.
    open: Vec<Pick>,
}

/// Plays a random session.
pub(super) fn play_through(story: &Story, seat: SeatId, seed: u64) -> Playthrough {
    tell(story, seat, seed, |_, picks, number| at_random(seed, number, picks))
}

/// Plays a session again with one decision changed, and the later ones as before wherever the same scene asks and still
/// offers it. `None` if the session does not reach that decision.
pub(super) fn again(
    story: &Story,
    seat: SeatId,
    seed: u64,
    game: &Playthrough,
    which: usize,
    instead: Pick,
) -> Option<Playthrough> {
    let mut used: Vec<bool> = (0..game.taken.len()).map(|at| at <= which).collect();
    let mut changed = false;
    let other = tell(story, seat, seed, |scene, picks, number| {
        let kept = |pick: Pick| picks.iter().position(|open| *open == pick);
        let at = match number.cmp(&which) {
            std::cmp::Ordering::Less => kept(game.taken[number].pick),
            std::cmp::Ordering::Equal => kept(instead).inspect(|_| changed = true),
            std::cmp::Ordering::Greater => {
                let before = (0..game.taken.len()).find(|&at| !used[at] && game.taken[at].scene == scene);
                before.and_then(|at| {
                    used[at] = true;
                    kept(game.taken[at].pick)
                })
            }
        };
        let number = u32::try_from(number).unwrap_or(0);
        let bound = u32::try_from(picks.len()).unwrap_or(1);
        at.unwrap_or_else(|| draw(seed, "consequences", number, "pick", bound) as usize)
    });
    changed.then_some(other)
}

fn tell(
    story: &Story,
    seat: SeatId,
    seed: u64,
    mut choose: impl FnMut(SceneId, &[Pick], usize) -> usize,
) -> Playthrough {
    let holder = |other| if other == seat { Holder::Person } else { Holder::Story };
    let mut session = Session::new(story, seed, story.seat_ids().map(holder).collect());
    let mut told = Playthrough { pages: Vec::new(), taken: Vec::new(), ending: None, size: 0 };
    told.read(&session, seat);
    while session.turn().is_some() && told.taken.len() < LONGEST && told.size < MOST {
        let open = session.options().picks();
        let scene = session.state().scene;
        let Some(&pick) = open.get(choose(scene, &open, told.taken.len())) else { break };
        let words = words(story, &session, seat, pick);
        if session.input(Input::Decide(scene, pick)).is_err() {
            break;
        }
        told.taken.push(TakenDecision { scene, pick, words, open });
        // A sheet that is being marked stays under the eyes: it is not read again.
        if matches!(pick, Pick::Line(_)) {
            told.pages.push(Vec::new());
        } else {
            told.read(&session, seat);
        }
    }
    told.ending = session.ending();
    told
}

impl Playthrough {
    fn read(&mut self, session: &Session<'_>, seat: SeatId) {
        let read = session.page(seat).filter(|block| block.kind.is_told());
        let paragraphs = read.flat_map(|block| block.text.split("\n\n").map(text::plain).collect::<Vec<_>>());
        let page: Vec<String> = paragraphs.filter(|paragraph| !paragraph.trim().is_empty()).collect();
        self.size += page.iter().map(String::len).sum::<usize>();
        self.pages.push(page);
    }
}

/// What is decided, in words.
fn words(story: &Story, session: &Session<'_>, seat: SeatId, pick: Pick) -> String {
    let words = text::plain(&session.words(seat, pick));
    let in_transit = || session.state().in_transit(story).map(|id| &story.messages[id.index()]);
    match pick {
        Pick::Treat(_) => in_transit().map_or(words.clone(), |message| format!("{}: {words}", message.id)),
        _ => words,
    }
}

/// What a decision asks.
pub(super) struct Question {
    /// What was taken, in words.
    pub words: String,
    /// What else could be taken.
    pub others: Vec<Pick>,
}

/// Lists the questions of a decision: a pass asks for message, carrier and licence, one question each. No decision is
/// ever changed into the standing choice.
pub(super) fn questions(story: &Story, taken: &TakenDecision) -> Vec<Question> {
    let question = |words: String, is: &dyn Fn(Pick) -> bool| {
        let others = taken.open.iter().copied().filter(|pick| *pick != taken.pick && *pick != Pick::Standing);
        Question { words, others: others.filter(|pick| is(*pick)).collect() }
    };
    let Pick::Send { message: own, carrier: by, licence: on } = taken.pick else {
        return vec![question(taken.words.clone(), &|_| true)];
    };
    let message = |pick| match pick {
        Pick::Send { message, carrier, licence } => message != own && (carrier, licence) == (by, on),
        _ => true,
    };
    let carrier = |pick| matches!(pick, Pick::Send { message, carrier, licence } if (message, licence) == (own, on) && carrier != by);
    let licence = |pick| matches!(pick, Pick::Send { message, carrier, licence } if (message, carrier) == (own, by) && licence != on);
    let id = &story.messages[own.index()].id;
    let mut out = vec![question(format!("send {id}"), &message)];
    out.extend(by.map(|by| question(format!("{id}: {}", story.carriers[by.index()].name), &carrier)));
    out.extend(on.map(|on| question(format!("{id}: {}", story.licences[on.index()].name), &licence)));
    out
}

/// A choice of a scene.
pub(super) fn choice(story: &Story, scene: SceneId, at: u16) -> Option<&Choice> {
    match &story.scene(scene).kind {
        SceneKind::Decide(decision) => story.choices(decision).get(usize::from(at)),
        _ => None,
    }
}
