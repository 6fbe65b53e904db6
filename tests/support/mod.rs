//! What many tests need.

pub mod browser;
mod desk;
pub mod mime;
pub mod smtp;
mod smtp_wire;
mod world;

pub use desk::desk;
pub use world::{Said, World};

/// A folder of its own for one test, removed when the value goes out of scope.
pub fn folder() -> tempfile::TempDir {
    tempfile::Builder::new().prefix("frontdesk-test-").tempdir().expect("a temporary folder")
}
