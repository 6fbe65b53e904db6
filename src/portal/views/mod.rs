//! The pages: functions from plain data to a whole document, one file for each family.

pub mod account;
pub mod errors;
pub mod link;
pub mod login;
pub mod order;
pub mod orders;
pub mod outside;
pub mod pages;
pub mod password;
