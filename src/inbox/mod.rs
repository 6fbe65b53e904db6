//! The inbox: an answer by mail becomes what its writer says on the order; all else is dropped, or put before the company.

mod html;
mod kind;
mod message;
mod quote;
mod quote_words;
#[cfg(test)]
mod shapes;
