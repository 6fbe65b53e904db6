//! An order on its way: its status, who does it, what is said on it.

use clap::Args;

use super::super::answer::{Action, Answer, Done};
use super::super::desk::Desk;
use super::super::flags::{Changing, Telling};
use super::{Which, done, people, spoken};
use crate::cli::{adding, named, usage};
use crate::customers;
use crate::error::Result;
use crate::ids::CommentId;
use crate::notices::Tell;
use crate::orders;
use crate::statuses;
use crate::text::{Email, Line, Login, Prose, Ref};

/// What goes with a new status.
#[derive(Args, Debug)]
struct Word {
    /// What the customer reads about it
    #[arg(long, value_name = "TEXT")]
    reason: Option<Prose>,
    #[command(flatten)]
    telling: Telling,
    #[command(flatten)]
    changing: Changing,
}

impl Word {
    fn tell(&self) -> Tell {
        self.telling.tell()
    }
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Status {
    #[command(flatten)]
    which: Which,
    /// The status, by its name
    status: Line,
    #[command(flatten)]
    word: Word,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Cancel {
    #[command(flatten)]
    which: Which,
    #[command(flatten)]
    word: Word,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Reopen {
    #[command(flatten)]
    which: Which,
    /// The status it has then, if not the group's default
    #[arg(long, value_name = "NAME")]
    status: Option<Line>,
    #[command(flatten)]
    word: Word,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Assign {
    #[command(flatten)]
    which: Which,
    /// A technician who does the work, beside those who have it; may be given more than once
    #[arg(long, value_name = "LOGIN")]
    to: Vec<Ref<Login>>,
    /// A technician who does it no longer; may be given more than once
    #[arg(long, value_name = "LOGIN")]
    remove: Vec<Ref<Login>>,
    /// The person at the customer it is assigned to
    #[arg(long, value_name = "EMAIL", conflicts_with = "no_contact")]
    contact: Option<Ref<Email>>,
    /// It is assigned to nobody at the customer
    #[arg(long)]
    no_contact: bool,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Comment {
    #[command(flatten)]
    which: Which,
    /// What is said; - reads it from standard input
    text: String,
    /// The comment it answers, by its number in `order show`
    #[arg(long, value_name = "COMMENT", value_parser = named::row)]
    answers: Option<i64>,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
pub(in crate::cli) struct Note {
    #[command(flatten)]
    which: Which,
    /// What is written; - reads it from standard input
    text: String,
    #[command(flatten)]
    changing: Changing,
}

impl Status {
    pub(in crate::cli) fn run(&self, desk: &Desk) -> Result<Answer> {
        let Self { which, status, word } = self;
        let (action, order) = adding::change(
            desk,
            word.changing,
            |tx| which.find(tx),
            |tx, order| {
                let status = statuses::find_by_name(tx, status)?;
                orders::set_status(tx, order, &status, word.reason.as_ref(), word.tell())
            },
        )?;
        Ok(done(action, &order, word.changing)?.into())
    }
}

impl Cancel {
    pub(in crate::cli) fn run(&self, desk: &Desk) -> Result<Answer> {
        let Self { which, word } = self;
        let run = |changing| {
            adding::change(
                desk,
                changing,
                |tx| which.find(tx),
                |tx, order| orders::cancel(tx, order, word.reason.as_ref(), word.tell()),
            )
        };
        // It is tried before the question is asked, so that nobody confirms what is then refused.
        let (action, order) = run(Changing { dry_run: true, ..word.changing })?;
        if word.changing.dry_run || action == Action::Unchanged {
            return Ok(done(action, &order, word.changing)?.into());
        }
        desk.confirm(&format!("Cancel order {} ({})?", order.number, order.card.title))?;
        let (action, order) = run(word.changing)?;
        Ok(done(action, &order, word.changing)?.into())
    }
}

impl Reopen {
    pub(in crate::cli) fn run(&self, desk: &Desk) -> Result<Answer> {
        let Self { which, status, word } = self;
        let (action, order) = adding::change(
            desk,
            word.changing,
            |tx| which.find(tx),
            |tx, order| {
                let status = status.as_ref().map(|name| statuses::find_by_name(tx, name)).transpose()?;
                orders::reopen(tx, order, status.as_ref(), word.reason.as_ref(), word.tell())
            },
        )?;
        Ok(done(action, &order, word.changing)?.into())
    }
}

impl Assign {
    pub(in crate::cli) fn run(&self, desk: &Desk) -> Result<Answer> {
        if self.to.is_empty() && self.remove.is_empty() && self.contact.is_none() && !self.no_contact {
            return Err(usage("nobody was named").tip("name somebody with --to LOGIN or --contact EMAIL"));
        }
        let (action, order) = adding::change(
            desk,
            self.changing,
            |tx| self.which.find(tx),
            |tx, order| {
                let find = |logins: &[Ref<Login>]| {
                    logins.iter().map(|login| people::find(tx, login)).collect::<Result<Vec<_>>>()
                };
                let mut changed = orders::unassign(tx, order, &find(&self.remove)?)?;
                // Who was just taken off may be put on again by the same command, and then stays.
                changed |= orders::assign(tx, &orders::find(tx, order.id)?, &find(&self.to)?)?;
                if let Some(contact) = &self.contact {
                    let customer = customers::find(tx, order.customer_id)?;
                    changed |= orders::assign_contact(tx, order, Some(&named::contact(tx, contact, Some(&customer))?))?;
                } else if self.no_contact {
                    changed |= orders::assign_contact(tx, order, None)?;
                }
                Ok(changed)
            },
        )?;
        let mut done = done(action, &order, self.changing)?;
        let technicians: Vec<_> = order.technicians.iter().map(|one| one.login.as_str()).collect();
        let contact = order.contact.as_ref().map(|person| person.name.to_string());
        let or_none = |text: String| if text.is_empty() { "nobody".to_owned() } else { text };
        done.sentence.push_str(&format!(
            "; technicians: {}; contact: {}",
            or_none(technicians.join(", ")),
            or_none(contact.unwrap_or_default())
        ));
        Ok(done.into())
    }
}

impl Comment {
    pub(in crate::cli) fn run(&self, desk: &Desk) -> Result<Answer> {
        let text = spoken(&self.text, desk)?;
        let (order, comment) = desk.write(self.changing, |tx| {
            let order = self.which.find(tx)?;
            let answered = self.answers.map(|id| orders::comment_in(tx, &order, CommentId(id))).transpose()?;
            let comment = orders::comment(tx, &order, &text, answered.as_ref())?.into_inner();
            Ok((order.into_inner(), comment))
        })?;
        let about = format!("comment {} on order {} ({})", comment.id, order.number, order.card.title);
        Ok(Done::new(Action::Created, comment.id, about, &comment, self.changing)?.into())
    }
}

impl Note {
    pub(in crate::cli) fn run(&self, desk: &Desk) -> Result<Answer> {
        let text = spoken(&self.text, desk)?;
        let (order, note) = desk.write(self.changing, |tx| {
            let order = self.which.find(tx)?;
            let note = orders::note(tx, &order, &text)?.into_inner();
            Ok((order.into_inner(), note))
        })?;
        let about = format!("note {} on order {} ({})", note.id, order.number, order.card.title);
        Ok(Done::new(Action::Created, note.id, about, &note, self.changing)?.into())
    }
}
