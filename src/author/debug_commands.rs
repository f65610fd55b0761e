use crate::engine::Input;
use crate::story::{Domain, SceneId, SceneKind, Story, nearest};

/// What a writer orders while a session is open: `go SCENE`, `set trust = 3`, `roll SCENE 2`.
///
/// # Errors
/// What is not understood, and what would be.
pub fn parse_command(story: &Story, here: SceneId, words: &str) -> Result<Input, String> {
    let (verb, rest) = words.trim().split_once(char::is_whitespace).unwrap_or((words.trim(), ""));
    match verb {
        "go" => scene_named(story, rest.trim()).map(Input::Jump),
        "set" => parse_assignment(story, rest),
        "roll" => {
            let parts: Vec<&str> = rest.split_whitespace().collect();
            let (at, way) = match parts.as_slice() {
                [way] => (here, *way),
                [at, way] => (scene_named(story, at)?, *way),
                _ => return Err("say which way: `roll 2`, or `roll weather 2`".to_owned()),
            };
            let ways = match &story.scene(at).kind {
                SceneKind::Route { ways, by_lot: true } => ways.len(),
                _ => return Err(format!("`{}` does not go by lot", story.scene(at).id)),
            };
            let number = way.parse::<u16>().ok().filter(|way| (1..=ways).contains(&usize::from(*way)));
            number.map(|way| Input::Force(at, way - 1)).ok_or_else(|| format!("its ways are 1 to {ways}"))
        }
        _ => Err("say `go SCENE`, `set trust = 3` or `roll SCENE 2`".to_owned()),
    }
}

/// The scene with this id.
///
/// # Errors
/// That there is none, with the nearest.
pub fn scene_named(story: &Story, id: &str) -> Result<SceneId, String> {
    story.scenes.iter().position(|scene| *scene.id == *id).map(SceneId::new).ok_or_else(|| {
        let near = nearest(id, story.scenes.iter().map(|scene| &*scene.id));
        let near = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        format!("there is no scene `{}`{near}", crate::text::clean(id))
    })
}

/// A variable set by hand: `trust = 3`.
///
/// # Errors
/// What is wrong with it, and what the variable can be.
pub fn parse_assignment(story: &Story, words: &str) -> Result<Input, String> {
    let shown = crate::text::clean(words);
    let (name, value) = words.split_once('=').ok_or_else(|| format!("`{shown}` is not of the form \"trust = 3\""))?;
    let (name, value) = (name.trim(), value.trim());
    let clock = || story.clock.as_ref().filter(|_| name == "minutes").map(|clock| clock.var);
    let Some(var) = story.var_named(name).or_else(clock) else {
        let ids = story.vars.iter().filter(|var| var.declared).map(|var| var.id.as_str());
        let near = nearest(name, ids).map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        return Err(format!("there is no variable `{}`{near}", crate::text::clean(name)));
    };
    let domain = &story.vars[var.index()].domain;
    let (min, max) = domain.bounds();
    let number = match domain {
        Domain::Counter(..) => value.parse::<i16>().ok(),
        Domain::States(states) => states.iter().position(|state| state == value).and_then(|at| i16::try_from(at).ok()),
        Domain::Flag => match value {
            "true" | "yes" => Some(1),
            "false" | "no" => Some(0),
            _ => None,
        },
    };
    let can_be = match domain {
        Domain::Counter(min, max) => format!("it goes from {min} to {max}"),
        Domain::States(states) => format!("its states are: {}", states.join(", ")),
        Domain::Flag => "it is true or false".to_owned(),
    };
    let number = number.filter(|value| (min..=max).contains(value));
    number.map(|value| Input::Set(var, value)).ok_or_else(|| format!("`{name}` cannot be that; {can_be}"))
}
