//! Examples: documents.

use super::Of;

pub(super) const EXAMPLES: &[Of] = &[
    (
        "document add",
        &[
            (
                "Put a drawing on a machine, where its customer sees it",
                "frontdesk document add drawing.pdf --object KA-02 --share --text 'Wiring of the control box'",
            ),
            (
                "A report as another program makes it, kept from the customer",
                "make-report NK-FRO-0142 | frontdesk document add - --order NK-FRO-0142 --name report.pdf --ensure",
            ),
        ],
    ),
    (
        "document list",
        &[
            ("What lies on an order", "frontdesk document list --order NK-FRO-0142"),
            (
                "What is for the accounts, for a program that fetches it",
                "frontdesk document list --purpose billing -o jsonl",
            ),
        ],
    ),
    (
        "document get",
        &[
            ("Fetch a document under its own name", "frontdesk document get 1"),
            ("Hand it to another program", "frontdesk document get 1 --to - | lp"),
        ],
    ),
    (
        "document set",
        &[
            (
                "Let the customer see it, with a line about it",
                "frontdesk document set 1 --share --text 'The signed report'",
            ),
            (
                "Keep it from the customer again, for the accounts",
                "frontdesk document set 1 --internal --purpose billing",
            ),
        ],
    ),
    (
        "document delete",
        &[
            ("Delete a document", "frontdesk document delete 1"),
            ("From a script that may run again", "frontdesk document delete 1 --yes --missing-ok"),
        ],
    ),
];
