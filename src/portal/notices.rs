//! Pages: which mails somebody gets. Behind the link in a mail nobody needs to be signed in: whoever holds the address of
//! the page may choose for the reader of that mail, and for nothing else. Looking at it changes nothing.

use super::exchange::Reply;
use super::frame::frame;
use super::visit::{Guest, GuestForm, Submission, Visit};
use super::{reply, views};
use crate::db::Reached;
use crate::error::{Error, Kind, Result};
use crate::event::Event;
use crate::links;
use crate::notices::{self, Choice, Chooser};
use crate::portal::ui::form::Target;
use crate::portal::ui::layout::Frame;
use crate::text::Lang;
use crate::words;
use views::link::{DeadLink, Why};
use views::notices::{ALL, Choosing};

/// What a mail program sends when somebody has it turn the mails off (RFC 8058).
const ONE_CLICK: &str = "List-Unsubscribe";

/// One's own choices.
pub fn show(visit: &Visit) -> Result<Reply> {
    let Some(chooser) = visit.read(notices::own_choices)? else {
        return Ok(reply::page(views::notices::no_address(&frame(visit))));
    };
    let slug = visit.slug();
    let form = Target { action: links::account_notices(slug), token: visit.token() };
    let data = Choosing { account: Some(links::account(slug)), ..choosing(&chooser, form) };
    Ok(reply::page(views::notices::choose(&with_news(frame(visit), visit), &data)))
}

/// Keeps one's own choices.
pub fn save(submission: &Submission) -> Result<Reply> {
    let wanted = wanted(|name| submission.field(name))?;
    submission.write(|tx| {
        let chooser = notices::own_choices(tx)?.ok_or_else(|| Error::not_found("mail address", "of your own"))?;
        notices::choose(tx, &chooser, &wanted)
    })?;
    saved(&links::account_notices(submission.slug()))
}

/// The choices of a mail's reader.
pub fn open(guest: &Guest) -> Result<Reply> {
    let token = guest.value(0)?;
    let chooser = match guest.read_as_door(|tx| notices::behind(tx, token)) {
        Ok(chooser) => chooser,
        Err(error) => return dead(guest, error),
    };
    // The address says whose they are; the form needs no other proof, and a stranger's page cannot know it.
    let form = Target { action: links::notices(guest.slug(), token), token: String::new() };
    let framed = Frame { lang: language(guest, &chooser), ..frame(guest) };
    Ok(reply::page(views::notices::choose(&with_news(framed, guest), &choosing(&chooser, form))))
}

/// Keeps the choices of a mail's reader: from the page, or by one click in a mail program.
pub fn take(form: &GuestForm) -> Result<Reply> {
    let token = form.value(0)?;
    let one_click = !form.field(ONE_CLICK).is_empty();
    let wanted = match one_click {
        true => Event::ALL.iter().map(|event| (*event, Choice::Off)).collect(),
        false => wanted(|name| form.field(name))?,
    };
    let done = form.db().write(form.door.actor(), |tx| {
        let chooser = notices::behind(tx, token)?;
        notices::choose(tx, &chooser, &wanted)?;
        Ok(chooser)
    });
    let chooser = match done {
        Ok(chooser) => chooser,
        Err(error) => return dead(form, error),
    };
    let here = links::notices(form.slug(), token);
    match one_click {
        true => {
            let framed = Frame { lang: language(form, &chooser), ..frame(form) };
            Ok(reply::page(views::notices::turned_off(&framed, chooser.customer.as_str(), &here)))
        }
        false => saved(&here),
    }
}

fn saved(page: &str) -> Result<Reply> {
    reply::see_other(&links::with_query(page, &[("after", "saved")]))
}

/// What a form asks for; what it does not name stays as it is.
fn wanted<'a>(field: impl Fn(&str) -> &'a str) -> Result<Vec<(Event, Choice)>> {
    let all = field(ALL);
    let value = |event: Event| if all.is_empty() { field(event.word()) } else { all };
    let named = Event::ALL.iter().map(|event| (*event, value(*event))).filter(|(_, value)| !value.is_empty());
    named.map(|(event, value)| Ok((event, value.parse()?))).collect()
}

fn choosing(chooser: &Reached<Chooser>, form: Target) -> Choosing {
    Choosing {
        form,
        email: chooser.email.to_string(),
        customer: chooser.customer.to_string(),
        events: chooser.choices.clone(),
        account: None,
    }
}

/// The page goes on in the language of the mail that led here.
fn language(guest: &Guest, chooser: &Chooser) -> Lang {
    if guest.has_chosen { guest.lang } else { chooser.lang }
}

fn with_news(frame: Frame, guest: &Guest) -> Frame {
    let notice = (guest.query.get("after") == "saved").then(|| words::portal::of(frame.lang).notices.saved.to_owned());
    Frame { notice, ..frame }
}

/// A link that was cut, or was made for an address that the person no longer has.
fn dead(guest: &Guest, error: Error) -> Result<Reply> {
    if error.kind() != Kind::NotFound {
        return Err(error);
    }
    let data =
        DeadLink { why: Why::Unknown, again: None, forgot: None, sign_out: None, login: links::home(guest.slug()) };
    Ok(reply::with_status(410, views::link::dead(&frame(guest), &data)))
}
