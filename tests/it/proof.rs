//! The proof's second opinion: on small random stories it must say what trying every night says.

use std::collections::{BTreeSet, HashMap, HashSet, VecDeque};

use hallway::engine::{Holder, Pick, Rules, State, Stop, Witness, options};
use hallway::proof::{At, Budget, Proof, Status, Walk, prove};
use hallway::story::{Choice, Code, Condition, Form, Kind, Piece, SceneId, SeatId, Sources, Story, Template, check};

use crate::support::{Dice, story, story_from};

fn proved(story: &Story) -> Proof {
    prove(story, Budget { nodes: Budget::NODES, stop: &|| false }, &mut |_| {})
}

/// What trying everything finds.
#[derive(Debug, Default, PartialEq, Eq)]
struct Tried {
    unreached: HashSet<String>,
    never_open: HashSet<(String, u16)>,
    /// Of a scene's words, or of the reply of one of its choices.
    never_shown: HashSet<(String, Option<u16>, bool)>,
    stuck: HashSet<String>,
    endless: bool,
    /// Messages, carriers, treatments and handlings that are never open, as the proof words it.
    never_passed: HashSet<String>,
}

/// Notes scenes entered, and which branch of their words was read.
struct Seen<'a> {
    story: &'a Story,
    scenes: &'a mut HashSet<SceneId>,
    branches: &'a mut HashSet<(SceneId, Option<u16>, bool)>,
}

impl Witness for Seen<'_> {
    fn entered(&mut self, state: &State) {
        self.scenes.insert(state.scene);
        if let Some(when) = branch(self.story, state.scene) {
            self.branches.insert((state.scene, None, when.holds(&state.values)));
        }
    }

    fn chosen(&mut self, state: &State, _: SeatId, pick: Pick, choice: &Choice) {
        let Pick::Choice(at) = pick else { return };
        if let Some(when) = choice.reply().and_then(|reply| first_condition(self.story, reply)) {
            self.branches.insert((state.scene, Some(at), when.holds(&state.values)));
        }
    }
}

/// The condition of the first `{if …}` of a scene's words.
fn branch(story: &Story, scene: SceneId) -> Option<Condition> {
    first_condition(story, *story.texts(scene).iter().flatten().next()?)
}

fn first_condition(story: &Story, text: Template) -> Option<Condition> {
    story.words(text).find_map(|piece| if let Piece::If { when, .. } = piece { Some(when.clone()) } else { None })
}

fn try_everything(story: &Story) -> Tried {
    let rules = Rules { story };
    let mut scenes = HashSet::new();
    let mut branches = HashSet::new();
    let mut open: HashSet<(SceneId, u16)> = HashSet::new();
    let mut passed: HashSet<String> = HashSet::new();
    let mut known: HashMap<Vec<i64>, usize> = HashMap::new();
    let mut halts = Vec::new();
    let mut into: Vec<Vec<usize>> = Vec::new();
    let mut out = Tried::default();
    let mut waiting = VecDeque::new();
    let key = |state: &State| -> Vec<i64> {
        let bits = (0..story.onces).map(|once| i64::from(state.is_used(Some(hallway::story::OnceId::new(once)))));
        let scene = [state.scene.index() as i64];
        scene.into_iter().chain(state.values.iter().map(|value| i64::from(*value))).chain(bits).collect()
    };
    let mut first = State::new(story);
    let stop = rules.begin(&mut first, &mut Seen { story, scenes: &mut scenes, branches: &mut branches });
    known.insert(key(&first), 0);
    into.push(Vec::new());
    halts.push(matches!(stop, Stop::End(_) | Stop::Stuck));
    waiting.push_back((first, stop, 0));
    while let Some((state, stop, number)) = waiting.pop_front() {
        let mut nexts: Vec<(State, Stop)> = Vec::new();
        match stop {
            Stop::Stuck => {
                out.stuck.insert(story.scene(state.scene).id.to_string());
            }
            Stop::End(_) => {}
            Stop::Lot => {
                for (way, odds) in rules.odds(&state).into_iter().enumerate() {
                    if odds > 0 {
                        let mut next = state.clone();
                        let stop = rules.roll(
                            &mut next,
                            way,
                            &mut Seen { story, scenes: &mut scenes, branches: &mut branches },
                        );
                        nexts.push((next, stop));
                    }
                }
            }
            Stop::Decision(_) => {
                for pick in options(story, &state).picks() {
                    if let Pick::Choice(at) = pick {
                        open.insert((state.scene, at));
                    }
                    passed.extend(passes(story, &state, pick));
                    let mut next = state.clone();
                    let mut seen = Seen { story, scenes: &mut scenes, branches: &mut branches };
                    let stop = rules.decide(&mut next, pick, &mut seen).expect("open");
                    nexts.push((next, stop));
                }
            }
        }
        for (next, stop) in nexts {
            let fresh = known.len();
            let to = *known.entry(key(&next)).or_insert(fresh);
            if to == fresh {
                into.push(Vec::new());
                halts.push(matches!(stop, Stop::End(_) | Stop::Stuck));
                waiting.push_back((next, stop, to));
            }
            into[to].push(number);
        }
        assert!(known.len() < 200_000, "the generator makes small stories");
    }
    // Backwards from where nights halt: what is left over never does.
    let mut saved = halts.clone();
    let mut back: Vec<usize> = (0..halts.len()).filter(|at| halts[*at]).collect();
    while let Some(at) = back.pop() {
        for &from in &into[at] {
            if !std::mem::replace(&mut saved[from], true) {
                back.push(from);
            }
        }
    }
    out.endless = saved.iter().any(|saved| !saved);
    for (at, scene) in story.scenes.iter().enumerate() {
        let id = SceneId::new(at);
        if !scenes.contains(&id) {
            out.unreached.insert(scene.id.to_string());
            continue;
        }
        for holds in [true, false] {
            if branch(story, id).is_some() && !branches.contains(&(id, None, holds)) {
                out.never_shown.insert((scene.id.to_string(), None, holds));
            }
            let Kind::Decide(decision) = &scene.kind else { continue };
            for (at, choice) in (0..).zip(story.choices(decision)) {
                let has = choice.reply().is_some_and(|reply| first_condition(story, reply).is_some());
                if has && open.contains(&(id, at)) && !branches.contains(&(id, Some(at), holds)) {
                    out.never_shown.insert((scene.id.to_string(), Some(at), holds));
                }
            }
        }
        if let Kind::Decide(decision) = &scene.kind {
            out.never_passed.extend(all_passes(story, id, decision.form.as_deref()));
            for choice in 0..decision.choices.len() as u16 {
                if !open.contains(&(id, choice)) {
                    out.never_open.insert((scene.id.to_string(), choice));
                }
            }
        }
    }
    for (number, message) in story.messages.iter().enumerate() {
        for (treatment, _) in message.heard.iter().enumerate().filter(|(_, reading)| reading.is_some()) {
            out.never_passed.insert(heard(story, number, treatment));
        }
    }
    out.never_passed.retain(|name| !passed.contains(name));
    out
}

fn heard(story: &Story, message: usize, treatment: usize) -> String {
    format!("no night hears `{}` as `{}`", story.messages[message].id, story.treatments[treatment].id)
}

/// What a pick shows to be open, each in the words in which the proof would say that it never is.
fn passes(story: &Story, state: &State, pick: Pick) -> Vec<String> {
    let scene = &story.scene(state.scene).id;
    match pick {
        Pick::Send { message, carrier, .. } => {
            let mut out = vec![format!("`{}` can never be sent in `{scene}`", story.messages[message.index()].id)];
            let name = |id: hallway::story::MannerId| &story.carriers[id.index()].id;
            out.extend(carrier.map(|id| format!("the carrier `{}` is never open in `{scene}`", name(id))));
            out
        }
        Pick::Treat(id) => {
            let message = story.parcel.map_or(0, |parcel| state.value(parcel.message));
            let name = &story.treatments[id.index()].id;
            let open = format!("the treatment `{name}` is never open in `{scene}`");
            vec![open, heard(story, usize::try_from(message - 1).expect("under way"), id.index())]
        }
        Pick::Handle(id) => {
            vec![format!("the handling `{}` is never open in `{scene}`", story.handlings[id.index()].id)]
        }
        _ => Vec::new(),
    }
}

/// Everything a scene offers to pass, in the same words.
fn all_passes(story: &Story, scene: SceneId, form: Option<&Form>) -> Vec<String> {
    let id = &story.scene(scene).id;
    match form {
        Some(Form::Pass { messages, carriers, .. }) => {
            let sent =
                messages.iter().map(|m| format!("`{}` can never be sent in `{id}`", story.messages[m.index()].id));
            let by = carriers
                .iter()
                .map(|c| format!("the carrier `{}` is never open in `{id}`", story.carriers[c.index()].id));
            sent.chain(by).collect()
        }
        Some(Form::Relay { treatments, .. }) => treatments
            .iter()
            .map(|t| format!("the treatment `{}` is never open in `{id}`", story.treatments[t.index()].id))
            .collect(),
        Some(Form::Receive { handlings, .. }) => handlings
            .iter()
            .map(|h| format!("the handling `{}` is never open in `{id}`", story.handlings[h.index()].id))
            .collect(),
        None | Some(Form::Mark { .. }) => Vec::new(),
    }
}

/// The same, as the proof says it.
fn said(story: &Story, proof: &Proof) -> Tried {
    let mut out = Tried::default();
    let id = |scene: SceneId| story.scene(scene).id.to_string();
    for finding in &proof.findings {
        match (finding.code, finding.at) {
            (Code::NeverReached, At::Scene(scene)) => {
                out.unreached.insert(id(scene));
            }
            (Code::NeverOpen, At::Choice(scene, at)) => {
                out.never_open.insert((id(scene), at));
            }
            (Code::NeverShown, At::Scene(scene)) => {
                out.never_shown.insert((id(scene), None, finding.message.contains("“Then")));
            }
            (Code::NeverShown, At::Choice(scene, at)) => {
                out.never_shown.insert((id(scene), Some(at), finding.message.contains("“Then")));
            }
            (Code::NeverOpen, At::Scene(_)) if !finding.message.starts_with("way ") => {
                out.never_passed.insert(finding.message.clone());
            }
            (Code::NeverHeard, _) => {
                out.never_passed.insert(finding.message.clone());
            }
            (Code::SoftLock, At::Scene(_)) if finding.message.contains("circle") => out.endless = true,
            (Code::SoftLock, At::Scene(scene)) => {
                out.stuck.insert(id(scene));
            }
            _ => {}
        }
    }
    out
}

/// A small random story. Most are unsound in some way, which is what they are for.
fn random_story(dice: &mut Dice) -> String {
    let scenes = 3 + dice.below(5);
    // Hope has three values, which may lie apart and on either side of 0; what it is compared with may lie between.
    let (least, step) = [(0, 1), (0, 5), (-5, 5), (2, 3)][dice.below(4)];
    let hope = |value: i32| least + step * value;
    let condition = |dice: &mut Dice| {
        let one = |dice: &mut Dice| {
            let less = dice.below(step as usize) as i32;
            match dice.below(10) {
                0 => format!("hope >= {}", hope(1) - less),
                1 => format!("hope = {}", hope(2)),
                2 => format!("hope < {}", hope(2) - less),
                3 => "mood is calm".to_owned(),
                4 => "mood is not cross".to_owned(),
                5 => "told".to_owned(),
                6 => "not told".to_owned(),
                7 => "visited(s1)".to_owned(),
                8 => format!("hope + fear > {}", hope(1) + 1),
                _ => "fear <= 1".to_owned(),
            }
        };
        match dice.below(4) {
            0 => format!("{} and {}", one(dice), one(dice)),
            1 => format!("{} or {}", one(dice), one(dice)),
            2 => format!("not ({})", one(dice)),
            _ => one(dice),
        }
    };
    let effect = |dice: &mut Dice| {
        let base = match dice.below(10) {
            0 => format!("hope +{step}"),
            1 => format!("hope -{step}"),
            2 => format!("hope = {}", hope(2)),
            3 => "fear +2".to_owned(),
            4 => "fear -1".to_owned(),
            5 => "mood = cross".to_owned(),
            6 => "mood = calm".to_owned(),
            7 => "mood = sad".to_owned(),
            8 => "told = true".to_owned(),
            _ => "told = false".to_owned(),
        };
        if dice.below(4) == 0 { format!("{base} if {}", condition(dice)) } else { base }
    };
    let effects = |dice: &mut Dice| -> String {
        let list: Vec<String> = (0..dice.below(3)).map(|_| format!("\"{}\"", effect(dice))).collect();
        format!("do: [{}]", list.join(", "))
    };
    let mut out = format!(
        "(vars: {{ \"hope\": (min: {least}, max: {}, start: {}), \"fear\": (min: 0, max: 3, start: 1), \"mood\": (states: [\"calm\", \"cross\", \"sad\"]), \"told\": (flag: true) }}, scenes: {{\n",
        hope(2),
        hope(dice.below(3) as i32)
    );
    for at in 0..scenes {
        let go = |dice: &mut Dice| format!("\"s{}\"", dice.below(scenes + 1));
        let text = format!("text: \"Here. {{if {}: Then. | Else.}}\"", condition(dice));
        let body = match dice.below(6) {
            0 if at > 0 => format!("{text}, end: \"E{at}\""),
            1 => {
                let odds = if dice.below(2) == 0 { format!("odds: {}, ", dice.below(3)) } else { String::new() };
                let when = condition(dice);
                format!(
                    "{text}, route: [({odds}when: \"{when}\", {}, go: {}), (go: {})]",
                    effects(dice),
                    go(dice),
                    go(dice)
                )
            }
            _ => {
                let choices: Vec<String> = (0..1 + dice.below(3))
                    .map(|number| {
                        let when =
                            if dice.below(2) == 0 { format!(", when: \"{}\"", condition(dice)) } else { String::new() };
                        let keep = if dice.below(3) == 0 { ", keep: true" } else { "" };
                        let to = if dice.below(4) == 0 { String::new() } else { format!(", go: {}", go(dice)) };
                        let reply = if dice.below(2) == 0 {
                            format!(", reply: \"{{if {}: Then. | Else.}}\"", condition(dice))
                        } else {
                            String::new()
                        };
                        format!("(say: \"{number}\"{when}{keep}{to}{reply}, {})", effects(dice))
                    })
                    .collect();
                let otherwise = if dice.below(2) == 0 { format!(", otherwise: {}", go(dice)) } else { String::new() };
                format!("{text}, {}, choices: [{}]{otherwise}", effects(dice), choices.join(", "))
            }
        };
        out.push_str(&format!("  \"s{at}\": ({body}),\n"));
    }
    out.push_str(&format!("  \"s{scenes}\": (text: \"Done.\", end: \"Done\"),\n}})\n"));
    out
}

/// Compares proof and trial on `wanted` stories; the first `kinds_seen` kinds of fault must each be there and not
/// always be there.
fn agree(seed: u64, wanted: usize, random: &dyn Fn(&mut Dice) -> String, kinds_seen: usize) {
    let mut dice = Dice(seed);
    let (mut compared, mut left_out) = (0, 0);
    // How many stories have each kind of fault, so that none of the verdicts is always the same.
    let mut kinds = [0; 6];
    while compared < wanted {
        let text = random(&mut dice);
        let sources = Sources::from_texts([("random.ron", text.as_str())]);
        let Some(story) = check(&sources, Vec::new()).story else { continue };
        // Scenes that run on without end make the engine stop by counting; the proof calls that a circle.
        let tried = try_everything(&story);
        let proof = proved(&story);
        assert_ne!(proof.status, Status::Bounded);
        let said = said(&story, &proof);
        let circles = tried.stuck != said.stuck && said.endless;
        if circles {
            left_out += 1;
            continue;
        }
        assert_eq!(said, tried, "\n{text}\n{:#?}", proof.findings);
        compared += 1;
        let faults = [
            !tried.unreached.is_empty(),
            !tried.never_open.is_empty(),
            !tried.never_shown.is_empty(),
            !tried.stuck.is_empty(),
            tried.endless,
            !tried.never_passed.is_empty(),
        ];
        kinds.iter_mut().zip(faults).for_each(|(count, fault)| *count += usize::from(fault));
        for finding in proof.findings.iter().filter(|finding| finding.code == Code::SoftLock) {
            let walk = finding.walk.clone().unwrap_or_else(|| panic!("no way there:\n{text}\n{finding:?}"));
            let session = Walk::parse(&walk.to_string()).expect("written").replay(&story).expect("replayed");
            if !finding.message.contains("circle") {
                assert_eq!(session.stop(), Stop::Stuck, "\n{text}\n{finding:?}");
            }
        }
    }
    assert!(kinds[..kinds_seen].iter().all(|count| (10..=499).contains(count)), "{kinds:?} of {wanted}");
    assert!(left_out < 250, "{left_out} left out");
}

/// A small random story of three seats in which messages are passed, treated, handled, and lines are struck.
fn random_passing_story(dice: &mut Dice) -> String {
    let scenes = 4 + dice.below(5);
    let condition = |dice: &mut Dice| {
        let one = |dice: &mut Dice| {
            [
                "trust >= 1",
                "trust = 2",
                "trust < 2",
                "heard(ask) is plain",
                "heard(ask) is bent",
                "heard(deny)",
                "not heard(ask)",
                "treatment is bent",
                "carrier is note",
                "message is deny",
                "handling is kept",
                "card.one is struck",
                "card.two is a",
                "visited(s1)",
            ][dice.below(14)]
            .replace("card.one is struck", "not card.one is standing")
        };
        match dice.below(4) {
            0 => format!("{} and {}", one(dice), one(dice)),
            1 => format!("{} or {}", one(dice), one(dice)),
            2 => format!("not ({})", one(dice)),
            _ => one(dice),
        }
    };
    let effects = |dice: &mut Dice| -> String {
        let list: Vec<String> = (0..dice.below(3))
            .map(|_| {
                let base =
                    ["trust +1", "trust -1", "trust = 0", "heard(ask) = plain", "strike card.one", "restore card.two"]
                        [dice.below(6)];
                let only = if dice.below(4) == 0 { format!(" if {}", condition(dice)) } else { String::new() };
                format!("\"{base}{only}\"")
            })
            .collect();
        format!("do: [{}]", list.join(", "))
    };
    let when = |dice: &mut Dice| {
        if dice.below(3) == 0 { format!(", when: \"{}\"", condition(dice)) } else { String::new() }
    };
    let mut out = String::from("(roles: { \"a\": (name: \"A\"), \"b\": (name: \"B\"), \"c\": (name: \"C\") },\n");
    out.push_str("vars: { \"trust\": (min: 0, max: 2, start: 1) },\n");
    out.push_str("sheets: { \"card\": (name: \"Card\", lines: { \"one\": \"One\", \"two\": \"Two\" }) },\n");
    for (list, ids) in
        [("carriers", ["note", "word"]), ("treatments", ["plain", "bent"]), ("handlings", ["read", "kept"])]
    {
        let manner = |dice: &mut Dice, id: &str| format!("\"{id}\": (name: \"{id}\", {}{})", effects(dice), when(dice));
        out.push_str(&format!("{list}: {{ {}, {} }},\n", manner(dice, ids[0]), manner(dice, ids[1])));
    }
    out.push_str("messages: {\n");
    for id in ["ask", "deny"] {
        let keep = if dice.below(2) == 0 { ", keep: true" } else { "" };
        let bent = if dice.below(3) > 0 {
            format!(", \"bent\": (text: \"bent\", {}{})", effects(dice), when(dice))
        } else {
            String::new()
        };
        out.push_str(&format!(
            "  \"{id}\": (from: \"a\", to: \"b\", say: \"{id}\", gist: \"{id}\"{}{keep}, heard: {{ \"plain\": (text: \"plain\", {}){bent} }}),\n",
            when(dice),
            effects(dice)
        ));
    }
    out.push_str("},\nscenes: {\n");
    for at in 0..scenes {
        let go = |dice: &mut Dice| format!("\"s{}\"", dice.below(scenes + 1));
        let text = format!("text: \"Here. {{if {}: Then. | Else.}}\", {}", condition(dice), effects(dice));
        let otherwise = |dice: &mut Dice| {
            if dice.below(3) > 0 { format!(", otherwise: {}", go(dice)) } else { String::new() }
        };
        let choices = |dice: &mut Dice| {
            if dice.below(2) == 0 {
                return String::new();
            }
            format!(", choices: [(say: \"1\", go: {}, {}{})]", go(dice), effects(dice), when(dice))
        };
        let body = match dice.below(6) {
            0 if at > 0 => format!("{text}, end: \"E{at}\""),
            1 | 2 => {
                let by = if dice.below(2) == 0 { ", by: [\"note\", \"word\"]" } else { "" };
                format!(
                    "seat: \"a\", {text}, pass: (messages: [\"ask\", \"deny\"]{by}, go: {}){}{}",
                    go(dice),
                    choices(dice),
                    otherwise(dice)
                )
            }
            3 => format!(
                "seat: \"c\", {text}, relay: (treatments: [\"plain\", \"bent\"], go: {}){}{}",
                go(dice),
                choices(dice),
                otherwise(dice)
            ),
            4 => format!(
                "seat: \"b\", {text}, receive: (handlings: [\"read\", \"kept\"], go: {}){}{}",
                go(dice),
                choices(dice),
                otherwise(dice)
            ),
            _ => format!("seat: \"b\", {text}, mark: (sheet: \"card\", most: 1, go: {})", go(dice)),
        };
        out.push_str(&format!("  \"s{at}\": ({body}),\n"));
    }
    out.push_str(&format!("  \"s{scenes}\": (text: \"Done.\", end: \"Done\"),\n}})\n"));
    out
}

#[test]
fn the_proof_says_what_trying_everything_says() {
    agree(20, 500, &random_story, 5);
}

#[test]
fn the_proof_says_so_of_stories_that_pass_messages() {
    agree(4, 500, &random_passing_story, 6);
}

#[test]
fn planted_faults_are_found_and_replayed() {
    for (name, text, code) in [
        (
            "every option hangs on an impossible number",
            r#"(vars: { "trust": (min: 0, max: 3) }, scenes: {
              "a": (text: "A.", choices: [(say: "One.", when: "trust > 2", go: "b"), (say: "Two.", when: "trust = 2", go: "b")]),
              "b": (text: "B.", do: ["trust +1"], end: "E") })"#,
            Code::SoftLock,
        ),
        (
            "text behind an impossible condition",
            r#"(vars: { "trust": (min: 0, max: 3) }, scenes: {
              "a": (text: "A. {if trust >= 2: Never. | Always.}", choices: [(say: "One.", do: ["trust +1"], go: "b")]),
              "b": (text: "B. {trust}", end: "E") })"#,
            Code::NeverShown,
        ),
        (
            "an inescapable loop",
            r#"(scenes: {
              "a": (text: "A.", choices: [(say: "In.", go: "b"), (say: "Out.", go: "c")]),
              "b": (text: "B.", choices: [(say: "Round.", keep: true, go: "d")]),
              "d": (text: "D.", choices: [(say: "And round.", keep: true, go: "b")]),
              "c": (text: "C.", end: "E") })"#,
            Code::SoftLock,
        ),
        (
            "two dead scenes pointing at each other",
            r#"(scenes: {
              "a": (text: "A.", end: "E"),
              "b": (text: "B.", choices: [(say: "Over.", go: "c")]),
              "c": (text: "C.", choices: [(say: "Back.", go: "b")]) })"#,
            Code::NeverReached,
        ),
        (
            "a stranding once-only choice",
            r#"(scenes: {
              "a": (text: "A.", choices: [(say: "Look.", go: "b"), (say: "Leave.", when: "visited(b)", go: "c")]),
              "b": (text: "B.", choices: [(say: "Back.", go: "a")]),
              "c": (text: "C.", choices: [(say: "Back again.", go: "a"), (say: "Home.", when: "not visited(c)", go: "d")]),
              "d": (text: "D.", end: "E") })"#,
            Code::SoftLock,
        ),
    ] {
        let story = story_from(text);
        let proof = proved(&story);
        let found = proof.findings.iter().find(|finding| finding.code == code);
        let found = found.unwrap_or_else(|| panic!("{name}: {:?}", proof.findings));
        if code == Code::SoftLock {
            let walk = found.walk.clone().unwrap_or_else(|| panic!("{name}: no way there"));
            assert!(walk.replay(&story).is_ok(), "{name}");
        }
        if name == "an inescapable loop" {
            assert_eq!(found.message, "a night can come into a circle and never end: `b`, `d`");
        }
    }
}

#[test]
fn a_counter_that_goes_down_by_fives_is_followed_both_ways() {
    let story = |leave: i16| {
        story_from(&format!(
            r#"(vars: {{ "left": (min: 0, max: 40, start: 40) }}, scenes: {{
              "a": (text: "A.", choices: [(say: "Wait.", keep: true, when: "left > 10", do: ["left -5"], go: "a"), (say: "Leave.", when: "left = {leave}", go: "z")]),
              "z": (text: "Z.", end: "E") }})"#
        ))
    };
    let codes = |leave| proved(&story(leave)).findings.iter().map(|finding| finding.code).collect::<Vec<_>>();
    assert_eq!(codes(10), []);
    // Who does not leave in time waits for ever.
    assert_eq!(codes(15), [Code::SoftLock]);
    assert!(codes(12).contains(&Code::NeverOpen) && codes(12).contains(&Code::SoftLock), "{:?}", codes(12));
}

#[test]
fn a_counter_that_meets_its_bound_between_two_steps_is_followed() {
    // By fours, the last of them cut short, from below 0; then also from a place that is set.
    for (back, reached) in [("n +4", vec![-1, 3, 7, 9]), ("n = -3", vec![-3, -1, 1, 3, 5, 7, 9])] {
        for value in -5..=9 {
            let story = story_from(&format!(
                r#"(vars: {{ "n": (min: -5, max: 9, start: -1) }}, scenes: {{
                  "a": (text: "A.", choices: [(say: "Up.", keep: true, do: ["n +4"], go: "a"),
                    (say: "Back.", keep: true, do: ["{back}"], go: "a"), (say: "At.", when: "n = {value}", go: "z"), (say: "Out.", go: "z")]),
                  "z": (text: "Z.", end: "E") }})"#
            ));
            let found = proved(&story).findings;
            let never = found.iter().any(|finding| finding.code == Code::NeverOpen && finding.message.contains("At."));
            assert_eq!(never, !reached.contains(&value), "{value} by {back}: {found:?}");
        }
    }
}

#[test]
fn a_standing_choice_that_is_never_open_is_told_once() {
    let told = |when: &str, standing: bool| -> Vec<String> {
        let story = story_from(&format!(
            r#"(roles: {{ "a": (name: "A", standing: (say: "Leave.", when: "{when}", go: "z")) }}, vars: {{ "n": (min: 0, max: 9) }}, scenes: {{
              "first": (seat: "a", text: "A.", standing: {standing}, choices: [(say: "On.", do: ["n +2"], go: "second")]),
              "second": (seat: "a", text: "B.", standing: {standing}, choices: [(say: "On.", go: "z")]),
              "z": (text: "Z.", end: "E") }})"#
        ));
        let found = proved(&story).findings;
        assert!(found.iter().all(|finding| finding.code == Code::NeverOpen), "{found:?}");
        found.into_iter().map(|finding| format!("{}; {}", finding.message, finding.help.unwrap_or_default())).collect()
    };
    assert_eq!(told("n >= 2", true), Vec::<String>::new());
    assert_eq!(told("n > 2", false), Vec::<String>::new());
    let why = "here `n` is 0, so its condition holds in no night that comes here";
    assert_eq!(told("n > 2", true), [format!("“Leave.”, the standing choice of `a`, is never open; {why}")]);
}

#[test]
fn what_is_known_of_a_variable_is_told_in_the_fewest_words() {
    let known = |values: &[&str]| -> String {
        let ways: Vec<String> =
            values.iter().map(|set| format!("(say: \"{set}.\", do: [\"{set}\"], go: \"b\")")).collect();
        let story = story_from(&format!(
            r#"(vars: {{ "n": (min: 0, max: 9), "s": (states: ["red", "green", "blue"]) }}, scenes: {{
              "a": (text: "A.", choices: [{}]),
              "b": (text: "B.", choices: [(say: "No.", when: "n = 9 and s is blue", go: "z"), (say: "Out.", go: "z")]),
              "z": (text: "Z.", end: "E") }})"#,
            ways.join(", ")
        ));
        let found = proved(&story).findings;
        let help =
            found.iter().find(|finding| finding.message.contains("No.")).and_then(|finding| finding.help.clone());
        let help = help.expect("it is never open");
        help.strip_suffix(", so its condition holds in no night that comes here").expect("as it is told").to_owned()
    };
    assert_eq!(known(&["n = 3"]), "here `n` is 3 and `s` is red");
    assert_eq!(known(&["n = 3", "n = 4"]), "here `n` is 3 to 4 and `s` is red");
    assert_eq!(known(&["n = 3", "n = 4", "n = 5"]), "here `n` is 3 to 5 and `s` is red");
    assert_eq!(known(&["n = 3", "n = 5"]), "here `n` is 3 or 5 and `s` is red");
    assert_eq!(known(&["n = 3", "n = 5", "n = 8"]), "here `n` is 3, 5 or 8 and `s` is red");
    assert_eq!(known(&["n = 3", "s = green", "s = blue"]), "here `n` is 0 or 3 and `s` is red, green or blue");
}

#[test]
fn what_is_said_of_one_way_is_said_of_that_way() {
    let story = story_from(
        r#"(vars: { "n": (min: 0, max: 3) }, scenes: {
          "a": (text: "{first: Once. | again: Twice.}", choices: [(say: "On.", do: ["n +1"], go: "b"), (say: "Wait.", go: "c")]),
          "c": (text: "{first: Once. | again: Again and again.}", choices: [(say: "Round.", keep: true, go: "c"), (say: "On.", go: "b")]),
          "b": (route: [(when: "n > 2", go: "x"), (when: "n > 0", go: "y"), (go: "z")]),
          "x": (text: "X.", end: "X"), "y": (text: "Y.", end: "Y"), "z": (text: "Z.", end: "Z") })"#,
    );
    let proof = proved(&story);
    let told: Vec<(Code, &str)> =
        proof.findings.iter().map(|finding| (finding.code, finding.message.as_str())).collect();
    let shown = told.iter().filter(|(code, _)| *code == Code::NeverShown).collect::<Vec<_>>();
    assert!(shown.len() == 1 && shown[0].1.contains("Twice."), "{told:?}");
    let ways = told.iter().filter(|(code, _)| *code == Code::NeverOpen).collect::<Vec<_>>();
    assert_eq!(ways.len(), 1, "{told:?}");
    let help = proof.findings.iter().find(|finding| finding.code == ways[0].0).and_then(|it| it.help.clone());
    assert!(help.is_some_and(|help| help.contains("`n` is 0 to 1") || help.contains("`n` is 0 or 1")), "{told:?}");
}

#[test]
fn only_what_a_stop_leads_to_may_be_out_of_reach() {
    let story = story_from(
        r#"(freeze: "stop", scenes: {
          "a": (text: "A.", choices: [(say: "On.", go: "z")]), "z": (text: "Z.", end: "Z"),
          "stop": (text: "Stopped.", end: "Stopped"),
          "apart": (text: "Apart.", go: "z") })"#,
    );
    let proof = proved(&story);
    let told: Vec<_> = proof.findings.iter().map(|finding| (finding.code, finding.message.as_str())).collect();
    assert!(told.len() == 1 && told[0].0 == Code::NeverReached && told[0].1.contains("`apart`"), "{told:?}");
}

#[test]
fn states_and_what_multiplies_them_are_counted() {
    let story = story_from(
        r#"(vars: { "a": (min: 0, max: 3), "b": (min: 2, max: 6), "idle": (flag: true) }, scenes: {
  "in": (text: "In.", choices: [
    (say: "Both.", when: "a > 0 and b > 2", go: "out"), (say: "A.", keep: true, do: ["a +1"]),
    (say: "B.", keep: true, do: ["b +1"]), (say: "Idle.", do: ["idle = true"])]),
  "out": (text: "{if a > 2: A. | B.}", choices: [(say: "End.", when: "a > 1", go: "end"), (say: "So.", go: "end")]),
  "end": (text: "Over.{if idle: Idle.}", end: "Over"),
})"#,
    );
    let proof = proved(&story);
    // In `in` 4 × 5 and whether one has idled; in `out` a, which is above 0; at the end nothing decides.
    assert_eq!((proof.status, proof.states), (Status::Proved, 44.0), "{:?}", proof.findings);
    let costs: Vec<(&str, f64, &str)> =
        proof.costs.iter().map(|cost| (cost.var.as_str(), cost.factor, cost.until.as_str())).collect();
    assert_eq!(costs, [("b", 5.0, "in"), ("a", 4.0, "out")]);
}

#[test]
fn what_does_not_fit_the_budget_is_called_bounded() {
    let story = story("hold-the-line");
    let proof = prove(&story, Budget { nodes: 2000, stop: &|| false }, &mut |_| {});
    assert_eq!(proof.status, Status::Bounded);
    assert!(proof.findings.iter().any(|finding| finding.code == Code::NotProved));
}

/// Random decisions, by the calls that a face uses: what the proof denies is never met. `HALLWAY_DECISIONS=1000000`
/// takes a million, which takes minutes.
#[test]
fn random_decisions_never_meet_what_the_proof_denies() {
    let wanted: u32 = std::env::var("HALLWAY_DECISIONS").ok().and_then(|count| count.parse().ok()).unwrap_or(60_000);
    let mut dice = Dice(77);
    let (mut decisions, mut stories, mut denied) = (0_u32, 0, 0);
    while decisions < wanted {
        let random: &dyn Fn(&mut Dice) -> String =
            if dice.below(2) == 0 { &random_story } else { &random_passing_story };
        let text = random(&mut dice);
        let sources = Sources::from_texts([("random.ron", text.as_str())]);
        let Some(story) = check(&sources, Vec::new()).story else { continue };
        let said = said(&story, &proved(&story));
        stories += 1;
        denied += usize::from(said.stuck.is_empty() && !said.endless);
        for seed in 0..60 {
            let mut session = hallway::engine::Session::new(&story, seed, vec![Holder::Person; story.seats.len()]);
            for _ in 0..40 {
                let scene = &story.scene(session.state().scene).id;
                assert!(!said.unreached.contains(&**scene), "`{scene}` is reached:\n{text}");
                if session.stop() == Stop::Stuck {
                    assert!(said.stuck.contains(&**scene) || said.endless, "stuck in `{scene}`:\n{text}");
                }
                let Some(seat) = session.turn() else { break };
                let page = hallway::view::view(&session, seat);
                assert!(page.ask().is_some_and(|ask| ask.offers().any(|offer| offer.open) || ask.standing().is_some()));
                let picks = session.options().picks();
                let pick = picks[dice.below(picks.len())];
                if let Pick::Choice(at) = pick {
                    assert!(!said.never_open.contains(&(scene.to_string(), at)), "`{scene}`, {at}:\n{text}");
                }
                let scene = session.state().scene;
                session.input(hallway::engine::Input::Decide(scene, pick)).expect("it was offered");
                decisions += 1;
            }
        }
    }
    assert!(stories > 20 && denied > 5, "{stories} stories, {denied} without a dead end");
}

/// The same story with words of their own in every branch, and branches within branches, in what is heard, in what is
/// offered and in what is answered: each word stands once, as `W` and a number.
fn with_words(text: &str, dice: &mut Dice) -> String {
    let mut number = 0;
    let mut word = || {
        number += 1;
        format!("W{number}.")
    };
    let mut conditions = Vec::new();
    let mut parts = text.split("{if ");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (condition, rest) = part.split_once(": Then. | Else.}").expect("as the stories are written");
        conditions.push(condition.to_owned());
        let other = conditions[dice.below(conditions.len())].clone();
        let branches = format!("{{if {condition}: {} | {}}}", word(), word());
        out.push_str(&match dice.below(6) {
            0 => format!("{{first: {branches} | again: {} {{if {other}: {}}}}}", word(), word()),
            1 => format!("{{one of: {branches} | {} | {{if not ({condition}): {}}}}}", word(), word()),
            2 => format!("{{if {condition}: {{if {other}: {} | {}}} | {}}}", word(), word(), word()),
            3 => format!("{{if {condition}: {} | else if {other}: {} | {}}}", word(), word(), word()),
            _ => branches,
        });
        out.push_str(rest);
    }
    for (plain, field) in
        [("gist: \"", "gist"), ("text: \"bent", "reading"), ("text: \"plain", "reading"), ("say: \"", "say")]
    {
        let mut parts = out.split(plain).map(str::to_owned).collect::<Vec<_>>().into_iter();
        let mut next = parts.next().unwrap_or_default();
        for part in parts {
            let other = &conditions[dice.below(conditions.len())];
            // What a message is called is no prose.
            let called = field == "say" && (part.starts_with("ask") || part.starts_with("deny"));
            let more = match dice.below(3) {
                _ if called => String::new(),
                0 if field == "say" => format!("{{first: {} | again: {}}} ", word(), word()),
                _ => format!("{{if {other}: {} | {}}} ", word(), word()),
            };
            let (head, tail) = plain.split_at(plain.find('"').expect("a text") + 1);
            next.push_str(&format!("{head}{more}{tail}{part}"));
        }
        out = next;
    }
    out
}

/// The words of [`with_words`] in a text.
fn own_words(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.starts_with('W') && word[1..].parse::<u32>().is_ok())
        .map(str::to_owned)
}

#[test]
fn words_that_the_proof_calls_never_shown_are_never_shown() {
    let mut dice = Dice(31);
    let (mut stories, mut called) = (0, 0);
    while stories < 80 {
        let random: &dyn Fn(&mut Dice) -> String =
            if dice.below(2) == 0 { &random_story } else { &random_passing_story };
        let text = random(&mut dice);
        let text = with_words(&text, &mut dice);
        let sources = Sources::from_texts([("random.ron", text.as_str())]);
        let Some(story) = check(&sources, Vec::new()).story else { continue };
        stories += 1;
        let proof = proved(&story);
        let never: BTreeSet<String> = proof
            .findings
            .iter()
            .filter(|finding| finding.code == Code::NeverShown)
            .flat_map(|finding| own_words(&finding.message).collect::<Vec<_>>())
            .collect();
        let mut shown = BTreeSet::new();
        for seed in 0..150 {
            let mut session = hallway::engine::Session::new(&story, seed, vec![Holder::Person; story.seats.len()]);
            for _ in 0..40 {
                for seat in story.seat_ids() {
                    let page = hallway::view::view(&session, seat);
                    page.blocks().for_each(|block| shown.extend(own_words(block.text)));
                    for offer in page.ask().iter().flat_map(|ask| ask.offers()) {
                        shown.extend(own_words(offer.words()).chain(own_words(offer.note())));
                    }
                }
                if session.turn().is_none() {
                    break;
                }
                let open = session.options().picks();
                let scene = session.state().scene;
                session.input(hallway::engine::Input::Decide(scene, open[dice.below(open.len())])).expect("offered");
            }
        }
        let wrong: Vec<&String> = shown.intersection(&never).collect();
        assert!(wrong.is_empty(), "{wrong:?} are shown:\n{text}");
        called += never.len();
    }
    assert!(called > 100, "only {called} words are called so");
}
