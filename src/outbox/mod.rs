//! Mails: what they say, how they look, and how they leave.

pub mod letter;
pub mod message;
mod page;
pub mod render;
pub mod sender;
pub mod texts;
