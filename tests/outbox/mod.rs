//! Mails, as servers and readers get them.

mod desk;
mod moods;
mod sending;
