//! Pages of a customer with 20,000 orders, through the whole front, beside a static page of the same size.

use std::net::{Ipv4Addr, TcpListener};
use std::sync::{Arc, Barrier};
use std::time::Duration;

use anyhow::{Result, anyhow, ensure};
use frontdesk::config::Config;
use frontdesk::portal::Site;
use frontdesk::portal::exchange::{Reply, Request};
use frontdesk::portal::front::{Front, Handler, Limits};

use crate::client::Client;
use crate::house::{HOST, House};
use crate::orders::{Size, fill};
use crate::ratio::{Limit, Report, Times, say};

/// Pages, what they are called, and how many times a static page they may take at one connection and at eight.
const PAGES: [(&str, &str, [Limit; 2]); 8] = [
    ("list", "/g/nordkyl/orders?view=list", [Limit::Ratio(12.0), Limit::Ratio(16.0)]),
    ("list, page 400", "/g/nordkyl/orders?view=list&page=400", [Limit::None; 2]),
    ("list, one stage", "/g/nordkyl/orders?view=list&stage=planned", [Limit::None; 2]),
    ("board", "/g/nordkyl/orders", [Limit::None; 2]),
    ("one facility", "/g/nordkyl/orders?view=list&facility=hus-2", [Limit::None; 2]),
    ("search", "/g/nordkyl/orders?view=list&q=stairwell+976", [Limit::None; 2]),
    ("order", "/g/nordkyl/orders/NK-FRO-00017", [Limit::None; 2]),
    ("login box", "/g/nordkyl/", [Limit::None; 2]),
];

/// Requests of each page: rounds, and requests in a round at one connection.
const ROUNDS: usize = 12;
const REQUESTS: usize = 25;

/// An answer of so many bytes is no page but a file, and is asked for once a round.
const LARGE: usize = 1_000_000;

/// Connections at once, and the rounds and the requests of each connection in a round.
const CONNECTIONS: usize = 8;
const CROWDED_ROUNDS: usize = 6;
const CROWDED_REQUESTS: usize = 20;

/// Two fronts beside each other: the portal, and one that answers `/1234` with 1,234 bytes.
pub struct Fronts {
    ours: Front,
    peer: Front,
    site: Arc<dyn Handler>,
    cookie: String,
}

/// Measures each page.
pub fn measure(report: &mut Report) -> Result<()> {
    say("pages: a customer with 20,000 orders in 4 facilities");
    let house = House::new()?;
    let cookie = fill(&house, Size { customers: 1, facilities: 4, orders: 20_000, ..Size::default() })?;
    let fronts = Fronts::start(&house, cookie)?;
    for (name, target, [alone, crowded]) in PAGES {
        fronts.page(report, name, target, alone)?;
        fronts.crowd(report, name, target, crowded)?;
    }
    fronts.stop();
    Ok(())
}

/// Measures pages at one connection; for other sizes of house.
pub fn measure_some(report: &mut Report, house: &House, cookie: String, pages: &[(&str, &str, Limit)]) -> Result<()> {
    let fronts = Fronts::start(house, cookie)?;
    for (name, target, limit) in pages {
        fronts.page(report, name, target, *limit)?;
    }
    fronts.stop();
    Ok(())
}

impl Fronts {
    /// Starts both.
    pub fn start(house: &House, cookie: String) -> Result<Self> {
        let mut config = Config { data_dir: house.path("frontdesk-data"), ..Config::default() };
        config.portal.base_url = format!("https://{HOST}");
        let site: Arc<dyn Handler> = Arc::new(Site::new(&house.db()?, config)?);
        Ok(Self { ours: front(Arc::clone(&site))?, peer: front(Arc::new(SameSize))?, site, cookie })
    }

    /// Ends both.
    pub fn stop(self) {
        self.ours.stop(Duration::from_secs(2));
        self.peer.stop(Duration::from_secs(2));
    }

    /// A browser in which the customer is signed in.
    pub fn browser(&self) -> Result<Client> {
        Client::connect(self.ours.address(), &self.cookie)
    }

    /// One connection, in turn with the peer; and the answer by itself, without any socket.
    fn page(&self, report: &mut Report, name: &str, target: &str, limit: Limit) -> Result<()> {
        let cookie = self.cookie_for(target);
        let mut ours = Client::connect(self.ours.address(), cookie)?;
        let mut peer = Client::connect(self.peer.address(), "")?;
        let size = ours.get(target)?;
        let same = format!("/{size}");
        ensure!(peer.get(&same)? == size, "the peer's page has another size");
        let (mut our_times, mut peer_times, mut answers) = (Times::default(), Times::default(), Times::default());
        let requests = if size < LARGE { REQUESTS } else { 1 };
        for _ in 0..ROUNDS {
            for _ in 0..requests {
                our_times.take(|| ours.get(target))?;
            }
            for _ in 0..requests {
                peer_times.take(|| peer.get(&same))?;
            }
            for _ in 0..requests {
                let mut request = Request::get(target);
                request.headers = vec![("host".into(), HOST.into()), ("cookie".into(), cookie.into())];
                let reply = answers.take(|| Ok(self.site.answer(request)))?;
                ensure!(reply.status == 200, "{target}: {}", reply.status);
            }
        }
        report.pair(format!("{name} ({size} bytes)"), (our_times, peer_times), limit);
        report.alone("  without sockets", answers, Limit::None);
        Ok(())
    }

    /// Eight connections at once, in turn with the peer.
    fn crowd(&self, report: &mut Report, name: &str, target: &str, limit: Limit) -> Result<()> {
        let size = Client::connect(self.ours.address(), self.cookie_for(target))?.get(target)?;
        let same = format!("/{size}");
        let (mut our_times, mut peer_times) = (Times::default(), Times::default());
        for _ in 0..CROWDED_ROUNDS {
            our_times.extend(together(&self.ours, target, self.cookie_for(target))?);
            peer_times.extend(together(&self.peer, &same, "")?);
        }
        report.pair(format!("{name}, {CONNECTIONS} connections"), (our_times, peer_times), limit);
        Ok(())
    }

    /// The login box is for those who are not signed in.
    fn cookie_for(&self, target: &str) -> &str {
        if target.ends_with("nordkyl/") { "" } else { &self.cookie }
    }
}

fn together(front: &Front, target: &str, cookie: &str) -> Result<Times> {
    let begin = Barrier::new(CONNECTIONS);
    std::thread::scope(|scope| {
        let one = || -> Result<Times> {
            let client = Client::connect(front.address(), cookie);
            begin.wait();
            let (mut client, mut times) = (client?, Times::default());
            for _ in 0..CROWDED_REQUESTS {
                times.take(|| client.get(target))?;
            }
            Ok(times)
        };
        let asking: Vec<_> = (0..CONNECTIONS).map(|_| scope.spawn(one)).collect();
        let mut all = Times::default();
        for asked in asking {
            all.extend(asked.join().map_err(|_| anyhow!("a client panicked"))??);
        }
        Ok(all)
    })
}

fn front(handler: Arc<dyn Handler>) -> Result<Front> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    Ok(Front::start(listener, Limits::default(), Vec::new(), handler)?)
}

/// `/1234` is a page of 1,234 bytes.
struct SameSize;

impl Handler for SameSize {
    fn answer(&self, request: Request) -> Reply {
        let size = request.path.trim_start_matches('/').parse().unwrap_or(0);
        Reply::new(200, "text/html; charset=utf-8", vec![b'x'; size])
    }
}
