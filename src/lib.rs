//! frontdesk: customer accounts from the command line, and the portal they open.
//!
//! A module imports only from modules to its left, which `tests/tidy.rs` checks:
//!
//! ```text
//! error clock ids text access config main
//! ```

pub mod access;
pub mod clock;
pub mod config;
pub mod error;
pub mod ids;
pub mod text;
