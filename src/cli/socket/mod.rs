//! The admin socket: commands of the company's own people, run by the server in the name of whoever the kernel says asks.
//!
//! The caller sends its words; from then on it only does what it is asked for: writes to its own streams, reads its own
//! standard input, opens the files that its own words name. What a command reads it has whole before it changes anything,
//! so a caller that stops or dies holds nobody up, and leaves a command done or not done.

mod caller;
mod door;
mod frame;
mod line;

pub(super) use caller::call;
pub(super) use door::{Counter, Door};
