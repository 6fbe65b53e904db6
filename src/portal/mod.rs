//! The customers' web: what listens, what is asked, what is answered.

pub mod assets;
pub mod exchange;
pub mod front;
pub mod gate;
pub mod ui;
pub mod views;
