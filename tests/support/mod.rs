//! What many tests need.

mod world;

pub use world::World;
