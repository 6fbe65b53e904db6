//! Slowing down whoever guesses: waits that grow with each failure, counted in the database so that they outlive a
//! restart, and alike for addresses that have an account and those that have none.

use super::Door;
use super::store::{self, Count};
use crate::clock::Moment;
use crate::db::{Tx, WriteTx};
use crate::error::Result;
use crate::secret;
use crate::text::Email;

const MINUTE: i64 = 60;
const HOUR: i64 = 3_600;
const DAY: i64 = 86_400;

/// So many failures in a row, and the account is shut until the end of the day (NIST SP 800-63B, 5.2.2).
pub(super) const HARD_STOP: i64 = 100;

/// So many failures in a row, and the waits are long enough to be told to whoever owns the account.
pub(super) const LONG: i64 = 10;

/// What failures are counted by.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Counted {
    /// An address of the group, whether or not it has an account.
    Account,
    /// A network address, from which many people may come.
    Client,
}

/// A limit of so many in so many seconds.
pub(super) struct Limit {
    pub(super) name: &'static str,
    pub(super) most: i64,
    pub(super) seconds: i64,
}

/// Asking for links, by network address and by account name.
pub(super) const FORGOT_BY_CLIENT: [Limit; 2] = [
    Limit { name: "forgot a minute", most: 3, seconds: MINUTE },
    Limit { name: "forgot an hour", most: 6, seconds: HOUR },
];
pub(super) const FORGOT_BY_ACCOUNT: Limit = Limit { name: "forgot by name", most: 5, seconds: HOUR };
/// One mail to one account.
pub(super) const MAILED: Limit = Limit { name: "mailed", most: 1, seconds: 5 * MINUTE };
/// The mail that tells somebody of the wait of their account.
pub(super) const TOLD: Limit = Limit { name: "told of a wait", most: 1, seconds: HOUR };
/// Forms that did not come from our own pages and of which the audit is told, by network address.
pub(super) const NOTED: Limit = Limit { name: "noted forms", most: 20, seconds: MINUTE };
/// Tokens that nobody was given, by network address.
pub(super) const GUESSED: Limit = Limit { name: "guessed links", most: 20, seconds: MINUTE };

/// Under which name an account is counted. What is no address is counted too, by its hash: it may be a password that
/// went into the wrong field.
pub(super) fn account(typed: &str) -> String {
    match Email::parse(typed) {
        Ok(email) => account_of(&email),
        Err(_) => format!("no account {}", &secret::hash(&typed.trim().to_lowercase())[..32]),
    }
}

/// Under which name the account of an address is counted.
pub(super) fn account_of(email: &Email) -> String {
    format!("account {email}")
}

/// Under which name a network address is counted.
pub(super) fn client(address: &str) -> String {
    format!(
        "client {}",
        address.chars().filter(|c| c.is_ascii_hexdigit() || ".:".contains(*c)).take(45).collect::<String>()
    )
}

/// Seconds to wait after so many failures of one account in a row.
fn wait_of_account(failures: i64) -> i64 {
    match failures {
        ..=2 => 0,
        3 => 1,
        4 => 3,
        5 => 5,
        6 => 10,
        7 => 30,
        8 => MINUTE,
        9 => 2 * MINUTE,
        10 => 5 * MINUTE,
        _ => 15 * MINUTE,
    }
}

/// Seconds to wait after so many failures from one network address; a whole office may sit behind it.
fn wait_of_client(failures: i64) -> i64 {
    match failures {
        ..=10 => 0,
        11..=30 => 3,
        31..=60 => 10,
        61..=100 => MINUTE,
        _ => 15 * MINUTE,
    }
}

/// Until when a subject has to wait, if it has to.
pub(super) fn waits(tx: &Tx, subject: &str) -> Result<Option<Count>> {
    Ok(store::count_of(tx, subject)?.filter(|count| count.wait_until > tx.now()))
}

/// Until when an account waits, if that is long and nobody has been told; from then on it counts as told.
///
/// An address without an account is asked and counted alike.
pub(super) fn to_be_told(tx: &WriteTx, account: &str) -> Result<Option<Moment>> {
    let long = waits(tx, account)?.filter(|count| count.failures == LONG || count.failures == HARD_STOP);
    match long {
        Some(count) if spend(tx, &TOLD, account)?.is_none() => Ok(Some(count.wait_until)),
        _ => Ok(None),
    }
}

/// Counts a failure, before it is known to be one: guesses made at the same time cannot all slip through.
pub(super) fn count(tx: &WriteTx, door: &Door, subject: &str, counted: Counted) -> Result<()> {
    let now = tx.now();
    let forgotten_after = if counted == Counted::Account { DAY } else { HOUR };
    let before = store::count_of(tx, subject)?.filter(|count| {
        let stopped = counted == Counted::Account && count.failures >= HARD_STOP;
        count.last_at.plus(forgotten_after) > now && !(stopped && count.wait_until <= now)
    });
    let failures = before.as_ref().map_or(0, |count| count.failures) + 1;
    let wait_until = match counted {
        Counted::Account if failures >= HARD_STOP => end_of_day(now, door)?,
        Counted::Account => now.plus(wait_of_account(failures)),
        Counted::Client => now.plus(wait_of_client(failures)),
    };
    let first_at = before.map_or(now, |count| count.first_at);
    store::keep_count(tx, subject, &Count { failures, first_at, wait_until, last_at: now, told: false })
}

/// Takes one failure of a network address back, which turned out to be none.
pub(super) fn uncount(tx: &WriteTx, subject: &str) -> Result<()> {
    match store::count_of(tx, subject)? {
        Some(count) if count.failures > 1 => {
            let failures = count.failures - 1;
            let wait_until = tx.now();
            store::keep_count(tx, subject, &Count { failures, wait_until, ..count })
        }
        Some(_) => store::forget_count(tx, subject),
        None => Ok(()),
    }
}

/// Counts one use of something limited; says until when to wait if it was one too many.
pub(super) fn spend(tx: &WriteTx, limit: &Limit, who: &str) -> Result<Option<Moment>> {
    let (subject, now) = (format!("{} {who}", limit.name), tx.now());
    let begun = store::count_of(tx, &subject)?.filter(|count| count.first_at.plus(limit.seconds) > now);
    let (used, first_at) = begun.map_or((0, now), |count| (count.failures, count.first_at));
    let end = first_at.plus(limit.seconds);
    if used >= limit.most {
        return Ok(Some(end));
    }
    store::keep_count(
        tx,
        &subject,
        &Count { failures: used + 1, first_at, last_at: now, wait_until: end, told: false },
    )?;
    Ok(None)
}

/// Whether a limit is used up already; nothing is counted.
pub(super) fn is_spent(tx: &Tx, limit: &Limit, who: &str) -> Result<Option<Moment>> {
    let count = store::count_of(tx, &format!("{} {who}", limit.name))?;
    let count = count.filter(|count| count.failures >= limit.most && count.first_at.plus(limit.seconds) > tx.now());
    Ok(count.map(|count| count.first_at.plus(limit.seconds)))
}

fn end_of_day(now: Moment, door: &Door) -> Result<Moment> {
    let zone = door.zone.rules();
    let tomorrow = now.within(&zone).date().saturating_add(jiff::Span::new().days(1));
    Moment::start_of(tomorrow, &zone)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_grow_and_never_shrink() {
        for wait in [wait_of_account, wait_of_client] {
            let waits: Vec<_> = (0..=HARD_STOP + 1).map(wait).collect();
            assert!(waits.is_sorted() && waits[0] == 0 && waits[1] == 0);
            assert_eq!(waits.last(), Some(&(15 * MINUTE)));
        }
        assert_eq!([3, 4, 5, 6].map(wait_of_account), [1, 3, 5, 10]);
    }

    #[test]
    fn one_account_has_one_name_however_it_is_typed() {
        assert_eq!(account(" Eva@BRF.example "), account("eva@brf.example"));
        assert_ne!(account("eva@brf.example"), account("eva@brf.example."));
        assert!(!account("hunter2 hunter2").contains("hunter2"));
        assert_eq!(client("2001:db8::1 '; DROP"), "client 2001:db8::1D");
    }
}
