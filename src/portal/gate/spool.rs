//! Bytes in temporary files: how many there may be in all, how many of one client, and who has taken how many.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex};

use super::client::key;
use super::hold;
use super::refusal::Refusal;

/// Bytes that may lie in temporary files at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Room {
    /// Of all clients together.
    pub whole: u64,
    /// Of one client; an IPv6 client is its /64 network.
    pub share: u64,
}

impl Room {
    /// So many bytes, of which one client may take a quarter.
    pub const fn of(whole: u64) -> Self {
        Self { whole, share: whole / 4 }
    }

    /// The same, and more where a client could not send a body of this length: what is allowed must also fit.
    pub fn holding(self, length: u64) -> Self {
        if self.share >= length { self } else { Self::of(length.saturating_mul(4)) }
    }
}

/// A room, and who has taken how much of it.
pub struct Spool {
    room: Room,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    all: u64,
    clients: HashMap<IpAddr, u64>,
}

impl Spool {
    /// Nothing is taken yet.
    pub fn new(room: Room) -> Self {
        Self { room, taken: Mutex::default() }
    }

    /// No bytes yet of a client; none is named for a proxy that speaks for many.
    pub fn share(self: &Arc<Self>, client: Option<IpAddr>) -> Share {
        Share { spool: Arc::clone(self), client: client.map(key), mine: 0 }
    }
}

/// What one body has taken, given back when dropped.
pub struct Share {
    spool: Arc<Spool>,
    client: Option<IpAddr>,
    mine: u64,
}

impl Share {
    /// Takes as much as a body of this length needs, if there is room for it.
    pub fn grow(&mut self, length: u64) -> Result<(), Refusal> {
        let more = length.saturating_sub(self.mine);
        let mut taken = hold(&self.spool.taken);
        if taken.all + more > self.spool.room.whole {
            return Err(Refusal::Busy("bytes on disk"));
        }
        if let Some(client) = self.client {
            let its = taken.clients.entry(client).or_insert(0);
            if *its + more > self.spool.room.share {
                return Err(Refusal::Busy("bytes of this client on disk"));
            }
            *its += more;
        }
        taken.all += more;
        self.mine += more;
        Ok(())
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut taken = hold(&self.spool.taken);
        taken.all -= self.mine;
        let Some(client) = self.client else { return };
        if let Some(its) = taken.clients.get_mut(&client) {
            *its -= self.mine;
            if *its == 0 {
                taken.clients.remove(&client);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spool() -> Arc<Spool> {
        Arc::new(Spool::new(Room::of(100)))
    }

    fn ip(text: &str) -> Option<IpAddr> {
        Some(text.parse().expect("an address"))
    }

    #[test]
    fn a_client_takes_its_share_and_no_more() {
        let spool = spool();
        let (mut one, mut two) = (spool.share(ip("2001:db8::1")), spool.share(ip("2001:db8::2")));
        one.grow(15).expect("room");
        one.grow(20).expect("room");
        assert_eq!(two.grow(6).expect_err("the same network").status(), 503);
        two.grow(5).expect("what is left");
        spool.share(ip("192.0.2.1")).grow(25).expect("another client has its own");
        drop(one);
        two.grow(25).expect("room again");
        drop(two);
        let taken = hold(&spool.taken);
        assert!(taken.all == 0 && taken.clients.is_empty());
    }

    #[test]
    fn all_together_take_the_whole_and_no_more() {
        let spool = spool();
        let mut shares: Vec<_> = (1..=5).map(|last| spool.share(ip(&format!("192.0.2.{last}")))).collect();
        for share in &mut shares[..4] {
            share.grow(25).expect("room");
        }
        assert_eq!(shares[4].grow(1).expect_err("full").status(), 503);
        shares.truncate(3);
        let mut proxy = spool.share(None);
        assert!(proxy.grow(26).is_err());
        proxy.grow(25).expect("room again, for a proxy beyond any share");
        drop((shares, proxy));
        spool.share(None).grow(100).expect("all came back");
    }

    #[test]
    fn whatever_may_be_sent_has_room() {
        assert_eq!(Room::of(100).holding(25), Room::of(100));
        assert_eq!(Room::of(100).holding(26), Room { whole: 104, share: 26 });
    }
}
