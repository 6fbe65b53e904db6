//! Examples: contacts.

use super::Of;

pub(super) const EXAMPLES: &[Of] = &[
    (
        "contact add",
        &[
            (
                "Add a person who is told about Hus B as its board",
                "frontdesk contact add --customer 1042 --name 'Lena Ek' --email lena@brf.example --role Board --facility hus-b",
            ),
            (
                "A person without mail, known by name and telephone, however often it runs",
                "frontdesk contact add --customer 1042 --name 'Nils Ek' --phone '+46 70 555 01 02' --ensure",
            ),
        ],
    ),
    (
        "contact list",
        &[
            ("Who are the people at a customer, and who of them can sign in", "frontdesk contact list --customer 1042"),
            (
                "Addresses of everybody who carries a role",
                "frontdesk contact list --role Board -o csv --fields email --no-header",
            ),
        ],
    ),
    (
        "contact show",
        &[
            ("Show one person", "frontdesk contact show eva@brf.example"),
            ("By the row, where a person has no address", "frontdesk contact show id:1"),
        ],
    ),
    (
        "contact set",
        &[
            (
                "Change a telephone number and the language of mails",
                "frontdesk contact set eva@brf.example --phone '+46 70 555 01 03' --lang sv",
            ),
            (
                "Tell somebody about one place more, and carry one role less",
                "frontdesk contact set eva@brf.example --add-facility hus-b --remove-role Board",
            ),
        ],
    ),
    (
        "contact delete",
        &[
            ("Delete a person who has left", "frontdesk contact delete maja@brf.example --yes"),
            (
                "Erase what is known about somebody who asks for it; the history of orders stays",
                "frontdesk contact delete eva@brf.example --erase --yes",
            ),
        ],
    ),
    (
        "contact import",
        &[
            (
                "Take people from a file, with its own headings",
                "frontdesk contact import contacts.csv --map Kundnr=customer_no --map Namn=name",
            ),
            ("From another program, without a file between", "ssh crm export-contacts | frontdesk -q contact import -"),
        ],
    ),
];
