use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use serde::Serialize;

use crate::story::{Piece, SceneKind, Story, Template, Words};
use crate::text;

/// Words of the shortest phrase that counts as one.
const SHORTEST: usize = 4;
/// Words of the longest that is looked for.
const LONGEST: usize = 12;
/// A phrase counts as repeated in more scenes than this.
const SCENES: usize = 3;
/// Paragraphs shorter than this, in words, are refrains rather than repeats.
const PARAGRAPH: usize = 12;
/// Two paragraphs are alike that share this much of their runs of three words (Jaccard's measure).
const ALIKE: f64 = 0.5;

/// A phrase of four words or more that stands in more than three scenes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Phrase {
    pub words: String,
    pub scenes: Vec<String>,
}

/// Two paragraphs that say nearly the same.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Alike {
    pub first: String,
    pub second: String,
    /// Of their runs of three words, the share that both have.
    pub share: f64,
    /// How the first begins.
    pub words: String,
}

/// Runs of words.
type Runs<'w> = HashSet<&'w [u32]>;

/// Everything written, by place (a scene or a message), as paragraphs of plain words.
pub(super) struct Corpus {
    /// Every word once; paragraphs have its number, so that runs of words are compared and not copied.
    words: Vec<String>,
    paragraphs: Vec<(String, Vec<u32>)>,
    /// Places that are messages: their readings and answers are alike on purpose.
    messages: BTreeSet<String>,
}

impl Corpus {
    pub fn of(story: &Story) -> Self {
        let mut paragraphs = Vec::new();
        let mut numbers: HashMap<String, u32> = HashMap::new();
        let mut add = |place: &str, template: Template| {
            let mut flat = String::new();
            flatten(story.words(template), &mut flat);
            for paragraph in flat.split("\n\n") {
                let plain = text::plain(paragraph);
                let bare = plain.split_whitespace().map(bare).filter(|word| !word.is_empty());
                let mut number = |word: String| {
                    let next = u32::try_from(numbers.len()).expect("a story has fewer words");
                    *numbers.entry(word).or_insert(next)
                };
                let words: Vec<u32> = bare.map(&mut number).collect();
                if !words.is_empty() {
                    paragraphs.push((place.to_owned(), words));
                }
            }
        };
        for id in story.scene_ids() {
            let scene = story.scene(id);
            let mut seen: Vec<Template> = Vec::new();
            for text in story.told(id) {
                if !seen.contains(&text) {
                    seen.push(text);
                    add(&scene.id, text);
                }
            }
            if let SceneKind::Decide(decision) = &scene.kind {
                for choice in story.choices(decision) {
                    add(&scene.id, choice.say);
                    choice.reply().into_iter().for_each(|reply| add(&scene.id, reply));
                }
            }
        }
        for message in &story.messages {
            for reading in message.heard.iter().flatten() {
                add(&message.id, reading.text);
                reading.answers.iter().flatten().for_each(|answer| add(&message.id, *answer));
            }
        }
        let mut words = vec![String::new(); numbers.len()];
        numbers.into_iter().for_each(|(word, number)| words[number as usize] = word);
        Self { words, paragraphs, messages: story.messages.iter().map(|message| message.id.clone()).collect() }
    }

    /// Repeated phrases, those in most scenes first; a phrase within a longer one in as many scenes is left out.
    pub fn phrases(&self) -> Vec<Phrase> {
        let mut out: Vec<(String, BTreeSet<&str>)> = Vec::new();
        for repeated in self.repeated().into_iter().rev() {
            for (phrase, scenes) in repeated {
                let within = out.iter().any(|(longer, other)| longer.contains(&phrase) && other.len() >= scenes.len());
                if !within {
                    out.push((phrase, scenes));
                }
            }
        }
        out.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then_with(|| a.0.cmp(&b.0)));
        let phrase = |(words, scenes): (String, BTreeSet<&str>)| Phrase {
            words,
            scenes: scenes.into_iter().map(str::to_owned).collect(),
        };
        out.into_iter().map(phrase).collect()
    }

    /// By length, from the shortest: the runs of words that stand in enough places, in order.
    fn repeated(&self) -> Vec<BTreeMap<String, BTreeSet<&str>>> {
        let all = self.paragraphs.iter().enumerate();
        // Where a run begins, by paragraph and word. One that is repeated begins with a shorter one that is, so that only
        // those are followed.
        let mut begins: Vec<(usize, usize)> =
            all.flat_map(|(paragraph, (_, words))| (0..words.len()).map(move |at| (paragraph, at))).collect();
        let mut out = Vec::new();
        for length in SHORTEST..=LONGEST {
            let mut runs: HashMap<&[u32], Vec<(usize, usize)>> = HashMap::new();
            for (paragraph, at) in begins {
                if let Some(run) = self.paragraphs[paragraph].1.get(at..at + length) {
                    runs.entry(run).or_default().push((paragraph, at));
                }
            }
            let mut repeated = BTreeMap::new();
            begins = Vec::new();
            for (run, at) in runs.into_iter().filter(|(_, at)| at.len() > SCENES) {
                let places: BTreeSet<&str> = at.iter().map(|(at, _)| self.paragraphs[*at].0.as_str()).collect();
                if places.len() > SCENES {
                    repeated.insert(self.joined(run), places);
                    begins.extend(at);
                }
            }
            out.push(repeated);
        }
        out
    }

    fn joined(&self, run: &[u32]) -> String {
        let words: Vec<&str> = run.iter().map(|word| self.words[*word as usize].as_str()).collect();
        words.join(" ")
    }

    /// Pairs of paragraphs that are nearly the same, the most alike first.
    pub fn alike(&self) -> Vec<Alike> {
        let long: Vec<(&str, Runs<'_>, &[u32])> = self
            .paragraphs
            .iter()
            .filter(|(_, words)| words.len() >= PARAGRAPH)
            .map(|(place, words)| (place.as_str(), words.windows(3).collect(), &words[..]))
            .collect();
        // Only paragraphs that share a run are compared: through an index of the runs.
        let mut index: HashMap<&[u32], Vec<usize>> = HashMap::new();
        for (at, (_, runs, _)) in long.iter().enumerate() {
            for run in runs {
                index.entry(run).or_default().push(at);
            }
        }
        let mut shared: BTreeMap<(usize, usize), usize> = BTreeMap::new();
        for places in index.values().filter(|places| places.len() <= 50) {
            for (at, &first) in places.iter().enumerate() {
                for &second in &places[at + 1..] {
                    *shared.entry((first, second)).or_default() += 1;
                }
            }
        }
        let mut out: Vec<Alike> = shared
            .into_iter()
            .filter_map(|((first, second), both)| {
                let all = long[first].1.len() + long[second].1.len() - both;
                let share = both as f64 / all as f64;
                let readings = long[first].0 == long[second].0 && self.messages.contains(long[first].0);
                (share >= ALIKE && !readings).then(|| Alike {
                    first: long[first].0.to_owned(),
                    second: long[second].0.to_owned(),
                    share: (100.0 * share).round() / 100.0,
                    words: self.joined(&long[first].2[..PARAGRAPH]),
                })
            })
            .collect();
        out.sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| a.first.cmp(&b.first)));
        out
    }
}

/// All words of a template, branch after branch; a break between branches keeps phrases from running across.
fn flatten(words: Words<'_>, out: &mut String) {
    for piece in words {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::If { then, otherwise, .. } => branches([then, otherwise], out),
            Piece::First(both) => branches(both, out),
            Piece::OneOf { options } => branches(options, out),
            Piece::Value(_) | Piece::Heard(_) | Piece::Meant(_) | Piece::Answer(_) | Piece::Sheet(_) | Piece::Clock => {
                out.push_str(" … ")
            }
        }
    }
}

fn branches<'t>(each: impl IntoIterator<Item = Words<'t>>, out: &mut String) {
    for branch in each {
        flatten(branch, out);
        out.push_str(" … ");
    }
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase()
}
