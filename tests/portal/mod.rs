//! The customers' web.

mod gallery;
mod sample;
mod tags;
