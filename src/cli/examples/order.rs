//! Examples: orders.

use super::Of;

pub(super) const EXAMPLES: &[Of] = &[
    (
        "order create",
        &[
            (
                "Write down what somebody asks for on the telephone",
                "frontdesk order create --customer 1042 --title 'Compressor is loud' --object KA-02 --contact eva@brf.example",
            ),
            (
                "An order of another program, however often it runs, told to nobody",
                "frontdesk order create --customer 1042 --title 'Yearly service' --kind service --object KA-02 --planned-from 2026-12-01T08:00 --to rita --external-id ERP-55018 --ensure --no-mail",
            ),
        ],
    ),
    (
        "order list",
        &[
            ("What one technician has to do", "frontdesk order list --open --assigned rita"),
            (
                "What is overdue, the oldest first, as a line each for a chat",
                "frontdesk order list --overdue --sort created_at -o json | jq -r '.[] | \"\\(.order_no) \\(.title)\"'",
            ),
        ],
    ),
    (
        "order show",
        &[
            ("One order with its history and comments", "frontdesk order show NK-FRO-0142"),
            ("Only what was said, for a program", "frontdesk order show NK-FRO-0142 -o json | jq .comments"),
        ],
    ),
    (
        "order set",
        &[
            (
                "Say when somebody comes",
                "frontdesk order set NK-FRO-0142 --planned-from 2026-11-24T10:00 --planned-to 2026-11-24T12:00",
            ),
            (
                "Put right where the work is, without mail to anybody",
                "frontdesk order set NK-FRO-0142 --facility hus-b --no-mail",
            ),
        ],
    ),
    (
        "order status",
        &[
            (
                "Tell the customer what is being waited for",
                "frontdesk order status NK-FRO-0142 'Waiting for customer' --reason 'We need the key to the machine room'",
            ),
            (
                "All that a technician brings back as done, one number a line",
                "xargs -I{} frontdesk order status {} Done < done.txt",
            ),
        ],
    ),
    (
        "order assign",
        &[
            ("Give an order to a technician", "frontdesk order assign NK-FRO-0142 --to rita"),
            (
                "Hand it over from one to another, and name whom to ask at the customer",
                "frontdesk order assign NK-FRO-0142 --to stig --remove rita --contact eva@brf.example",
            ),
        ],
    ),
    (
        "order cancel",
        &[
            (
                "Cancel an order and tell the customer why",
                "frontdesk order cancel NK-FRO-0142 --reason 'Ordered twice'",
            ),
            ("From a script, which cannot be asked", "frontdesk order cancel NK-FRO-0142 --yes --no-mail"),
        ],
    ),
    (
        "order reopen",
        &[
            ("Take a closed order up again", "frontdesk order reopen NK-FRO-0141"),
            (
                "With a status and a reason that the customer reads",
                "frontdesk order reopen NK-FRO-0141 --status 'In progress' --reason 'It leaks again'",
            ),
        ],
    ),
    (
        "order comment",
        &[
            ("Say something to the customer", "frontdesk order comment NK-FRO-0142 'We come on Tuesday at ten'"),
            (
                "A longer text from a file, as the answer to comment 1",
                "frontdesk order comment NK-FRO-0142 - --answers 1 < answer.txt",
            ),
        ],
    ),
    (
        "order note",
        &[
            ("Write down what only staff may read", "frontdesk order note NK-FRO-0142 'Bring the long ladder'"),
            ("What a program found, from its output", "check-freezer hus-b | frontdesk order note NK-FRO-0142 -"),
        ],
    ),
    (
        "order audience",
        &[
            ("Who can see an order, and who is told of what", "frontdesk order audience NK-FRO-0142"),
            (
                "The same for a spreadsheet, before something delicate is written",
                "frontdesk order audience NK-FRO-0142 -o csv > audience.csv",
            ),
        ],
    ),
    (
        "order delete",
        &[
            (
                "Delete an order that should never have been, after typing its number",
                "frontdesk order delete NK-FRO-0142",
            ),
            (
                "From a script that may run again",
                "frontdesk order delete NK-FRO-0142 --confirm NK-FRO-0142 --missing-ok",
            ),
        ],
    ),
    (
        "order import",
        &[
            (
                "Take the orders of an older program, with its own names for days",
                "frontdesk order import orders.csv --date-format %d/%m/%Y --blank NULL",
            ),
            (
                "From another program every ten minutes, from cron",
                "*/10 * * * * frontdesk -q order import /var/spool/erp/orders.jsonl",
            ),
        ],
    ),
];
