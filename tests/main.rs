//! Everything that is tried from outside, in one binary.

mod outbox;
mod support;
