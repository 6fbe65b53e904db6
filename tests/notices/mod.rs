//! Who is told of what: what the rule says, held against what a mail server gets.

mod daily;
mod firm;
mod revoked;
mod together;
mod told;
