use std::io::Write as _;

use clap::CommandFactory as _;

use crate::record::{load_settings, settings_file};
use crate::text::shown;
use crate::view::ACTIONS;

use super::Arguments;
use super::error::{CliError, Outcome};
use super::examples::MANUAL;
use super::output::{self, out};

/// Where the settings are, as they are, and the actions that can be given keys.
pub(super) fn settings() -> Outcome {
    let file = settings_file();
    let (settings, trouble) = load_settings(file.as_deref());
    let (_, other) = crate::tui::display();
    let mut out = out();
    match &file {
        Some(file) if file.exists() => writeln!(out, "// {}", shown(file))?,
        Some(file) => writeln!(out, "// {} is not there yet; this is what it would say", shown(file))?,
        None => writeln!(out, "// there is no home folder to keep settings in")?,
    }
    write!(out, "{}", settings.text())?;
    writeln!(out, "\n// actions, with the keys they have by themselves:")?;
    for spec in ACTIONS.iter().filter(|spec| !spec.keys.is_empty()) {
        let keys: Vec<String> = spec.keys.iter().map(|key| key.name()).collect();
        writeln!(out, "//   {:<10} {:<16} {}", spec.name, keys.join(", "), spec.help)?;
    }
    trouble.or(other).map_or(Ok(0), |trouble| Err(CliError::Fault(trouble)))
}

pub(super) fn completions(shell: clap_complete::Shell) -> Outcome {
    clap_complete::generate(shell, &mut Arguments::command(), "hallway", &mut output::own());
    Ok(0)
}

/// The guide as it lies beside the stories, but for what stands in it for whoever makes its tables.
pub(super) fn guide() -> Outcome {
    let mut out = output::own();
    let guide = include_str!("../../scenes/README.md");
    guide.lines().filter(|line| !line.starts_with("<!--")).try_for_each(|line| writeln!(out, "{line}"))?;
    Ok(0)
}

pub(super) fn man() -> Outcome {
    let command = Arguments::command();
    let mut out = output::own();
    let top = clap_mangen::Man::new(command.clone());
    top.render_title(&mut out)?;
    top.render_name_section(&mut out)?;
    top.render_synopsis_section(&mut out)?;
    top.render_description_section(&mut out)?;
    top.render_options_section(&mut out)?;
    top.render_extra_section(&mut out)?;
    // The commands' own pages follow in the same document, each under its name: there are no others to name.
    for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
        let page = clap_mangen::Man::new(sub.clone());
        writeln!(out, ".SH \"HALLWAY {}\"", sub.get_name().to_uppercase())?;
        page.render_description_section(&mut out)?;
        page.render_options_section(&mut out)?;
        page.render_extra_section(&mut out)?;
    }
    for (title, rows) in MANUAL {
        writeln!(out, ".SH {title}")?;
        for (name, says) in *rows {
            writeln!(out, ".TP\n{}\n{}", roff(name), roff(says))?;
        }
    }
    Ok(0)
}

/// Words as they stand in a manual page: a hyphen is no dash there, and a full stop at the beginning is an order.
fn roff(words: &str) -> String {
    words.replace('\\', "\\e").replace('-', "\\-").replace("\n.", "\n\\&.")
}
