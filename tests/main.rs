//! Everything that is tried from outside, in one program.

mod portal;
