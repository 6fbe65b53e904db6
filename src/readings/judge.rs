//! Whether a reading can be true, and whether it is likely: plain rules on plain data.

use serde::Serialize;

use super::Amount;
use crate::clock::Moment;

/// Seconds of a day.
pub const DAY: i64 = 86_400;

/// More than so many times the usual use, or less than the same part of it, is worth a question.
const ODD: i64 = 3;

/// A difference smaller than this, in whole units, is never worth a question.
const SMALL: i64 = 10;

/// What a meter showed at a moment.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Serialize)]
pub struct Point {
    /// The value.
    pub value: Amount,
    /// When.
    pub at: Moment,
    /// Of the which meter in a row: a replaced meter begins the next series.
    #[serde(skip)]
    pub series: i64,
}

/// How much is used in how much time.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Rate {
    /// What was used.
    pub used: Amount,
    /// In so many seconds, at least one.
    pub seconds: i64,
}

/// What somebody says a meter showed.
#[derive(Clone, Copy, Debug)]
pub struct Claim {
    /// The value.
    pub value: Amount,
    /// When.
    pub at: Moment,
    /// Whether the meter counts hours, of which there are no more than pass.
    pub hours: bool,
    /// Whether a new meter begins with it, at any value.
    pub replaced: bool,
}

/// What is known about a meter around a moment.
#[derive(Clone, Copy, Default, Debug)]
pub struct Around {
    /// The reading before it.
    pub before: Option<Point>,
    /// The reading at that very moment.
    pub same: Option<Point>,
    /// The reading after it.
    pub after: Option<Point>,
    /// The use before it, if there was enough to tell.
    pub usual: Option<Rate>,
}

/// Why a reading cannot be true.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refusal {
    /// Nobody has read it yet.
    Future {
        /// What time it is.
        now: Moment,
    },
    /// There is a reading at that moment.
    Same(Point),
    /// It is below the reading before it.
    Below(Point),
    /// It is above the reading after it.
    Above(Point),
    /// The meter would have counted more hours than passed since the reading before.
    FastSince(Point, Passed),
    /// The meter would have counted more hours than pass until the reading after.
    FastUntil(Point, Passed),
    /// A new meter begins behind the last reading of the old one.
    NotLast(Point),
}

/// Hours that a meter counted while others passed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Passed {
    /// What the meter would have counted.
    pub counted: Amount,
    /// What passed on the clock.
    pub passed: Amount,
}

/// Why a reading is unlikely.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Doubt {
    /// Far more than usual since the reading before.
    More(Point, Use),
    /// Far less than usual since the reading before.
    Less(Point, Use),
    /// A tenth of it would fit: one digit too many.
    Digit(Point),
}

/// What was used, and what would have been usual.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Use {
    /// What the reading says was used.
    pub used: Amount,
    /// What is usual for as long a time.
    pub usual: Amount,
}

impl Rate {
    /// The use between two readings of a series, if a week or more lies between them.
    pub fn between(from: Point, to: Point) -> Option<Self> {
        let seconds = to.at.unix() - from.at.unix();
        (from.series == to.series && seconds >= 7 * DAY)
            .then_some(Self { used: Amount((to.value.0 - from.value.0).max(0)), seconds })
    }

    /// What is used in so many seconds.
    pub fn within(self, seconds: i64) -> Amount {
        let used = i128::from(self.used.0) * i128::from(seconds) / i128::from(self.seconds.max(1));
        Amount(i64::try_from(used).unwrap_or(i64::MAX))
    }

    /// How many seconds it takes to use so much; never, where nothing is used.
    pub fn time_for(self, amount: Amount) -> Option<i64> {
        if self.used.0 <= 0 {
            return None;
        }
        i64::try_from(i128::from(amount.0) * i128::from(self.seconds) / i128::from(self.used.0)).ok()
    }
}

/// The series to which a reading belongs, or why it cannot be true.
pub fn judge(claim: &Claim, around: &Around, now: Moment) -> Result<i64, Refusal> {
    if claim.at > now {
        return Err(Refusal::Future { now });
    }
    if let Some(same) = around.same {
        return Err(Refusal::Same(same));
    }
    if claim.replaced {
        return match (around.after, around.before) {
            (Some(after), _) => Err(Refusal::NotLast(after)),
            (None, before) => Ok(before.map_or(1, |before| before.series + 1)),
        };
    }
    let series = around.before.or(around.after).map_or(1, |point| point.series);
    fits(claim, around.before.filter(|one| one.series == series), around.after.filter(|one| one.series == series))?;
    Ok(series)
}

/// Whether a value fits between its neighbours in its series.
pub fn fits(claim: &Claim, before: Option<Point>, after: Option<Point>) -> Result<(), Refusal> {
    if let Some(before) = before.filter(|before| claim.value < before.value) {
        return Err(Refusal::Below(before));
    }
    if let Some(after) = after.filter(|after| claim.value > after.value) {
        return Err(Refusal::Above(after));
    }
    if !claim.hours {
        return Ok(());
    }
    let own = (claim.value, claim.at);
    if let Some((before, passed)) = before.and_then(|one| Some((one, too_fast((one.value, one.at), own)?))) {
        return Err(Refusal::FastSince(before, passed));
    }
    if let Some((after, passed)) = after.and_then(|one| Some((one, too_fast(own, (one.value, one.at))?))) {
        return Err(Refusal::FastUntil(after, passed));
    }
    Ok(())
}

/// More hours on the meter than on the clock. A meter that shows whole hours can jump by one at the last minute, so
/// almost an hour more is possible between two whole values.
fn too_fast(from: (Amount, Moment), to: (Amount, Moment)) -> Option<Passed> {
    let counted = Amount(to.0.0 - from.0.0);
    let passed = Amount((to.1.unix() - from.1.unix()).saturating_mul(1000) / 3600);
    let rounded = from.0.is_whole() && to.0.is_whole();
    let is_possible = counted <= passed || rounded && counted.0 < passed.0 + 1000;
    (!is_possible).then_some(Passed { counted, passed })
}

/// Why a reading that can be true is unlikely.
///
/// It is far more than usual if it says more than three times the usual use, and at least a week's use more; far less
/// if it says less than a third, and at least two weeks' use less: a weekend off or a busy day is no reason to ask. After
/// a standstill every rise by more than a few units is asked about.
pub fn doubt(claim: &Claim, around: &Around) -> Option<Doubt> {
    let before = around.before.filter(|_| !claim.replaced)?;
    let used = Amount(claim.value.0 - before.value.0);
    let tenth = Amount(claim.value.0 / 10);
    let Some(usual) = around.usual else {
        let is_likely = before.value.0 > 0 && tenth >= before.value && tenth.0 <= before.value.0.saturating_mul(2);
        return (is_likely && used.0 > SMALL * 1000).then_some(Doubt::Digit(before));
    };
    let expected = usual.within(claim.at.unix() - before.at.unix());
    let likely = |used: Amount| {
        used.0 <= expected.0.saturating_mul(ODD) || used.0 - expected.0 <= usual.within(7 * DAY).0.max(SMALL * 1000)
    };
    let told = Use { used, usual: expected };
    if !likely(used) {
        let fits = tenth >= before.value && likely(Amount(tenth.0 - before.value.0));
        return Some(if fits { Doubt::Digit(before) } else { Doubt::More(before, told) });
    }
    let is_less =
        used.0.saturating_mul(ODD) < expected.0 && expected.0 - used.0 > usual.within(14 * DAY).0.max(SMALL * 1000);
    is_less.then_some(Doubt::Less(before, told))
}

#[cfg(test)]
mod tests;
