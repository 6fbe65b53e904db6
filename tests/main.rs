//! The tests of the house as a whole; rules and SQL are tested beside their code.

mod browser;
mod config;
mod support;
mod tidy;
