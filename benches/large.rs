//! A national company: 20,000 facilities and 1,000,000 orders in one group. Only when it is asked for.

use anyhow::{Context, Result, ensure};
use frontdesk::access::Actor;
use frontdesk::groups;
use frontdesk::orders::{self, OrderFilter};
use frontdesk::text::Number;

use crate::house::House;
use crate::orders::{Size, fill};
use crate::pages::measure_some;
use crate::ratio::{Limit, Report, Times, say};

const ROUNDS: usize = 50;

/// Measures what customers and staff of such a company look at most.
pub fn measure(report: &mut Report) -> Result<()> {
    if std::env::var_os("FRONTDESK_BENCH_LARGE").is_none() {
        return Ok(());
    }
    say("large: 200 customers, 20,000 facilities, 1,000,000 orders");
    let house = House::new()?;
    let cookie = fill(&house, Size { customers: 200, facilities: 100, orders: 5_000, ..Size::default() })?;
    let pages = [
        ("of 1,000,000: list of one customer", "/g/nordkyl/orders?view=list", Limit::None),
        ("of 1,000,000: board", "/g/nordkyl/orders", Limit::None),
        ("of 1,000,000: search", "/g/nordkyl/orders?view=list&q=stairwell+976", Limit::None),
        ("of 1,000,000: order", "/g/nordkyl/orders/NK-FRO-00017", Limit::None),
    ];
    measure_some(report, &house, cookie, &pages)?;

    let db = house.db()?;
    let owner = |group| Actor::Owner { group, uid: 1000 };
    let group = db.read(&owner(None), groups::list)?.first().map(|group| group.id).context("no group")?;
    let staff = owner(Some(group));
    let newest = OrderFilter { limit: Some(100), ..OrderFilter::default() };
    let open = OrderFilter { open: true, overdue: true, ..newest.clone() };
    let number = Number::parse("NK-L150-04999")?;
    let [mut list, mut overdue, mut found] = [Times::default(), Times::default(), Times::default()];
    for _ in 0..ROUNDS {
        let rows = list.take(|| Ok(db.read(&staff, |tx| orders::list(tx, &newest))?))?;
        ensure!(rows.len() == 100, "{} orders instead of 100", rows.len());
        found.take(|| Ok(db.read(&staff, |tx| orders::named(tx, &number))?))?;
        overdue.take(|| Ok(db.read(&staff, |tx| orders::list(tx, &open))?))?;
    }
    report.alone("of 1,000,000: staff, the newest 100", list, Limit::None);
    report.alone("of 1,000,000: staff, 100 overdue", overdue, Limit::None);
    report.alone("of 1,000,000: staff, one by number", found, Limit::None);
    Ok(())
}
