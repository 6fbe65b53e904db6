//! Commands: who is served.

mod apply;

use clap::{Args, Subcommand};
use serde_json::json;

use super::answer::{Action, Answer, Card, Column, Done, List, kept, record, shown};
use super::desk::Desk;
use super::flags::{Adding, Changing, Listing, Removing};
use super::given::{Given, over};
use super::{adding, contacts as people, facilities as places, imports, objects as machines};
use crate::customers::{self, Customer, CustomerCard, CustomerStatus};
use crate::db::{Reached, Tx};
use crate::documents::On;
use crate::error::{Error, Result};
use crate::ids::CustomerId;
use crate::orders::{self, OrderFilter};
use crate::text::{Email, Lang, Line, Number, Prefix, Prose, Ref};
use crate::{contacts, facilities, objects, users};

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Add a customer
    #[command(visible_alias = "create")]
    Add(Add),
    /// List the customers
    #[command(visible_alias = "ls")]
    List(ListCustomers),
    /// Show one customer with its contacts, users, facilities, objects and open orders
    Show(Show),
    /// Change what is known about a customer
    Set(Set),
    /// Serve a customer no longer: its users cannot sign in to it, and it gets no new orders
    Close(Switch),
    /// Serve a closed customer again
    Open(Switch),
    /// Delete a customer with everything that belongs to it
    #[command(visible_alias = "rm")]
    Delete(Delete),
    /// Take customers from a file, each perhaps with one contact
    Import(imports::Import),
    /// Make customers as files say them, with facilities, objects, contacts and users
    Apply(apply::Apply),
    /// Print a customer as the file that `customer apply` takes
    Export(Show),
}

/// What can be said about a customer. An empty value takes away what is kept.
#[derive(Args, Debug)]
struct Facts {
    /// Its name
    #[arg(long)]
    name: Option<Line>,
    /// Its number in a public register
    #[arg(long, value_name = "NUMBER")]
    org_no: Option<Given<Line>>,
    /// Its general address for mail
    #[arg(long)]
    email: Option<Given<Email>>,
    /// Its telephone
    #[arg(long)]
    phone: Option<Given<Line>>,
    /// Its fax
    #[arg(long)]
    fax: Option<Given<Line>>,
    /// Street and number
    #[arg(long)]
    address: Option<Given<Line>>,
    /// What else belongs to the address
    #[arg(long, value_name = "ADDRESS")]
    address2: Option<Given<Line>>,
    /// Postal code
    #[arg(long, value_name = "CODE")]
    postal_code: Option<Given<Line>>,
    /// City
    #[arg(long)]
    city: Option<Given<Line>>,
    /// State, county or region
    #[arg(long)]
    region: Option<Given<Line>>,
    /// Country
    #[arg(long)]
    country: Option<Given<Line>>,
    /// The language of its people who chose none: en, sv or es
    #[arg(long)]
    lang: Option<Given<Lang>>,
    /// What its order numbers carry after the group's prefix
    #[arg(long)]
    prefix: Option<Given<Prefix>>,
    /// What only staff read
    #[arg(long, value_name = "TEXT")]
    note: Option<Given<Prose>>,
    /// What another program calls it
    #[arg(long, value_name = "ID")]
    external_id: Option<Given<Line>>,
}

#[derive(Args, Debug)]
pub(super) struct Add {
    /// Its number, by which it is known
    customer_no: Number,
    #[command(flatten)]
    facts: Facts,
    #[command(flatten)]
    adding: Adding,
}

#[derive(Args, Debug)]
pub(super) struct ListCustomers {
    #[command(flatten)]
    listing: Listing,
}

#[derive(Args, Debug)]
pub(super) struct Show {
    /// Which customer: its number, or id:123
    customer: Ref<Number>,
}

#[derive(Args, Debug)]
pub(super) struct Set {
    /// Which customer: its number, or id:123
    customer: Ref<Number>,
    #[command(flatten)]
    facts: Facts,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
pub(super) struct Switch {
    /// Which customer: its number, or id:123
    customer: Ref<Number>,
    #[command(flatten)]
    changing: Changing,
}

#[derive(Args, Debug)]
pub(super) struct Delete {
    /// Which customer: its number, or id:123
    customer: Ref<Number>,
    /// The customer's number once more, instead of being asked for it
    #[arg(long, value_name = "NUMBER")]
    confirm: Option<String>,
    #[command(flatten)]
    removing: Removing,
}

const COLUMNS: &[Column] = &[
    shown("customer_no", "CUSTOMER"),
    shown("name", "NAME"),
    kept("org_no"),
    kept("email"),
    shown("phone", "PHONE"),
    kept("fax"),
    shown("address", "ADDRESS"),
    kept("address2"),
    shown("postal_code", "CODE"),
    shown("city", "CITY"),
    kept("region"),
    shown("country", "COUNTRY"),
    kept("lang"),
    kept("prefix"),
    kept("note"),
    kept("external_id"),
    shown("status", "STATUS"),
    kept("created_at"),
];

/// Who can sign in, on the customer's card.
const USERS: &[Column] = &[
    shown("email", "E-MAIL"),
    shown("name", "CONTACT"),
    shown("state", "STATE"),
    shown("permissions", "PERMISSIONS"),
    shown("scope", "SCOPE"),
    shown("until", "UNTIL"),
];

/// The work that is not done yet, the newest first.
const ORDERS: &[Column] = &[
    shown("order_no", "ORDER"),
    shown("title", "TITLE"),
    shown("facility_no", "FACILITY"),
    shown("status", "STATUS"),
    shown("priority", "PRIORITY"),
    shown("created_at", "CREATED"),
];

impl Command {
    pub(super) fn run(self, desk: &Desk) -> Result<Answer> {
        match self {
            Self::Add(command) => add(command, desk),
            Self::List(ListCustomers { listing }) => {
                let all = desk.read(|tx| customers::list(tx, None))?;
                List::answer("customers", COLUMNS, &listing, all.into_iter().map(Reached::into_inner))
            }
            Self::Show(Show { customer }) => show(&customer, desk),
            Self::Set(Set { customer, facts, changing }) => {
                let (action, customer) = adding::change(
                    desk,
                    changing,
                    |tx| find(tx, &customer),
                    |tx, customer| customers::set(tx, customer, &facts.over(&customer.card)),
                )?;
                done(action, &customer, changing)
            }
            Self::Close(switch) => turn(switch, CustomerStatus::Closed, desk),
            Self::Open(switch) => turn(switch, CustomerStatus::Active, desk),
            Self::Delete(Delete { customer, confirm, removing }) => adding::delete(
                desk,
                removing,
                &customer,
                |tx| find(tx, &customer),
                |customer: &Customer| {
                    let question = format!(
                        "This deletes customer {} ({}) with its contacts, users, facilities, objects and orders.",
                        customer.number, customer.card.name
                    );
                    desk.confirm_by_name(&question, customer.number.as_str(), confirm.as_deref())
                },
                customers::delete,
            ),
            Self::Import(command) => command.run(imports::Noun::Customer, desk),
            Self::Apply(command) => command.run(desk),
            Self::Export(Show { customer }) => apply::export(&customer, desk),
        }
    }
}

/// The customer that a command names.
pub(super) fn find(tx: &Tx, customer: &Ref<Number>) -> Result<Reached<Customer>> {
    match customer {
        Ref::Id(id) => customers::find(tx, CustomerId(*id)),
        Ref::Name(number) => customers::named(tx, number),
    }
}

fn add(Add { customer_no, facts, adding }: Add, desk: &Desk) -> Result<Answer> {
    let (action, customer) = desk.write(adding.changing, |tx| {
        let (action, customer) = adding.place(
            "customer",
            || customers::lookup(tx, &customer_no)?.ok_or_else(|| Error::not_found("customer", &customer_no)),
            || customers::add(tx, &customer_no, &facts.fresh()?),
            |customer| customers::set(tx, customer, &facts.over(&customer.card)),
        )?;
        Ok((action, customer.into_inner()))
    })?;
    done(action, &customer, adding.changing)
}

fn show(customer: &Ref<Number>, desk: &Desk) -> Result<Answer> {
    desk.read(|tx| {
        let customer = find(tx, customer)?;
        let accesses = users::of_customer(tx, &customer)?;
        let tellings = contacts::tellings(tx, Some(&customer))?;
        let contacts = people::rows(&contacts::list(tx, &customer)?, &tellings, &accesses);
        let accounts = accesses.iter().map(|access| {
            let mut row = record(&**access)?;
            row.insert("scope".into(), json!(access.grant.scope()));
            Ok(row)
        });
        let accounts: Vec<_> = accounts.collect::<Result<_>>()?;
        let open = OrderFilter { customer: Some(customer.id), open: true, limit: Some(50), ..OrderFilter::default() };
        let card = Card::new(&record(&*customer)?)?
            .with("contacts", people::AT_CUSTOMER, contacts)?
            .with("users", USERS, accounts)?
            .with(
                "facilities",
                places::AT_CUSTOMER,
                facilities::list(tx, &customer)?.into_iter().map(Reached::into_inner),
            )?
            .with("objects", machines::ON_A_CARD, objects::list(tx, &customer)?.into_iter().map(Reached::into_inner))?
            .with("open_orders", ORDERS, orders::list(tx, &open)?.into_iter().map(Reached::into_inner))?
            .with_documents(tx, On::Customer(&customer))?;
        Ok(card.into())
    })
}

fn turn(Switch { customer, changing }: Switch, status: CustomerStatus, desk: &Desk) -> Result<Answer> {
    let (action, customer) = adding::change(
        desk,
        changing,
        |tx| find(tx, &customer),
        |tx, customer| customers::set_status(tx, customer, status),
    )?;
    done(action, &customer, changing)
}

fn done(action: Action, customer: &Customer, changing: Changing) -> Result<Answer> {
    let closed = if customer.status == CustomerStatus::Closed { ", closed" } else { "" };
    let about = format!("customer {} ({}{closed})", customer.number, customer.card.name);
    Ok(Done::new(action, &customer.number, about, customer, changing)?.into())
}

impl Facts {
    fn fresh(&self) -> Result<CustomerCard> {
        let name = self
            .name
            .clone()
            .ok_or_else(|| super::usage("a new customer needs a name").tip("add --name \"Brf Fröjden\""))?;
        Ok(self.over(&CustomerCard::named(name)))
    }

    /// A card with what was named here, and the rest as it was.
    fn over(&self, card: &CustomerCard) -> CustomerCard {
        CustomerCard {
            name: self.name.clone().unwrap_or_else(|| card.name.clone()),
            org_no: over(&self.org_no, &card.org_no),
            email: over(&self.email, &card.email),
            phone: over(&self.phone, &card.phone),
            fax: over(&self.fax, &card.fax),
            address: over(&self.address, &card.address),
            address2: over(&self.address2, &card.address2),
            postal_code: over(&self.postal_code, &card.postal_code),
            city: over(&self.city, &card.city),
            region: over(&self.region, &card.region),
            country: over(&self.country, &card.country),
            lang: over(&self.lang, &card.lang),
            prefix: over(&self.prefix, &card.prefix),
            note: over(&self.note, &card.note),
            external_id: over(&self.external_id, &card.external_id),
        }
    }
}
