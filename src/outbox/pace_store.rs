//! Whose turn it is: the next mail of a group that may still try one in this minute, letters about accounts first.

use super::{MINUTE, Next};
use crate::clock::Moment;
use crate::db::named;
use crate::db::{Open, Tx};
use crate::error::Result;
use crate::ids::{GroupId, LetterId};

/// Kinds for which somebody waits in front of a page: they go before what can wait.
const FIRST: [&str; 4] = ["invite", "reset", "password_changed", "locked"];

const GROUPS: Open = Open::new(
    "the mailer gives every group its turn",
    "
    SELECT g.id, count(t.id), min(t.tried_at)
      FROM groups g
      LEFT JOIN outbox t ON t.group_id = g.id AND t.tried_at > :since
     WHERE (:group_id IS NULL OR g.id = :group_id)
     GROUP BY g.id
     ORDER BY count(t.id), max(t.tried_at), g.id",
);

/// The oldest mail of a group that is due and that nobody holds, with a further condition.
macro_rules! next {
    ($begin:literal, $more:literal) => {
        concat!(
            $begin,
            "
    SELECT id, next_at
      FROM outbox
     WHERE group_id = :of
       ",
            $more,
            "AND state = 'queued'
       AND next_at <= :now
       AND (leased_until IS NULL OR leased_until <= :now)
     ORDER BY next_at, id
     LIMIT 1"
        )
    };
}

const NEXT: Open = Open::new("the mailer looks for the next mail of any group", next!("", ""));

const NEXT_OF_KIND: Open = Open::new("the mailer looks for the next mail of any group", next!("", "AND kind = :kind "));

/// What the mailer does next, for one group or for all; no group tries more than so many mails in a minute.
///
/// The turn is with the group that tried the fewest in the last minute, so that a crowd of one group's mails does not
/// keep another's waiting. It is read from the rows, and so holds for every process and after a restart.
pub fn next(tx: &Tx, group: Option<GroupId>, most: i64) -> Result<Next> {
    let groups = tx.open(&GROUPS, named! { ":since": tx.now().plus(-MINUTE), ":group_id": group }, |row| {
        Ok((row.get::<_, GroupId>(0)?, row.get::<_, i64>(1)?, row.get::<_, Option<Moment>>(2)?))
    })?;
    let mut room: Option<Moment> = None;
    for (of, tried, first) in groups {
        let Some(id) = first_due(tx, of)? else { continue };
        match first {
            Some(first) if tried >= most => {
                let opens = first.plus(MINUTE);
                room = Some(room.map_or(opens, |known| known.min(opens)));
            }
            _ => return Ok(Next::Mail(id, of)),
        }
    }
    Ok(room.map_or(Next::Nothing, Next::NotBefore))
}

fn first_due(tx: &Tx, of: GroupId) -> Result<Option<LetterId>> {
    let mut found: Option<(Moment, LetterId)> = None;
    for kind in FIRST {
        let due = tx.open(&NEXT_OF_KIND, named! { ":of": of, ":kind": kind }, |row| Ok((row.get(1)?, row.get(0)?)))?;
        found = due.into_iter().chain(found).min();
    }
    if let Some((_, id)) = found {
        return Ok(Some(id));
    }
    Ok(tx.open(&NEXT, named! { ":of": of }, |row| row.get(0))?.pop())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::access::Actor;
    use crate::clock::Clock;
    use crate::db::Db;
    use crate::secret::Key;

    const PLAN: Open = Open::new("a test looks", next!("EXPLAIN QUERY PLAN", ""));
    const PLAN_OF_KIND: Open = Open::new("a test looks", next!("EXPLAIN QUERY PLAN", "AND kind = :kind "));

    /// However many wait, only the first of them is looked at: there is nothing to sort.
    #[test]
    fn the_next_mail_is_the_first_of_an_index() {
        let folder = tempfile::tempdir().expect("a folder");
        let key = Key::random().expect("a key");
        let path = folder.path().join("frontdesk.db");
        let db = Db::open(&path, Clock::system(), key, Duration::from_secs(5)).expect("a database");
        let plan = |sql: &Open, params: crate::db::Params| {
            let nobody = Actor::Owner { group: None, uid: 1000 };
            db.read(&nobody, |tx| tx.open(sql, params, |row| row.get::<_, String>(3))).expect("a plan")
        };
        let of = GroupId(1);
        assert_eq!(
            plan(&PLAN, named! { ":of": of }),
            ["SEARCH outbox USING INDEX outbox_due (group_id=? AND next_at<?)"]
        );
        assert_eq!(
            plan(&PLAN_OF_KIND, named! { ":of": of, ":kind": "invite" }),
            ["SEARCH outbox USING INDEX outbox_due_by_kind (group_id=? AND kind=? AND next_at<?)"]
        );
    }
}
