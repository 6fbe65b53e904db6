//! The customers' web, from outside.

mod account;
mod crowds;
mod documents;
mod downloads;
mod forms;
mod gallery;
mod gate;
mod headers;
mod isolation;
mod links;
mod order;
mod pipeline;
mod raw;
mod sample;
mod selfchecks;
mod sign_in;
mod tags;
mod unauthorized;
mod uploads;
