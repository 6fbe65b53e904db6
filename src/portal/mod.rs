//! The customers' web: what listens, what is asked, what is answered.

pub mod exchange;
pub mod front;
pub mod gate;
