//! The admin socket with real operating-system users: who somebody is, is said by the kernel and by nothing else.
//!
//! Other users can only be played by root; elsewhere these tests say so and pass.

mod callers;
mod imports;
mod impostors;
mod office;
mod rights;
mod table;
