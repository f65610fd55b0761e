//! The file that settings are kept in: read whole, and changed where its values stand.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy as _;

use crate::story::{FileError, Token, TokenKind, lex, read_file};
use crate::text::shown;

use super::Settings;

/// The largest settings file that is read, in bytes.
const LARGEST: u64 = 1 << 16;

/// The line on which a field is written, from 1.
#[must_use]
pub fn line_of(text: &str, field: &str) -> usize {
    text.lines().position(|line| line.trim_start().trim_start_matches('"').starts_with(field)).map_or(1, |at| at + 1)
}

/// Where this platform keeps the settings; `None` if there is no home folder.
#[must_use]
pub fn settings_file() -> Option<PathBuf> {
    let base = etcetera::choose_base_strategy().ok()?;
    let config = base.config_dir();
    config.is_absolute().then(|| config.join("hallway").join("settings.ron"))
}

/// The settings of a file; the usual ones where there is none. Where it cannot be understood, the usual ones and what
/// is wrong with it: it is left as it is then.
#[must_use]
pub fn load_settings(file: Option<&Path>) -> (Settings, Option<String>) {
    let Some(file) = file else { return (Settings::default(), None) };
    let text: Result<Vec<u8>, String> = match read_file(file, LARGEST) {
        Err(why) if why.is_not_there() => return (Settings::default(), None),
        Err(FileError::Io(error)) => Err(error.to_string()),
        Err(_) => Err("not a settings file".to_owned()),
        Ok(bytes) => Ok(bytes),
    };
    let why = match text.map(|bytes| String::from_utf8(bytes).map_err(|_| "it is not UTF-8".to_owned())) {
        Ok(Ok(text)) => match Settings::parse(&text) {
            Ok(settings) => return (settings, None),
            Err(why) => why,
        },
        Ok(Err(why)) | Err(why) => why,
    };
    let message =
        format!("{}, {}. The settings are ignored until that is mended.", shown(file), crate::text::clean(&why));
    (Settings::default(), Some(message))
}

/// Writes settings, whole or not at all. In a file that is there already only the values that changed are put in the
/// place of the old ones; comments, order, rights and links stay. One that cannot be understood is not written over.
///
/// # Errors
/// Why not, for the reader.
pub fn keep_settings(file: &Path, settings: &Settings) -> Result<(), String> {
    let (before, trouble) = load_settings(Some(file));
    if let Some(why) = trouble {
        return Err(why);
    }
    let text = match std::fs::read_to_string(file) {
        Ok(old) => revised(&old, &before, settings)?,
        Err(_) => settings.text(),
    };
    crate::record::write_whole(file, &text)
        .map_err(|error| format!("the settings could not be kept in {}: {error}", shown(file)))
}

/// The old text with the values that changed.
fn revised(old: &str, before: &Settings, now: &Settings) -> Result<String, String> {
    let changed = now.entries().into_iter().zip(before.entries()).filter(|(now, before)| now.value != before.value);
    let text = changed.fold(old.to_owned(), |text, (now, _)| with_value(&text, now.name, &now.value));
    if Settings::parse(&text).as_ref() == Ok(now) {
        Ok(text)
    } else {
        Err("the settings could not be changed where they stand; change them in the file itself".to_owned())
    }
}

/// The text with this setting changed to this value.
fn with_value(text: &str, name: &str, value: &str) -> String {
    let tokens: Vec<Token> = lex(text).0.into_iter().filter(|token| token.kind != TokenKind::Comment).collect();
    let mut depth = 0_usize;
    // Where the value stands: from the token after its colon to before the comma or bracket that ends it.
    let mut begun: Option<usize> = None;
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            TokenKind::Open(_) => depth += 1,
            TokenKind::Close(_) => depth = depth.saturating_sub(1),
            _ => {}
        }
        let ends = (depth == 1 && token.kind == TokenKind::Comma) || depth == 0;
        if let (Some(begun), true) = (begun, ends) {
            let (start, end) = (tokens[begun].start, tokens[at - 1].end);
            return format!("{}{value}{}", &text[..start], &text[end..]);
        }
        let named = depth == 1 && token.kind == TokenKind::Word && &text[token.start..token.end] == name;
        if named && tokens.get(at + 1).is_some_and(|next| next.kind == TokenKind::Colon) {
            begun = Some(at + 2);
        }
    }
    // It is not there yet: before the last bracket, on a line of its own if that stands on one.
    let Some(last) = tokens.iter().rposition(|token| matches!(token.kind, TokenKind::Close(_))) else {
        return text.to_owned();
    };
    let close = tokens[last].start;
    let line = text[..close].rfind('\n').map_or(0, |at| at + 1);
    let before = last.checked_sub(1).map_or(close, |before| tokens[before].end);
    let parted = last == 0 || matches!(tokens[last - 1].kind, TokenKind::Open(_) | TokenKind::Comma);
    let comma = if parted { "" } else { "," };
    if line > 0 && line >= before && text[line..close].trim().is_empty() {
        format!("{}{comma}{}  {name}: {value},\n{}", &text[..before], &text[before..line], &text[line..])
    } else {
        let space = if text[..before].ends_with('(') { "" } else { " " };
        format!("{}{comma}{space}{name}: {value}{}", &text[..before], &text[before..])
    }
}

#[cfg(test)]
mod tests {
    use super::{keep_settings, load_settings, revised};
    use crate::record::{Pace, Settings, ThemeName, TurnPace, Waiting};

    #[test]
    fn what_is_written_is_read_again() {
        let mut settings = Settings { theme: ThemeName::HighContrast, width: 66, ..Settings::default() };
        settings.keys.insert("undo".to_owned(), vec!["ctrl-u".to_owned(), "\"".to_owned()]);
        assert_eq!(Settings::parse(&settings.text()), Ok(settings));
        assert_eq!(Settings::parse("()"), Ok(Settings::default()));
    }

    #[test]
    fn a_broken_file_is_reported_with_its_line_and_left_alone() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("settings.ron");
        for (text, line, says) in [
            ("(\n  theme: \"pink\",\n)", 2, "`pink` is none of"),
            ("(\n\n  colour: 3,\n)", 3, "colour"),
            ("(\n  width: 7,\n)", 2, "goes from 40 to 100"),
            ("(\n  motion: true\n  marks: false,\n)", 3, "xpected comma"),
        ] {
            std::fs::write(&file, text).expect("written");
            let (settings, why) = load_settings(Some(&file));
            let why = why.expect(text);
            assert_eq!(settings, Settings::default());
            assert!(why.contains(&format!("line {line}")) && why.contains(says), "{why}");
            assert!(keep_settings(&file, &Settings::default()).is_err());
            assert_eq!(std::fs::read_to_string(&file).expect("still there"), text);
        }
    }

    #[test]
    fn what_is_no_settings_file_is_said_and_what_is_not_there_is_not() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("settings.ron");
        assert_eq!(load_settings(None), (Settings::default(), None));
        assert_eq!(load_settings(Some(&file)), (Settings::default(), None));
        assert!(load_settings(Some(folder.path())).1.is_some_and(|why| why.contains("not a settings file")));
        let file_as_folder = folder.path().join("plain");
        std::fs::write(&file_as_folder, "").expect("written");
        assert!(load_settings(Some(&file_as_folder.join("settings.ron"))).1.is_some(), "it cannot be looked at");
        std::fs::write(&file, b"(theme: \"\xff\")").expect("written");
        assert!(load_settings(Some(&file)).1.is_some_and(|why| why.contains("it is not UTF-8")));
        let fits = format!("(marks: true)//{}", "x".repeat((1 << 16) - 15));
        std::fs::write(&file, &fits).expect("written");
        assert_eq!(load_settings(Some(&file)), (Settings { marks: true, ..Settings::default() }, None));
        std::fs::write(&file, fits + "x").expect("written");
        assert!(load_settings(Some(&file)).1.is_some());
        let wall = Settings { marks: true, ..Settings::default() }.for_a_wall();
        assert_eq!((wall.theme, wall.motion, wall.width, wall.marks), (ThemeName::HighContrast, false, 100, true));
    }

    /// Each setting changed alone, in files as readers write them: its value changes, and nothing else does.
    #[test]
    fn only_the_value_that_changed_is_touched() {
        let default = Settings::default();
        let changes = [
            ("theme", "\"light\"", Settings { theme: ThemeName::Light, ..default.clone() }),
            ("motion", "false", Settings { motion: false, ..default.clone() }),
            ("pace", "\"slow\"", Settings { pace: Pace::Slow, ..default.clone() }),
            ("width", "66", Settings { width: 66, ..default.clone() }),
            ("marks", "true", Settings { marks: true, ..default.clone() }),
            ("mouse", "true", Settings { mouse: true, ..default.clone() }),
            ("waiting", "\"strict\"", Settings { waiting: Waiting::Strict, ..default.clone() }),
            ("turns", "\"x2\"", Settings { turns: TurnPace::Double, ..default.clone() }),
        ];
        assert_eq!(changes.len() + 1, default.entries().len(), "keys are changed in the file only");
        let whole = default.text();
        for (name, value, now) in &changes {
            // Where it stands.
            let line = whole.lines().find(|line| line.starts_with(&format!("  {name}:"))).expect("written");
            let other = format!("  {name}: {value},");
            assert_eq!(revised(&whole, &default, now), Ok(whole.replace(line, &other)));
            let odd = whole.replace(
                line,
                &format!(
                    "  /* mine */ {name} // theirs, :\n : /* x */ {} /* y */ , // z",
                    &line.trim()[name.len() + 2..line.trim().len() - 1]
                ),
            );
            let changed = revised(&odd, &default, now).expect("changed");
            assert!(changed.contains(&format!(": /* x */ {value} /* y */ , // z")), "{changed}");
            // Where it does not.
            for (old, new) in [
                ("()", format!("({name}: {value})")),
                ("(keys: {\"undo\": [\"ctrl-u\"]})", format!("(keys: {{\"undo\": [\"ctrl-u\"]}}, {name}: {value})")),
                ("( // a\n)", format!("( // a\n  {name}: {value},\n)")),
                (
                    "// a )\n(\n  keys: {} // b\n  // c\n)\n// d (\n",
                    format!("// a )\n(\n  keys: {{}}, // b\n  // c\n  {name}: {value},\n)\n// d (\n"),
                ),
            ] {
                let before = Settings::parse(old).expect(old);
                let now = Settings { keys: before.keys.clone(), ..now.clone() };
                assert_eq!(revised(old, &before, &now), Ok(new), "{old}");
            }
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_settings_file_stays_its_readers() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = tempfile::tempdir().expect("a folder");
        let (real, file) = (folder.path().join("dotfiles"), folder.path().join("sub").join("settings.ron"));
        std::fs::create_dir(folder.path().join("sub")).expect("made");
        std::fs::write(&real, "// mine\n(\n  theme: \"dark\", // at night\n)\n").expect("written");
        std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o600)).expect("set");
        symlink("../dotfiles", &file).expect("linked");
        let settings = Settings { theme: ThemeName::Light, turns: TurnPace::Ten, ..Settings::default() };
        keep_settings(&file, &settings).expect("kept");
        let text = "// mine\n(\n  theme: \"light\", // at night\n  turns: \"x10\",\n)\n";
        assert_eq!(std::fs::read_to_string(&real).expect("there"), text);
        assert!(file.is_symlink() && real.metadata().expect("there").permissions().mode() & 0o777 == 0o600);
        assert_eq!(load_settings(Some(&file)), (settings.clone(), None));
        // What cannot be written is as it was.
        std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o400)).expect("set");
        assert!(keep_settings(&file, &Settings::default()).is_err_and(|why| why.contains("read-only")));
        assert_eq!(std::fs::read_to_string(&real).expect("there"), text);
        assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 2, "nothing is left over");
    }

    #[test]
    fn a_new_settings_file_is_written_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("sub").join("settings.ron");
        keep_settings(&file, &Settings::default()).expect("a new file");
        assert_eq!(std::fs::read_to_string(&file).expect("there"), Settings::default().text());
    }
}
