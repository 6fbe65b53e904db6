//! Who is asking: the peer of the connection, or whom a trusted proxy speaks for.

use std::net::{IpAddr, Ipv6Addr, SocketAddr};

/// Headers that only a trusted proxy may set.
const OF_PROXIES: [&str; 3] = ["forwarded", "x-real-ip", "x-client-ip"];

/// The client's address: the rightmost hop of `X-Forwarded-For` that is no trusted proxy, if the peer is one.
///
/// What stands further left was written by the client itself.
pub fn address(peer: IpAddr, headers: &[(String, String)], trusted: &[IpAddr]) -> IpAddr {
    let mut client = peer.to_canonical();
    if !is_trusted(client, trusted) {
        return client;
    }
    let lines = headers.iter().filter(|(name, _)| name == "x-forwarded-for").map(|(_, value)| value.as_str());
    let hops: Vec<&str> = lines.flat_map(|line| line.split(',')).map(str::trim).collect();
    for hop in hops.iter().rev() {
        match parse(hop) {
            Some(address) => client = address,
            None => break,
        }
        if !is_trusted(client, trusted) {
            break;
        }
    }
    client
}

/// Whether an address is that of a configured proxy.
pub fn is_trusted(address: IpAddr, trusted: &[IpAddr]) -> bool {
    trusted.iter().any(|proxy| proxy.to_canonical() == address.to_canonical())
}

/// Removes what a stranger claims in the words of a proxy.
pub fn strip_claims(headers: &mut Vec<(String, String)>) {
    headers.retain(|(name, _)| !name.starts_with("x-forwarded") && !OF_PROXIES.contains(&name.as_str()));
}

/// By what a client is counted: an IPv6 client owns a whole /64.
pub fn key(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(six) => IpAddr::V6(Ipv6Addr::from(u128::from(six) & !u128::from(u64::MAX))),
        four => four,
    }
}

fn parse(hop: &str) -> Option<IpAddr> {
    let bare = hop.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(hop);
    let address = bare.parse::<IpAddr>().ok().or_else(|| hop.parse::<SocketAddr>().ok().map(|socket| socket.ip()));
    address.map(|address| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    fn seen(peer: &str, forwarded: &[&str]) -> IpAddr {
        let headers: Vec<_> =
            forwarded.iter().map(|value| ("x-forwarded-for".to_owned(), (*value).to_owned())).collect();
        address(ip(peer), &headers, &[ip("127.0.0.1"), ip("10.0.0.2")])
    }

    #[test]
    fn only_a_trusted_proxy_speaks_for_others() {
        assert_eq!(seen("192.0.2.1", &["198.51.100.7"]), ip("192.0.2.1"));
        assert_eq!(seen("127.0.0.1", &["198.51.100.7"]), ip("198.51.100.7"));
        assert_eq!(seen("::ffff:127.0.0.1", &["198.51.100.7"]), ip("198.51.100.7"));
        assert_eq!(seen("127.0.0.1", &[]), ip("127.0.0.1"));
    }

    #[test]
    fn the_rightmost_untrusted_hop_is_the_client() {
        assert_eq!(seen("127.0.0.1", &["1.1.1.1, 198.51.100.7, 10.0.0.2"]), ip("198.51.100.7"));
        assert_eq!(seen("127.0.0.1", &["1.1.1.1", "198.51.100.7:4711"]), ip("198.51.100.7"));
        assert_eq!(seen("127.0.0.1", &["1.1.1.1, unknown"]), ip("127.0.0.1"));
        assert_eq!(seen("127.0.0.1", &["1.1.1.1, garbage, 10.0.0.2"]), ip("10.0.0.2"));
        assert_eq!(seen("127.0.0.1", &["[2001:db8::1]"]), ip("2001:db8::1"));
    }

    #[test]
    fn claims_of_strangers_are_removed() {
        let mut headers: Vec<_> = ["cookie", "x-forwarded-proto", "forwarded", "x-real-ip", "x-forwarded-for"]
            .map(|name| (name.to_owned(), "x".to_owned()))
            .into();
        strip_claims(&mut headers);
        assert_eq!(headers, [("cookie".to_owned(), "x".to_owned())]);
    }

    #[test]
    fn a_network_counts_as_one_client() {
        assert_eq!(key(ip("2001:db8::1")), key(ip("2001:db8::ffff:1")));
        assert_ne!(key(ip("2001:db8::1")), key(ip("2001:db8:0:1::1")));
        assert_eq!(key(ip("::ffff:192.0.2.1")), ip("192.0.2.1"));
    }
}
