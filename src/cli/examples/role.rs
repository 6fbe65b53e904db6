//! Examples: roles of contacts.

use super::Of;

pub(super) const EXAMPLES: &[Of] = &[
    (
        "role add",
        &[
            (
                "A role that is told of comments, and when work is done",
                "frontdesk role add Caretaker --tick comment --tick order.done",
            ),
            (
                "One that is told of a status of your own list, however often it runs",
                "frontdesk role add Keys --tick 'Waiting for customer' --ensure",
            ),
        ],
    ),
    (
        "role list",
        &[
            ("The roles, and what each ticks", "frontdesk role list"),
            ("Those that nobody carries", "frontdesk role list --where contacts=0 -o id"),
        ],
    ),
    (
        "role show",
        &[
            ("Of what a role is told", "frontdesk role show Board"),
            ("Only the events, for a program", "frontdesk role show Board -o json | jq .events"),
        ],
    ),
    (
        "role set",
        &[
            (
                "Tell the board of documents as well, and of comments no longer",
                "frontdesk role set Board --tick document --untick comment",
            ),
            ("See first what would change", "frontdesk role set Board --name Styrelsen --dry-run"),
        ],
    ),
    (
        "role delete",
        &[
            ("Delete a role that nobody carries", "frontdesk role delete Billing"),
            ("From a script that may run again", "frontdesk role delete Billing --yes --missing-ok"),
        ],
    ),
    (
        "role matrix",
        &[
            ("Which role is told of what, for a spreadsheet", "frontdesk role matrix -o csv > matrix.csv"),
            (
                "Bring it back after changing it by hand, with a look at the changes first",
                "frontdesk role matrix matrix.csv --dry-run",
            ),
        ],
    ),
];
