//! The customers' web: what listens, what is asked, what is answered.

mod account;
mod address;
pub mod assets;
mod browser;
mod company;
mod cookies;
mod dispatch;
mod documents;
pub mod exchange;
mod facilities;
mod files;
mod frame;
pub mod front;
pub mod gate;
mod link;
mod login;
mod multipart;
mod new_order;
mod objects;
mod order;
mod orders;
mod pages;
mod paging;
mod parts;
pub mod readings;
mod reply;
pub mod routes;
mod selfchecks;
mod sessions;
pub mod ui;
mod values;
pub mod views;

pub use dispatch::{Site, visit};
pub use values::FORM_LIMIT;
