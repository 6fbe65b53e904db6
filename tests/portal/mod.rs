//! The customers' web, from outside.

mod crowds;
mod gallery;
mod gate;
mod raw;
mod sample;
mod tags;
