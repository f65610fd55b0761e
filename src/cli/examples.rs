//! Examples at the end of each command's help and in the manual. A test parses each of them.

pub(super) const TOP: &str = "\
Examples:
  hallway                             play Hold the Line
  hallway story.ron                   play a story of your own
  hallway new \"My story\"              begin one
  hallway check story.ron             find its mistakes
  hallway class handout --out pack    write the handouts of a lesson";

pub(super) const PLAY: &str = "\
Examples:
  hallway play --role aide                 take a seat at once
  hallway play --plain                     line by line, for a screen reader
  hallway play --save game.night           save it here, or continue it
  hallway play story.ron --from kitchen --set \"trust = 2\"";

pub(super) const CHECK: &str = "\
Examples:
  hallway check                            every story in this folder
  hallway check --no-proof story.ron       the file only; fast
  hallway check --require-proof story.ron  fail unless it is proved (for CI)";

pub(super) const SIMULATE: &str = "\
Examples:
  hallway simulate story.ron                    how often each ending comes
  hallway simulate story.ron --role aide --runs 1000";

pub(super) const NEW: &str = "\
Examples:
  hallway new \"The night train\"
  hallway new \"A treaty\" --template classroom";

pub(super) const FMT: &str = "\
Examples:
  hallway fmt              every story in this folder
  hallway fmt --check      change nothing; fail if one is not formatted
  hallway fmt - < story.ron";

pub(super) const EXPORT: &str = "\
Examples:
  hallway export story.ron --zip story.zip      a page, and a zip for itch.io
  hallway export story.ron --role aide --out aide.html";

pub(super) const CLASS: &str = "\
Examples:
  hallway class handout --out pack              the handouts of a lesson
  hallway class code --turn 90                  a code that every group types
  hallway class serve --pupils 27 --lan         pupils play on their own devices";

pub(super) const TRANSCRIPT: &str = "\
Examples:
  hallway transcript game.night
  hallway transcript game.night --all --format html";

/// Sections of the manual about files and environment variables.
pub(super) const MANUAL: &[(&str, &[(&str, &str)])] = &[
    (
        "FILES",
        &[
            ("~/.local/share/hallway/saves/", "Saved games, on Linux; elsewhere in the platform's data folder."),
            ("~/.local/share/hallway/classes/", "Seats and games of `class serve`."),
            ("~/.config/hallway/settings.ron", "Settings. `hallway settings` lists what can be set."),
            ("story.ron", "The main file of a story that is a folder."),
        ],
    ),
    (
        "ENVIRONMENT",
        &[
            ("NO_COLOR", "If set, no colours are used."),
            ("TERM, COLORTERM", "Which colours the terminal can show."),
            ("LC_ALL, LC_CTYPE, LANG", "Whether the terminal can show Unicode."),
            ("ACCESSIBLE", "If set, games are printed line by line, as with --plain."),
            ("VISUAL, EDITOR", "The editor in which `watch` opens a scene."),
            ("XDG_DATA_HOME, XDG_CONFIG_HOME", "Where saves and settings are, instead of the folders above."),
        ],
    ),
];

#[cfg(test)]
mod tests {
    use clap::{CommandFactory as _, Parser as _};

    use crate::cli::Arguments;

    /// The lines of an example, without what is said of them: two spaces or more part the two.
    fn commands(help: &str) -> impl Iterator<Item = &str> {
        let lines = help.lines().filter_map(|line| line.strip_prefix("  hallway"));
        lines.map(|line| line.split("   ").next().unwrap_or(line))
    }

    #[test]
    fn every_example_can_be_typed() {
        let mut command = Arguments::command();
        command.build();
        let all: Vec<String> = std::iter::once(&command)
            .chain(command.get_subcommands())
            .filter_map(|command| command.get_after_help())
            .map(ToString::to_string)
            .collect();
        let mut tried = 0;
        for example in all.iter().flat_map(|help| commands(help)) {
            let example = example.split(" < ").next().unwrap_or(example);
            let words = shell_words::split(&format!("hallway{example}")).expect("words");
            if let Err(error) = Arguments::try_parse_from(&words) {
                panic!("hallway{example}: {error}");
            }
            tried += 1;
        }
        assert!(tried >= 20, "{tried}");
    }
}
