//! Mail that comes in: what became of each message, on a whole installation.

mod killed;
mod limits;
mod messages;
mod office;
mod people;
