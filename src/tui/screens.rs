//! One file per screen: the app into a face, without placing anything.

pub(super) mod composer;
pub(super) mod curtain;
pub(super) mod debrief;
pub(super) mod door;
pub(super) mod forks;
pub(super) mod help;
pub(super) mod history;
pub(super) mod night;
pub(super) mod nights;
pub(super) mod seats;
pub(super) mod settings;
pub(super) mod title;
pub(super) mod workbench;
