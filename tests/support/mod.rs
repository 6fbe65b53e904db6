//! What many tests need.

mod accounts;
pub mod browser;
mod desk;
mod letters;
pub mod mime;
pub mod program;
mod rows;
pub mod smtp;
mod smtp_wire;
mod template;
mod visitor;
mod world;

use std::io::Write as _;

pub use accounts::PASSWORD;
pub use desk::{desk, number};
pub use template::SERVICE;
pub use visitor::{Answer, MULTIPART, Visitor, multipart};
pub use world::{Said, World, split};

/// A folder of its own for one test, removed when the value goes out of scope.
pub fn folder() -> tempfile::TempDir {
    tempfile::Builder::new().prefix("frontdesk-test-").tempdir().expect("a temporary folder")
}

/// Says that something was not tried, because a program that it is for is not here. `.ci/run` counts that as a failure.
pub fn skipped(program: &str) {
    let _ = writeln!(std::io::stderr(), "skipped: {program} is not installed");
}
