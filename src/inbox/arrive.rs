//! A message arrives: it is read, decided about, and settled in one transaction, so that a mail server that brings it again
//! finds it done or not begun.

use std::io::Read;

use super::decide::{Decision, Writer, an_hour_before, decide};
use super::kind::{self, Kind, Own};
use super::message::{self, Message};
use super::said::{a_line, beginning, fingerprint, flawed, said};
use super::store::{self, Note};
use super::take::take;
use super::{Outcome, Received, bounce_store, kept};
use crate::access::{Actor, Machine, Need};
use crate::config::Config;
use crate::db::{Db, Entry, Origin, Tx, WriteTx};
use crate::documents::{Files, Incoming, Kept, Received as Bytes};
use crate::error::{self, Error, Result};
use crate::ids::{GroupId, OrderId, ReceivedId};
use crate::outbox::letter::Letter;
use crate::outbox::message::domain;
use crate::outbox::{self, Post};
use crate::reply::{self, Reply};
use crate::text::{Line, Number, Prose};

/// No mail server carries larger messages, whatever forms may carry.
const MOST: u64 = 64_000_000;

/// So much of a message that is too large is kept.
const BEGINNING: usize = 1_000_000;

/// So many letters about doubtful messages the company gets in an hour; the list has them all.
const LETTERS_AN_HOUR: i64 = 30;

/// What became of a message.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivered {
    /// What is known of it.
    pub received: Received,
    /// Whether it came for the first time.
    pub is_new: bool,
}

/// The largest message that is read as a whole, in bytes: the largest form, as it is written for the way.
pub fn most_bytes(config: &Config) -> u64 {
    (config.uploads.max_form_bytes().saturating_mul(7) / 5).min(MOST)
}

/// Takes in one message. `to` is the address it was delivered to, where the mail server says it; `group` says for whom it
/// is if no address in it does. With `rehearsal` everything is taken back.
///
/// An error means that nothing was done, and that the message should be brought again.
pub fn receive(
    db: &Db,
    config: &Config,
    raw: impl Read,
    to: Option<&str>,
    rehearsal: bool,
    group: impl FnOnce() -> Result<GroupId>,
) -> Result<Delivered> {
    let db = db.from(Origin::by("mail"));
    let mut case = Case::read(config, raw, to)?;
    let group = case.group(&db, group)?;
    let postman = Actor::Machine { role: Machine::Postman, group: Some(group) };
    let decision = db.read(&postman, |tx| match store::known(tx, &case.fingerprint)? {
        Some(known) => Ok(Err(known)),
        None => case.decision(tx).map(Ok),
    })?;
    match decision {
        Err(known) => return Ok(Delivered { received: known.into_inner(), is_new: false }),
        Ok(Decision::Take(writer)) => case.take_files(&writer, rehearsal)?,
        Ok(_) => {}
    }
    let db = if rehearsal { db.rehearsal() } else { db };
    let mut name: Option<Line> = None;
    loop {
        let step = db.write(&postman, |tx| case.act(tx, name.as_ref()));
        if let Some(name) = &name
            && !rehearsal
            && !matches!(&step, Ok(Step::Done(done)) if done.received.kept.as_ref() == Some(name))
            && !matches!(&step, Err(error) if error.kind() == error::Kind::Storage)
        {
            kept::forget(&config.data_dir, name);
        }
        match step? {
            Step::Done(done) => return Ok(*done),
            Step::Keep if rehearsal => name = Some(Line::parse("dry-run")?),
            Step::Keep => {
                // Strangers do not fill the disk: of what comes after many doubtful messages only the beginning is kept.
                let lately = db.read(&postman, doubtful_lately)?;
                let most = if lately < LETTERS_AN_HOUR { case.raw.len() } else { BEGINNING };
                name = Some(kept::keep(&config.data_dir, &case.raw[..case.raw.len().min(most)])?);
            }
        }
    }
}

/// One try at settling a message.
enum Step {
    /// It is settled.
    Done(Box<Delivered>),
    /// Nothing was done: the message has to be kept first.
    Keep,
}

/// A message with all that is known of it.
struct Case<'c> {
    config: &'c Config,
    raw: Vec<u8>,
    /// Why it can only be looked at by the company, whoever sent it.
    unfit: Option<String>,
    message: Message,
    kind: Kind,
    reply: Option<Reply>,
    sender: Line,
    subject: Line,
    fingerprint: String,
    text: Option<Prose>,
    files: Vec<Kept>,
    /// What a dry run needs until its end.
    bytes: Vec<Bytes>,
    /// What was not taken, while the rest was.
    missed: Vec<String>,
}

impl<'c> Case<'c> {
    fn read(config: &'c Config, mut from: impl Read, to: Option<&str>) -> Result<Self> {
        let cannot = |cause: std::io::Error| {
            Error::new(error::Kind::Storage, "the message cannot be read to its end").because(cause)
        };
        let (most, mut raw) = (most_bytes(config), Vec::new());
        from.by_ref().take(most + 1).read_to_end(&mut raw).map_err(cannot)?;
        let mut unfit = None;
        if raw.len() as u64 > most {
            // The mail server is heard out, so that it does not bring the same again.
            std::io::copy(&mut from, &mut std::io::sink()).map_err(cannot)?;
            raw.truncate(BEGINNING);
            raw.shrink_to_fit();
            let most = most / 1_000_000;
            unfit = Some(format!("it is larger than {most} MB, and only its beginning is kept"));
        }
        let message = if unfit.is_some() { message::read_head(&raw) } else { message::read(&raw) };
        if message.broken {
            unfit = Some("not all of it could be read".into());
        }
        let domain = domain(&config.portal.base_url);
        // A configured sender may be somebody's own mailbox, from which they answer; what we send ourselves says that a
        // machine sent it.
        let nobody = config.mail.from.is_none().then(|| format!("frontdesk@{domain}"));
        let senders: Vec<_> =
            nobody.into_iter().chain(config.mail.reply_address.as_ref().map(ToString::to_string)).collect();
        let kind = kind::of(&message, &Own { senders: &senders, domain: &domain });
        let recipients = to.map_or_else(|| message.to.clone(), |to| vec![to.to_lowercase()]);
        let base = config.mail.reply_address.as_ref();
        let reply = base.and_then(|base| recipients.iter().find_map(|one| Some((one, reply::read(base, one)?))));
        let recipient = reply.as_ref().map(|(one, _)| *one).or(recipients.first()).cloned().unwrap_or_default();
        let (text, missed) = said(&message.text);
        Ok(Self {
            config,
            unfit,
            kind,
            reply: reply.map(|(_, reply)| reply),
            sender: a_line(message.from.as_deref().or(message.head("from")).unwrap_or_default(), "(nobody)"),
            subject: a_line(&message.subject, "(no subject)"),
            fingerprint: fingerprint(&message, &recipient, &raw),
            text,
            files: Vec::new(),
            bytes: Vec::new(),
            missed,
            message,
            raw,
        })
    }

    /// For which group it is: the one whose mail came back, the one of the address, else the one that `group` names.
    fn group(&self, db: &Db, group: impl FnOnce() -> Result<GroupId>) -> Result<GroupId> {
        let anybody = Actor::Machine { role: Machine::Postman, group: None };
        let named = db.read(&anybody, |tx| {
            if let Kind::Bounce { about, .. } = &self.kind
                && let Some(mail) = outbox::by_mark(tx, kind::mark_of(about))?
            {
                return Ok(Some(mail.group));
            }
            match &self.reply {
                Some(reply) if store::is_group(tx, reply.group)? => Ok(Some(reply.group)),
                _ => Ok(None),
            }
        })?;
        named.map_or_else(group, Ok)
    }

    fn decision(&self, tx: &Tx) -> Result<Decision> {
        let decision = decide(tx, &self.message, &self.kind, self.reply.as_ref(), &self.sender)?;
        Ok(match (decision, &self.unfit) {
            (Decision::Take(writer), Some(why)) => Decision::Doubt(why.clone(), Some(writer.order_no)),
            (decision, _) => decision,
        })
    }

    /// Puts the files that fit where documents lie, before there is a row for any of them.
    fn take_files(&mut self, writer: &Writer, rehearsal: bool) -> Result<()> {
        let rules = &self.config.uploads;
        let store = Files::below(&self.config.data_dir);
        for (at, file) in std::mem::take(&mut self.message.files).into_iter().enumerate() {
            if let Some(why) = writer.no_files {
                self.missed.push(format!("{} ({why})", crate::text::shown(&file.name)));
                continue;
            }
            let mut incoming = match at < rules.max_files {
                true => Incoming::new(&store, &file.name, rules)?,
                false => Incoming::too_many(&file.name),
            };
            incoming.push(&file.bytes)?;
            let sent = incoming.end();
            match sent.file {
                Ok(bytes) if rehearsal => {
                    self.files.push(store.rehearse(&bytes));
                    self.bytes.push(bytes);
                }
                Ok(bytes) => self.files.push(store.keep(&bytes)?),
                Err(flaw) => self.missed.push(format!("{} ({})", sent.name, flawed(flaw, rules.max_file_mb))),
            }
        }
        Ok(())
    }

    fn act(&self, tx: &WriteTx, kept: Option<&Line>) -> Result<Step> {
        if let Some(known) = store::known(tx, &self.fingerprint)? {
            return Ok(Step::Done(Box::new(Delivered { received: known.into_inner(), is_new: false })));
        }
        match tx.attempt(|| self.settle(tx, kept)) {
            Ok(id) => {
                let received = store::find(tx, id)?.into_inner();
                Ok(Step::Done(Box::new(Delivered { received, is_new: true })))
            }
            Err(error) if error.kind() == error::Kind::Pending => Ok(Step::Keep),
            Err(error) => Err(error),
        }
    }

    fn settle(&self, tx: &WriteTx, kept: Option<&Line>) -> Result<ReceivedId> {
        match self.decision(tx)? {
            Decision::Drop(why) => self.drop(tx, why),
            Decision::Bounce { mark, why } => self.returned(tx, &mark, &why),
            Decision::Doubt(why, order) => self.doubt(tx, kept, &why, order),
            Decision::Take(writer) if self.text.is_none() && self.files.is_empty() => {
                let why = match self.missed.is_empty() {
                    true => "it says nothing beside what it quotes, and brings no file".into(),
                    false => format!("nothing of it could be taken: {}", self.missed.join(", ")),
                };
                self.doubt(tx, kept, &why, Some(writer.order_no))
            }
            Decision::Take(writer) => {
                let rules = &self.config.uploads;
                match tx.attempt(|| take(tx, rules, &writer, self.text.as_ref(), &self.files)) {
                    Ok(no_room) => self.taken(tx, kept, &writer, no_room),
                    Err(error) if is_the_writers(error.kind()) => {
                        self.doubt(tx, kept, error.message(), Some(writer.order_no))
                    }
                    Err(error) => Err(error),
                }
            }
        }
    }

    fn drop(&self, tx: &WriteTx, why: &str) -> Result<ReceivedId> {
        let why = a_line(why, "?");
        tx.keep_books(Machine::Postman, |w| store::note(w, &self.note(Outcome::Dropped, Some(&why), None, None)))
    }

    /// A mail of ours came back: its address is marked, and it is as dead as one that the mail server refused at once.
    fn returned(&self, tx: &WriteTx, mark: &str, why: &str) -> Result<ReceivedId> {
        let found = outbox::by_mark(tx, mark)?.filter(|mail| Some(mail.group) == tx.actor().group());
        let Some(mail) = found else { return self.drop(tx, "a mail came back that is none of ours") };
        let why = a_line(why, "the mail server does not say why");
        bounce_store::mark(tx, &mail.to, &why)?;
        outbox::returned(tx, &mail, why.as_str())?;
        let said = a_line(&format!("mail to {} came back: {why}", mail.to), "?");
        tx.keep_books(Machine::Postman, |w| store::note(w, &self.note(Outcome::Bounce, Some(&said), None, None)))
    }

    fn taken(&self, tx: &WriteTx, kept: Option<&Line>, writer: &Writer, no_room: Option<String>) -> Result<ReceivedId> {
        let order = Some(writer.order);
        let missed: Vec<_> = self.missed.iter().cloned().chain(no_room).collect();
        if missed.is_empty() {
            let note = self.note(Outcome::Taken, None, order, None);
            return tx.keep_books(Machine::Postman, |w| store::note(w, &note));
        }
        let why = a_line(&format!("not all of it was taken: {}", missed.join(", ")), "?");
        self.put_before_company(tx, kept, Outcome::Taken, &why, order, Some(writer.order_no.clone()))
    }

    fn doubt(&self, tx: &WriteTx, kept: Option<&Line>, why: &str, no: Option<Number>) -> Result<ReceivedId> {
        let order = no.as_ref().and(self.reply.as_ref()).map(|reply| reply.order);
        self.put_before_company(tx, kept, Outcome::Doubtful, &a_line(why, "?"), order, no)
    }

    /// Writes it down with the name under which it is kept, and tells the company, which has an address for that.
    fn put_before_company(
        &self,
        tx: &WriteTx,
        kept: Option<&Line>,
        outcome: Outcome,
        why: &Line,
        order: Option<OrderId>,
        order_no: Option<Number>,
    ) -> Result<ReceivedId> {
        let Some(kept) = kept else {
            return Err(Error::new(error::Kind::Pending, "the message has to be kept first"));
        };
        let lately = doubtful_lately(tx)?;
        let office = store::office(tx)?.filter(|_| lately < LETTERS_AN_HOUR);
        tx.change(Need::machine(Machine::Postman), |w| {
            let id = store::note(w, &self.note(outcome, Some(why), order, Some(kept)))?;
            if let Some((to, lang)) = office {
                let letter = Letter::Doubtful {
                    sender: self.sender.clone(),
                    subject: self.subject.clone(),
                    reason: why.clone(),
                    text: beginning(&self.message.text),
                    order: order_no,
                    kept: kept.clone(),
                };
                outbox::queue(w, &Post { letter, to, lang, user: None, order })?;
            }
            let after = serde_json::json!({ "outcome": outcome, "sender": self.sender, "why": why });
            Ok((id, Entry::about::<Received>(id.0, kept.to_string(), "mail.put_aside").after(&after)))
        })
    }

    fn note<'a>(
        &'a self,
        outcome: Outcome,
        why: Option<&'a Line>,
        order: Option<OrderId>,
        kept: Option<&'a Line>,
    ) -> Note<'a> {
        Note { fingerprint: &self.fingerprint, sender: &self.sender, subject: &self.subject, outcome, why, order, kept }
    }
}

/// How many doubtful messages came within the last hour.
fn doubtful_lately(tx: &Tx) -> Result<i64> {
    store::since(tx, an_hour_before(tx.now()), Outcome::Doubtful, None)
}

/// Whether an error lies with what was sent: bringing it again would not help.
fn is_the_writers(kind: error::Kind) -> bool {
    use error::Kind::{Conflict, Data, Denied, Invalid, NotFound, Refused};
    matches!(kind, NotFound | Denied | Invalid | Conflict | Refused | Data)
}
