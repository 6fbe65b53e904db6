//! Why a user may or may not: the steps that decide, one after another, in words.

use serde::Serialize;

use super::{Access, Day, User, UserState};
use crate::access::Permission;
use crate::clock::Moment;
use crate::customers::{Customer, CustomerStatus};
use crate::ids::{ContactId, CustomerId};
use crate::text::{Email, Line, Number};

/// The thing that is asked about, such as an order, with what decides who sees it.
#[derive(Clone, Debug)]
pub struct Thing {
    /// What people call it: `order NK-FRO-0142`.
    pub label: String,
    /// Whose it is.
    pub customer: CustomerId,
    /// Where it lies.
    pub spot: Spot,
    /// The permission without which it is not found.
    pub found_with: Option<Permission>,
    /// Of a document, whether it is shared with the customer, and the command that shares it.
    pub shared: Option<(bool, String)>,
}

/// Where a thing lies.
#[derive(Clone, Debug, PartialEq)]
pub enum Spot {
    /// At the facility with this number.
    Facility(Number),
    /// It is the facility with this number itself.
    Itself(Number),
    /// At none.
    Unattached,
    /// With a person at the customer.
    Person(ContactId),
    /// With the customer itself.
    Customer,
    /// On nothing that anybody could reach.
    Nowhere,
}

impl Spot {
    /// At a facility, or at none.
    pub fn at(facility: Option<&Number>) -> Self {
        facility.map_or(Self::Unattached, |number| Self::Facility(number.clone()))
    }
}

impl Thing {
    /// Something at a facility or at none, which is found with a permission.
    pub fn at(label: String, customer: CustomerId, facility: Option<&Number>, found_with: Permission) -> Self {
        Self { label, customer, spot: Spot::at(facility), found_with: Some(found_with), shared: None }
    }
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

/// Explains whether a user may do something with an access now, to a thing if one is named.
pub fn why(user: &User, access: &Access, permission: Permission, thing: Option<&Thing>, now: Moment) -> Why {
    let mut steps =
        vec![account(user), served(access), in_time(user, access, now), permitted(user, access, permission)];
    if let Some(thing) = thing {
        let besides = thing.found_with.filter(|needed| *needed != permission);
        steps.extend(besides.map(|needed| permitted(user, access, needed)));
        steps.extend(thing.shared.as_ref().map(|(shared, command)| is_shared(thing, *shared, command)));
        steps.push(in_scope(user, access, thing));
    }
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

fn is_shared(thing: &Thing, shared: bool, command: &str) -> Step {
    let how = if shared { "is shared with the customer" } else { "is internal, and only staff see it" };
    Step { step: format!("{} {how}", thing.label), passes: shared, tip: (!shared).then(|| command.to_owned()) }
}

fn in_scope(user: &User, access: &Access, thing: &Thing) -> Step {
    let grant = &access.grant;
    let colleagues = Permission::ColleagueView;
    if thing.customer != access.customer_id {
        let step = format!("{} belongs to another customer", thing.label);
        return Step { step, passes: false, tip: None };
    }
    let yes = |how: String| (how, true, String::new());
    let no = |how: String, missing: String| (how, false, missing);
    let (how, passes, missing) = match &thing.spot {
        Spot::Unattached if grant.unattached => yes("is unattached, and unattached is in scope".into()),
        Spot::Unattached => no("is unattached, and unattached is not in scope".into(), "--unattached".into()),
        Spot::Itself(_) if grant.all_facilities => yes("is in scope, as all facilities are".into()),
        Spot::Itself(number) if grant.facilities.contains(number) => yes("is in scope".into()),
        Spot::Itself(number) => no("is not in scope".into(), format!("--facility {number}")),
        Spot::Facility(number) if grant.all_facilities => {
            yes(format!("is at facility {number}, and all facilities are in scope"))
        }
        Spot::Facility(number) if grant.facilities.contains(number) => {
            yes(format!("is at facility {number}, which is in scope"))
        }
        Spot::Facility(number) => {
            no(format!("is at facility {number}, which is not in scope"), format!("--facility {number}"))
        }
        Spot::Person(contact) if *contact == access.contact_id => yes("is this person's own".into()),
        Spot::Person(_) if grant.permissions.contains(&colleagues) => {
            yes(format!("is another person's, and '{colleagues}' is granted"))
        }
        Spot::Person(_) => {
            no(format!("is another person's, and '{colleagues}' is not granted"), colleagues.word().into())
        }
        Spot::Customer => yes("belongs to the customer as a whole".into()),
        Spot::Nowhere => no("lies on no order and on no object".into(), String::new()),
    };
    let command = || format!("frontdesk user grant {} --customer {} {missing}", user.email, access.customer_no);
    Step { step: format!("{} {how}", thing.label), passes, tip: (!missing.is_empty()).then(command) }
}
