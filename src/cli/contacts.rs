//! Commands: the people at a customer.

mod told;

use std::collections::HashMap;

use clap::{Args, Subcommand};
use serde_json::{Map, Value, json};

use self::told::{Retold, Told};
use super::answer::{Action, Answer, Card, Column, Done, List, kept, record, shown};
use super::desk::Desk;
use super::flags::{Adding, Changing, Listing, Removing};
use super::given::{Given, over};
use super::{adding, customers as served, imports, named};
use crate::contacts::{self, Contact, ContactCard, Telling};
use crate::customers::Customer;
use crate::db::{Reached, Tx};
use crate::documents::On;
use crate::error::{Error, Result};
use crate::ids::ContactId;
use crate::roles;
use crate::text::{Email, Lang, Line, Number, Ref};
use crate::users::{self, Access};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Add a person to a customer
    #[command(visible_alias = "create")]
    Add(Add),
    /// List the people
    #[command(visible_alias = "ls")]
    List(ListContacts),
    /// Show one person
    Show(Show),
    /// Change what is known about a person
    Set(Set),
    /// Delete a person who has no user and no orders, or erase what is known about one who has
    #[command(visible_alias = "rm")]
    Delete(Delete),
    /// Take people from a file
    Import(imports::Import),
}

/// What can be said about a person. An empty value takes away what is kept.
#[derive(Args, Debug)]
struct Facts {
    /// Their name
    #[arg(long)]
    name: Option<Line>,
    /// Their telephone
    #[arg(long)]
    phone: Option<Given<Line>>,
    /// What they are there, such as "Property manager"
    #[arg(long)]
    title: Option<Given<Line>>,
    /// Where they sit
    #[arg(long)]
    location: Option<Given<Line>>,
    /// Their language, if not the customer's: en, sv or es
    #[arg(long)]
    lang: Option<Given<Lang>>,
    /// What another program calls them
    #[arg(long, value_name = "ID")]
    external_id: Option<Given<Line>>,
}

#[derive(Args, Debug)]
pub(super) struct Add {
    /// At which customer: its number, or id:123
    #[arg(long)]
    customer: Ref<Number>,
    /// Their address for mail; without one they are found by their name
    #[arg(long)]
    email: Option<Email>,
    #[command(flatten)]
    facts: Facts,
    #[command(flatten)]
    told: Told,
    #[command(flatten)]
    adding: Adding,
}

#[derive(Args, Debug)]
pub(super) struct ListContacts {
    /// Only those of this customer
    #[arg(long)]
    customer: Option<Ref<Number>>,
    /// Only those who carry this role
    #[arg(long)]
    role: Option<Line>,
    #[command(flatten)]
    listing: Listing,
}

/// Who is meant.
#[derive(Args, Debug)]
struct Who {
    /// Who: their address for mail, or id:123
    contact: Ref<Email>,
    /// At which customer, where an address is at several
    #[arg(long)]
    customer: Option<Ref<Number>>,
}

#[derive(Args, Debug)]
pub(super) struct Show {
    #[command(flatten)]
    who: Who,
}

#[derive(Args, Debug)]
pub(super) struct Set {
    #[command(flatten)]
    who: Who,
    /// Their new address for mail
    #[arg(long)]
    email: Option<Given<Email>>,
    #[command(flatten)]
    facts: Facts,
    #[command(flatten)]
    told: Retold,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
pub(super) struct Delete {
    #[command(flatten)]
    who: Who,
    /// Replace the personal data and keep the history
    #[arg(long)]
    erase: bool,
    #[command(flatten)]
    removing: Removing,
}

const COLUMNS: &[Column] = &[
    kept("ref"),
    shown("customer_no", "CUSTOMER"),
    shown("name", "NAME"),
    shown("email", "E-MAIL"),
    shown("phone", "PHONE"),
    kept("title"),
    shown("roles", "ROLES"),
    shown("account", "ACCOUNT"),
    shown("next", "NEXT"),
    kept("facilities"),
    kept("location"),
    kept("lang"),
    kept("external_id"),
    kept("created_at"),
];

/// The people on a customer's card.
pub(super) const AT_CUSTOMER: &[Column] = &[
    kept("ref"),
    shown("name", "NAME"),
    shown("email", "E-MAIL"),
    shown("phone", "PHONE"),
    shown("title", "TITLE"),
    shown("roles", "ROLES"),
    shown("account", "ACCOUNT"),
    kept("next"),
    kept("facilities"),
    kept("location"),
    kept("lang"),
    kept("external_id"),
];

impl Command {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Add(command) => add(command, desk),
            Self::List(command) => list(&command, desk),
            Self::Show(Show { who }) => desk.read(|tx| {
                let contact = who.find(tx)?;
                let access = users::of_contact(tx, &contact)?;
                let mut facts = row(&contact, &contacts::telling(tx, &contact)?, access.as_deref());
                if let Some(access) = access {
                    facts.insert("permissions".into(), json!(access.grant.permissions));
                    facts.insert("scope".into(), json!(access.grant.scope()));
                }
                Ok(Card::new(&facts)?.with_documents(tx, On::Contact(&contact))?.into())
            }),
            Self::Set(command) => set(command, desk),
            Self::Delete(Delete { who, erase, removing }) => adding::delete(
                desk,
                removing,
                &who.contact,
                |tx| who.find(tx),
                |contact: &Contact| {
                    let what = if erase { "Erase what is known about" } else { "Delete the contact" };
                    desk.confirm(&format!("{what} {} of customer {}?", contact.card.name, contact.customer_no))
                },
                if erase { contacts::erase } else { contacts::delete },
            ),
            Self::Import(command) => command.run(imports::Noun::Contact, desk),
        }
    }
}

fn list(ListContacts { customer, role, listing }: &ListContacts, desk: &Desk) -> Result<Answer> {
    let rows = desk.read(|tx| {
        let customer = named::customer(tx, customer.as_ref())?;
        let role = role.as_ref().map(|role| roles::find_by_name(tx, role)).transpose()?;
        let tellings = contacts::tellings(tx, customer.as_ref())?;
        let (mut all, accesses) = match &customer {
            Some(customer) => (contacts::list(tx, customer)?, users::of_customer(tx, customer)?),
            None => (contacts::list_all(tx, None)?, users::list_accesses(tx)?),
        };
        if let Some(role) = role {
            all.retain(|one| tellings.get(&one.id).is_some_and(|telling| telling.roles.contains(&role.card.name)));
        }
        Ok(rows(&all, &tellings, &accesses))
    })?;
    List::answer("contacts", COLUMNS, listing, rows)
}

/// Contacts as lists show them, each with what they are told of and the state of their account.
pub(super) fn rows(
    contacts: &[Reached<Contact>],
    tellings: &HashMap<ContactId, Telling>,
    accesses: &[Reached<Access>],
) -> Vec<Map<String, Value>> {
    let through: HashMap<ContactId, &Reached<Access>> =
        accesses.iter().map(|access| (access.contact_id, access)).collect();
    let nothing = Telling::default();
    let telling = |contact: &Contact| tellings.get(&contact.id).unwrap_or(&nothing);
    let row =
        |contact: &Reached<Contact>| row(contact, telling(contact), through.get(&contact.id).map(|access| &***access));
    contacts.iter().map(row).collect()
}

/// A contact with what they are told of and the state of its account, or the command that makes one.
fn row(contact: &Contact, telling: &Telling, access: Option<&Access>) -> Map<String, Value> {
    let mut row = record(contact).unwrap_or_default();
    let next = match (access, &contact.card.email) {
        (Some(_), _) => None,
        (None, Some(email)) => Some(format!("frontdesk user create {email} --customer {}", contact.customer_no)),
        (None, None) => Some(format!("frontdesk contact set id:{} --email EMAIL", contact.id)),
    };
    row.insert("ref".into(), json!(format!("id:{}", contact.id)));
    told::insert(&mut row, telling);
    row.insert("account".into(), json!(access.map_or("none", |access| access.state.word())));
    row.insert("next".into(), json!(next));
    row
}

fn add(Add { customer, email, facts, told, adding }: Add, desk: &Desk) -> Result<Answer> {
    let (action, contact, telling) = desk.write(adding.changing, |tx| {
        let customer = served::find(tx, &customer)?;
        let (action, contact) = adding.place(
            "contact",
            || known(tx, &customer, email.as_ref(), facts.name.as_ref()),
            || {
                let card = ContactCard { email: email.clone(), ..facts.fresh()? };
                let contact = contacts::add(tx, &customer, &card)?;
                told.give(tx, &contact)?;
                Ok(contact)
            },
            |contact| {
                let email = email.clone().or_else(|| contact.card.email.clone());
                let card = ContactCard { email, ..facts.over(&contact.card) };
                Ok(contacts::set(tx, contact, &card)? | told.give(tx, contact)?)
            },
        )?;
        let telling = contacts::telling(tx, &contact)?;
        Ok((action, contact.into_inner(), telling))
    })?;
    done(action, &contact, &telling, adding.changing)
}

fn set(Set { who, email, facts, told, changing }: Set, desk: &Desk) -> Result<Answer> {
    // The person is looked for by the old address and shown with the new one, so by the row in between.
    let (changed, contact, telling) = desk.write(changing, |tx| {
        let contact = who.find(tx)?;
        let card = ContactCard { email: over(&email, &contact.card.email), ..facts.over(&contact.card) };
        let changed = contacts::set(tx, &contact, &card)? | told.apply(tx, &contact)?;
        let telling = contacts::telling(tx, &contact)?;
        Ok((changed, contacts::find(tx, contact.id)?.into_inner(), telling))
    })?;
    done(Action::updated(changed), &contact, &telling, changing)
}

/// The person of a customer with this address; without an address, the one with this name who has none either.
fn known(
    tx: &Tx,
    customer: &Reached<Customer>,
    email: Option<&Email>,
    name: Option<&Line>,
) -> Result<Reached<Contact>> {
    match (email, name) {
        (Some(email), _) => contacts::of(tx, customer, email),
        (None, Some(name)) => {
            let mut same = contacts::lookup_name(tx, customer, name)?;
            same.retain(|contact| contact.card.email.is_none());
            same.into_iter().next().ok_or_else(|| Error::not_found("contact", name))
        }
        (None, None) => Err(nameless()),
    }
}

fn nameless() -> Error {
    super::usage("a new contact needs a name").tip("add --name \"Eva Lind\"")
}

fn done(action: Action, contact: &Contact, telling: &Telling, changing: Changing) -> Result<Answer> {
    let address = contact.card.email.as_ref().map(|email| format!(", {email}")).unwrap_or_default();
    let (name, id, customer) = (&contact.card.name, contact.id, &contact.customer_no);
    let about = format!("contact {name}{address} (id:{id}, customer {customer}{})", told::words(telling));
    let mut facts = record(contact)?;
    told::insert(&mut facts, telling);
    let done = Done::new(action, format!("id:{id}"), about, &facts, changing)?;
    Ok(told::warn(done, contact, telling).into())
}

impl Who {
    fn find(&self, tx: &Tx) -> Result<Reached<Contact>> {
        named::contact(tx, &self.contact, named::customer(tx, self.customer.as_ref())?.as_ref())
    }
}

impl Facts {
    fn fresh(&self) -> Result<ContactCard> {
        Ok(self.over(&ContactCard::named(self.name.clone().ok_or_else(nameless)?)))
    }

    /// A card with what was named here, and the rest as it was.
    fn over(&self, card: &ContactCard) -> ContactCard {
        ContactCard {
            name: self.name.clone().unwrap_or_else(|| card.name.clone()),
            email: card.email.clone(),
            phone: over(&self.phone, &card.phone),
            title: over(&self.title, &card.title),
            location: over(&self.location, &card.location),
            lang: over(&self.lang, &card.lang),
            external_id: over(&self.external_id, &card.external_id),
        }
    }
}
