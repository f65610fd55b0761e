//! A story as one page that plays in any browser, offline, or as what a writer's own page is built on.

use std::borrow::Cow;
use std::io::{Cursor, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::{Compression, GzBuilder};
use sha2::{Digest as _, Sha256};

use crate::story::{Accent, Story, is_right_to_left, pack_story};
use crate::text::{escaped, plain};
use crate::view::strings::fill;

/// The runtime for WebAssembly, packed with gzip. `assets/web/build` makes it; a test holds that it is of these
/// sources.
const RUNTIME: &[u8] = include_bytes!("../../assets/web/runtime.wasm.gz");
const OPEN: &str = include_str!("../../assets/web/runtime.js");
const PAGE: &str = include_str!("../../assets/web/page.html");
const STYLE: &str = include_str!("../../assets/web/page.css");
/// `draw.js` draws pages from wherever they come; the others are of an exported page.
const SCRIPT: &str = concat!(
    include_str!("../../assets/web/draw.js"),
    include_str!("../../assets/web/runtime.js"),
    include_str!("../../assets/web/debrief.js"),
    include_str!("../../assets/web/sheets.js"),
    include_str!("../../assets/web/page.js"),
);
const EXAMPLE: &str = include_str!("../../assets/web/pages/index.html");
const ABOUT: &str = include_str!("../../assets/web/pages/README.md");
/// Its first comment is the contract between a page and the runtime.
const CONTRACT: &str = include_str!("../web.rs");

/// What an exported page begins with.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub struct PageOptions<'a> {
    /// The only seat that it offers, by its id.
    pub role: Option<&'a str>,
    /// The class code whose game it begins.
    pub code: Option<&'a str>,
    /// `light`, `dark` or `contrast`, until the reader chooses; otherwise as the device has it.
    pub theme: Option<&'a str>,
}

/// One HTML file that plays the story: runtime, words, style and script in it, and nothing loaded from anywhere.
#[must_use]
pub fn export_page(name: &str, story: &Story, options: PageOptions<'_>) -> String {
    let style = style(story);
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}' 'wasm-unsafe-eval'; style-src 'sha256-{}'; img-src data:; \
         base-uri 'none'; form-action 'none'",
        hash(SCRIPT),
        hash(&style),
    );
    let attribute = |name: &str, value: Option<&str>| {
        value.map(|value| format!(" data-{name}=\"{}\"", escaped(value))).unwrap_or_default()
    };
    let about = if story.about.is_empty() { &story.notice } else { &story.about };
    let about = escaped(plain(about).split_whitespace().collect::<Vec<_>>().join(" ").as_str());
    let described = if about.is_empty() {
        String::new()
    } else {
        format!(
            "<meta name=\"description\" content=\"{about}\">\n<meta property=\"og:description\" content=\"{about}\">"
        )
    };
    fill(
        PAGE,
        &[
            ("language", &language(story)),
            ("direction", &if is_right_to_left(language(story)) { " dir=\"rtl\"" } else { "" }),
            ("theme", &attribute("theme", options.theme)),
            ("mark", &mark(name)),
            ("policy", &policy),
            ("title", &escaped(title(story))),
            ("described", &described),
            ("style", &style),
            ("begin", &(attribute("role", options.role) + &attribute("code", options.code))),
            ("story", &base64(&pack_story(name, story))),
            ("runtime", &STANDARD.encode(RUNTIME)),
            ("script", &SCRIPT),
        ],
    )
}

/// By what a page is known again as one of this story, close to its beginning.
fn mark(name: &str) -> String {
    format!("<meta name=\"generator\" content=\"hallway\" data-story=\"{}\">", escaped(name))
}

/// Whether a file that begins so is a page that [`export_page`] made of the story of this name, or a zip file of one.
#[must_use]
pub fn is_page_of(beginning: &[u8], name: &str) -> bool {
    let mark = mark(name);
    beginning.windows(mark.len()).any(|bytes| bytes == mark.as_bytes())
}

/// Makes the zip file that game shops such as itch.io take: the page alone, as `index.html`.
///
/// # Errors
/// If the page is too large for a zip file.
pub fn export_zip(page: &str) -> std::io::Result<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("index.html", plain)?;
    zip.write_all(page.as_bytes())?;
    Ok(zip.finish()?.into_inner())
}

/// A file of a folder for a page of the writer's own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExportedFile {
    pub name: &'static str,
    pub text: String,
    /// The writer's to change once it is there: what is there already stays.
    pub theirs: bool,
}

/// What a page of the writer's own is built on: the runtime, the story, the contract, and an example that plays.
#[must_use]
pub fn export_page_files(name: &str, story: &Story) -> Vec<ExportedFile> {
    let contract = CONTRACT.lines().map_while(|line| line.strip_prefix("//!")).map(|line| line.trim_start());
    let contract = contract.skip_while(|line| !line.is_empty()).skip(1).collect::<Vec<_>>().join("\n");
    let file = |name, text, theirs| ExportedFile { name, text, theirs };
    vec![
        file("runtime.js", format!("const RUNTIME = \"{}\";\n{OPEN}", STANDARD.encode(RUNTIME)), false),
        file("story.js", format!("const STORY = \"{}\";\n", base64(&pack_story(name, story))), false),
        file("README.md", ABOUT.replace("{contract}", &contract), false),
        file("index.html", EXAMPLE.replace("{title}", &escaped(title(story))), true),
    ]
}

/// The style, in the story's own colour where it has one: as it is on the light page, and in a shade that can be read on
/// the dark one. High contrast keeps its own.
fn style(story: &Story) -> Cow<'static, str> {
    let Some(light) = story.accent else { return Cow::Borrowed(STYLE) };
    let dark = light.readable_on(Accent::DARK_PAGE);
    Cow::Owned(format!(
        "{STYLE}\n:root {{ --accent: {light}; }}\n\
         @media (prefers-color-scheme: dark) {{ :root:not([data-theme=light]):not([data-theme=contrast]) {{ --accent: {dark}; }} }}\n\
         :root[data-theme=dark] {{ --accent: {dark}; }}\n:root[data-theme=contrast] {{ --accent: #ff0; }}\n"
    ))
}

/// The language that the story is written in; what the page itself says is English.
fn language(story: &Story) -> &str {
    if story.language.is_empty() { "en" } else { &story.language }
}

fn title(story: &Story) -> &str {
    if story.title.is_empty() { crate::view::strings::UNTITLED } else { &story.title }
}

/// Packed with gzip, as a browser unpacks it, in letters. Without a time in it, so that the same story makes the same
/// page.
fn base64(bytes: &[u8]) -> String {
    let mut out = GzBuilder::new().write(Vec::new(), Compression::best());
    let packed = out.write_all(bytes).and_then(|()| out.finish()).expect("memory takes all that is written");
    STANDARD.encode(packed)
}

/// What a policy lets a script or a style be known by.
fn hash(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text))
}
