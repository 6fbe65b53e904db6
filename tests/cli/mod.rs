//! Commands, noun by noun.

mod audit;
mod groups;
mod init;
mod mail;
mod priorities;
mod staff;
mod statuses;
mod templates;
