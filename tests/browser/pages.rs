//! Every page of the portal, looked at wide and narrow, light and dark, with large text, and with an eye on the network.

use serde_json::Value;

use crate::support::browser::{Browser, Page, View};
use crate::support::program::Program;

/// Every way of looking: a small telephone, a usual one and a desk.
const VIEWS: [View; 3] = [View::PHONE, View::HAND, View::DESK];

/// What a cold page may cost.
const REQUESTS: usize = 6;
const BYTES: f64 = 60.0 * 1024.0;

/// The demonstration company and a browser page inside it.
struct Walk {
    page: Page,
    watch: crate::support::browser::Watch,
    home: String,
    facts: Value,
    _demo: Program,
}
