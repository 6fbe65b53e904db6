//! All tests that look at frontdesk from outside, in one binary.

mod backup;
mod browser;
mod cli;
mod config;
mod inbox;
mod killed;
mod manual;
mod migrations;
mod notices;
mod outbox;
mod packaging;
mod policy;
mod portal;
mod readme;
mod socket;
mod support;
mod tidy;
mod walls;
