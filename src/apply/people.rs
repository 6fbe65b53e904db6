//! The contacts of the customer, and its users with what they may see and do.

use super::Noun;
use super::reading::{Count, Reading};
use super::take::{Taker, compared, difference};
use crate::access::Permission;
use crate::contacts::{self, Contact, ContactCard};
use crate::customers::Customer;
use crate::db::{Reached, Tx, WriteTx};
use crate::difference::{Difference, differences};
use crate::error::{Error, Result};
use crate::facilities::{self, Facility};
use crate::ids::ContactId;
use crate::roles;
use crate::templates;
use crate::text::{Email, Lang, Line, Number};
use crate::users::{self, Access, Day, Grant, Granting, Handing, NewUser, User, UserState, UserStatus};

impl Taker<'_, '_> {
    pub(super) fn contacts(&self, customer: &Reached<Customer>) -> Result<()> {
        for reading in self.top.tables(Noun::Contact) {
            self.contact(&reading, customer)?;
        }
        Ok(())
    }

    fn contact(&self, reading: &Reading, customer: &Reached<Customer>) -> Result<()> {
        let tx = self.tx;
        let (email, external_id) = (reading.over::<Email>("email", None), reading.over::<Line>("external_id", None));
        let Some(name) = reading.need::<Line>("name") else { return Ok(()) };
        let known = match reading.given::<Count>("id") {
            Some(Count(id)) => in_row(tx, customer, ContactId(id)).map(Some),
            None => contacts::recognise(tx, customer, email.as_ref(), external_id.as_ref(), Some(&name)),
        };
        let key = if reading.names("id") { "id" } else { "name" };
        let Some(known) = reading.told(key, known)? else { return Ok(()) };
        let kept = known.as_ref().map_or_else(|| ContactCard::named(name.clone()), |contact| contact.card.clone());
        let card = ContactCard {
            name,
            email: reading.over("email", kept.email),
            phone: reading.over("phone", kept.phone),
            title: reading.over("title", kept.title),
            location: reading.over("location", kept.location),
            lang: reading.over("lang", kept.lang),
            external_id: reading.over("external_id", kept.external_id),
        };
        let (contact, mut changes) = match &known {
            Some(contact) => {
                let changed = reading.told("email", contacts::set(tx, contact, &card))?.unwrap_or(false);
                (contact.clone(), compared(changed, &contact.card, &card))
            }
            None => match reading.told("email", contacts::add(tx, customer, &card))? {
                Some(made) => (made, Vec::new()),
                None => return Ok(()),
            },
        };
        if !self.is_first(reading, "name", contact.id.0) {
            return Ok(());
        }
        let roles = reading.listed("roles", |name| roles::find_by_name(tx, &Line::parse(name)?))?;
        let places = reading.listed("facilities", |number| facilities::of(tx, customer, &Number::parse(number)?))?;
        let before = contacts::telling(tx, &contact)?;
        if let Some(roles) = roles {
            contacts::set_roles(tx, &contact, &roles)?;
        }
        if let Some(places) = places {
            contacts::set_facilities(tx, &contact, &places)?;
        }
        changes.extend(differences("", &before, &contacts::telling(tx, &contact)?));
        let about = match &card.email {
            Some(email) => format!("contact {email} ({})", card.name),
            None => format!("contact {}", card.name),
        };
        match known.is_none() {
            true => self.created(about, changes),
            false => self.changed(about, changes, false),
        }
        Ok(())
    }

    pub(super) fn users(&self, customer: &Reached<Customer>) -> Result<()> {
        for reading in self.top.tables(Noun::User) {
            self.user(&reading, customer)?;
        }
        Ok(())
    }

    fn user(&self, reading: &Reading, customer: &Reached<Customer>) -> Result<()> {
        let tx = self.tx;
        let Some(email) = reading.need::<Email>("email") else { return Ok(()) };
        let lang = reading.given::<Lang>("lang");
        let known = match users::lookup(tx, &email)? {
            Some(user) => users::access_at(tx, &user, customer)?.map(|access| (user, access)),
            None => None,
        };
        let is_new = known.is_none();
        let (user, access) = match known {
            Some(known) => known,
            None => {
                if contacts::lookup(tx, customer, &email)?.is_none() {
                    let message = format!("customer {} has no contact with the address '{email}'", customer.number);
                    let tip = format!("add to the file: [[contact]] with a name and email = \"{email}\"");
                    reading.refuse("email", Error::conflict(message).tip(tip));
                    return Ok(());
                }
                let new = NewUser { email: email.clone(), name: None, lang };
                match reading.told("email", users::create(tx, customer, &new))? {
                    Some(made) => (made.user, made.access),
                    None => return Ok(()),
                }
            }
        };
        if !self.is_first(reading, "email", access.id.0) {
            return Ok(());
        }
        let mut changes = Vec::new();
        if let Some(lang) = lang
            && users::set_lang(tx, &user, lang)?
        {
            changes.extend(difference("lang", user.lang.map(Lang::word), lang.word()));
        }
        let before = if is_new { Grant::default() } else { access.grant.clone() };
        let (after, less) = self.grant(reading, customer, &access)?;
        changes.extend(differences("", &before, &after.grant));
        let stands = self.stands(reading, &user, &mut changes)?;
        if self.wish.tell {
            users::tell_of_access(tx, (!is_new).then_some(&before), &after)?;
        }
        let lock = stands == UserState::Disabled && user.state != UserState::Disabled;
        match is_new {
            true => self.created(format!("user {email}"), changes),
            false => self.changed(format!("user {email}"), changes, less || lock),
        }
        self.warn_of_dead_end(&after, stands, reading.names("status"));
        Ok(())
    }

    /// Gives an access what the file names, and takes away the rest of it where that is wished. Says whether it reaches
    /// or permits less afterwards.
    ///
    /// Each key stands for itself: what the file does not name at all stays.
    fn grant(
        &self,
        reading: &Reading,
        customer: &Reached<Customer>,
        access: &Reached<Access>,
    ) -> Result<(Reached<Access>, bool)> {
        let (tx, before) = (self.tx, &access.grant);
        let mut named: Vec<Permission> = Vec::new();
        if let Some(template) = reading.given::<Line>("template") {
            let found = reading.told("template", templates::find_by_name(tx, &template))?;
            named.extend(found.iter().flat_map(|template| &template.card.permissions));
        }
        named.extend(reading.listed("permissions", str::parse::<Permission>)?.unwrap_or_default());
        let places = reading.listed("facilities", |number| facilities::of(tx, customer, &Number::parse(number)?))?;
        let until = match reading.names("until") {
            true => reading.over::<Day>("until", None),
            false => before.until,
        };
        let exact = self.exact(reading, before, &named, places.as_deref(), until);
        let whole = Grant {
            permissions: before.permissions.iter().chain(&named).copied().collect(),
            facilities: before.facilities.iter().chain(&exact.facilities).cloned().collect(),
            all_facilities: before.all_facilities || exact.all_facilities,
            unattached: before.unattached || exact.unattached,
            until,
        };
        let wanted = if self.wish.prune { &exact } else { &whole };
        let facilities = wanted.facilities.iter().map(|number| facilities::of(tx, customer, number));
        let what = Granting {
            permissions: wanted.permissions.clone(),
            facilities: facilities.collect::<Result<Vec<Reached<Facility>>>>()?,
            all_facilities: wanted.all_facilities,
            unattached: wanted.unattached,
            until,
        };
        let after = users::grant(tx, access, &what, true)?;
        let beyond = |grant: &Grant| is_less(&after.grant, grant);
        if !self.wish.prune && beyond(&exact) {
            self.kept(format!("what user {} may do beyond the file", access.email));
        }
        let less = is_less(before, &after.grant);
        Ok((after, less))
    }

    /// A grant as the file says it, and as it was where the file says nothing.
    fn exact(
        &self,
        reading: &Reading,
        before: &Grant,
        named: &[Permission],
        places: Option<&[Reached<Facility>]>,
        until: Option<Day>,
    ) -> Grant {
        let speaks = reading.names("permissions") || reading.names("template");
        let numbers = |places: &[Reached<Facility>]| places.iter().map(|place| place.number.clone()).collect();
        Grant {
            permissions: if speaks { named.to_vec() } else { before.permissions.clone() },
            facilities: places.map_or_else(|| before.facilities.clone(), numbers),
            all_facilities: reading.flag("all_facilities").unwrap_or(before.all_facilities),
            unattached: reading.flag("unattached").unwrap_or(before.unattached),
            until,
        }
    }

    /// Lets a user in or locks them out, and invites whoever never was, as the file says. Gives where they stand then.
    fn stands(&self, reading: &Reading, user: &Reached<User>, changes: &mut Vec<Difference>) -> Result<UserState> {
        let tx = self.tx;
        let status = reading.given::<UserStatus>("status");
        let changed = match status {
            Some(UserStatus::Disabled) => users::disable(tx, user)?,
            Some(UserStatus::Enabled) => users::enable(tx, user)?,
            None => false,
        };
        if changed {
            let word = |disabled| if disabled { UserStatus::Disabled } else { UserStatus::Enabled }.word();
            let was = user.state == UserState::Disabled;
            changes.extend(difference("status", word(was), word(!was)));
        }
        let user = users::find(tx, user.id)?;
        let invite = reading.flag("invite").unwrap_or(self.wish.invite);
        if invite && user.state == UserState::New {
            users::invite(tx, &user, self.wish.invite_seconds, Handing::Mail)?;
            changes.extend(difference("invitation", None::<String>, "queued"));
        }
        Ok(users::find(tx, user.id)?.state)
    }

    /// Says it when somebody can sign in and sees nothing, or cannot though the file names them.
    fn warn_of_dead_end(&self, access: &Access, state: UserState, is_said: bool) {
        let grant = &access.grant;
        let lack = match (grant.permissions.is_empty(), grant.reaches_something()) {
            _ if state == UserState::Disabled => {
                if !is_said {
                    let how = "let in again with status = \"enabled\"";
                    self.warn(format!("{} is disabled, though the file names them: {how}", access.email));
                }
                return;
            }
            (false, true) => return,
            (true, false) => "no permissions and no scope",
            (true, true) => "no permissions",
            (false, false) => "no scope",
        };
        self.warn(format!("{} has {lack} yet: can sign in but sees nothing", access.email));
    }

    /// Takes everything from an access that the file does not name, or locks its user out who has no other.
    pub(super) fn withdraw(&self, tx: &WriteTx, access: &Reached<Access>, keep: bool) -> Result<()> {
        let user = users::find(tx, access.user_id)?;
        let is_only = users::accesses(tx, &user)?.len() == 1;
        let (about, mut changes) = (format!("user {}", access.email), Vec::new());
        let is_done = if is_only { user.state == UserState::Disabled } else { access.grant == Grant::default() };
        if is_done {
            return Ok(());
        }
        if keep {
            self.kept(about);
            return Ok(());
        }
        if is_only {
            users::disable(tx, &user)?;
            changes.extend(difference("status", UserStatus::Enabled.word(), UserStatus::Disabled.word()));
        } else {
            let after = users::grant(tx, access, &Granting::default(), true)?;
            if self.wish.tell {
                users::tell_of_access(tx, Some(&access.grant), &after)?;
            }
            changes.extend(differences("", &access.grant, &after.grant));
        }
        self.step(super::Step { deed: super::Sign::Withdrawn, about, differences: changes, takes_away: true });
        Ok(())
    }
}

/// The contact of the customer in a row, for people who have nothing else to tell them apart by.
fn in_row(tx: &Tx, customer: &Customer, id: ContactId) -> Result<Reached<Contact>> {
    let found = contacts::find(tx, id)?;
    match found.customer_id == customer.id {
        true => Ok(found),
        false => Err(Error::not_found("contact", format!("id:{id}")).tip("leave id out to make a new contact")),
    }
}

/// Whether the second grant lacks something that the first has.
fn is_less(first: &Grant, second: &Grant) -> bool {
    let days = match (first.until, second.until) {
        (None, Some(_)) => true,
        (Some(first), Some(second)) => second < first,
        (_, None) => false,
    };
    days || first.permissions.iter().any(|one| !second.permissions.contains(one))
        || (first.all_facilities && !second.all_facilities)
        || (first.unattached && !second.unattached)
        || (!second.all_facilities && first.facilities.iter().any(|one| !second.facilities.contains(one)))
}
