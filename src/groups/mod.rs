//! Groups: the service companies, each with its own name, look, language and customers.

#[cfg(test)]
pub(crate) mod fixture;
mod logo;
mod origin;
mod origins_store;
mod store;
mod zone_store;

use serde::Serialize;

pub use logo::{LOGO_LIMIT, Logo, LogoFacts};
pub use origin::{Origin, SiteOrigin};
pub use origins_store::{add_origin, delete_origin, origin, origins, origins_of};
pub use store::{add, delete, find, list, logo_facts, logo_of, set, set_logo};

use crate::clock::Moment;
use crate::db::Subject;
use crate::ids::GroupId;
use crate::text::{Colour, Email, Lang, Line, Prefix, Slug, Zone, fold};

/// A service company.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Group {
    /// Its row.
    #[serde(skip)]
    pub id: GroupId,
    /// Its short name in addresses.
    pub slug: Slug,
    /// What it looks like and how it is reached.
    #[serde(flatten)]
    pub card: GroupCard,
    /// Since when it is here.
    pub created_at: Moment,
}

/// What can be said and changed about a group.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct GroupCard {
    /// Its name, as its customers know it.
    pub name: Line,
    /// The colour of header and buttons.
    pub colour: Colour,
    /// The language of those who chose none.
    pub lang: Lang,
    /// The zone of its clocks.
    pub zone: Zone,
    /// Where answers to its mails go.
    pub reply_to: Option<Email>,
    /// Whom customers call.
    pub phone: Option<Line>,
    /// What its order numbers begin with.
    pub prefix: Prefix,
}

impl Subject for Group {
    const NOUN: &'static str = "group";
    fn row(&self) -> i64 {
        self.id.0
    }
    fn label(&self) -> String {
        self.slug.to_string()
    }
}

/// A prefix made from a name, for a group or customer that was given none: `Nordkyl AB` begins with `NOR`.
pub fn prefix_of(name: &str) -> Prefix {
    let letters: String = fold(name).chars().filter(char::is_ascii_alphanumeric).take(3).collect();
    Prefix::parse(&letters).or_else(|_| Prefix::parse("X")).unwrap_or_else(|_| unreachable!("X is a prefix"))
}
