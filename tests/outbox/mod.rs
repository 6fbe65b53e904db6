//! Mails, as servers and readers get them.

mod desk;
mod invitation;
mod moods;
mod sending;
