//! Examples: backups.

use super::Of;

pub(super) const EXAMPLES: &[Of] = &[
    (
        "backup create",
        &[
            ("Copy everything, while the server runs", "frontdesk backup create"),
            ("Every night from cron, kept for a month", "10 2 * * * frontdesk -q backup create --keep 30"),
            ("One for a stranger to keep, who is not to have the key", "frontdesk backup create vault --no-key"),
        ],
    ),
    (
        "backup verify",
        &[
            ("Look through the newest one", "frontdesk backup verify"),
            ("Every one there is, from cron; damage is mailed", "40 4 * * 0 frontdesk -q backup verify --all"),
        ],
    ),
    (
        "backup list",
        &[
            ("Which there are, how large, and whether they are whole", "frontdesk backup list"),
            ("When the newest one was made, for a program", "frontdesk backup list -o json | jq '.[0].made_at'"),
        ],
    ),
    (
        "backup restore",
        &[
            (
                "Practise, and let the doctor look at what came of it",
                "frontdesk backup restore 20261123T093200Z --to drill && frontdesk doctor --data-dir drill",
            ),
            (
                "Go back to a state, when the server is stopped",
                "systemctl stop frontdesk && frontdesk backup restore 20261123T093200Z",
            ),
            ("See first what it would do", "frontdesk backup restore 20261123T093200Z --dry-run"),
        ],
    ),
];
