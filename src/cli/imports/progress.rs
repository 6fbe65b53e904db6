//! How far an import is, for somebody who watches.

use std::fmt::Write;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressState, ProgressStyle};

use super::super::desk::Desk;

/// A bar on standard error where that is a terminal, and nothing elsewhere.
pub(super) struct Progress(ProgressBar);

impl Progress {
    /// A bar for so many rows.
    pub(super) fn new(desk: &Desk, rows: usize) -> Self {
        let seen = desk.io.draws_progress && !desk.globals.quiet;
        let target = if seen { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
        let bar = ProgressBar::with_draw_target(Some(rows as u64), target);
        let style = ProgressStyle::with_template("{bar:30} {pos} of {len} rows, {rate} rows/s, {eta} left");
        Self(match style {
            Ok(style) => bar.with_style(style.with_key("rate", rate)),
            Err(_) => bar,
        })
    }

    /// So many rows are done.
    pub(super) fn at(&self, done: u64) {
        self.0.set_position(done);
    }

    /// So many of so many are done.
    pub(super) fn of(&self, done: u64, all: u64) {
        self.0.set_length(all);
        self.0.set_position(done);
    }

    /// All are done; the bar goes away.
    pub(super) fn end(&self) {
        self.0.finish_and_clear();
    }
}

fn rate(state: &ProgressState, out: &mut dyn Write) {
    // A bar that cannot be drawn is no reason to stop.
    let _ = write!(out, "{:.0}", state.per_sec());
}
