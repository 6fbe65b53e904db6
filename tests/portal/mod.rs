//! The customers' web, from outside.

mod crowds;
mod gate;
mod raw;
