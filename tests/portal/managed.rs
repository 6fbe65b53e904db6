//! The server under a service manager: a socket that is handed over, what it says of itself, and a crash that nobody notices.

use std::io::{Read, Write};
use std::net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::os::unix::net::UnixDatagram;
use std::time::Duration;

use crate::support::World;
use crate::support::program::Program;

/// What such a manager has: the port, and an ear.
struct Manager {
    port: TcpListener,
    ear: UnixDatagram,
    world: World,
}

impl Manager {
    fn new() -> Self {
        let world = World::nordkyl_today();
        let ear = UnixDatagram::bind(world.path().join("notify.sock")).expect("an ear");
        ear.set_read_timeout(Some(Duration::from_secs(60))).expect("patience");
        Self { port: TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port"), ear, world }
    }

    fn start(&self) -> Program {
        let socket = self.port.try_clone().expect("a second handle").into();
        Program::managed(&self.world, socket, &self.world.path().join("notify.sock"), Duration::from_secs(3))
    }

    /// Listens until the server says something that begins so, and gives all of it.
    fn hears(&self, begins: &str) -> String {
        let mut heard = Vec::new();
        loop {
            let mut bytes = [0; 512];
            let count = self.ear.recv(&mut bytes).unwrap_or_else(|_| panic!("no {begins}; heard {heard:?}"));
            let said = String::from_utf8_lossy(&bytes[..count]).into_owned();
            if said.starts_with(begins) {
                return said;
            }
            heard.push(said);
        }
    }

    fn address(&self) -> SocketAddr {
        self.port.local_addr().expect("an address")
    }
}

fn ask(stream: &mut TcpStream) -> String {
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

#[test]
fn it_answers_at_the_socket_that_it_is_given_and_says_how_it_is() {
    let manager = Manager::new();
    let server = manager.start();
    let ready = manager.hears("READY=1");
    assert!(ready.contains(&format!("STATUS=answers at {}", manager.address())), "{ready}");
    assert!(ask(&mut TcpStream::connect(manager.address()).expect("connects")).starts_with("HTTP/1.1 200 "));
    manager.hears("WATCHDOG=1");
    manager.hears("WATCHDOG=1");
    assert_eq!(server.interrupt(), Some(0));
    manager.hears("STOPPING=1");
}

#[test]
fn whoever_comes_while_it_starts_again_waits_and_is_answered() {
    let manager = Manager::new();
    let server = manager.start();
    manager.hears("READY=1");
    server.crash();
    let mut waiting = TcpStream::connect(manager.address()).expect("the port is open");
    let again = manager.start();
    assert!(ask(&mut waiting).starts_with("HTTP/1.1 200 "));
    assert_eq!(again.interrupt(), Some(0));
}
