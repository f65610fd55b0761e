//! A story as one page that plays in any browser, offline.

use std::io::{Cursor, Write as _};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use flate2::{Compression, GzBuilder};
use serde::Serialize;
use sha2::{Digest as _, Sha256};

use crate::story::{Sources, Story};
use crate::text::escaped;
use crate::view::strings::fill;

/// The runtime for WebAssembly, packed with gzip. `assets/web/build` makes it; a test holds that it is of these sources.
const RUNTIME: &[u8] = include_bytes!("../../assets/web/runtime.wasm.gz");
const PAGE: &str = include_str!("../../assets/web/page.html");
const STYLE: &str = include_str!("../../assets/web/page.css");
/// `draw.js` draws pages from wherever they come; the other two are of an exported page.
const SCRIPT: &str = concat!(
    include_str!("../../assets/web/draw.js"),
    include_str!("../../assets/web/sheets.js"),
    include_str!("../../assets/web/page.js"),
);

/// What a page knows of its story before the runtime has read it.
#[derive(Serialize)]
struct Embedded<'a> {
    /// As saves call it.
    name: &'a str,
    /// Names and texts, as the request `open` takes them.
    files: Vec<(&'a str, &'a str)>,
}

/// One HTML file that plays the story: runtime, words, style and script in it, and nothing loaded from anywhere.
#[must_use]
pub fn export_page(name: &str, story: &Story, sources: &Sources) -> String {
    let files = sources.files().iter().map(|file| (file.name.as_str(), file.text.as_str())).collect();
    let embedded = serde_json::to_vec(&Embedded { name, files }).expect("names and texts can always be written");
    let policy = format!(
        "default-src 'none'; script-src 'sha256-{}' 'wasm-unsafe-eval'; style-src 'sha256-{}'; img-src data:; \
         base-uri 'none'; form-action 'none'",
        hash(SCRIPT),
        hash(STYLE),
    );
    let title = if story.title.is_empty() { "An untitled story" } else { &story.title };
    fill(
        PAGE,
        &[
            ("lang", &"en"),
            ("policy", &policy),
            ("title", &escaped(title)),
            ("style", &STYLE),
            ("name", &escaped(name)),
            ("story", &STANDARD.encode(packed(&embedded))),
            ("runtime", &STANDARD.encode(RUNTIME)),
            ("script", &SCRIPT),
        ],
    )
}

/// The same as the zip file that a shop of games takes: the page alone, as `index.html`.
///
/// # Errors
/// Where the page is too large for a zip file.
pub fn export_zip(page: &str) -> std::io::Result<Vec<u8>> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let plain = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    zip.start_file("index.html", plain)?;
    zip.write_all(page.as_bytes())?;
    Ok(zip.finish()?.into_inner())
}

/// Packed with gzip, as a browser unpacks it. Without a time in it, so that the same story makes the same page.
fn packed(bytes: &[u8]) -> Vec<u8> {
    let mut out = GzBuilder::new().write(Vec::new(), Compression::best());
    out.write_all(bytes).and_then(|()| out.finish()).expect("memory takes all that is written")
}

/// What a policy lets a script or a style be known by.
fn hash(text: &str) -> String {
    STANDARD.encode(Sha256::digest(text))
}
