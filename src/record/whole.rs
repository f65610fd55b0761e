use std::io::{self, Write as _};
use std::path::Path;

/// Writes a file whole or not at all, whatever happens meanwhile: into another one beside it, which takes its place.
/// Folders on the way are made. What was there is replaced.
///
/// # Errors
/// Where the disk refuses; what was there is as it was.
pub fn write_whole(path: &Path, text: &str) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    let mut builder = tempfile::Builder::new();
    // As any program makes a new file; a temporary one would be its owner's alone.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut file = builder.tempfile_in(folder)?;
    file.write_all(text.as_bytes())?;
    file.persist(path).map(|_| ()).map_err(|error| error.error)
}
