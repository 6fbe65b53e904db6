//! What is printed, or put on another site, and leads to the portal.

pub mod label;
pub mod pieces;
mod qr;

pub use qr::Code;
