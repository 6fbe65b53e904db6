//! What each column of a file is, in a few words, for the manual and for whoever makes a file.

/// What a column is in a file about this noun.
pub fn about(noun: &str, column: &str) -> &'static str {
    of_one(noun, column).or_else(|| of_all(column)).unwrap_or_default()
}

/// What means something else in one kind of file than in others.
fn of_one(noun: &str, column: &str) -> Option<&'static str> {
    Some(match (noun, column) {
        ("customer", "customer_no") => "the number by which the customer is found again",
        ("customer", "status") => "active or closed",
        ("customer", "note") => "for the office alone",
        ("customer", "lang") => "language of mails to its people: en, sv or es",
        ("contact", "name") => "the person; also made of a first and a last name",
        ("contact", "email") => "by which the person is found again, within the customer",
        ("contact", "title") => "what the person is there",
        ("contact", "lang") => "the person's language, if not the customer's: en, sv or es",
        ("contact", "facilities") => "numbers of the places they are told about, between ;  (* for all)",
        ("facility", "facility_no") => "by which it is found again, within the customer",
        ("facility", "status") => "open or closed",
        ("object", "object_no") => "by which it is found again, within the customer",
        ("object", "facility_no") => "where it stands; !clear puts it at no facility",
        ("object", "meter") => "what its own meter counts",
        ("object", "unit") => "in what its own meter counts",
        ("object", "status") => "active or retired",
        ("order", "facility_no") => "where the work is; otherwise where its object stands",
        ("order", "object_no") => "the machine it is about",
        ("order", "status") => "the name of one of the group's own statuses",
        ("order", "contact") => "whom it is assigned to: address, or name",
        ("reading", "object_no") => "the machine",
        ("reading", "customer_no") => "whose machine, where several customers have one of that number",
        ("reading", "meter") => "which meter, if not the machine's own",
        ("reading", "unit") => "in what it counts; a meter that was never read needs it",
        ("reading", "note") => "what whoever read it remarked",
        _ => return None,
    })
}

fn of_all(column: &str) -> Option<&'static str> {
    Some(match column {
        "customer_no" => "the number of a customer that exists",
        "name" => "what it is called",
        "org_no" => "registration number of the company",
        "email" => "its address for mail",
        "phone" => "telephone",
        "fax" => "fax",
        "address" => "street and number",
        "address2" => "second line of the address",
        "postal_code" => "postal code",
        "city" => "town",
        "region" => "state, county or province",
        "country" => "country",
        "lang" => "language: en, sv or es",
        "prefix" => "what its order numbers begin with, one to six letters or digits",
        "note" => "free text",
        "external_id" => "what another program calls it, unique in the group; finds it again too",
        "contact_name" => "one person at the customer",
        "contact_title" => "what that person is there",
        "contact_email" => "address of that person",
        "contact_phone" => "telephone of that person",
        "contact_roles" => "roles of that person, between ;",
        "location" => "where the person sits",
        "roles" => "names of notification roles, between ;",
        "unattached" => "yes: the account also reaches what belongs to no facility",
        "template" => "name of a template whose permissions the account gets",
        "invite" => "yes: the person gets an account, to be invited with user invite --pending",
        "mailbox" => "name and address in one: Eva Lind <eva@brf.example>",
        "zone" => "time zone, such as Europe/Stockholm",
        "maker" => "who made it",
        "model" => "its model",
        "serial_no" => "its serial number; finds it again where object_no is blank",
        "installed_on" => "day",
        "parent_no" => "number of the machine it is part of",
        "title" => "what is wanted, in a line",
        "order_no" => "its number; a new order without one gets the next",
        "kind" => "work or service",
        "description" => "what is wanted, at length",
        "priority" => "the name of one of the group's own priorities",
        "planned_from" => "when somebody comes",
        "planned_to" => "when they are done",
        "reference" => "the customer's own name for it",
        "site_contact" => "whom to ask where the work is",
        "site_phone" => "telephone of that person",
        "technicians" => "logins of those who do the work, between ;",
        "cost" => "internal cost, in the currency of the group",
        "created_at" => "when it came; of a new order only",
        "closed_at" => "when it was done; of a new order only",
        "value" => "what the meter showed, up to three decimals",
        "read_at" => "when; day, or day and time",
        "series" => "a number that grows when the meter is replaced",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::imports::shapes::{CONTACT, CUSTOMER, FACILITY, OBJECT, ORDER, READING};

    #[test]
    fn every_column_says_what_it_is() {
        for shape in [CUSTOMER, CONTACT, FACILITY, OBJECT, ORDER, READING] {
            for column in shape.names() {
                assert!(!about(shape.noun, column).is_empty(), "{} {column}", shape.noun);
            }
        }
    }
}
