//! Examples: mail that goes out and comes in.

use super::Of;

pub(super) const EXAMPLES: &[Of] = &[
    (
        "mail list",
        &[
            ("Did the invitation reach Eva?", "frontdesk mail list --to eva@brf.example"),
            (
                "From cron: silent while mail leaves, each reason when it does not",
                "*/15 * * * * frontdesk -q mail list --check",
            ),
        ],
    ),
    (
        "mail show",
        &[
            ("One mail with every attempt and what the mail server answered", "frontdesk mail show 1"),
            ("Only the last answer, for a program", "frontdesk mail show 1 -o json | jq -r .answer"),
        ],
    ),
    (
        "mail send",
        &[
            ("Carry what is due now, where `serve` runs with --no-mail", "frontdesk mail send"),
            ("Every minute from cron, in silence", "* * * * * frontdesk -q mail send"),
        ],
    ),
    (
        "mail retry",
        &[
            ("Try one mail again", "frontdesk mail retry 2"),
            (
                "After the mail server was away: all that were given up, with a look at which first",
                "frontdesk mail retry --where state=dead --dry-run",
            ),
        ],
    ),
    (
        "mail cancel",
        &[
            ("Take one mail back that waits", "frontdesk mail cancel 5"),
            ("Every invitation that waits, from a script", "frontdesk mail cancel --where kind=invite --yes"),
        ],
    ),
    (
        "mail preview",
        &[
            ("What the invitation says, in each language", "frontdesk mail preview invite"),
            ("As it looks, in Swedish, in a browser", "frontdesk mail preview invite --lang sv --html > invite.html"),
        ],
    ),
    (
        "mail drop",
        &[
            ("Forget a mail that is over", "frontdesk mail drop 2"),
            (
                "Once a month from cron: those that went out more than 90 days ago",
                "3 4 1 * * frontdesk -qy mail drop --where state=sent --where older-than=90d",
            ),
        ],
    ),
    (
        "mail test",
        &[
            ("Prove that mail leaves", "frontdesk mail test rita@nordkyl.example"),
            (
                "After a change, before the service reads it",
                "frontdesk mail test rita@nordkyl.example --config new.toml",
            ),
        ],
    ),
    (
        "mail password",
        &[
            ("Type the mail server's password, which is not shown", "frontdesk mail password"),
            (
                "From a store of secrets, without a file between",
                "pass show mail/portal | frontdesk mail password --from -",
            ),
        ],
    ),
    (
        "mail receive",
        &[
            ("Take in a message that was saved to a file", "frontdesk mail receive reply.eml"),
            (
                "As a mail server hands it over, with the address it was for",
                "frontdesk -q mail receive --to reply@portal.test < reply.eml",
            ),
        ],
    ),
    (
        "mail received list",
        &[
            ("What came in by mail, and what became of it", "frontdesk mail received list"),
            ("What somebody has to look at", "frontdesk mail received list --outcome doubtful -o csv"),
        ],
    ),
    (
        "mail received show",
        &[
            ("One message, and why it became what it became", "frontdesk mail received show 1"),
            ("The message itself, for a mail program", "frontdesk mail received show 1 --raw > message.eml"),
        ],
    ),
    (
        "mail bounce list",
        &[
            ("To which addresses mail comes back", "frontdesk mail bounce list"),
            ("Only the addresses, to ask customers for better ones", "frontdesk mail bounce list -o id"),
        ],
    ),
    (
        "mail bounce clear",
        &[
            ("Write to an address again, now that it works", "frontdesk mail bounce clear lone@brf.example"),
            ("From a script that may run again", "frontdesk mail bounce clear lone@brf.example --yes --missing-ok"),
        ],
    ),
];
