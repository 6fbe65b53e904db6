//! Commands, noun by noun.

mod audit;
mod config;
mod demo;
mod groups;
mod in_use;
mod init;
mod mail;
mod priorities;
mod rights;
mod staff;
mod statuses;
mod templates;
