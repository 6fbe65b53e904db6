//! Imports: from the bytes of a file to typed rows, and from rejected rows to a file that can be repaired.
//!
//! A file is [read](reader::Reader) in one pass with flat memory: bytes become text ([`encoding`]), text becomes
//! records ([`records`], [`json_lines`], chosen by [`source`]), headings find their columns ([`shapes`],
//! [`headings`], [`recipes`]), rows that are none are left out ([`picked`]), and a noun reads its cells from each
//! [`row::Row`]. Then all rows are [taken](take::take) in one transaction, each by its noun; what the file does not name is
//! [looked for](missing); and the run is [recorded](runs).

pub mod about;
mod accounts;
pub mod allowance;
pub mod cells;
pub mod columns;
mod contacts;
mod customers;
pub mod dates;
pub mod derive;
pub mod duplicates;
pub mod encoding;
mod facilities;
pub mod fingerprint;
mod hanging_store;
pub mod headings;
pub mod json_lines;
pub mod lock;
pub mod missing;
mod objects;
mod orders;
pub mod pairs;
mod people;
mod picked;
mod preamble;
pub mod problem;
mod put_back;
pub mod reader;
mod readings;
mod recipes;
pub mod records;
pub mod rejects;
pub mod row;
pub mod runs;
pub mod shapes;
pub mod source;
mod store;
pub mod take;
pub mod taken;
pub mod trail;
mod trail_store;
pub mod undo;
mod upsert;
