//! What the program says to people, in the languages it speaks.

pub mod portal;
