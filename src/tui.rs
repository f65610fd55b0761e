pub struct Start<'s> { pub story: &'s crate::story::Story, pub name: String, pub seat: Option<crate::story::SeatId>, pub seed: Option<u64>, pub fresh_seed: fn() -> u64, pub save: Option<std::path::PathBuf>, pub ahead: Vec<crate::engine::Input>, pub title: bool }
pub fn run(_: Start) -> std::io::Result<u8> { Ok(0) }
pub fn columns() -> usize { 80 }
