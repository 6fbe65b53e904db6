//! The customers' web, from outside.

mod account;
mod comments;
mod company;
mod crowds;
mod documents;
mod facilities;
mod forms;
mod gallery;
mod gate;
mod headers;
mod isolation;
mod links;
mod new_order;
mod objects;
mod order;
mod outside;
mod pipeline;
mod preview;
mod raw;
mod readings;
mod sample;
mod selfchecks;
mod sessions;
mod sign_in;
mod tags;
mod unauthorized;
