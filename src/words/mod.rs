//! How dates and numbers are said in each language, for pages and mails alike.

pub mod dates;
pub mod numbers;
