//! frontdesk: customer accounts from the command line, and the portal they open.
//!
//! A module imports only from modules to its left, which `tests/tidy.rs` checks:
//!
//! ```text
//! error disk lock clock ids text difference stage event access words config secret links reply db audit outbox groups
//! statuses priorities roles staff templates customers facilities contacts users login notices delivery objects
//! readings orders selfchecks documents inbox backup doctor imports apply demo portal cli main
//! ```

pub mod access;
pub mod apply;
pub mod audit;
pub mod backup;
pub mod cli;
pub mod clock;
pub mod config;
pub mod contacts;
pub mod customers;
pub mod db;
pub mod delivery;
pub mod demo;
pub mod difference;
pub mod disk;
pub mod doctor;
pub mod documents;
pub mod error;
pub mod event;
pub mod facilities;
pub mod groups;
pub mod ids;
pub mod imports;
pub mod inbox;
pub mod links;
pub mod lock;
pub mod login;
pub mod notices;
pub mod objects;
pub mod orders;
pub mod outbox;
pub mod portal;
pub mod priorities;
pub mod readings;
pub mod reply;
pub mod roles;
pub mod secret;
pub mod selfchecks;
pub mod staff;
pub mod stage;
pub mod statuses;
pub mod templates;
pub mod text;
pub mod users;
pub mod words;
