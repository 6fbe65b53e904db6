//! What is said on an order: the conversations, and the form that adds to them.

use std::collections::HashMap;

use crate::access::{Need, Permission, Side as Spoken};
use crate::db::{Reached, Tx};
use crate::documents::On;
use crate::error::Result;
use crate::ids::CommentId;
use crate::links;
use crate::orders::{self, Order};
use crate::portal::documents;
use crate::portal::frame::{when, zone_at};
use crate::portal::ui::Link;
use crate::portal::ui::form::{Problem, Target};
use crate::portal::views::documents::Rules;
use crate::portal::views::order::{ANSWER, Answered, Comment, FILES, Side, TEXT, WRITE, Write};
use crate::portal::visit::Visit;
use crate::secret;
use crate::text::{Lang, Prose, limits};
use crate::words::numbers;
use crate::words::portal;

/// How much of a comment is repeated over its answer, in characters.
const EXCERPT: usize = 200;

/// What was typed into the form so far, and why it was not taken.
#[derive(Default)]
pub(super) struct Said<'a> {
    pub(super) answers: &'a str,
    pub(super) text: &'a str,
    pub(super) problems: Vec<Problem>,
    pub(super) files_came: bool,
}

/// The files of each comment, for whoever may see documents.
pub(super) type Files = HashMap<CommentId, Vec<Link>>;

/// Finds the files that came with comments, those of a comment in the order they were sent.
pub(super) fn files(visit: &Visit, tx: &Tx, order: &Reached<Order>) -> Result<Files> {
    let mut files = Files::new();
    if !tx.may(Need::see(Permission::DocumentView)) {
        return Ok(files);
    }
    for document in crate::documents::on(tx, On::Order(order))?.iter().rev() {
        if let Some(comment) = document.comment {
            let name = document.name.to_string();
            let href = links::document(visit.slug(), document.id, &name);
            files.entry(comment).or_default().push(Link { text: name, href });
        }
    }
    Ok(files)
}

/// A comment's id on the page.
pub(super) fn anchor(id: CommentId) -> String {
    format!("comment-{id}")
}

/// A comment as it was typed, or why it cannot be taken.
pub(super) fn text(typed: &str, lang: Lang) -> Result<Prose, Problem> {
    let words = portal::of(lang).comment;
    Prose::parse(typed).map_err(|_| match typed.trim() {
        "" => Problem::new(TEXT, words.missing),
        text if text.chars().count() > limits::PROSE => Problem::new(TEXT, (words.long)(&most(lang))),
        _ => Problem::new(TEXT, words.odd),
    })
}

fn most(lang: Lang) -> String {
    numbers::integer(limits::PROSE as i64, lang)
}

/// The form for a comment. What it answers is looked for among the comments of this order; what is not there is left out.
pub(super) fn writing(visit: &Visit, order: &Order, all: &[Reached<orders::Comment>], said: &Said) -> Result<Write> {
    let page = links::order(visit.slug(), &order.number);
    let may_upload = visit.signed().actor.may(Need::see(Permission::DocumentUpload));
    let answers = all.iter().find(|comment| comment.id.to_string() == said.answers);
    Ok(Write {
        form: Target { action: links::order_comments(visit.slug(), &order.number), token: visit.token() },
        once: secret::random_token()?,
        answers: answers.map(|comment| Answered {
            value: comment.id.to_string(),
            author: comment.author.to_string(),
            text: excerpt(comment.text.as_str()),
            none: format!("{page}#{WRITE}"),
        }),
        text: said.text.to_owned(),
        most: most(visit.lang),
        files: may_upload.then(|| Rules {
            name: FILES.to_owned(),
            optional: true,
            again: said.files_came,
            ..documents::rules(visit)
        }),
        problems: said.problems.clone(),
    })
}

fn excerpt(text: &str) -> String {
    match text.char_indices().nth(EXCERPT) {
        None => text.to_owned(),
        Some((end, _)) => format!("{}…", text[..end].trim_end()),
    }
}

/// The comments that answer none, the oldest first, each with everything that was said in answer to it or to an answer:
/// a conversation reads better as a list than as a staircase.
pub(super) fn conversations(
    visit: &Visit,
    order: &Order,
    all: &[Reached<orders::Comment>],
    files: &Files,
    may_answer: bool,
) -> Vec<Comment> {
    let zone = zone_at(visit, order.facility_zone.as_ref());
    let own = visit.signed().access.id;
    let page = links::order(visit.slug(), &order.number);
    let mut begun: Vec<Comment> = Vec::new();
    // Where the conversation of each comment is. An answer is always younger than what it answers.
    let mut place = HashMap::new();
    for comment in all {
        let id = comment.id.to_string();
        let shown = Comment {
            anchor: anchor(comment.id),
            author: comment.author.to_string(),
            side: match comment.side {
                Spoken::Staff => Side::Company,
                Spoken::Customer if comment.access == Some(own) => Side::Own,
                Spoken::Customer => Side::Customer,
            },
            when: when(comment.at, zone, visit.lang),
            text: comment.text.to_string(),
            files: files.get(&comment.id).cloned().unwrap_or_default(),
            answer: may_answer.then(|| format!("{}#{WRITE}", links::with_query(&page, &[(ANSWER, &id)]))),
            answers: Vec::new(),
        };
        match comment.answers.and_then(|answered| place.get(&answered).copied()) {
            Some(at) => {
                place.insert(comment.id, at);
                if let Some(conversation) = begun.get_mut::<usize>(at) {
                    conversation.answers.push(shown);
                }
            }
            None => {
                place.insert(comment.id, begun.len());
                begun.push(shown);
            }
        }
    }
    begun
}
