//! Pages: whom to call, what is kept about a person, and how the pages are made for everybody.

use super::exchange::Reply;
use super::frame::frame;
use super::visit::Guest;
use super::{reply, views};
use crate::error::Result;

/// Whom to call.
pub fn help(guest: &Guest) -> Result<Reply> {
    Ok(reply::page(views::pages::help(&frame(guest))))
}

/// What is kept about a person.
pub fn privacy(guest: &Guest) -> Result<Reply> {
    Ok(reply::page(views::pages::privacy(&frame(guest))))
}

/// How the pages are made for everybody.
pub fn accessibility(guest: &Guest) -> Result<Reply> {
    Ok(reply::page(views::pages::accessibility(&frame(guest))))
}
