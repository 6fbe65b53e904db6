//! What was refused at the portal, written down in the audit.

use super::visit::Guest;
use crate::access::{Machine, Need};
use crate::db::Entry;
use crate::error::{Kind, Result};
use crate::groups::Group;
use crate::login::{self, SignedIn};
use crate::portal::exchange::Reply;

/// Writes down what was refused to somebody who is signed in: what they may not do, and what is out of their reach, be it
/// there or not.
pub(super) fn noted(guest: &Guest, signed: &SignedIn, done: Result<Reply>) -> Result<Reply> {
    if let Err(error) = &done
        && (error.kind() == Kind::Denied || (error.kind() == Kind::NotFound && !guest.values.is_empty()))
        && guest.site.preview.is_none()
        && let Err(fault) = guest.site.db.note_refusal(&signed.actor, &guest.request.path, error.message())
    {
        // It stays refused all the same.
        tracing::error!(error = fault.message(), "a refusal could not be written down");
    }
    done
}

/// Writes down that a form did not come from a page of ours.
pub(super) fn note_stranger(guest: &Guest) -> Result<()> {
    guest.site.db.write(guest.door.actor(), |tx| {
        if !login::is_worth_noting(tx, &guest.client())? {
            return Ok(());
        }
        tx.change(Need::machine(Machine::Door), |_| {
            let path = guest.request.path.clone();
            Ok((
                (),
                Entry::about::<Group>(guest.door.group.0, guest.slug().as_str(), "portal.form_refused").after(&path),
            ))
        })
    })
}
