//! Commands, noun by noun.

mod audit;
mod config;
mod groups;
mod in_use;
mod init;
mod priorities;
mod rights;
mod staff;
mod statuses;
mod templates;
