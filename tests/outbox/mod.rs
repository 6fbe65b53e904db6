//! Mails, as servers and readers get them.

mod desk;
mod fates;
mod invitation;
mod killed;
mod moods;
pub mod office;
mod pace;
mod sending;
