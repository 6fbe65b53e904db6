//! Commands, noun by noun.

mod audit;
mod config;
mod contacts;
mod customers;
mod demo;
mod facilities;
mod groups;
mod imports;
mod imports_of_work;
mod in_use;
mod init;
mod mail;
mod mail_password;
mod objects;
mod orders;
mod priorities;
mod rights;
mod staff;
mod statuses;
mod templates;
mod users;
