//! What the tests need around frontdesk.

pub mod mime;
pub mod smtp;
mod smtp_wire;
