//! Examples: service companies, their login box, statuses and priorities.

use super::Of;

pub(super) const EXAMPLES: &[Of] = &[
    (
        "group add",
        &[
            (
                "Found a company with its look",
                "frontdesk group add sydkyl --name 'Sydkyl AB' --lang sv --tz Europe/Stockholm --logo logo.png --colour '#0a5c3a'",
            ),
            (
                "The same from a script that may run again",
                "frontdesk -q group add sydkyl --name 'Sydkyl AB' --prefix SK --ensure",
            ),
        ],
    ),
    (
        "group list",
        &[
            ("The companies of this installation", "frontdesk group list"),
            (
                "Do something for each of them",
                "for g in $(frontdesk group list -o id); do frontdesk order list --overdue -g $g; done",
            ),
        ],
    ),
    (
        "group show",
        &[
            ("What is known about a company", "frontdesk group show nordkyl"),
            ("The address of its portal, for a script", "frontdesk group show nordkyl -o json | jq -r .portal"),
        ],
    ),
    (
        "group set",
        &[
            (
                "Say whom customers call",
                "frontdesk group set nordkyl --phone '+46 8 555 123 00' --reply-to service@nordkyl.example",
            ),
            ("See first what would change", "frontdesk group set nordkyl --colour '#7a1f1f' --dry-run"),
        ],
    ),
    (
        "group logo",
        &[
            ("Put the company's logo on every page", "frontdesk group logo nordkyl logo.png"),
            ("See first whether the picture can be taken", "frontdesk group logo nordkyl logo.png --dry-run"),
        ],
    ),
    (
        "group box",
        &[
            ("All pieces for the company's own website, to choose from", "frontdesk group box nordkyl"),
            (
                "Only the form, in Swedish, for a page",
                "frontdesk group box nordkyl --format form --lang sv > login.html",
            ),
        ],
    ),
    (
        "group origin add",
        &[
            (
                "Let the company's website show the login box in a frame",
                "frontdesk group origin add https://nordkyl.example",
            ),
            (
                "The same from a script that may run again",
                "frontdesk group origin add https://nordkyl.example --ensure",
            ),
        ],
    ),
    (
        "group origin list",
        &[
            ("Which sites may show the login box", "frontdesk group origin list"),
            ("A line each, for a script", "frontdesk group origin list -o id"),
        ],
    ),
    (
        "group origin delete",
        &[
            ("An older website shows it no longer", "frontdesk group origin delete https://www.nordkyl.example"),
            (
                "From a script that may run again",
                "frontdesk group origin delete https://www.nordkyl.example --yes --missing-ok",
            ),
        ],
    ),
    (
        "group status add",
        &[
            (
                "A status of your own, which customers read as waiting",
                "frontdesk group status add 'Waiting for parts' --stage waiting",
            ),
            (
                "At the second place, from a script that may run again",
                "frontdesk group status add 'Quote sent' --stage waiting --position 2 --ensure",
            ),
        ],
    ),
    (
        "group status list",
        &[
            ("The statuses in their order", "frontdesk group status list"),
            ("Those that end an order", "frontdesk group status list --where stage=done -o id"),
        ],
    ),
    (
        "group status set",
        &[
            ("Give a status another name", "frontdesk group status set Done --name Finished"),
            (
                "See first which orders would follow it to another stage",
                "frontdesk group status set Planned --stage in_progress --dry-run",
            ),
        ],
    ),
    (
        "group status delete",
        &[
            ("Delete a status that no order has", "frontdesk group status delete 'On ice'"),
            ("From a script that may run again", "frontdesk group status delete 'On ice' --yes --missing-ok"),
        ],
    ),
    (
        "group priority add",
        &[
            (
                "A priority that is overdue after four hours and asks customers to call as well",
                "frontdesk group priority add 'No cooling' --hours 4 --emergency",
            ),
            (
                "One that is never overdue, from a script that may run again",
                "frontdesk group priority add 'When convenient' --no-hours --ensure",
            ),
        ],
    ),
    (
        "group priority list",
        &[
            ("The priorities in their order", "frontdesk group priority list"),
            (
                "The hours of each, for a program",
                "frontdesk group priority list -o json | jq 'map({(.name): .hours}) | add'",
            ),
        ],
    ),
    (
        "group priority set",
        &[
            ("Give the orders of a priority more time", "frontdesk group priority set Low --hours 336"),
            ("See first what would change", "frontdesk group priority set Low --default --dry-run"),
        ],
    ),
    (
        "group priority delete",
        &[
            ("Delete a priority that no order has", "frontdesk group priority delete Someday"),
            ("From a script that may run again", "frontdesk group priority delete Someday --yes --missing-ok"),
        ],
    ),
    (
        "group delete",
        &[
            ("Delete a company with everything in it, after typing its name", "frontdesk group delete sydkyl"),
            (
                "From a script that takes a trial down again",
                "frontdesk group delete sydkyl --confirm sydkyl --missing-ok",
            ),
        ],
    ),
];
