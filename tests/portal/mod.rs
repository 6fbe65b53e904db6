//! The customers' web, from outside.

mod account;
mod crowds;
mod forms;
mod gallery;
mod gate;
mod headers;
mod isolation;
mod links;
mod order;
mod outside;
mod pipeline;
mod preview;
mod raw;
mod sample;
mod sign_in;
mod tags;
mod unauthorized;
