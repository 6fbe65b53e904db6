//! What the program says to people, in the languages it speaks.

pub mod dates;
pub mod numbers;
pub mod portal;
