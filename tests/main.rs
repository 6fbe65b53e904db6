//! All tests that look at frontdesk from outside, in one binary.

mod cli;
mod outbox;
mod support;
