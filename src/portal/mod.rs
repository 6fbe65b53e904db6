//! The customers' web: what listens, what is asked, what is answered.

mod account;
pub mod assets;
mod cookies;
mod dispatch;
mod documents;
pub mod exchange;
mod files;
mod frame;
pub mod front;
pub mod gate;
mod link;
mod login;
mod multipart;
mod order;
mod orders;
mod pages;
mod reply;
pub mod routes;
mod selfchecks;
pub mod ui;
mod values;
pub mod views;

pub use dispatch::{Site, visit};
pub use values::FORM_LIMIT;
