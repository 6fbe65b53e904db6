//! Commands, noun by noun.

mod groups;
mod init;
mod mail;
