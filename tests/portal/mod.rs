//! The customers' web, from outside.

mod account;
mod company;
mod crowds;
mod facilities;
mod forms;
mod gallery;
mod gate;
mod headers;
mod isolation;
mod links;
mod objects;
mod order;
mod pipeline;
mod raw;
mod sample;
mod sessions;
mod sign_in;
mod tags;
mod unauthorized;
