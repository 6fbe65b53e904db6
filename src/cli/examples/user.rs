//! Examples: customer accounts.

use super::Of;

pub(super) const EXAMPLES: &[Of] = &[
    (
        "user create",
        &[
            (
                "Give a person at a customer an account and invite them by mail",
                "frontdesk user create maja@brf.example --customer 1042 --name 'Maja Ek' --template standard --all-facilities",
            ),
            (
                "A caretaker who sees only Hus B until the year is over, with the link to hand over",
                "frontdesk user create nils@brf.example --customer 1042 --name 'Nils Ek' --template viewer --facility hus-b --until 2026-12-31 --link",
            ),
        ],
    ),
    (
        "user list",
        &[
            ("Who can sign in, and where", "frontdesk user list"),
            (
                "Who was invited and has chosen no password yet",
                "frontdesk user list --where state=invited -o csv --fields email,customer_no",
            ),
        ],
    ),
    (
        "user show",
        &[
            ("What one person may do, where, and when they were last here", "frontdesk user show eva@brf.example"),
            (
                "The permissions at each customer, for a program",
                "frontdesk user show eva@brf.example -o json | jq '.accesses[] | {customer_no, permissions}'",
            ),
        ],
    ),
    (
        "user set",
        &[
            ("Write to somebody in Swedish", "frontdesk user set eva@brf.example --lang sv"),
            (
                "Let somebody sign in with another address; a link to choose a password goes there",
                "frontdesk user set eva@brf.example --email eva.lind@brf.example",
            ),
        ],
    ),
    (
        "user grant",
        &[
            (
                "Let somebody write orders, and see Hus B as well",
                "frontdesk user grant eva@brf.example order.create --facility hus-b",
            ),
            (
                "Exactly what a template says and nothing else, from a script",
                "frontdesk -q user grant eva@brf.example --template viewer --all-facilities --replace",
            ),
            (
                "The same for everybody at a customer, after a look",
                "frontdesk user grant document.upload --where customer_no=1042 --dry-run",
            ),
        ],
    ),
    (
        "user revoke",
        &[
            ("Take one permission away", "frontdesk user revoke eva@brf.example order.create"),
            (
                "See first what somebody would lose with Hus A",
                "frontdesk user revoke eva@brf.example --facility hus-a --dry-run",
            ),
        ],
    ),
    (
        "user invite",
        &[
            ("Invite somebody again; the older link ends", "frontdesk user invite ola@brf.example"),
            (
                "Invite all who came with an import, slowly enough for the mail server",
                "frontdesk user invite --pending --rate 20/min --yes",
            ),
        ],
    ),
    (
        "user reset",
        &[
            ("Mail somebody a link to choose a new password", "frontdesk user reset eva@brf.example"),
            (
                "For a person without mail: print the link, which is written to the audit",
                "frontdesk user reset eva@brf.example --link",
            ),
        ],
    ),
    (
        "user unlock",
        &[
            ("Let somebody try again who mistyped a password too often", "frontdesk user unlock eva@brf.example"),
            ("Ask whether there was anything to forget", "frontdesk user unlock eva@brf.example -o json | jq .changed"),
        ],
    ),
    (
        "user disable",
        &[
            ("Let somebody in no longer, at once", "frontdesk user disable eva@brf.example"),
            ("All who are on a list, from a script", "xargs -n 1 frontdesk -q user disable --yes < left.txt"),
            ("Everybody whose access has ended", "frontdesk user disable --where ended=yes --yes"),
        ],
    ),
    (
        "user enable",
        &[
            ("Let somebody in again", "frontdesk user enable eva@brf.example"),
            ("See what it would do", "frontdesk user enable eva@brf.example --dry-run"),
        ],
    ),
    (
        "user sign-out",
        &[
            ("End every session of somebody who lost a telephone", "frontdesk user sign-out eva@brf.example"),
            (
                "Lost for good: sign out, and mail a link to another password",
                "frontdesk user sign-out eva@brf.example && frontdesk user reset eva@brf.example",
            ),
        ],
    ),
    (
        "user delete",
        &[
            ("Delete an account; the person and what they wrote stay", "frontdesk user delete eva@brf.example"),
            (
                "Only the access to one customer, from a script that may run again",
                "frontdesk user delete ola@brf.example --customer 1043 --yes --missing-ok",
            ),
        ],
    ),
    (
        "user why",
        &[
            (
                "Explain to somebody on the telephone why they do not see an order",
                "frontdesk user why eva@brf.example order.view --order NK-FRO-0142",
            ),
            (
                "Ask for one facility, and let a program read yes or no",
                "frontdesk user why eva@brf.example facility.view --facility hus-b -o json | jq .allowed",
            ),
        ],
    ),
];
