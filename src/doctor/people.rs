//! The people of a group: who cannot do anything, whom mail does not reach, and what time it is.

use super::people_store as store;
use super::{Check, Finding};
use crate::db::Tx;
use crate::error::Result;

/// Seconds that two clocks may differ.
const SLACK: i64 = 60;
/// Seconds for which a doubtful message is news.
const WEEK: i64 = 7 * 86_400;

/// Whether it is later than what was done last.
pub fn clock(tx: &Tx) -> Result<Check> {
    const CHECK: &str = "clock";
    let now = tx.now();
    Ok(match store::newest(tx)? {
        Some(newest) if newest > now.plus(SLACK) => Check::found(
            CHECK,
            Finding::Wrong,
            format!("it is {now}, and something was done at {newest}"),
            "set the clock of this machine, and let it be kept right by NTP",
        ),
        _ => Check::fine(CHECK, format!("it is {now}")),
    })
}

/// What should be known about the people of a group.
pub fn people(tx: &Tx) -> Result<Vec<Check>> {
    Ok(vec![
        judge(
            "permissions",
            "every user may do something",
            "may do nothing",
            "frontdesk user grant EMAIL --template standard",
            &store::without_permission(tx)?,
        ),
        judge(
            "scope",
            "every user reaches some place",
            "reach no place",
            "frontdesk user grant EMAIL --all-facilities, or --facility NUMBER, or --unattached",
            &store::without_place(tx)?,
        ),
        judge(
            "addresses",
            "nobody is a user and staff under one address",
            "are users and staff under one address",
            "give one of the two another address: frontdesk staff set LOGIN --email ADDRESS",
            &store::on_both_sides(tx)?,
        ),
        judge(
            "bounces",
            "mail came back from no address",
            "did not take mail",
            "ask the customer for another address: frontdesk contact set EMAIL --email ADDRESS",
            &store::bounced(tx)?,
        ),
        judge(
            "received",
            "no doubtful message in the last seven days",
            "sent messages that are doubtful, in the last seven days",
            "see each with the reason: frontdesk mail received list --outcome doubtful",
            &store::doubtful(tx, tx.now().plus(-WEEK))?,
        ),
    ])
}

/// A warning that names the first of those it is about.
fn judge(check: &'static str, fine: &str, found: &str, tip: &str, whom: &[String]) -> Check {
    if whom.is_empty() {
        return Check::fine(check, fine);
    }
    let named = whom.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
    let rest = if whom.len() > 3 { format!(" and {} more", whom.len() - 3) } else { String::new() };
    Check::found(check, Finding::Warning, format!("{named}{rest} {found}"), tip)
}
