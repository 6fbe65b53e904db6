//! Pages: one's own account, the choice between customers, and having nothing to see.

use super::exchange::Reply;
use super::frame::{first_page, frame};
use super::link::refusal;
use super::login::minutes;
use super::visit::{Submission, Visit};
use super::{reply, views};
use crate::contacts;
use crate::error::{Error, Result};
use crate::facilities;
use crate::ids::AccessId;
use crate::links;
use crate::login::{self, Changed};
use crate::portal::ui::When;
use crate::portal::ui::form::{Problem, Target};
use crate::portal::ui::layout::Frame;
use crate::secret::Secret;
use crate::text::{Lang, Line};
use crate::users;
use crate::words;
use crate::words::dates;
use views::account::{ACCESS, AccountPage, ChangeName, Customer, LANGUAGE, NAME, Scope, Sight, Switch};
use views::password::{CURRENT, ChangePassword, PASSWORD, PasswordRefused};

/// One's own account.
pub fn show(visit: &Visit) -> Result<Reply> {
    let (slug, signed) = (visit.slug(), visit.signed());
    let target = |action| Target { action, token: visit.token() };
    let said = words::portal::of(visit.lang);
    let notice = match visit.query.get("after") {
        "language" => Some(said.account.saved.to_owned()),
        "password" => Some(said.password.changed.to_owned()),
        "name" => Some(said.account.name_saved.to_owned()),
        _ => None,
    };
    let data = AccountPage {
        name: signed.access.name.to_string(),
        change_name: links::account_name(slug),
        email: signed.user.email.to_string(),
        lang: visit.lang,
        language: target(links::account_language(slug)),
        password: links::account_password(slug),
        sessions: links::account_sessions(slug),
        notices: links::account_notices(slug),
        sight: sight(visit)?,
        sign_out: target(links::logout(slug)),
    };
    Ok(reply::page(views::account::account(&Frame { notice, ..frame(visit) }, &data)))
}

/// What somebody may see and do: their permissions, each in a sentence, and where they hold.
fn sight(visit: &Visit) -> Result<Sight> {
    let grant = &visit.signed().access.grant;
    let scope = if grant.all_facilities {
        Scope::All
    } else {
        let named = visit.read(facilities::in_scope)?;
        Scope::Named(named.iter().map(|facility| facility.name.to_string()).collect())
    };
    Ok(Sight {
        may: grant.permissions.clone(),
        scope,
        unattached: grant.unattached,
        until: grant.until.map(|day| When { machine: day.to_string(), text: dates::day(day.date(), visit.lang) }),
    })
}

/// The form for another name.
pub fn name(visit: &Visit) -> Result<Reply> {
    let name = visit.signed().access.name.to_string();
    Ok(reply::page(views::account::name(&frame(visit), &name_form(visit, name, None))))
}

/// Changes how somebody is called at the customer they are signed in for.
pub fn change_name(submission: &Submission) -> Result<Reply> {
    let (typed, said) = (submission.field(NAME), words::portal::of(submission.lang));
    let refused = match Line::parse(typed) {
        _ if typed.trim().is_empty() => said.account.name_missing,
        Err(_) => said.company.line_odd,
        Ok(name) => {
            submission.write(|tx| contacts::rename(tx, &name))?;
            let address = links::account(submission.slug());
            return reply::see_other(&links::with_query(&address, &[("after", "name")]));
        }
    };
    let data = name_form(submission, typed.to_owned(), Some(Problem::new(NAME, refused)));
    Ok(reply::with_status(422, views::account::name(&frame(submission), &data)))
}

fn name_form(visit: &Visit, name: String, problem: Option<Problem>) -> ChangeName {
    ChangeName {
        form: Target { action: links::account_name(visit.slug()), token: visit.token() },
        name,
        problem,
        account: links::account(visit.slug()),
    }
}

/// Remembers the language of pages and mails.
pub fn set_language(submission: &Submission) -> Result<Reply> {
    let lang: Lang = submission.field(LANGUAGE).parse()?;
    let user = &submission.signed().user;
    submission.write(|tx| users::set_lang(tx, user, lang))?;
    reply::see_other(&links::with_query(&links::account(submission.slug()), &[("after", "language")]))
}

/// The form for another password.
pub fn password(visit: &Visit) -> Result<Reply> {
    Ok(reply::page(password_page(visit, None)))
}

/// Changes the password, with the current one.
pub fn change_password(submission: &Submission) -> Result<Reply> {
    let again = |status, refused| Ok(reply::with_status(status, password_page(submission, Some(refused))));
    let (current, new) = (submission.field(CURRENT), submission.field(PASSWORD));
    if current.is_empty() {
        return again(422, PasswordRefused::CurrentMissing);
    }
    if new.is_empty() {
        return again(422, PasswordRefused::Missing);
    }
    let passwords = (&Secret::new(current), &Secret::new(new));
    let site = submission.site;
    let changed = login::change_password(
        submission.db(),
        &site.guard,
        submission.door,
        submission.signed(),
        passwords,
        &submission.client(),
    )?;
    match changed {
        Changed::Done => {
            reply::see_other(&links::with_query(&links::account(submission.slug()), &[("after", "password")]))
        }
        Changed::WrongCurrent => again(422, PasswordRefused::CurrentWrong),
        Changed::Flawed(flaw) => again(422, refusal(&flaw)),
        Changed::Wait { until } => again(429, PasswordRefused::Throttled(minutes(submission, until))),
    }
}

/// The choice between customers.
pub fn customers(visit: &Visit) -> Result<Reply> {
    let signed = visit.signed();
    let customers = signed.accesses.iter().map(|access| Customer {
        value: access.id.to_string(),
        name: access.customer.to_string(),
        number: access.customer_no.to_string(),
        current: access.id == signed.access.id,
        closed: false,
    });
    let data = Switch {
        form: Target { action: links::switch(visit.slug()), token: visit.token() },
        customers: customers.collect(),
    };
    Ok(reply::page(views::account::switch(&frame(visit), &data)))
}

/// Goes on with another customer.
pub fn switch(submission: &Submission) -> Result<Reply> {
    let missing = || Error::not_found("customer", crate::text::shown(submission.field(ACCESS)));
    let access = submission.field(ACCESS).parse().map(AccessId).map_err(|_| missing())?;
    let chosen = login::switch(submission.db(), submission.door, submission.signed(), access)?;
    reply::see_other(&first_page(submission.slug(), &chosen.access.grant.permissions))
}

/// It works, but nothing is shared yet.
pub fn no_access(visit: &Visit) -> Result<Reply> {
    Ok(reply::page(views::account::no_access(&frame(visit))))
}

fn password_page(visit: &Visit, refused: Option<PasswordRefused>) -> maud::Markup {
    let data = ChangePassword {
        form: Target { action: links::account_password(visit.slug()), token: visit.token() },
        email: visit.signed().user.email.to_string(),
        least: visit.site.config.security.password_min_length as u64,
        refused,
        account: links::account(visit.slug()),
    };
    views::password::change(&frame(visit), &data)
}
