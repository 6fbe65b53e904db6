//! All tests that look at frontdesk from outside, in one binary.

mod cli;
mod config;
mod manual;
mod support;
