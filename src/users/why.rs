//! Why a user may or may not: the steps that decide, one after another, in words.

use serde::Serialize;

use super::{Access, Day, User, UserState};
use crate::access::Permission;
use crate::clock::Moment;
use crate::customers::{Customer, CustomerStatus};
use crate::ids::CustomerId;
use crate::text::{Email, Line, Number};

/// Where the thing lies that is asked about: an order, an object.
#[derive(Clone, Debug)]
pub struct Place {
    /// What people call it: `order NK-FRO-0142`.
    pub label: String,
    /// Whose it is.
    pub customer: CustomerId,
    /// At which facility, by number; none means unattached.
    pub facility: Option<Number>,
}

/// One question on the way, and its answer.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Step {
    /// What was looked at, said the way it is.
    pub step: String,
    /// Whether it lets the user pass.
    pub passes: bool,
    /// The command that would let them pass.
    pub tip: Option<String>,
}

/// The whole explanation.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Why {
    /// Who.
    pub email: Email,
    /// At which customer.
    pub customer_no: Number,
    /// The customer's name.
    pub customer: Line,
    /// What.
    pub permission: Permission,
    /// Whether every step lets them pass.
    pub allowed: bool,
    /// The steps.
    pub steps: Vec<Step>,
}

/// Explains whether a user may do something with an access now, to a thing at a place if one is named.
pub fn why(user: &User, access: &Access, permission: Permission, place: Option<&Place>, now: Moment) -> Why {
    let mut steps =
        vec![account(user), served(access), in_time(user, access, now), permitted(user, access, permission)];
    steps.extend(place.map(|place| in_scope(user, access, place)));
    Why {
        email: user.email.clone(),
        customer_no: access.customer_no.clone(),
        customer: access.customer.clone(),
        permission,
        allowed: steps.iter().all(|step| step.passes),
        steps,
    }
}

/// Explains why a user may do nothing at a customer: there is no access to it.
pub fn no_access(user: &User, customer: &Customer, permission: Permission) -> Why {
    let there = Step {
        step: format!("there is no access to customer {} ({})", customer.number, customer.card.name),
        passes: false,
        tip: Some(format!("frontdesk user create {} --customer {}", user.email, customer.number)),
    };
    Why {
        email: user.email.clone(),
        customer_no: customer.number.clone(),
        customer: customer.card.name.clone(),
        permission,
        allowed: false,
        steps: vec![account(user), there],
    }
}

fn account(user: &User) -> Step {
    let (step, tip) = match user.state {
        UserState::Active => ("the account is active", None),
        UserState::Disabled => ("the account is disabled", Some(format!("frontdesk user enable {}", user.email))),
        UserState::Invited => ("the account is invited: no password has been chosen yet", None),
        UserState::Expired => (
            "the account has no password, and its invitation ended",
            Some(format!("frontdesk user invite {}", user.email)),
        ),
        UserState::New => {
            ("the account has no password and was not invited", Some(format!("frontdesk user invite {}", user.email)))
        }
    };
    Step { step: step.into(), passes: user.state == UserState::Active, tip }
}

fn served(access: &Access) -> Step {
    let passes = access.customer_status == CustomerStatus::Active;
    let word = if passes { "active" } else { "closed" };
    Step {
        step: format!("customer {} ({}) is {word}", access.customer_no, access.customer),
        passes,
        tip: (!passes).then(|| format!("frontdesk customer open {}", access.customer_no)),
    }
}

fn in_time(user: &User, access: &Access, now: Moment) -> Step {
    let today = Day::at(now, &access.zone);
    match access.grant.until {
        None => Step { step: "the access has no last day".into(), passes: true, tip: None },
        Some(until) if today <= until => {
            Step { step: format!("the access holds until {until}"), passes: true, tip: None }
        }
        Some(until) => Step {
            step: format!("the access ended after {until}"),
            passes: false,
            tip: Some(format!(
                "frontdesk user revoke {} --customer {} --until {until}",
                user.email, access.customer_no
            )),
        },
    }
}

fn permitted(user: &User, access: &Access, permission: Permission) -> Step {
    let passes = access.grant.permissions.contains(&permission);
    Step {
        step: format!("'{permission}' {} granted", if passes { "is" } else { "is not" }),
        passes,
        tip: (!passes)
            .then(|| format!("frontdesk user grant {} --customer {} {permission}", user.email, access.customer_no)),
    }
}

fn in_scope(user: &User, access: &Access, place: &Place) -> Step {
    let grant = &access.grant;
    let command =
        |flag: String| Some(format!("frontdesk user grant {} --customer {} {flag}", user.email, access.customer_no));
    if place.customer != access.customer_id {
        let step = format!("{} belongs to another customer", place.label);
        return Step { step, passes: false, tip: None };
    }
    let (passes, how, flag) = match &place.facility {
        None if grant.unattached => (true, "is unattached, and unattached is in scope".to_owned(), String::new()),
        None => (false, "is unattached, and unattached is not in scope".to_owned(), "--unattached".into()),
        Some(number) if grant.all_facilities => {
            (true, format!("is at facility {number}, and all facilities are in scope"), String::new())
        }
        Some(number) if grant.facilities.contains(number) => {
            (true, format!("is at facility {number}, which is in scope"), String::new())
        }
        Some(number) => {
            (false, format!("is at facility {number}, which is not in scope"), format!("--facility {number}"))
        }
    };
    Step { step: format!("{} {how}", place.label), passes, tip: if passes { None } else { command(flag) } }
}
