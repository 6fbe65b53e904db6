//! How long texts may be, in characters.

/// A line, such as a name or a title.
pub const LINE: usize = 200;

/// A text of several lines.
pub const PROSE: usize = 10_000;
