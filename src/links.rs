//! Every address of the portal is made here.

use crate::ids::{DocumentId, ReadingId, SelfcheckId};
use crate::text::{Number, Slug};

macro_rules! pages {
    ($($(#[$doc:meta])* $name:ident = $path:literal;)*) => {$(
        $(#[$doc])*
        pub fn $name(group: &Slug) -> String {
            format!(concat!("/g/{}", $path), group)
        }
    )*};
}

pages! {
    /// The login box.
    home = "/";
    /// Where the login box sends its form.
    login = "/login";
    /// Where "sign out" sends its form.
    logout = "/logout";
    /// After signing out.
    signed_out = "/signed-out";
    /// "I have forgotten my password."
    forgot = "/forgot";
    /// What is said after asking for a link.
    forgot_sent = "/forgot/sent";
    /// Choosing a password, after the link was opened; the token is in a cookie by then.
    choose_password = "/choose-password";
    /// The pipeline.
    orders = "/orders";
    /// The pipeline as a file.
    orders_csv = "/orders.csv";
    /// Ordering something.
    new_order = "/orders/new";
    /// The places.
    facilities = "/facilities";
    /// The machines.
    objects = "/objects";
    /// Everything that is there to download.
    documents = "/documents";
    /// The customer itself, and its people.
    company = "/company";
    /// Changing what is known about the customer.
    company_edit = "/company/edit";
    /// Adding a document to the customer itself.
    company_documents = "/company/documents";
    /// Where a form on the company's own site is sent.
    start = "/start";
    /// The login box for a frame on the company's own site.
    embedded = "/box";
    /// Choosing between customers.
    switch = "/switch";
    /// One's own account.
    account = "/account";
    /// Changing one's password.
    account_password = "/account/password";
    /// Changing one's name.
    account_name = "/account/name";
    /// Where one is signed in.
    account_sessions = "/account/sessions";
    /// Changing one's language.
    account_language = "/account/language";
    /// Asking for a new link in the place of a dead one.
    new_link = "/new-link";
    /// After asking for a new link.
    new_link_sent = "/new-link/sent";
    /// Nothing is shared yet.
    no_access = "/no-access";
    /// Whom to call.
    help = "/help";
    /// What is kept about a person.
    privacy = "/privacy";
    /// How the pages are made for everybody.
    accessibility = "/accessibility";
}

/// The address of an invitation, as it stands in a mail.
pub fn invite(group: &Slug, token: &str) -> String {
    format!("/g/{group}/invite/{token}")
}

/// The address of a reset, as it stands in a mail.
pub fn reset(group: &Slug, token: &str) -> String {
    format!("/g/{group}/reset/{token}")
}

/// Choosing which mails one gets, as the address stands in a mail.
pub fn notices(group: &Slug, token: &str) -> String {
    format!("/g/{group}/mail/off/{token}")
}

/// One order.
pub fn order(group: &Slug, number: &Number) -> String {
    format!("/g/{group}/orders/{}", escaped(number.as_str()))
}

/// Saying something on an order.
pub fn order_comments(group: &Slug, number: &Number) -> String {
    format!("{}/comments", order(group, number))
}

/// Adding a document to an order.
pub fn order_documents(group: &Slug, number: &Number) -> String {
    format!("{}/documents", order(group, number))
}

/// What is said once an order is sent.
pub fn order_sent(group: &Slug, number: &Number) -> String {
    format!("{}/sent", order(group, number))
}

/// One place.
pub fn facility(group: &Slug, number: &Number) -> String {
    format!("/g/{group}/facilities/{}", escaped(number.as_str()))
}

/// Adding a document to a place.
pub fn facility_documents(group: &Slug, number: &Number) -> String {
    format!("{}/documents", facility(group, number))
}

/// One machine.
pub fn object(group: &Slug, number: &Number) -> String {
    format!("/g/{group}/objects/{}", escaped(number.as_str()))
}

/// Adding a document to a machine.
pub fn object_documents(group: &Slug, number: &Number) -> String {
    format!("{}/documents", object(group, number))
}

/// All readings of a machine, and where a new one is sent.
pub fn readings(group: &Slug, number: &Number) -> String {
    format!("{}/readings", object(group, number))
}

/// All readings of a machine as a file.
pub fn readings_csv(group: &Slug, number: &Number) -> String {
    format!("{}/readings.csv", object(group, number))
}

/// One reading, to correct or to delete.
pub fn reading(group: &Slug, number: &Number, id: ReadingId) -> String {
    format!("{}/{id}", readings(group, number))
}

/// A document's bytes; the name is for people and browsers.
pub fn document(group: &Slug, id: DocumentId, name: &str) -> String {
    format!("/g/{group}/documents/{id}/{}", escaped(name))
}

/// One self-check.
pub fn selfcheck(group: &Slug, id: SelfcheckId) -> String {
    format!("/g/{group}/selfchecks/{id}")
}

/// Signing a self-check.
pub fn selfcheck_sign(group: &Slug, id: SelfcheckId) -> String {
    format!("{}/sign", selfcheck(group, id))
}

/// What the code on a machine's label leads to.
pub fn label(group: &Slug, code: &str) -> String {
    format!("/g/{group}/q/{}", escaped(code))
}

/// The group's logo; the hash makes a new logo a new address.
pub fn logo(group: &Slug, hash: &str) -> String {
    format!("/g/{group}/logo/{}", &hash[..hash.len().min(16)])
}

/// The group's colours as a stylesheet; the hash makes a new colour a new address.
pub fn brand(group: &Slug, hash: &str) -> String {
    format!("/g/{group}/brand/{hash}")
}

/// A part of a path with everything but letters, digits and `-._~` written as `%XX` (RFC 3986).
pub fn escaped(part: &str) -> String {
    part.bytes().fold(String::with_capacity(part.len()), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
        out
    })
}

/// A path with a query of those values that are not empty.
pub fn with_query(path: &str, values: &[(&str, &str)]) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.extend_pairs(values.iter().filter(|(_, value)| !value.is_empty()));
    let query = query.finish();
    if query.is_empty() { path.to_owned() } else { format!("{path}?{query}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_carry_any_number() {
        let group = Slug::parse("nordkyl").expect("a slug");
        let number = Number::parse("NK-FRÖ-1").expect("a number");
        assert_eq!(order(&group, &number), "/g/nordkyl/orders/NK-FR%C3%96-1");
        assert_eq!(with_query("/x", &[("a", ""), ("q", "å b")]), "/x?q=%C3%A5+b");
    }
}
