//! Who is connected, how many of them belong together, and how many are being served at once.

use std::collections::HashMap;
use std::net::{IpAddr, Shutdown, SocketAddr, TcpStream};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::client::key;
use super::hold;
use super::limits::Limits;

/// A connection that has been quiet for so long may be closed when another needs its place.
const MAY_LEAVE: Duration = Duration::from_secs(1);

/// One open connection.
pub struct Line {
    /// The socket; reading and writing both go through this one descriptor.
    pub stream: TcpStream,
    /// The other end.
    pub peer: SocketAddr,
    quiet_since: Mutex<Option<Instant>>,
}

impl Line {
    /// A connection that has not said anything yet.
    pub fn new(stream: TcpStream, peer: SocketAddr) -> Self {
        Self { stream, peer, quiet_since: Mutex::new(Some(Instant::now())) }
    }

    /// Nothing is asked on it at the moment.
    pub fn quiet(&self) {
        *hold(&self.quiet_since) = Some(Instant::now());
    }

    /// A request has begun.
    pub fn busy(&self) {
        *hold(&self.quiet_since) = None;
    }

    fn quiet_for(&self) -> Option<Duration> {
        hold(&self.quiet_since).map(|since| since.elapsed())
    }

    fn hang_up(&self) {
        // It may be gone already, which is what is wanted.
        let _ = self.stream.shutdown(Shutdown::Both);
    }
}

/// All connections and slots of a front.
pub struct Crowd {
    inside: Mutex<Inside>,
    left: Condvar,
    slots: Mutex<usize>,
    freed: Condvar,
    max_connections: usize,
    max_per_client: usize,
}

#[derive(Default)]
struct Inside {
    next: u64,
    lines: HashMap<u64, Arc<Line>>,
    clients: HashMap<IpAddr, usize>,
}

impl Crowd {
    /// Nobody yet.
    pub fn new(limits: &Limits) -> Self {
        Self {
            inside: Mutex::default(),
            left: Condvar::new(),
            slots: Mutex::new(limits.slots),
            freed: Condvar::new(),
            max_connections: limits.max_connections,
            max_per_client: limits.max_per_client,
        }
    }

    /// Takes a connection in, or says what there are too many of. A full house lets the longest quiet one go first.
    pub fn enter(self: &Arc<Self>, line: &Arc<Line>) -> Result<Place, &'static str> {
        let mut inside = hold(&self.inside);
        if inside.lines.len() >= self.max_connections {
            let quiet = inside.lines.iter().filter_map(|(number, line)| Some((line.quiet_for()?, *number)));
            match quiet.max().filter(|(time, _)| *time >= MAY_LEAVE) {
                Some((_, number)) => {
                    if let Some(line) = inside.lines.remove(&number) {
                        line.hang_up();
                    }
                }
                None => return Err("connections"),
            }
        }
        Ok(self.seat(&mut inside, line))
    }

    /// Takes the front's own probe in, however full it is.
    pub fn enter_always(self: &Arc<Self>, line: &Arc<Line>) -> Place {
        self.seat(&mut hold(&self.inside), line)
    }

    fn seat(self: &Arc<Self>, inside: &mut Inside, line: &Arc<Line>) -> Place {
        inside.next += 1;
        inside.lines.insert(inside.next, Arc::clone(line));
        Place { crowd: Arc::clone(self), number: inside.next }
    }

    /// Counts a client for as long as the guest lives; none when it has its share already.
    pub fn count(self: &Arc<Self>, client: IpAddr) -> Option<Guest> {
        let client = key(client);
        let mut inside = hold(&self.inside);
        let count = inside.clients.entry(client).or_insert(0);
        if *count >= self.max_per_client {
            return None;
        }
        *count += 1;
        Some(Guest { crowd: Arc::clone(self), client })
    }

    /// Waits for one of the few ways to the workers.
    pub fn slot(self: &Arc<Self>, at_most: Duration) -> Option<Slot> {
        let free = hold(&self.slots);
        let (mut free, _) =
            self.freed.wait_timeout_while(free, at_most, |free| *free == 0).unwrap_or_else(PoisonError::into_inner);
        *free = free.checked_sub(1)?;
        Some(Slot(Arc::clone(self)))
    }

    /// How many are connected.
    pub fn len(&self) -> usize {
        hold(&self.inside).lines.len()
    }

    /// Whether nobody is.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Whether it gets tight, so that connections should not be kept open for later.
    pub fn is_tight(&self) -> bool {
        self.len() * 4 > self.max_connections * 3
    }

    /// Closes the quiet connections again and again until all have left or the time is over, then all.
    pub fn send_home(&self, at_most: Duration) {
        let end = Instant::now() + at_most;
        let mut inside = hold(&self.inside);
        while !inside.lines.is_empty() && Instant::now() < end {
            inside.lines.values().filter(|line| line.quiet_for().is_some()).for_each(|line| line.hang_up());
            let tick = Duration::from_millis(50);
            inside = self.left.wait_timeout(inside, tick).unwrap_or_else(PoisonError::into_inner).0;
        }
        inside.lines.values().for_each(|line| line.hang_up());
    }
}

/// A connection's place in the crowd, given back when dropped.
pub struct Place {
    crowd: Arc<Crowd>,
    number: u64,
}

impl Drop for Place {
    fn drop(&mut self) {
        hold(&self.crowd.inside).lines.remove(&self.number);
        self.crowd.left.notify_all();
    }
}

/// One of a client's share, given back when dropped.
pub struct Guest {
    crowd: Arc<Crowd>,
    client: IpAddr,
}

impl Drop for Guest {
    fn drop(&mut self) {
        let mut inside = hold(&self.crowd.inside);
        if let Some(count) = inside.clients.get_mut(&self.client) {
            *count -= 1;
            if *count == 0 {
                inside.clients.remove(&self.client);
            }
        }
    }
}

/// A way to the workers, given back when dropped.
pub struct Slot(Arc<Crowd>);

impl Drop for Slot {
    fn drop(&mut self) {
        *hold(&self.0.slots) += 1;
        self.0.freed.notify_one();
    }
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, TcpListener};

    use super::*;

    fn line() -> (Arc<Line>, TcpStream) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let far = TcpStream::connect(listener.local_addr().expect("bound")).expect("connected");
        let (near, peer) = listener.accept().expect("accepted");
        (Arc::new(Line::new(near, peer)), far)
    }

    #[test]
    fn a_client_has_a_share_and_gets_it_back() {
        let crowd = Arc::new(Crowd::new(&Limits { max_per_client: 2, ..Limits::default() }));
        let client: IpAddr = "2001:db8::1".parse().expect("an address");
        let first = crowd.count(client).expect("one");
        let _second = crowd.count("2001:db8::2".parse().expect("an address")).expect("two");
        assert!(crowd.count(client).is_none());
        drop(first);
        assert!(crowd.count(client).is_some());
    }

    #[test]
    fn a_full_house_lets_only_the_quiet_go() {
        let crowd = Arc::new(Crowd::new(&Limits { max_connections: 1, ..Limits::default() }));
        let (old, _far) = line();
        let _place = crowd.enter(&old).expect("room");
        let (new, _other) = line();
        assert!(crowd.enter(&new).is_err(), "it only just came");
        *hold(&old.quiet_since) = Instant::now().checked_sub(MAY_LEAVE);
        let _newer = crowd.enter(&new).expect("the quiet one left");
        new.busy();
        let (third, _far) = line();
        assert!(crowd.enter(&third).is_err());
        assert_eq!(crowd.len(), 1);
        let _probe = crowd.enter_always(&third);
        assert_eq!(crowd.len(), 2);
    }

    #[test]
    fn slots_are_few_and_come_back() {
        let crowd = Arc::new(Crowd::new(&Limits { slots: 1, ..Limits::default() }));
        let slot = crowd.slot(Duration::ZERO).expect("free");
        assert!(crowd.slot(Duration::from_millis(20)).is_none());
        let waiting = std::thread::spawn({
            let crowd = Arc::clone(&crowd);
            move || crowd.slot(Duration::from_secs(5)).is_some()
        });
        drop(slot);
        assert!(waiting.join().expect("no panic"));
    }
}
