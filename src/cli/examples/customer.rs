//! Examples: customers.

use super::Of;

pub(super) const EXAMPLES: &[Of] = &[
    (
        "customer add",
        &[
            ("Take a new customer on", "frontdesk customer add 3015 --name 'Hotell Aurora' --city Kiruna --prefix AUR"),
            (
                "Keep one as another program has it, in silence, however often it runs",
                "frontdesk -q customer add 3015 --name 'Hotell Aurora' --external-id CRM-881 --ensure",
            ),
        ],
    ),
    (
        "customer list",
        &[
            ("Find customers by any part of what is known about them", "frontdesk customer list --search frojden"),
            (
                "Mail addresses of those in one city, for a letter",
                "frontdesk customer list --where city=Stockholm -o csv --fields name,email --no-header",
            ),
        ],
    ),
    (
        "customer show",
        &[
            ("Everything about one customer while they are on the telephone", "frontdesk customer show 1042"),
            (
                "How many orders it has open, for a program",
                "frontdesk customer show 1042 -o json | jq '.open_orders | length'",
            ),
        ],
    ),
    (
        "customer set",
        &[
            (
                "Change its address, and see first what would change",
                "frontdesk customer set 1042 --address 'Storgatan 4' --city Umeå --dry-run",
            ),
            ("Forget a value", "frontdesk customer set 1042 --fax ''"),
        ],
    ),
    (
        "customer close",
        &[
            ("Serve a customer no longer", "frontdesk customer close 1042"),
            ("Close all on a list, one number a line", "xargs -n 1 frontdesk -q customer close < ended.txt"),
        ],
    ),
    (
        "customer open",
        &[
            ("Serve a closed customer again", "frontdesk customer open 1999"),
            (
                "Every customer that is closed, each after a look at the plan",
                "frontdesk customer list --where status=closed -o id | xargs -n 1 frontdesk customer open --dry-run",
            ),
        ],
    ),
    (
        "customer delete",
        &[
            (
                "Delete a customer with all that belongs to it, after typing its number",
                "frontdesk customer delete 1999",
            ),
            (
                "From a script, which cannot be asked and may run again",
                "frontdesk customer delete 1999 --confirm 1999 --missing-ok",
            ),
        ],
    ),
    (
        "customer import",
        &[
            (
                "See what a file of another program would do",
                "frontdesk customer import kunder.csv --map 'Kund nr=customer_no' --map Firma=name --dry-run",
            ),
            (
                "A printed list: skip what stands above its headings, and its totals",
                "frontdesk customer import list.csv --heading-line 4 --leave-out 'Kundnr=Totalt*' --dry-run",
            ),
            (
                "Every night from cron: a second run changes nothing, and mail comes only when a row cannot be taken",
                "15 3 * * * frontdesk -q customer import /var/spool/crm/customers.csv",
            ),
        ],
    ),
    (
        "customer apply",
        &[
            ("What a file would make, change and take away", "frontdesk customer apply 1042.toml --prune --dry-run"),
            (
                "Keep a customer as its file says, in silence, however often it runs",
                "cat 1042.toml | frontdesk -q customer apply - --yes",
            ),
        ],
    ),
    (
        "customer export",
        &[
            ("Keep a customer as a file", "frontdesk customer export 1042 > 1042.toml"),
            ("Whether a customer is still as its file says", "frontdesk customer export 1042 | diff - 1042.toml"),
        ],
    ),
];
