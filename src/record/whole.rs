use std::io::{self, Write as _};
use std::path::Path;

use tempfile::NamedTempFile;

/// Writes a file whole or not at all, whatever happens meanwhile. What was there is replaced.
///
/// # Errors
/// Where the disk refuses; what was there is as it was.
pub fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    beside(path, text)?.persist(path).map(|_| ()).map_err(|error| error.error)
}

/// The same for a file that is not there yet.
///
/// # Errors
/// Where it is there, even if it has come meanwhile; where the disk refuses.
pub fn write_new(path: &Path, text: &str) -> io::Result<()> {
    beside(path, text)?.persist_noclobber(path).map(|_| ()).map_err(|error| error.error)
}

/// A file with this text in the folder of `path`, to take its place. Folders on the way are made.
fn beside(path: &Path, text: &str) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    // As any program makes a new file; a temporary one would be its owner's alone.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    Ok(file)
}
