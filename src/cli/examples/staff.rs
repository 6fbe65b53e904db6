//! Examples: people at the service company.

use super::Of;

pub(super) const EXAMPLES: &[Of] = &[
    (
        "staff add",
        &[
            (
                "Add a technician who may work with orders, and is the operating-system user of that name",
                "frontdesk staff add nils --name 'Nils Ek' --email nils@nordkyl.example --grant orders --uid 4713",
            ),
            (
                "A program that imports by itself, from a script that may run again",
                "frontdesk -q staff add nightly --name 'Nightly import' --service --grant imports --ensure",
            ),
        ],
    ),
    (
        "staff list",
        &[
            ("Who works here, and with which rights", "frontdesk staff list"),
            ("Everybody who may change customer accounts", "frontdesk staff list --search accounts -o id"),
        ],
    ),
    (
        "staff show",
        &[
            ("One person with rights and orders", "frontdesk staff show rita"),
            ("Only the rights, for a program", "frontdesk staff show rita -o json | jq .rights"),
        ],
    ),
    (
        "staff set",
        &[
            ("A new name, as customers read it", "frontdesk staff set rita --name 'Rita Ekström'"),
            ("Send this person no mail", "frontdesk staff set rita --no-email"),
        ],
    ),
    (
        "staff disable",
        &[
            ("Let a person in no longer, at once", "frontdesk staff disable rita"),
            ("From a script, which cannot be asked", "frontdesk staff disable rita --yes"),
        ],
    ),
    (
        "staff enable",
        &[
            ("Let a person in again", "frontdesk staff enable stig"),
            ("Ask first whether that would change anything", "frontdesk staff enable stig --dry-run --exit-code"),
        ],
    ),
    (
        "staff delete",
        &[
            ("Delete a person who is assigned to no order", "frontdesk staff delete stig"),
            ("From a script that may run again", "frontdesk staff delete stig --yes --missing-ok"),
        ],
    ),
    (
        "staff grant",
        &[
            ("Let a person change customer accounts, and nothing besides", "frontdesk staff grant rita accounts"),
            ("See first what they would have then", "frontdesk staff grant rita customers orders --dry-run"),
        ],
    ),
    (
        "staff revoke",
        &[
            ("Take a right away", "frontdesk staff revoke rita orders"),
            ("From a script that may run again, in silence", "frontdesk -q staff revoke rita orders mail"),
        ],
    ),
    (
        "staff bind",
        &[
            ("Say which operating-system user Rita is", "frontdesk staff bind rita --uid 4711"),
            ("She has no user on this machine any more", "frontdesk staff bind rita --none"),
        ],
    ),
];
