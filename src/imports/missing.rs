//! What the database has and the file has not: left alone, told, or closed. Nothing is ever deleted for it.
//!
//! A file of customers is about all of them. A file of facilities, objects or contacts is about those of the customers it
//! names: a customer without a row in it is not spoken of. A row that cannot be taken counts as there; if it does not say
//! which thing it is about, nothing is closed that it may mean.

use std::collections::HashSet;
use std::str::FromStr;

use crate::contacts;
use crate::customers::{self, Customer, CustomerStatus};
use crate::db::{Reached, Tx, WriteTx};
use crate::error::{Error, Kind, Result};
use crate::facilities::{self, FacilityStatus};
use crate::ids::{CustomerId, FacilityId, ObjectId};
use crate::imports::allowance::Allowance;
use crate::imports::row::Row;
use crate::imports::take::Noun;
use crate::objects::{self, ObjectStatus};
use crate::text::{Email, Line, Number};

/// What happens to what is in the database and not in the file.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Missing {
    /// Nothing; nobody looks for it.
    #[default]
    Keep,
    /// It is told.
    Report,
    /// It is closed.
    Close,
}

/// A thing that no row of the file names.
#[derive(Clone, Debug, PartialEq)]
pub struct Absent {
    /// Its row in the database.
    pub id: i64,
    /// What it is, for people: `1042 (Brf Fröjden)`.
    pub about: String,
    /// Its status before and after, if it was closed.
    pub closed: Option<(&'static str, &'static str)>,
}

/// Which things the rows are about, as they come by.
#[derive(Debug, Default)]
pub(super) struct Present {
    things: HashSet<i64>,
    /// Customers that a rejected row names.
    customers: HashSet<CustomerId>,
    /// Those of them at which a rejected row may mean anything.
    unclear: HashSet<CustomerId>,
    /// The line of a rejected row that may mean anything at all.
    unknown: Option<u64>,
}

/// What is asked about things that are missing.
#[derive(Clone, Copy, Debug)]
pub struct Search {
    /// What happens to them.
    pub missing: Missing,
    /// So many may be closed; more are the wrong file.
    pub most: Allowance,
}

impl Noun {
    /// Fails if nothing of this kind can be missing from a file, or be closed for it.
    pub fn can_miss(self, missing: Missing) -> Result<()> {
        let refuse = |why: &str, tip: &str| Err(Error::new(Kind::Usage, why).at("missing").tip(tip));
        match (self, missing) {
            (Self::Customer | Self::Facility | Self::Object, _) | (_, Missing::Keep) => Ok(()),
            (Self::Contact, Missing::Report) => Ok(()),
            (Self::Contact, Missing::Close) => refuse(
                "a contact has no status, so none is closed",
                "--missing report lists those that are not in the file",
            ),
            (Self::Order, _) => refuse(
                "an order is not over because a file no longer names it",
                "leave out --missing; a column status closes orders",
            ),
            (Self::Reading | Self::Added, _) => {
                refuse("a file of readings adds to those there are, so none of them is missing", "leave out --missing")
            }
        }
    }

    /// In the plural, for people.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Customer => "customers",
            Self::Contact => "contacts",
            Self::Facility => "facilities",
            Self::Object => "objects",
            Self::Order => "orders",
            Self::Reading | Self::Added => "readings",
        }
    }
}

/// What a cell says, if it can be read at all.
enum Says<T> {
    This(T),
    Nothing,
    Nonsense,
}

fn says<T: FromStr<Err = Error>>(row: &Row, column: &str) -> Says<T> {
    match row.parse(column, str::parse).map(|cell| cell.value()) {
        Ok(Some(value)) => Says::This(value),
        Ok(None) => Says::Nothing,
        Err(_) => Says::Nonsense,
    }
}

impl Present {
    /// A row was taken, and was about this thing.
    pub(super) fn is(&mut self, id: i64) {
        self.things.insert(id);
    }

    /// A line is none: what it means cannot be known.
    pub(super) fn unreadable(&mut self, line: u64) {
        self.unknown.get_or_insert(line);
    }

    /// A row was rejected; what it names counts as there.
    pub(super) fn rejected(&mut self, tx: &Tx, noun: Noun, row: &Row) -> Result<()> {
        let external: Says<Line> = says(row, "external_id");
        let mut found = Vec::new();
        let mut is_known = false;
        if noun == Noun::Customer {
            if let Says::This(number) = says::<Number>(row, "customer_no") {
                is_known = true;
                found.extend(customers::lookup(tx, &number)?.map(|customer| customer.id.0));
            }
            if let Says::This(id) = &external {
                is_known = true;
                found.extend(customers::lookup_external(tx, id)?.map(|customer| customer.id.0));
            }
        } else {
            let customer = match says::<Number>(row, "customer_no") {
                Says::This(number) => customers::lookup(tx, &number)?.map(Some),
                Says::Nothing | Says::Nonsense => Some(None),
            };
            match customer {
                // A customer that is not here has nothing to be closed.
                None => is_known = true,
                Some(customer) => {
                    is_known = self.below(tx, noun, row, customer.as_ref(), &external, &mut found)?;
                    if let Some(customer) = &customer {
                        self.customers.insert(customer.id);
                        if !std::mem::replace(&mut is_known, true) {
                            self.unclear.insert(customer.id);
                        }
                    }
                }
            }
        }
        self.things.extend(found);
        if !is_known {
            self.unreadable(row.line());
        }
        Ok(())
    }

    /// Looks for the thing of a customer that a rejected row names; whether the row says which it is.
    fn below(
        &self,
        tx: &Tx,
        noun: Noun,
        row: &Row,
        customer: Option<&Reached<Customer>>,
        external: &Says<Line>,
        found: &mut Vec<i64>,
    ) -> Result<bool> {
        let mut is_known = false;
        if let Says::This(id) = external {
            is_known = true;
            found.extend(match noun {
                Noun::Facility => facilities::lookup_external(tx, id)?.map(|facility| facility.id.0),
                Noun::Object => objects::lookup_external(tx, id)?.map(|object| object.id.0),
                _ => contacts::lookup_external(tx, id)?.map(|contact| contact.id.0),
            });
        }
        let Some(customer) = customer else { return Ok(is_known) };
        match noun {
            Noun::Facility => {
                if let Says::This(number) = says::<Number>(row, "facility_no") {
                    is_known = true;
                    found.extend(facilities::lookup(tx, customer, &number)?.map(|facility| facility.id.0));
                }
            }
            Noun::Object => {
                if let Says::This(number) = says::<Number>(row, "object_no") {
                    is_known = true;
                    found.extend(objects::lookup(tx, customer, &number)?.map(|object| object.id.0));
                }
                if let Says::This(serial) = says::<Line>(row, "serial_no") {
                    is_known = true;
                    found.extend(objects::lookup_serial(tx, customer, &serial)?.iter().map(|object| object.id.0));
                }
            }
            _ => {
                if let Says::This(email) = says::<Email>(row, "email") {
                    is_known = true;
                    found.extend(contacts::lookup(tx, customer, &email)?.map(|contact| contact.id.0));
                }
                if let Says::This(name) = says::<Line>(row, "name") {
                    is_known = true;
                    found.extend(contacts::lookup_name(tx, customer, &name)?.iter().map(|contact| contact.id.0));
                }
            }
        }
        Ok(is_known)
    }
}

/// Something in the database that the file could be about.
struct Known {
    id: i64,
    customer: CustomerId,
    is_open: bool,
    about: String,
}

/// Looks for what is missing, and closes it if that is asked for. Why nothing may be kept of all this stands in the error
/// of the second kind; `is_rejects` says that the file itself is one of rejected rows.
pub(super) fn settle(
    tx: &WriteTx,
    noun: Noun,
    present: &Present,
    search: Search,
    (rows_taken, is_rejects): (u64, bool),
) -> Result<std::result::Result<Vec<Absent>, Error>> {
    let closes = search.missing == Missing::Close;
    let stop = |message: String, tip: &str| Ok(Err(Error::new(Kind::Data, message).at("missing").tip(tip)));
    if closes && is_rejects {
        return stop(
            "a file of rejected rows holds only some of them, so nothing is missing from it; nothing was changed"
                .into(),
            "import it without --missing close",
        );
    }
    if closes && rows_taken == 0 {
        return stop(
            "no row of the file could be taken, so nothing is missing from it; nothing was changed".into(),
            "is the file whole? A file without rows closes nothing",
        );
    }
    let scope = scope(tx, noun, present)?;
    let mut absent: Vec<&Known> = scope.iter().filter(|one| one.is_open && !present.things.contains(&one.id)).collect();
    // What a row that says nothing of use may mean is left alone.
    absent.retain(|one| !present.unclear.contains(&one.customer));
    let closes = closes && present.unknown.is_none();
    let open = scope.iter().filter(|one| one.is_open).count() as u64;
    let count = absent.len() as u64;
    if closes && !search.most.allows(count, open) {
        return stop(
            format!(
                "{count} of {open} {} are not in the file, more than --max-close {}; nothing was changed",
                noun.plural(),
                search.most.to_string().replace(' ', "")
            ),
            &format!(
                "is the file whole? See them with --missing report --dry-run, or allow it with --max-close {count}"
            ),
        );
    }
    let mut told = Vec::with_capacity(absent.len());
    for one in absent {
        let closed = if closes { close(tx, noun, one.id)? } else { None };
        told.push(Absent { id: one.id, about: one.about.clone(), closed });
    }
    Ok(Ok(told))
}

impl Present {
    /// The line of a rejected row for which nothing is closed, because it may mean anything.
    pub(super) fn unknown(&self) -> Option<u64> {
        self.unknown
    }
}

/// What the file is about.
fn scope(tx: &Tx, noun: Noun, present: &Present) -> Result<Vec<Known>> {
    let mut all: Vec<Known> = match noun {
        Noun::Customer => {
            let known = |customer: Reached<Customer>| Known {
                id: customer.id.0,
                customer: customer.id,
                is_open: customer.status == CustomerStatus::Active,
                about: format!("{} ({})", customer.number, customer.card.name),
            };
            return Ok(customers::list(tx, None)?.into_iter().map(known).collect());
        }
        Noun::Facility => {
            let known = |facility: Reached<facilities::Facility>| Known {
                id: facility.id.0,
                customer: facility.customer_id,
                is_open: facility.status == FacilityStatus::Open,
                about: format!("{} of {} ({})", facility.number, facility.customer_no, facility.card.name),
            };
            facilities::list_all(tx, None)?.into_iter().map(known).collect()
        }
        Noun::Object => {
            let known = |object: Reached<objects::Object>| Known {
                id: object.id.0,
                customer: object.customer_id,
                is_open: object.status == ObjectStatus::Active,
                about: format!("{} of {} ({})", object.number, object.customer_no, object.card.name),
            };
            objects::list_all(tx, None)?.into_iter().map(known).collect()
        }
        Noun::Contact => {
            let known = |contact: Reached<contacts::Contact>| Known {
                id: contact.id.0,
                customer: contact.customer_id,
                is_open: contact.card.name.as_str() != format!("(erased {})", contact.id),
                about: format!("{} of {}", contact.card.name, contact.customer_no),
            };
            contacts::list_all(tx, None)?.into_iter().map(known).collect()
        }
        Noun::Order | Noun::Reading | Noun::Added => Vec::new(),
    };
    let mut named: HashSet<CustomerId> = present.customers.clone();
    named.extend(all.iter().filter(|one| present.things.contains(&one.id)).map(|one| one.customer));
    all.retain(|one| named.contains(&one.customer));
    Ok(all)
}

fn close(tx: &WriteTx, noun: Noun, id: i64) -> Result<Option<(&'static str, &'static str)>> {
    Ok(match noun {
        Noun::Customer => {
            customers::set_status(tx, &customers::find(tx, CustomerId(id))?, CustomerStatus::Closed)?;
            Some((CustomerStatus::Active.word(), CustomerStatus::Closed.word()))
        }
        Noun::Facility => {
            facilities::set_status(tx, &facilities::find(tx, FacilityId(id))?, FacilityStatus::Closed)?;
            Some((FacilityStatus::Open.word(), FacilityStatus::Closed.word()))
        }
        Noun::Object => {
            objects::set_status(tx, &objects::find(tx, ObjectId(id))?, ObjectStatus::Retired)?;
            Some((ObjectStatus::Active.word(), ObjectStatus::Retired.word()))
        }
        Noun::Contact | Noun::Order | Noun::Reading | Noun::Added => None,
    })
}
