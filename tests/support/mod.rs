//! What many tests need.

pub mod mime;
pub mod smtp;
mod world;

pub use world::World;
