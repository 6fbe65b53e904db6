//! `mail retry`, `mail cancel` and `mail drop`: one mail, several, or those that a filter finds.

use std::collections::BTreeSet;
use std::str::FromStr;

use clap::Args;
use serde_json::json;

use super::answer::{Action, Answer, Done};
use super::bulk;
use super::desk::Desk;
use super::flags::Changing;
use super::mail::letter;
use super::when::Age;
use super::{orders, usage};
use crate::db::{Reached, Tx, WriteTx};
use crate::error::{Error, Kind, Result};
use crate::ids::LetterId;
use crate::outbox::{self, Mail, MailFilter, MailState};
use crate::text::{Number, Ref, nearest, shown};

/// Which mails are meant: exactly one of the three ways to say so.
#[derive(Args, Debug)]
#[group(required = true, multiple = false)]
pub(super) struct Mails {
    /// Which mails: their numbers in the list, also as id:123
    #[arg(value_name = "MAIL", value_parser = letter)]
    ids: Vec<LetterId>,
    /// Those in which this field has this value: state, kind, to, order, older-than; may be given more than once
    #[arg(long = "where", value_name = "FIELD=VALUE")]
    wanted: Vec<Wanted>,
    /// All with which it can be done
    #[arg(long)]
    all: bool,
}

/// What is done to them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verb {
    Retry,
    Cancel,
    Drop,
}

const FIELDS: [&str; 5] = ["state", "kind", "to", "order", "older-than"];

/// One condition of a filter.
#[derive(Clone, Debug)]
struct Wanted {
    field: &'static str,
    value: String,
}

impl FromStr for Wanted {
    type Err = Error;
    fn from_str(text: &str) -> Result<Self> {
        let (field, value) = text.split_once('=').ok_or_else(|| {
            usage(format!("'{}' is not FIELD=VALUE", shown(text))).tip("write for example --where state=dead")
        })?;
        let (field, value) = (field.trim(), value.trim().to_owned());
        let known = FIELDS.into_iter().find(|known| *known == field).ok_or_else(|| {
            let near = nearest(field, FIELDS).map(|near| format!("did you mean {near}? ")).unwrap_or_default();
            usage(format!("mails are not filtered by '{}'", shown(field)))
                .tip(format!("{near}the fields are {}", FIELDS.join(", ")))
        })?;
        let read = |done: Result<()>| done.map_err(|error| error.at("where"));
        // What is wrong with a value is said before anything is opened.
        read(match known {
            "state" => value.parse::<MailState>().map(|_| ()),
            "kind" => value.parse::<outbox::letter::LetterKind>().map(|_| ()),
            "to" => value.parse::<crate::text::Email>().map(|_| ()),
            "order" => value.parse::<Ref<Number>>().map(|_| ()),
            _ => value.parse::<Age>().map(|_| ()),
        })?;
        Ok(Self { field: known, value })
    }
}

impl Verb {
    /// Whether it can be done to a mail that a filter found. One that was never tried has a time of its own, at which it
    /// leaves; and one that was taken back is tried again only when that state was asked for: its link or its reader may
    /// be gone.
    fn fits(self, mail: &Mail, asked: Option<MailState>) -> bool {
        match self {
            Self::Retry => match mail.state {
                MailState::Queued => mail.answer.is_some(),
                MailState::Dead => true,
                MailState::Cancelled => asked == Some(MailState::Cancelled),
                MailState::Sent => false,
            },
            Self::Cancel => mail.state == MailState::Queued,
            Self::Drop => mail.state != MailState::Queued,
        }
    }

    fn apply(self, tx: &WriteTx, mail: &Reached<Mail>) -> Result<bool> {
        match self {
            Self::Retry => outbox::retry(tx, mail),
            Self::Cancel => outbox::cancel(tx, mail),
            Self::Drop => outbox::drop(tx, mail).map(|()| true),
        }
    }

    fn action(self, changed: bool) -> Action {
        match self {
            Self::Drop if changed => Action::Deleted,
            _ => Action::updated(changed),
        }
    }

    fn question(self, what: &str) -> String {
        match self {
            Self::Retry => format!("Try {what} again now?"),
            Self::Cancel => format!("Take {what} back?"),
            Self::Drop => format!("Forget {what}? Only the audit tells of it afterwards."),
        }
    }

    fn outcome(self) -> &'static str {
        match self {
            Self::Retry => "due now",
            Self::Cancel => "cancelled",
            Self::Drop => "forgotten",
        }
    }
}

impl Mails {
    pub(super) fn run(self, desk: &Desk, verb: Verb, changing: Changing, missing_ok: bool) -> Result<Answer> {
        if self.ids.is_empty() {
            self.found(desk, verb, changing)
        } else {
            self.named(desk, verb, changing, missing_ok)
        }
    }

    /// The mails whose numbers were given: all of them, or none if one is not there or not in the right state.
    fn named(self, desk: &Desk, verb: Verb, changing: Changing, missing_ok: bool) -> Result<Answer> {
        let ids: BTreeSet<_> = self.ids.into_iter().collect();
        let there = |tx: &Tx| {
            let mut mails = Vec::new();
            for id in &ids {
                match outbox::find(tx, *id) {
                    Err(error) if missing_ok && error.kind() == Kind::NotFound => {}
                    found => mails.push(found?),
                }
            }
            Ok(mails)
        };
        let before = desk.read(there)?;
        let what = match ids.iter().collect::<Vec<_>>()[..] {
            [id] => format!("mail {id}"),
            _ => format!("{} mails", ids.len()),
        };
        if verb != Verb::Retry && !changing.dry_run && !before.is_empty() {
            desk.confirm(&verb.question(&what))?;
        }
        let changed = desk.write(changing, |tx| {
            there(tx)?.iter().try_fold(0, |sum, mail| Ok(sum + usize::from(verb.apply(tx, mail)?)))
        })?;
        let action = verb.action(changed > 0);
        let [id] = ids.iter().collect::<Vec<_>>()[..] else {
            return counted(verb, action, ids.len(), changed, changing);
        };
        let after = desk.read(|tx| Ok(outbox::find(tx, *id).ok().map(Reached::into_inner)))?;
        match after.or_else(|| before.into_iter().next().map(Reached::into_inner)) {
            Some(mail) => {
                let sentence = format!("mail {id} to {}: is {}", mail.to, verb.outcome());
                Ok(Done::new(action, id, sentence, &mail, changing)?.into())
            }
            None => {
                Ok(Done::new(action, id, format!("mail {id}: there is none"), &json!({ "id": id }), changing)?.into())
            }
        }
    }

    /// The mails that a filter finds: they are counted and asked about, and nothing that came since is touched.
    fn found(self, desk: &Desk, verb: Verb, changing: Changing) -> Result<Answer> {
        let filter = desk.read(|tx| filter(&self.wanted, tx))?;
        let (matched, done) = bulk::to_each(
            desk,
            changing,
            |tx| {
                let mails = outbox::filtered(tx, &filter)?.into_iter();
                Ok(mails.filter(|mail| verb.fits(mail, filter.state)).map(|mail| (mail.id, mail)).collect())
            },
            |count| verb.question(&if count == 1 { "1 mail".to_owned() } else { format!("{count} mails") }),
            |tx, mail, _| verb.apply(tx, mail),
        )?;
        let changed = done.into_iter().filter(|changed| *changed).count();
        counted(verb, verb.action(changed > 0), matched, changed, changing)
    }
}

fn counted(verb: Verb, action: Action, matched: usize, changed: usize, changing: Changing) -> Result<Answer> {
    let rest = bulk::so_before(matched, changed);
    let facts = json!({ "matched": matched, "mails": changed });
    Ok(Done::new(action, changed, format!("{changed} mails: {}{rest}", verb.outcome()), &facts, changing)?.into())
}

/// The filter that the conditions make together.
fn filter(wanted: &[Wanted], tx: &Tx) -> Result<MailFilter> {
    let mut filter = MailFilter::default();
    for (place, Wanted { field, value }) in wanted.iter().enumerate() {
        if wanted[..place].iter().any(|before| before.field == *field) {
            return Err(usage(format!("--where {field} is given twice, and a mail has one")).at("where"));
        }
        match *field {
            "state" => filter.state = Some(value.parse()?),
            "kind" => filter.kind = Some(value.parse()?),
            "to" => filter.to = Some(value.parse()?),
            "order" => filter.order = Some(orders::find(tx, &value.parse()?)?.id),
            _ => filter.queued_by = Some(value.parse::<Age>()?.before(tx.now())),
        }
    }
    Ok(filter)
}
