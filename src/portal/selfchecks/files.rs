//! The files that come with a self-check's form: each belongs to the point at which it was chosen.

use crate::config::Uploads;
use crate::db::{Reached, WriteTx};
use crate::documents::{self, Kept, On, Purpose};
use crate::error::Result;
use crate::notices::Tell;
use crate::portal::documents as forms;
use crate::portal::ui::form::{ONCE, Problem};
use crate::portal::views::selfchecks::files_field;
use crate::portal::visit::Submission;
use crate::selfchecks::{Point, Selfcheck};

/// What was chosen at a point and lies in its place now.
pub struct Chosen {
    position: u32,
    files: Vec<Kept>,
}

/// What came with a form: the kept files of each point, and why others were not taken.
pub fn arrived(submission: &Submission) -> Result<(Vec<Chosen>, Vec<Problem>)> {
    let positions = submission.read(|tx| {
        let check = super::named(submission, tx)?;
        let points = if check.is_open() { crate::selfchecks::points(tx, &check)? } else { Vec::new() };
        Ok(points.iter().map(|point| point.position).collect::<Vec<_>>())
    })?;
    let (mut taken, mut problems) = (Vec::new(), Vec::new());
    for position in positions {
        let field = files_field(position);
        if !forms::came(submission, &field) {
            continue;
        }
        let refused = forms::problems(submission, &field)?;
        match refused.is_empty() {
            true => taken.push(Chosen { position, files: forms::kept(submission, &field)? }),
            false => problems.extend(refused),
        }
    }
    Ok((taken, problems))
}

/// Adds the files to their points. A form that is sent twice adds them once.
pub fn add(
    submission: &Submission,
    tx: &WriteTx,
    check: &Reached<Selfcheck>,
    points: &[Reached<Point>],
    chosen: &[Chosen],
) -> Result<()> {
    if chosen.is_empty() {
        return Ok(());
    }
    let rules: &Uploads = &submission.site.config.uploads;
    let add = || {
        let mut first = None;
        for Chosen { position, files } in chosen {
            let point = points.iter().find(|point| point.position == *position);
            let drafts = forms::drafts(files, Purpose::Reference, None);
            let added = documents::add(tx, rules, On::Selfcheck(check, point), &drafts, Tell::Nobody)?;
            first = first.or(added.first().map(|document| document.id.0));
        }
        Ok(first.unwrap_or_default())
    };
    tx.once(submission.field(ONCE), add).map(drop)
}
