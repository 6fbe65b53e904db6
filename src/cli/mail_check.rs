//! `mail list --check`: silence while mail leaves, and each reason when it does not.

use serde_json::json;

use super::answer::{Answer, Report, record};
use super::desk::Desk;
use super::when::Age;
use crate::error::{Error, Kind, Result};
use crate::outbox;

pub(super) fn run(desk: &Desk, max_age: Age, since: Age) -> Result<Answer> {
    let now = desk.io.clock.now();
    let state = desk.read(|tx| outbox::health(tx, max_age.before(now), since.before(now)))?;
    let reasons = state.reasons();
    let facts = json!({
        "ok": reasons.is_empty(), "queued": state.queued, "late": state.late, "late_since": state.late_since,
        "dead": state.dead, "stop": state.stop, "reasons": reasons,
    });
    let error = (!reasons.is_empty()).then(|| {
        let tip = match (&state.stop, state.late) {
            (Some(_), _) => "see what the mail server says now with: frontdesk doctor --mail",
            (None, 1..) => "look at them with: frontdesk mail list --state queued",
            (None, _) => "look at them with: frontdesk mail list --state dead",
        };
        Error::new(Kind::Found, "mail does not leave as it should").tip(tip)
    });
    let text: String = reasons.iter().map(|reason| format!("{reason}\n")).collect();
    Ok(Report { record: record(&facts)?, id: None, text, error, status: 0 }.into())
}
