//! Who is told of what: what the rule says, held against what a mail server gets.

mod asked;
mod choice;
mod daily;
mod due;
mod firm;
mod own;
mod revoked;
mod together;
mod told;
