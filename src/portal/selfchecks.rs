//! Page: one self-check; and the self-checks on the page of an order or an object.

mod files;
mod typed;

use self::typed::Typed;
use super::exchange::Reply;
use super::frame::{frame, when};
use super::visit::{Submission, Visit};
use super::{reply, views};
use crate::access::{Need, Permission};
use crate::db::{Reached, Tx};
use crate::documents::{self, Attached};
use crate::error::{Error, Result};
use crate::ids::SelfcheckId;
use crate::links;
use crate::notices::Tell;
use crate::objects;
use crate::orders;
use crate::portal::ui::Link;
use crate::portal::ui::form::{Problem, Target};
use crate::portal::ui::layout::Frame;
use crate::secret;
use crate::selfchecks::{self, Answered, FILL, Given, On, Point, SEE, Selfcheck};
use crate::text::Prose;
use crate::words;
use views::selfchecks::{Fill, Item, Kept, Part, Row, SEEN, SelfcheckPage, Standing, Step, answer_field};

/// Sending files along. Whoever fills in a self-check needs it besides, as everywhere.
const UPLOAD: Need = Need::see(Permission::DocumentUpload);

/// What a form led to.
#[derive(Default)]
struct Outcome {
    typed: Vec<Typed>,
    answered: Answered,
    /// Points that must be answered before anybody signs.
    missing: Vec<u32>,
    /// Somebody signed it while it was filled in.
    too_late: bool,
    /// Why some of the files were not taken.
    files: Vec<Problem>,
}

/// One self-check, to fill in or to read.
pub fn show(visit: &Visit) -> Result<Reply> {
    let text = words::portal::of(visit.lang).selfcheck;
    let notice = match visit.query.get("after") {
        "saved" => Some(text.saved.to_owned()),
        "signed" => Some(text.done.to_owned()),
        _ => None,
    };
    let data = visit.read(|tx| page(visit, tx, &named(visit, tx)?, None))?;
    Ok(reply::page(views::selfchecks::show(&Frame { notice, ..frame(visit) }, &data)))
}

/// Keeps what was filled in.
pub fn save(submission: &Submission) -> Result<Reply> {
    taken(submission, false)
}

/// Keeps what was filled in and signs it.
pub fn sign(submission: &Submission) -> Result<Reply> {
    taken(submission, true)
}

/// The self-checks on an order or an object, for its page; nothing if there are none or the visitor may not see them.
pub fn part(visit: &Visit, tx: &Tx, on: On) -> Result<Option<Part>> {
    if !tx.may(SEE) {
        return Ok(None);
    }
    let item = |check: &Reached<Selfcheck>| Item {
        href: links::selfcheck(visit.slug(), check.id),
        title: check.title.to_string(),
        standing: standing(visit, check),
    };
    let items: Vec<_> = selfchecks::of(tx, on)?.iter().map(item).collect();
    Ok(Some(Part { items }).filter(|part| !part.items.is_empty()))
}

fn named(visit: &Visit, tx: &Tx) -> Result<Reached<Selfcheck>> {
    let id = visit.value(0)?.parse().map(SelfcheckId).map_err(|_| Error::not_found("self-check", "?"))?;
    selfchecks::find(tx, id)
}

fn taken(submission: &Submission, sign: bool) -> Result<Reply> {
    let (sent, refused) = files::arrived(submission)?;
    let outcome = submission.write(|tx| {
        let check = named(submission, tx)?;
        tx.actor().require(FILL)?;
        let points = selfchecks::points(tx, &check)?;
        let read = |(at, point): (usize, &Reached<Point>)| Typed::read(submission, point, seen(submission, at));
        let typed: Vec<_> = points.iter().enumerate().map(read).collect();
        let mut outcome = Outcome { typed, files: refused.clone(), ..Outcome::default() };
        if !check.is_open() {
            // The same form sent again after it was signed loses nothing.
            let too_late = outcome.typed.iter().zip(&points).any(|(one, point)| is_lost(point, one));
            return Ok(Outcome { too_late, ..outcome });
        }
        let given = outcome.typed.iter().filter_map(|one| {
            let said = one.read.as_ref().ok()?.clone();
            Some(Given { position: one.position, said, seen: Some(one.seen.clone()) })
        });
        outcome.answered = selfchecks::answer(tx, &check, &given.collect::<Vec<_>>())?;
        files::add(submission, tx, &check, &points, &sent)?;
        if sign && outcome.is_clean() && outcome.answered.elsewhere.is_empty() {
            outcome.missing = selfchecks::missing(tx, &check)?.iter().map(|point| point.position).collect();
            if outcome.missing.is_empty() {
                selfchecks::sign(tx, &check, Tell::Everybody)?;
            }
        }
        Ok(outcome)
    })?;
    let looked_past = sign && !outcome.answered.elsewhere.is_empty();
    if outcome.is_clean() && !looked_past && outcome.missing.is_empty() && !outcome.too_late {
        let address = links::selfcheck(submission.slug(), named_id(submission)?);
        let after = if sign { "signed" } else { "saved" };
        return reply::see_other(&links::with_query(&address, &[("after", after)]));
    }
    let text = words::portal::of(submission.lang).selfcheck;
    let some_kept = !outcome.answered.changed.is_empty() || (!sent.is_empty() && !outcome.too_late);
    let notice = some_kept.then(|| text.partly_saved.to_owned());
    let data = submission.read(|tx| page(submission, tx, &named(submission, tx)?, Some((&outcome, sign))))?;
    Ok(reply::with_status(422, views::selfchecks::show(&Frame { notice, ..frame(submission) }, &data)))
}

impl Outcome {
    /// Whether everything that was filled in is kept now.
    fn is_clean(&self) -> bool {
        self.files.is_empty() && self.answered.clashes.is_empty() && self.typed.iter().all(|one| one.read.is_ok())
    }
}

fn named_id(visit: &Visit) -> Result<SelfcheckId> {
    visit.value(0)?.parse().map(SelfcheckId).map_err(|_| Error::not_found("self-check", "?"))
}

/// The mark of what a form was made from at a point; a form without it was made from nothing.
fn seen(submission: &Submission, at: usize) -> String {
    match submission.field(SEEN).split('.').nth(at).filter(|mark| !mark.is_empty()) {
        Some(mark) => mark.to_owned(),
        None => selfchecks::Said::default().mark(),
    }
}

/// The page as it is now, with what was typed and could not be taken.
fn page(visit: &Visit, tx: &Tx, check: &Reached<Selfcheck>, sent: Option<(&Outcome, bool)>) -> Result<SelfcheckPage> {
    let points = selfchecks::points(tx, check)?;
    let steps = selfchecks::steps(tx, check)?;
    let attached = documents::attached(tx, check)?;
    let files = |point: Option<u32>| {
        let own = attached.iter().filter(|file| file.point == point);
        let link = |file: &Reached<Attached>| Link {
            text: file.name.to_string(),
            href: links::document(visit.slug(), file.id, file.name.as_str()),
        };
        own.map(link).collect::<Vec<_>>()
    };
    let zone = &visit.dress.group.card.zone;
    let problems = sent.map(|(outcome, sign)| problems(visit, check, &points, outcome, sign)).unwrap_or_default();
    let typed =
        |point: &Point| sent.and_then(|(outcome, _)| outcome.typed.iter().find(|one| one.position == point.position));
    let is_left = |position: u32| {
        sent.is_some_and(|(outcome, _)| {
            let flawed = outcome.typed.iter().any(|one| one.position == position && one.read.is_err());
            flawed || outcome.answered.clashes.contains(&position)
        })
    };
    let rows = points.iter().map(|point| {
        let kept = Row { files: files(Some(point.position)), ..row(visit, point) };
        match typed(point).filter(|_| is_left(point.position)) {
            Some(typed) => Row {
                typed: typed.answer.clone(),
                not_applicable: typed.not_applicable,
                note: typed.note.clone(),
                ..kept
            },
            None => kept,
        }
    });
    // A refused answer was still made from what its writer saw; whoever is told of another answer has seen it now.
    let marks = points.iter().map(|point| match typed(point).filter(|one| one.read.is_err()) {
        Some(typed) => typed.seen.clone(),
        None => point.said.mark(),
    });
    let marks = marks.collect::<Vec<_>>().join(".");
    let fill = || -> Result<Fill> {
        Ok(Fill {
            form: Target { action: links::selfcheck(visit.slug(), check.id), token: visit.token() },
            sign: links::selfcheck_sign(visit.slug(), check.id),
            seen: marks,
            signer: visit.signed().access.name.to_string(),
            once: secret::random_token()?,
            files: tx.may(UPLOAD).then(|| super::documents::rules(visit)),
        })
    };
    let fill = if check.is_open() && tx.may(FILL) { Some(fill()?) } else { None };
    let lost = match sent {
        Some((outcome, _)) if outcome.too_late => lost(visit, &points, &outcome.typed),
        _ => Vec::new(),
    };
    Ok(SelfcheckPage {
        on: parent(visit, tx, check)?,
        number: check.id.to_string(),
        title: check.title.to_string(),
        standing: standing(visit, check),
        points: rows.collect(),
        files: files(None),
        steps: steps
            .iter()
            .map(|step| Step {
                step: step.step,
                by: step.author.to_string(),
                when: when(step.at, zone, visit.lang),
                reason: step.reason.as_ref().map(ToString::to_string),
            })
            .collect(),
        fill,
        problems,
        lost,
    })
}

/// Whether something was filled in at a point that is not what was signed.
fn is_lost(point: &Point, typed: &Typed) -> bool {
    typed.read.as_ref().map_or(true, |said| *said != point.said && said.mark() != typed.seen)
}

/// What was filled in, and is not what was signed.
fn lost(visit: &Visit, points: &[Reached<Point>], typed: &[Typed]) -> Vec<(String, String)> {
    let pairs = points.iter().zip(typed).filter(|(point, one)| is_lost(point, one));
    pairs
        .map(|(point, one)| (format!("{}. {}", point.position, point.card.text), one.shown(visit.lang, point)))
        .collect()
}

fn problems(
    visit: &Visit,
    check: &Selfcheck,
    points: &[Reached<Point>],
    Outcome { typed, answered, missing, too_late, files }: &Outcome,
    sign: bool,
) -> Vec<Problem> {
    let text = words::portal::of(visit.lang).selfcheck;
    if *too_late {
        let by = check.signed_by.as_ref().map(ToString::to_string).unwrap_or_default();
        return vec![Problem::new("point-1", (text.signed_meanwhile)(&by))];
    }
    let at =
        |point: &Point, field: String, sentence: &str| Problem::new(field, (text.at_point)(point.position, sentence));
    let mut found = Vec::new();
    for (point, one) in points.iter().zip(typed) {
        let theirs =
            || (point.author.as_ref().map_or("", |who| who.as_str()), typed::whole(visit.lang, point, &point.said));
        if let Err(flaw) = &one.read {
            found.push(at(point, one.field(flaw), &typed::sentence(text, point, flaw)));
        } else if answered.clashes.contains(&point.position) {
            let (who, theirs) = theirs();
            let clash = (text.clash)(who, &theirs, &one.shown(visit.lang, point));
            found.push(at(point, answer_field(point.position), &clash));
        } else if sign && answered.elsewhere.contains(&point.position) {
            let (who, theirs) = theirs();
            found.push(at(point, answer_field(point.position), &(text.elsewhere)(who, &theirs)));
        } else if missing.contains(&point.position) {
            found.push(at(point, answer_field(point.position), text.must_answer));
        }
        let field = views::selfchecks::files_field(point.position);
        found.extend(files.iter().filter(|one| one.field == field).map(|one| at(point, field.clone(), &one.text)));
    }
    found
}

fn row(visit: &Visit, point: &Point) -> Row {
    let said = &point.said;
    let by = point.author.as_ref().zip(point.at).filter(|_| point.is_answered() || said.note.is_some());
    Row {
        position: point.position,
        text: point.card.text.to_string(),
        kind: point.card.kind,
        unit: point.card.unit.as_ref().map(ToString::to_string),
        required: point.card.required,
        typed: typed::field_of(visit.lang, point),
        not_applicable: said.answer == Some(selfchecks::Verdict::NotApplicable),
        note: said.note.as_ref().map_or_else(String::new, Prose::to_string),
        kept: Kept {
            verdict: said.answer,
            value: said.value.as_ref().map(|_| typed::said(visit.lang, point, said)),
            note: said.note.as_ref().map(ToString::to_string),
            by: by.map(|(who, at)| (who.to_string(), when(at, &visit.dress.group.card.zone, visit.lang))),
        },
        files: Vec::new(),
    }
}

fn standing(visit: &Visit, check: &Selfcheck) -> Standing {
    let signed = check.signed_by.as_ref().zip(check.signed_at);
    Standing {
        answered: check.answered.into(),
        points: check.points.into(),
        missing: check.missing.into(),
        failed: check.failed.into(),
        signed: signed.map(|(by, at)| (by.to_string(), when(at, &visit.dress.group.card.zone, visit.lang))),
    }
}

/// The page of what it lies on, for whoever may open that.
fn parent(visit: &Visit, tx: &Tx, check: &Selfcheck) -> Result<Option<Link>> {
    let (slug, text) = (visit.slug(), words::portal::of(visit.lang).selfcheck);
    match (check.order_id, check.object_id) {
        (Some(id), _) if tx.may(Need::see(Permission::OrderView)) => {
            let order = orders::find(tx, id)?;
            let text = (text.on_order)(&format!("{} {}", order.number, order.card.title));
            Ok(Some(Link { text, href: links::order(slug, &order.number) }))
        }
        (None, Some(id)) if tx.may(Need::see(Permission::ObjectView)) => {
            let object = objects::find(tx, id)?;
            let text = (text.on_object)(&format!("{} {}", object.number, object.card.name));
            Ok(Some(Link { text, href: links::object(slug, &object.number) }))
        }
        _ => Ok(None),
    }
}
