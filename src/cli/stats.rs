use std::io::{self, Write};

use crate::author::{WORDS_A_MINUTE, stats};

use super::output::out;
use super::stories::{Sound, sound};
use super::trouble::Outcome;
use super::{Format, Stats};

/// Counts a story.
pub(super) fn run(arguments: &Stats) -> Outcome {
    let Sound { story, .. } = sound(arguments.story.as_deref())?;
    let story = &story;
    let stats = stats(story);
    let mut out = out();
    if arguments.format == Format::Json {
        out.json(&stats)?;
        return Ok(0);
    }
    text(&mut out, &stats, arguments.scenes)?;
    Ok(0)
}

fn text(out: &mut impl Write, stats: &crate::author::Stats, scenes: bool) -> io::Result<()> {
    writeln!(out, "{}\n", stats.title)?;
    writeln!(
        out,
        "{} words in {} scenes, {} choices, {} messages ({} words), {} endings",
        stats.words, stats.scenes, stats.choices, stats.messages, stats.message_words, stats.endings
    )?;
    let [reported, disputed, inferred] = stats.standings;
    if stats.facts > 0 {
        writeln!(
            out,
            "{} facts ({reported} reported, {disputed} disputed, {inferred} inferred), {} cited",
            stats.facts, stats.facts_cited
        )?;
    }
    writeln!(out, "{} words around it: notes, facts, sources, briefs", stats.words_around)?;
    let branching = &stats.branching;
    writeln!(
        out,
        "{} decisions with {} to {} options, {:.1} on average; {} with one only; {} scenes joined from several",
        branching.decisions,
        branching.options.min,
        branching.options.max,
        branching.options_mean,
        branching.single,
        branching.joins
    )?;
    writeln!(
        out,
        "\nseats (nights: shortest, typical, longest of 1,000 random ones; {WORDS_A_MINUTE} words a minute)"
    )?;
    for seat in &stats.seats {
        let (words, decisions) = (seat.words_a_night, seat.decisions_a_night);
        let [short, typical, long] = seat.minutes;
        let name = if seat.name.is_empty() { &seat.id } else { &seat.name };
        writeln!(
            out,
            "  {name}: {} words written, {} choices, decides in {} scenes, perceives {}",
            seat.words, seat.choices, seat.decides, seat.perceives
        )?;
        writeln!(
            out,
            "    a night: {}, {}, {} words · {short}, {typical}, {long} minutes · {}, {}, {} decisions",
            words.min, words.median, words.max, decisions.min, decisions.median, decisions.max
        )?;
    }
    writeln!(out, "\nendings")?;
    for ending in &stats.by_ending {
        writeln!(out, "  {:5} words in {} scenes  {}", ending.words, ending.scenes, ending.title)?;
    }
    if scenes {
        writeln!(out, "\nscenes")?;
        for scene in &stats.by_scene {
            let seat = scene.seat.as_deref().unwrap_or("");
            writeln!(out, "  {:5} words  {:2} options  {:10} {}", scene.words, scene.options, seat, scene.id)?;
        }
    }
    if !stats.uncited.is_empty() {
        writeln!(out, "\nfacts never cited: {}", stats.uncited.join(", "))?;
    }
    writeln!(out, "\nphrases in more than three scenes: {}", stats.repeats.len())?;
    for phrase in &stats.repeats {
        writeln!(out, "  “{}” in {}", phrase.words, phrase.scenes.join(", "))?;
    }
    writeln!(out, "\nparagraphs nearly the same: {}", stats.alike.len())?;
    for alike in &stats.alike {
        let share = 100.0 * alike.share;
        writeln!(out, "  {share:.0} %  {} and {}: “{} …”", alike.first, alike.second, alike.words)?;
    }
    Ok(())
}
