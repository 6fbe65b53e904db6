//! The pages: functions from plain data to a whole document, one file for each family.

pub mod account;
pub mod company;
pub mod documents;
pub mod errors;
pub mod facilities;
pub mod link;
pub mod login;
pub mod new_order;
pub mod notices;
pub mod objects;
pub mod order;
pub mod orders;
pub mod outside;
pub mod pages;
pub mod password;
pub mod readings;
pub mod selfchecks;
pub mod sessions;
