//! Mail that comes in: what became of each message, on a whole installation.

mod limits;
mod messages;
mod office;
mod people;
