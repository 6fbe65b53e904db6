//! What many tests need.

pub mod mime;
pub mod smtp;
mod smtp_wire;
mod world;

pub use world::World;
