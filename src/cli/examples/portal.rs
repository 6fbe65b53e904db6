//! Examples: the portal, looked at from the office.

use super::Of;

pub(super) const EXAMPLES: &[Of] = &[
    (
        "portal preview",
        &[
            ("See what Eva sees, in a browser of this machine", "frontdesk portal preview eva@brf.example"),
            (
                "Where she is at several customers, at an address that stays the same",
                "frontdesk portal preview eva@brf.example --customer 1042 --listen 127.0.0.1:8781",
            ),
        ],
    ),
    (
        "portal routes",
        &[
            ("Every page there is, and who may use it", "frontdesk portal routes"),
            (
                "What anybody may open without signing in, to try it out",
                "frontdesk portal routes --where who=anybody -o csv --fields method,path",
            ),
        ],
    ),
];
