//! Times of two ways to do the same, and the table in which they stand beside each other.

use std::io::Write;
use std::time::{Duration, Instant};

use anyhow::Result;

/// Times of one thing done many times.
#[derive(Clone, Debug, Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Does something once more and keeps how long it took.
    pub fn take<T>(&mut self, work: impl FnOnce() -> Result<T>) -> Result<T> {
        let begun = Instant::now();
        let done = work()?;
        self.0.push(begun.elapsed());
        Ok(done)
    }

    /// Puts the times of others to these.
    pub fn extend(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// The time within which so many of a hundred were done.
    pub fn percentile(&self, percent: usize) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let at = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
        sorted.get(at).copied().unwrap_or_default()
    }
}

/// What a line of the table must keep to.
#[derive(Clone, Copy, Debug)]
pub enum Limit {
    /// At most so many times as long as the peer, by the medians.
    Ratio(f64),
    /// Only looked at.
    None,
}

struct Line {
    what: String,
    ours: Times,
    peer: Option<Times>,
    limit: Limit,
}

/// Everything that was measured.
#[derive(Default)]
pub struct Report(Vec<Line>);

impl Report {
    /// Adds something measured beside a peer.
    pub fn pair(&mut self, what: impl Into<String>, (ours, peer): (Times, Times), limit: Limit) {
        self.0.push(Line { what: what.into(), ours, peer: Some(peer), limit });
    }

    /// Adds something measured alone.
    pub fn alone(&mut self, what: impl Into<String>, ours: Times, limit: Limit) {
        self.0.push(Line { what: what.into(), ours, peer: None, limit });
    }

    /// Prints the table; `false` when something is beyond its limit.
    pub fn print(&self) -> Result<bool> {
        let mut out = std::io::stdout().lock();
        let heads = ["p50 ms", "p99 ms", "peer p50", "peer p99", "ratio", "limit"];
        let head: String = heads.iter().map(|head| format!("{head:>10}")).collect();
        writeln!(out, "\n{:<50}{head}", "")?;
        let mut kept = true;
        for line in &self.0 {
            let ratio = line.ratio();
            let (limit, is_kept) = match line.limit {
                Limit::Ratio(most) => (format!("{most:.2}"), ratio.is_some_and(|ratio| ratio <= most)),
                Limit::None => (String::new(), true),
            };
            kept &= is_kept;
            let peer = |percent| line.peer.as_ref().map(|peer| milliseconds(peer, percent));
            let numbers = [Some(milliseconds(&line.ours, 50)), Some(milliseconds(&line.ours, 99)), peer(50), peer(99)];
            let shown: String = numbers.iter().map(|number| cell(*number, 3)).collect();
            let mark = if is_kept { "" } else { "  beyond" };
            writeln!(out, "{:<50}{shown}{}{limit:>10}{mark}", line.what, cell(ratio, 2))?;
        }
        writeln!(out)?;
        Ok(kept)
    }
}

impl Line {
    fn ratio(&self) -> Option<f64> {
        let peer = milliseconds(self.peer.as_ref()?, 50);
        (peer > 0.0).then(|| milliseconds(&self.ours, 50) / peer)
    }
}

fn milliseconds(times: &Times, percent: usize) -> f64 {
    times.percentile(percent).as_secs_f64() * 1000.0
}

fn cell(number: Option<f64>, digits: usize) -> String {
    number.map_or_else(|| " ".repeat(10), |number| format!("{number:>10.digits$}"))
}

/// Says what is done at the moment.
pub fn say(line: &str) {
    // Nobody may be listening; the measuring goes on.
    let _ = writeln!(std::io::stderr(), "{line}");
}
