//! What several tests need: a place of their own, and a browser.

pub mod browser;

/// A folder of its own for one test, removed when the value goes out of scope.
pub fn folder() -> tempfile::TempDir {
    tempfile::Builder::new().prefix("frontdesk-test-").tempdir().expect("a temporary folder")
}
