//! What people who are no administrators did with customer accounts, told to the administrators once a day.

use jiff::civil::Date;
use serde_json::Value;

use crate::access::{Actor, Machine, Need};
use crate::clock::Moment;
use crate::db::{Change, Db, Entry, Json, Open, Row, RowResult, Tx, WriteTx, named};
use crate::error::Result;
use crate::ids::GroupId;
use crate::outbox::letter::{AccountAct, AccountDeed, Letter, MOST_ACTS};
use crate::outbox::{self, Mail, Post};
use crate::text::{Email, Lang, Line, Zone};

/// The hour of the group's zone from which a day's mail is sent.
const HOUR: i8 = 7;

const DAY: i64 = 86_400;

const GROUPS: Open = Open::new(
    "the planner looks at what was done with accounts in every group",
    "
    SELECT id
      FROM groups
     WHERE :of IS NULL OR id = :of
     ORDER BY id",
);

const STATE: Open = Open::new(
    "the planner tells administrators once a day on the clocks of their group",
    "
    SELECT g.zone, t.day, coalesce(t.audit_line, 0), (SELECT coalesce(max(a.id), 0) FROM audit a)
      FROM groups g
      LEFT JOIN accounts_told t ON t.group_id = g.id
     WHERE g.id = :group",
);

/// Who is an administrator now may do all of it anyway, and reads the mail.
const ACTS: Open = Open::new(
    "administrators are told of everything that others did with accounts",
    "
    SELECT a.at, coalesce(s.name, a.actor), a.via, a.action, a.subject, a.before, a.after
      FROM audit a
      LEFT JOIN staff s ON s.group_id = a.group_id AND s.login = a.actor
     WHERE a.group_id = :group
       AND a.at >= :since
       AND a.id > :after
       AND a.actor_sort = 'staff'
       AND a.noun = 'user'
       AND NOT EXISTS (SELECT 1 FROM staff_rights r
                        WHERE r.group_id = s.group_id AND r.staff_id = s.id AND r.name = 'admin')
     ORDER BY a.id",
);

const ADMINISTRATORS: Open = Open::new(
    "administrators are told of everything that others did with accounts",
    "
    SELECT s.name, s.email, g.lang
      FROM staff s
      JOIN groups g ON g.id = s.group_id
     WHERE s.group_id = :group
       AND s.status = 'active'
       AND s.email IS NOT NULL
       AND EXISTS (SELECT 1 FROM staff_rights r
                    WHERE r.group_id = s.group_id AND r.staff_id = s.id AND r.name = 'admin')
     ORDER BY s.login",
);

const OFFICE: Open = Open::new(
    "where no administrator has an address, the company's own is told",
    "
    SELECT name, reply_to, lang
      FROM groups
     WHERE id = :group
       AND reply_to IS NOT NULL",
);

const REMEMBER: Change = Change::new(
    "
    INSERT INTO accounts_told (group_id, day, audit_line)
    VALUES (:group, :day, :last)
    ON CONFLICT (group_id) DO UPDATE SET day = excluded.day, audit_line = excluded.audit_line",
);

/// What a group's administrators are to be told of today.
#[derive(Clone, Debug)]
struct Untold {
    day: Date,
    /// The last line of the audit that was looked at.
    last: i64,
    /// What was done, oldest first.
    acts: Vec<AccountAct>,
    /// To whom it is sent.
    readers: Vec<(Line, Email, Lang)>,
}

/// How many acts are to be told today, in one group or in all.
pub fn untold_accounts(db: &Db, of: Option<GroupId>) -> Result<usize> {
    let mut all = 0;
    for group in groups(db, of)? {
        all += db.read(&planner(Some(group)), untold)?.map_or(0, |untold| untold.acts.len());
    }
    Ok(all)
}

/// Tells of them, each group in a transaction of its own; says how many there were. What was told once is not told again,
/// and what happened while nobody looked is told the next time. Where nobody has an address it waits.
pub fn tell_accounts(db: &Db, of: Option<GroupId>) -> Result<usize> {
    let mut told = 0;
    for group in groups(db, of)? {
        let actor = planner(Some(group));
        if db.read(&actor, untold)?.is_some() {
            told += db.write(&actor, |tx| untold(tx)?.map_or(Ok(0), |untold| tell(tx, &untold)))?;
        }
    }
    Ok(told)
}

fn planner(group: Option<GroupId>) -> Actor {
    Actor::Machine { role: Machine::Planner, group }
}

fn groups(db: &Db, of: Option<GroupId>) -> Result<Vec<GroupId>> {
    db.read(&planner(None), |tx| tx.open(&GROUPS, named! { ":of": of }, |row| row.get(0)))
}

/// What is to be told now; nothing before its hour, and nothing if this day was looked at already.
fn untold(tx: &Tx) -> Result<Option<Untold>> {
    let state = |row: &Row| -> RowResult<(Zone, Option<String>, i64, i64)> {
        Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
    };
    let Some((zone, before, after, last)) = tx.open(&STATE, named! {}, state)?.pop() else { return Ok(None) };
    let (zone, before) = (zone.rules(), before.and_then(|day| day.parse::<Date>().ok()));
    let now = tx.now().within(&zone);
    let day = now.date();
    if now.hour() < HOUR || before.is_some_and(|before| before >= day) {
        return Ok(None);
    }
    // The line says what was told; the time is there for the index, with a day to spare.
    let since = match before {
        Some(before) => Moment::start_of(before, &zone)?,
        None => tx.now(),
    };
    let acts = tx.open(&ACTS, named! { ":since": since.plus(-DAY), ":after": after }, act)?;
    let reader = |row: &Row| Ok((row.get(0)?, row.get(1)?, row.get(2)?));
    let mut readers = tx.open(&ADMINISTRATORS, named! {}, reader)?;
    if readers.is_empty() {
        readers = tx.open(&OFFICE, named! {}, reader)?;
    }
    let waits = readers.is_empty() && !acts.is_empty();
    Ok((!waits).then_some(Untold { day, last, acts, readers }))
}

fn tell(tx: &WriteTx, untold: &Untold) -> Result<usize> {
    let count = untold.acts.len();
    let readers = untold.readers.iter().filter(|_| count > 0);
    for (person, email, lang) in readers {
        let letter = Letter::Accounts {
            person: person.clone(),
            day: untold.day,
            acts: untold.acts.iter().take(MOST_ACTS).cloned().collect(),
            more: count.saturating_sub(MOST_ACTS),
        };
        let post = Post { letter, to: email.clone(), lang: *lang, user: None, order: None };
        tx.change(Need::machine(Machine::Planner), |w| {
            let id = outbox::queue(w, &post)?;
            let label = format!("{} to {email}", post.letter.kind());
            Ok(((), Entry::about::<Mail>(id.0, label, "mail.queued")))
        })?;
    }
    tx.keep_books(Machine::Planner, |w| {
        w.run(&REMEMBER, named! { ":day": untold.day.to_string(), ":last": untold.last })
    })?;
    Ok(count)
}

fn act(row: &Row) -> RowResult<AccountAct> {
    let (at, by, via): (Moment, Line, Line) = (row.get(0)?, row.get(1)?, row.get(2)?);
    let (action, on): (String, Line) = (row.get(3)?, row.get(4)?);
    let value =
        |at| -> RowResult<Value> { Ok(row.get::<_, Option<Json<Value>>>(at)?.map_or(Value::Null, |json| json.0)) };
    let (before, after) = (value(5)?, value(6)?);
    let deed = deed(&action, &after);
    let customer = line(&after["customer_no"]).or_else(|| line(&before["customer_no"]));
    let (had, has) = (things(&before), things(&after));
    let only = |some: &[Line], other: &[Line]| some.iter().filter(|one| !other.contains(one)).cloned().collect();
    let mut given: Vec<Line> = only(&has, &had);
    given.retain(|one| *one != on);
    if deed == AccountDeed::Other {
        given.extend(Line::parse(&action));
    }
    Ok(AccountAct { at, by, deed, on, customer, given, taken: only(&had, &has), via })
}

/// What a line of the audit tells of.
fn deed(action: &str, after: &Value) -> AccountDeed {
    let printed = after["by"] == "print";
    match action {
        "user.added" => AccountDeed::Created,
        "access.added" => AccountDeed::AccessAdded,
        "access.changed" => AccountDeed::AccessChanged,
        "access.deleted" => AccountDeed::AccessDeleted,
        "user.changed" if after["email"].is_string() => AccountDeed::AddressChanged,
        "user.changed" => AccountDeed::Changed,
        "ticket.made" | "ticket.mailed_again" => match (after["purpose"] == "reset", printed) {
            (false, false) => AccountDeed::Invited,
            (false, true) => AccountDeed::InvitationPrinted,
            (true, false) => AccountDeed::Reset,
            (true, true) => AccountDeed::ResetPrinted,
        },
        "user.unlocked" => AccountDeed::Unlocked,
        "sessions.ended" => AccountDeed::SignedOut,
        "user.disabled" => AccountDeed::Disabled,
        "user.enabled" => AccountDeed::Enabled,
        "user.deleted" => AccountDeed::Deleted,
        _ => AccountDeed::Other,
    }
}

/// What an access reaches and permits, and the facts of an account, as commands name them; the widest first, because the
/// end of a long line is not told.
fn things(value: &Value) -> Vec<Line> {
    let mut all = Vec::new();
    for (field, name) in [("all_facilities", "all-facilities"), ("unattached", "unattached")] {
        if value[field] == true {
            all.extend(Line::parse(name));
        }
    }
    let lists = ["facilities", "permissions"].into_iter().filter_map(|name| value[name].as_array()).flatten();
    all.extend(lists.filter_map(line));
    all.extend(["email", "lang", "until"].into_iter().filter_map(|name| line(&value[name])));
    all
}

fn line(value: &Value) -> Option<Line> {
    value.as_str().and_then(|text| Line::parse(text).ok())
}
