//! The address to which an answer is sent: it says who may answer there and on which order, and nobody can make one up.
//!
//! `reply+c12.345.g1.<code>@portal.example` is contact 12 on order 345 in group 1; a member of staff is `s3`. The code is
//! made with the key of the installation, so nothing is kept for it. All of it survives a mail server that changes the
//! case of letters.

use crate::error::Result;
use crate::ids::{ContactId, GroupId, OrderId, StaffId};
use crate::secret::{Key, same};
use crate::text::Email;

/// What the code is made for.
const PURPOSE: &str = "reply";

/// Somebody who can answer a mail.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Person {
    /// A person at a customer.
    Contact(ContactId),
    /// A person at the company.
    Staff(StaffId),
}

/// What an address says: who answers, on which order.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Reply {
    /// In which group.
    pub group: GroupId,
    /// Who.
    pub person: Person,
    /// On which order.
    pub order: OrderId,
    code: String,
}

/// The address at which one person answers on one order.
pub fn address(key: &Key, base: &Email, group: GroupId, person: Person, order: OrderId) -> Result<Email> {
    let (local, domain) = parts(base.as_str());
    Email::parse(&format!("{local}+{}.{order}.g{group}.{}@{domain}", word(person), code(key, group, person, order)))
}

/// Reads an address; `None` if it does not have the shape of ours. Whether its code is right is asked of
/// [`Reply::is_genuine`].
pub fn read(base: &Email, address: &str) -> Option<Reply> {
    let address = address.trim().trim_start_matches('<').trim_end_matches('>').to_ascii_lowercase();
    let (local, domain) = address.rsplit_once('@')?;
    let (base_local, base_domain) = parts(base.as_str());
    if domain != base_domain {
        return None;
    }
    let mut words = local.strip_prefix(base_local)?.strip_prefix('+')?.split('.');
    let (who, order, group, code) = (words.next()?, words.next()?, words.next()?, words.next()?);
    if words.next().is_some() {
        return None;
    }
    let person = match who.split_at_checked(1)? {
        ("c", id) => Person::Contact(ContactId(number(id)?)),
        ("s", id) => Person::Staff(StaffId(number(id)?)),
        _ => return None,
    };
    let group = GroupId(number(group.strip_prefix('g')?)?);
    Some(Reply { group, person, order: OrderId(number(order)?), code: code.to_owned() })
}

impl Reply {
    /// Whether this installation made the address; takes the same time wherever the code differs.
    pub fn is_genuine(&self, key: &Key) -> bool {
        same(&self.code, &code(key, self.group, self.person, self.order))
    }
}

fn code(key: &Key, group: GroupId, person: Person, order: OrderId) -> String {
    key.code(PURPOSE, &[&group.to_string(), &word(person), &order.to_string()])
}

fn word(person: Person) -> String {
    match person {
        Person::Contact(id) => format!("c{id}"),
        Person::Staff(id) => format!("s{id}"),
    }
}

/// A row's number, spelled in the one way in which we spell it.
fn number(text: &str) -> Option<i64> {
    let plain = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit()) && !text.starts_with('0');
    text.parse().ok().filter(|_| plain)
}

fn parts(address: &str) -> (&str, &str) {
    address.split_once('@').unwrap_or((address, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn base() -> Email {
        Email::parse("reply@portal.example").expect("an address")
    }

    #[test]
    fn an_address_reads_back_in_any_case_and_only_with_its_own_key() {
        let (key, other) = (Key::random().expect("random"), Key::random().expect("random"));
        for person in [Person::Contact(ContactId(12)), Person::Staff(StaffId(3))] {
            let made = address(&key, &base(), GroupId(1), person, OrderId(345)).expect("an address");
            assert!(made.as_str().len() <= 63 + "@portal.example".len(), "{made}");
            for spelled in [made.to_string(), made.to_string().to_uppercase(), format!(" <{made}> ")] {
                let read = read(&base(), &spelled).expect(&spelled);
                assert_eq!((read.group, read.person, read.order), (GroupId(1), person, OrderId(345)));
                assert!(read.is_genuine(&key) && !read.is_genuine(&other));
            }
        }
    }

    #[test]
    fn each_part_is_bound_to_the_code() {
        let key = Key::random().expect("random");
        let made =
            address(&key, &base(), GroupId(1), Person::Contact(ContactId(12)), OrderId(345)).expect("an address");
        for (from, to) in
            [("c12.", "c13."), ("c12.", "s12."), (".345.", ".346."), (".g1.", ".g2."), ("c12.345", "c1.2345")]
        {
            let forged = made.as_str().replacen(from, to, 1);
            assert_ne!(forged, made.as_str());
            assert!(!read(&base(), &forged).is_some_and(|read| read.is_genuine(&key)), "{forged}");
        }
    }

    #[test]
    fn what_is_not_ours_is_nobody() {
        for other in [
            "",
            "reply@portal.example",
            "reply+@portal.example",
            "reply+c12.345.g1@portal.example",
            "reply+c12.345.g1.abc.def@portal.example",
            "reply+x12.345.g1.abc@portal.example",
            "reply+c012.345.g1.abc@portal.example",
            "reply+c-12.345.g1.abc@portal.example",
            "reply+c99999999999999999999.345.g1.abc@portal.example",
            "reply+å12.345.g1.abc@portal.example",
            "reply+c12.345.g1.abc@other.example",
            "answer+c12.345.g1.abc@portal.example",
        ] {
            assert_eq!(read(&base(), other), None, "{other}");
        }
    }

    #[test]
    fn there_is_room_for_large_numbers() {
        let key = Key::random().expect("random");
        let base = Email::parse("fifteen-letters@x.example").expect("an address");
        let large = 9_999_999_999;
        address(&key, &base, GroupId(999_999), Person::Contact(ContactId(large)), OrderId(large)).expect("an address");
    }
}
