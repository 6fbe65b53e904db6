//! The customers' web: what listens, what is asked, what is answered.

mod account;
pub mod assets;
mod cookies;
mod dispatch;
pub mod exchange;
mod files;
mod frame;
pub mod front;
pub mod gate;
mod labels;
mod link;
mod login;
mod order;
mod orders;
mod outside;
mod pages;
pub mod print;
mod reply;
pub mod routes;
pub mod ui;
mod values;
pub mod views;

pub use dispatch::{Preview, Site, visit};
pub use values::FORM_LIMIT;
