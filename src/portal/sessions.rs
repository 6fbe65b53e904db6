//! Page: where somebody is signed in, and ending that.

use super::exchange::Reply;
use super::frame::{frame, when};
use super::visit::{Submission, Visit};
use super::{browser, reply, views};
use crate::error::{Error, Kind, Result};
use crate::ids::SessionId;
use crate::links;
use crate::login;
use crate::portal::ui::form::Target;
use crate::portal::ui::layout::Frame;
use crate::words;
use views::sessions::{OTHERS, SESSION, Session, SessionsPage};

/// The browsers in which somebody is signed in, the present one first, then those that were used last.
pub fn show(visit: &Visit) -> Result<Reply> {
    let (signed, guard) = (visit.signed(), &visit.site.guard);
    let mut all = visit.read_as_door(|tx| login::own_sessions(tx, guard, signed))?;
    all.sort_by_key(|session| (!session.is_this, std::cmp::Reverse(session.line.seen_at)));
    let zone = &visit.dress.group.card.zone;
    let sessions = all.into_iter().map(|session| Session {
        value: session.line.id.to_string(),
        browser: session.line.agent.as_deref().map_or((None, None), browser::names),
        started: when(session.line.created_at, zone, visit.lang),
        seen: when(session.line.seen_at, zone, visit.lang),
        client: session.line.client,
        here: session.is_this,
    });
    let data = SessionsPage {
        account: links::account(visit.slug()),
        form: Target { action: links::account_sessions(visit.slug()), token: visit.token() },
        sessions: sessions.collect(),
    };
    let ended = visit.query.get("ended").parse().ok().map(words::portal::of(visit.lang).sessions.ended);
    Ok(reply::page(views::sessions::sessions(&Frame { notice: ended, ..frame(visit) }, &data)))
}

/// Ends one session, or all but the one that asks. What is over already is over.
pub fn end(submission: &Submission) -> Result<Reply> {
    let (db, signed) = (submission.db(), submission.signed());
    let ended = match submission.field(SESSION) {
        OTHERS => login::end_other_sessions(db, signed)?,
        one => {
            let missing = || Error::not_found("session", crate::text::shown(one));
            let session = one.parse().map(SessionId).map_err(|_| missing())?;
            if session == signed.session {
                return Err(missing());
            }
            match login::end_session(db, signed, session) {
                Ok(()) => 1,
                Err(error) if error.kind() == Kind::NotFound => 0,
                Err(error) => return Err(error),
            }
        }
    };
    let ended = ended.to_string();
    reply::see_other(&links::with_query(&links::account_sessions(submission.slug()), &[("ended", &ended)]))
}
