//! The demo, made in this process.
