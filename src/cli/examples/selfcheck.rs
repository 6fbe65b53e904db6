//! Examples: self-checks and their templates.

use super::Of;

pub(super) const EXAMPLES: &[Of] = &[
    (
        "selfcheck template add",
        &[
            ("Add a template that was written as a file", "frontdesk selfcheck template add yearly yearly.toml"),
            (
                "Bring a changed file in, however often it runs",
                "frontdesk selfcheck template add yearly yearly.toml --ensure",
            ),
        ],
    ),
    (
        "selfcheck template list",
        &[
            ("The templates there are", "frontdesk selfcheck template list"),
            ("Only their names, a line each", "frontdesk selfcheck template list -o id"),
        ],
    ),
    (
        "selfcheck template show",
        &[
            ("Show the points of a template", "frontdesk selfcheck template show round"),
            ("Begin another with it", "frontdesk selfcheck template show round > hotel.toml"),
        ],
    ),
    (
        "selfcheck template delete",
        &[
            ("Delete a template; what was begun with it stays", "frontdesk selfcheck template delete round"),
            ("From a script that may run again", "frontdesk selfcheck template delete round --yes --missing-ok"),
        ],
    ),
    (
        "selfcheck add",
        &[
            ("Put a self-check on the order for which it is done", "frontdesk selfcheck add round --order NK-FRO-0142"),
            (
                "One for each machine in Hus B, for a round",
                "frontdesk object list --facility hus-b -o id | xargs -I{} frontdesk selfcheck add round --object {} --title 'Round, week 48' --no-mail",
            ),
        ],
    ),
    (
        "selfcheck list",
        &[
            ("What is not signed yet", "frontdesk selfcheck list --open"),
            ("All of one machine, for a spreadsheet", "frontdesk selfcheck list --object KA-02 -o csv > ka-02.csv"),
        ],
    ),
    (
        "selfcheck show",
        &[
            ("One self-check with its answers", "frontdesk selfcheck show 1"),
            (
                "Only the points that failed",
                "frontdesk selfcheck show 1 -o json | jq '.points[] | select(.answer == \"fail\")'",
            ),
        ],
    ),
    (
        "selfcheck answer",
        &[
            (
                "Answer the first point: it failed, and why",
                "frontdesk selfcheck answer 1 1 fail --note 'Torn at the lower hinge'",
            ),
            (
                "All answers from a file, after a look at what they would change",
                "frontdesk selfcheck answer 1 --file answers.csv --dry-run",
            ),
        ],
    ),
    (
        "selfcheck sign",
        &[
            ("Sign it; nothing in it changes after that", "frontdesk selfcheck sign 2"),
            ("Without mail to anybody", "frontdesk selfcheck sign 2 --no-mail"),
        ],
    ),
    (
        "selfcheck reopen",
        &[
            (
                "Take a signed one up again, with the reason its readers see",
                "frontdesk selfcheck reopen 3 --reason 'The wrong machine was measured'",
            ),
            ("Without mail to anybody", "frontdesk selfcheck reopen 3 --reason 'A typing mistake' --no-mail"),
        ],
    ),
    (
        "selfcheck delete",
        &[
            ("Delete one that was begun by mistake", "frontdesk selfcheck delete 1"),
            ("From a script that may run again", "frontdesk selfcheck delete 1 --yes --missing-ok"),
        ],
    ),
];
