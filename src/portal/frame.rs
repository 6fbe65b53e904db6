//! What stands around a page: the group's look, and the menu of whoever is signed in.

use super::visit::Guest;
use super::{address, assets, views};
use crate::access::Permission;
use crate::clock::Moment;
use crate::db::{Db, Reached};
use crate::error::Result;
use crate::groups::{self, Group, LogoFacts};
use crate::links;
use crate::login::Door;
use crate::portal::ui::form::Target;
use crate::portal::ui::layout::{Company, Files, Frame, Language, Logo, Place, Visitor};
use crate::portal::ui::{Tally, When};
use crate::text::{Lang, Slug, Zone};
use crate::words::{dates, numbers};

/// How a group looks.
pub struct Dress {
    /// Name, colour, telephone, language, zone.
    pub group: Reached<Group>,
    /// Its logo, without the picture.
    pub logo: Option<LogoFacts>,
}

impl Dress {
    /// Looks up how a group looks.
    pub fn of(db: &Db, door: &Door) -> Result<Self> {
        db.read(door.actor(), |tx| {
            let group = groups::find(tx, &door.slug)?;
            let logo = groups::logo_facts(tx, &group)?;
            Ok(Self { group, logo })
        })
    }

    fn company(&self) -> Company {
        let card = &self.group.card;
        Company {
            name: card.name.to_string(),
            home: links::home(&self.group.slug),
            logo: self.logo.as_ref().map(|logo| Logo {
                src: links::logo(&self.group.slug, &logo.hash),
                width: u32::try_from(logo.width).unwrap_or(0),
                height: u32::try_from(logo.height).unwrap_or(0),
            }),
            colour: Some(card.colour.to_string()),
            phone: card.phone.as_ref().map(address::call),
            email: card.reply_to.as_ref().map(address::write),
        }
    }
}

/// The frame of a page for whoever asks.
pub fn frame(guest: &Guest) -> Frame {
    let slug = guest.slug();
    Frame {
        lang: guest.lang,
        company: Some(guest.dress.company()),
        files: files(Some(guest.dress)),
        languages: match guest.signed {
            Some(_) => Vec::new(),
            None => Lang::ALL
                .iter()
                .map(|lang| Language { lang: *lang, href: guest.here(&[("lang", lang.word())]) })
                .collect(),
        },
        visitor: guest.signed.map(|signed| Visitor {
            customer: signed.access.customer.to_string(),
            switch: (signed.accesses.len() > 1).then(|| links::switch(slug)),
            places: places(slug, &signed.access.grant.permissions),
            sign_out: Target { action: links::logout(slug), token: guest.token() },
        }),
        help: Some(links::help(slug)),
        privacy: Some(links::privacy(slug)),
        accessibility: Some(links::accessibility(slug)),
        notice: None,
        preview: guest.site.preview.as_ref().map(|preview| preview.banner(guest.lang)),
    }
}

/// The menu of somebody with these permissions.
fn places(slug: &Slug, may: &[Permission]) -> Vec<(Place, String)> {
    let has = |wanted: &[Permission]| wanted.iter().any(|one| may.contains(one));
    [
        // Whoever may order and see no order comes to the form.
        (Place::Orders, links::orders(slug), has(&[Permission::OrderView, Permission::OrderCreate])),
        (Place::Facilities, links::facilities(slug), has(&[Permission::FacilityView])),
        (Place::Objects, links::objects(slug), has(&[Permission::ObjectView])),
        (Place::Documents, links::documents(slug), has(&[Permission::DocumentView])),
        (Place::Company, links::company(slug), has(&[Permission::CompanyView, Permission::ColleagueView])),
        (Place::Account, links::account(slug), true),
    ]
    .into_iter()
    .filter_map(|(place, href, shown)| shown.then_some((place, href)))
    .collect()
}

/// Where somebody with these permissions begins: the first page of their menu. Who may open nothing begins with the
/// orders, where they are told so.
pub fn first_page(slug: &Slug, may: &[Permission]) -> String {
    match places(slug, may).into_iter().next() {
        Some((place, href)) if place != Place::Account => href,
        _ => links::orders(slug),
    }
}

/// The frame of a page at an address that names no group.
pub fn bare(lang: Lang) -> Frame {
    Frame {
        lang,
        company: None,
        files: files(None),
        languages: Vec::new(),
        visitor: None,
        help: None,
        privacy: None,
        accessibility: None,
        notice: None,
        preview: None,
    }
}

fn files(dress: Option<&Dress>) -> Files {
    Files {
        style: assets::style().path.clone(),
        script: assets::script().path.clone(),
        icon: assets::icon().path.clone(),
        brand: dress.map(|dress| links::brand(&dress.group.slug, &assets::brand(&dress.group.card.colour).name)),
    }
}

/// The zone of the clocks at a facility: its own, else the group's.
pub fn zone_at<'a>(guest: &'a Guest, own: Option<&'a Zone>) -> &'a Zone {
    own.unwrap_or(&guest.dress.group.card.zone)
}

/// A moment with its time, for a page.
pub fn when(moment: Moment, zone: &Zone, lang: Lang) -> When {
    When { machine: dates::machine(moment, zone), text: dates::date_time(moment, zone, lang) }
}

/// The day of a moment, for a card.
pub fn day(moment: Moment, zone: &Zone, lang: Lang) -> When {
    When { machine: dates::machine(moment, zone), text: dates::short_date(moment, zone, lang) }
}

/// A number as people read it.
pub fn tally(number: u32, lang: Lang) -> Tally {
    Tally { number: number.into(), text: numbers::integer(number.into(), lang) }
}

/// The page of a fault at a group's portal.
pub fn fault(guest: &Guest, status: u16, reference: Option<String>, minutes: Option<u64>) -> maud::Markup {
    let home = Some(links::home(guest.slug()));
    let data = views::errors::ErrorPage { status, reference, minutes, home, ..Default::default() };
    views::errors::error(&frame(guest), &data)
}
