//! Pages and files of a customer with 20,000 places, machines and orders, one of whose meters was read 10,000 times.

use anyhow::Result;

use crate::house::House;
use crate::orders::{Size, fill};
use crate::pages::measure_some;
use crate::ratio::{Limit, Report, say};

/// Measures each beside a static answer of the same size. The limits are twice what was measured when they were set: they
/// keep what grows with all places of a customer from growing faster, and are no aim.
pub fn measure(report: &mut Report) -> Result<()> {
    say("places: 20,000 facilities, machines and orders, 10,000 readings of one machine, 2,000 documents");
    let house = House::new()?;
    let size = Size { customers: 1, facilities: 20_000, orders: 20_000, readings: 10_000, documents: 2_000 };
    let cookie = fill(&house, size)?;
    let pages = [
        ("20,000 facilities", "/g/nordkyl/facilities", Limit::Ratio(120.0)),
        ("20,000 facilities, a search", "/g/nordkyl/facilities?q=hus-1976", Limit::Ratio(250.0)),
        ("20,000 machines", "/g/nordkyl/objects", Limit::Ratio(140.0)),
        ("one facility", "/g/nordkyl/facilities/hus-2", Limit::Ratio(10.0)),
        ("machine with 10,000 readings", "/g/nordkyl/objects/LA-hus-1", Limit::Ratio(280.0)),
        ("its 10,000 readings", "/g/nordkyl/objects/LA-hus-1/readings", Limit::Ratio(270.0)),
        ("its 10,000 readings as a file", "/g/nordkyl/objects/LA-hus-1/readings.csv", Limit::Ratio(60.0)),
        ("2,000 documents", "/g/nordkyl/documents", Limit::Ratio(120.0)),
        ("2,000 documents, a search", "/g/nordkyl/documents?q=report-1976", Limit::Ratio(290.0)),
        ("the form for a new order", "/g/nordkyl/orders/new", Limit::Ratio(440.0)),
        ("20,000 orders as a file", "/g/nordkyl/orders.csv", Limit::Ratio(60.0)),
    ];
    measure_some(report, &house, cookie, &pages)
}
