//! Mails, as servers and readers get them.

mod sending;
