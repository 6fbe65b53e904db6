//! Commands, noun by noun.

mod audit;
mod contacts;
mod customers;
mod facilities;
mod groups;
mod imports;
mod imports_of_work;
mod init;
mod mail;
mod priorities;
mod staff;
mod statuses;
mod templates;
