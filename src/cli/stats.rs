use std::io::{self, Write};

use crate::author::{WORDS_A_MINUTE, stats};
use crate::text::counted;

use super::arguments::{Format, StatsArgs};
use super::error::Outcome;
use super::output::out;
use super::stories::{LoadedStory, load_story, named_or_here};

/// Counts a story.
pub(super) fn run(arguments: &StatsArgs) -> Outcome {
    let LoadedStory { story, .. } = load_story(Some(&named_or_here(arguments.story.as_deref())?))?;
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
        "{} in {}, {}, {} ({}), {}",
        counted(stats.words, "word"),
        counted(stats.scenes, "scene"),
        counted(stats.choices, "choice"),
        counted(stats.messages, "message"),
        counted(stats.message_words, "word"),
        counted(stats.endings, "ending")
    )?;
    let [reported, disputed, inferred] = stats.standings;
    if stats.facts > 0 {
        writeln!(
            out,
            "{} ({reported} reported, {disputed} disputed, {inferred} inferred), {} cited",
            counted(stats.facts, "fact"),
            stats.facts_cited
        )?;
    }
    writeln!(out, "{} around it: notes, facts, sources, briefs", counted(stats.words_around, "word"))?;
    let branching = &stats.branching;
    writeln!(
        out,
        "{} with {} to {}, {:.1} on average; {} with one only; {} joined from several",
        counted(branching.decisions, "decision"),
        branching.options.min,
        counted(branching.options.max, "option"),
        branching.options_mean,
        branching.single,
        counted(branching.joins, "scene")
    )?;
    writeln!(out, "\nseats (games: shortest, typical, longest of 1,000 random ones; {WORDS_A_MINUTE} words a minute)")?;
    for seat in &stats.seats {
        let (words, decisions) = (seat.words_a_night, seat.decisions_a_night);
        let [short, typical, long] = seat.minutes;
        let name = if seat.name.is_empty() { &seat.id } else { &seat.name };
        writeln!(
            out,
            "  {name}: {} written, {}, decides in {}, perceives {}",
            counted(seat.words, "word"),
            counted(seat.choices, "choice"),
            counted(seat.decides, "scene"),
            seat.perceives
        )?;
        writeln!(
            out,
            "    a game: {}, {}, {} · {short}, {typical}, {long} minutes · {}, {}, {}",
            words.min,
            words.median,
            counted(words.max, "word"),
            decisions.min,
            decisions.median,
            counted(decisions.max, "decision")
        )?;
        if seat.given_up > 0 {
            let given_up = counted(seat.given_up, "game");
            writeln!(out, "    {given_up} went on for longer than games are followed, and stopped there")?;
        }
    }
    writeln!(out, "\nendings")?;
    for ending in &stats.by_ending {
        let words = counted(format_args!("{:5}", ending.words), "word");
        writeln!(out, "  {words} in {}  {}", counted(ending.scenes, "scene"), ending.title)?;
    }
    if scenes {
        writeln!(out, "\nscenes")?;
        for scene in &stats.by_scene {
            let seat = scene.seat.as_deref().unwrap_or("");
            let words = counted(format_args!("{:5}", scene.words), "word");
            let options = counted(format_args!("{:2}", scene.options), "option");
            writeln!(out, "  {words:11}  {options:10}  {seat:10} {}", scene.id)?;
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
