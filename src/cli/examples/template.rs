//! Examples: templates of permissions.

use super::Of;

pub(super) const EXAMPLES: &[Of] = &[
    (
        "template add",
        &[
            (
                "A set of permissions for caretakers",
                "frontdesk template add caretaker order.view order.create comment.write facility.view",
            ),
            (
                "The same from a script that may run again",
                "frontdesk template add caretaker order.view reading.add --ensure",
            ),
        ],
    ),
    (
        "template list",
        &[
            ("The templates there are", "frontdesk template list"),
            ("Which of them let people write orders", "frontdesk template list --search order.create -o id"),
        ],
    ),
    (
        "template show",
        &[
            ("What a template holds", "frontdesk template show standard"),
            (
                "Its permissions a line each, for a script",
                "frontdesk template show standard -o json | jq -r '.permissions[]'",
            ),
        ],
    ),
    (
        "template set",
        &[
            (
                "Put a permission into it; what was granted before stays as it is",
                "frontdesk template set standard --add document.upload",
            ),
            (
                "See first what would change when it holds exactly these",
                "frontdesk template set viewer order.view facility.view --dry-run",
            ),
        ],
    ),
    (
        "template delete",
        &[
            ("Delete a template; what was granted with it stays", "frontdesk template delete full"),
            ("From a script that may run again", "frontdesk template delete full --yes --missing-ok"),
        ],
    ),
];
