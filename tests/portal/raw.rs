//! A client that sends exactly the bytes it is given.

use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use frontdesk::portal::exchange::{Reply, Request};
use frontdesk::portal::front::{Front, Handler, Head, Limits};
use socket2::{Domain, Socket, Type};

/// The request that shows that all is well.
pub const HONEST: &str = "GET /honest HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n";

/// A front on a free port, and what its handler was asked.
pub struct House {
    pub front: Front,
    asked: Arc<Mutex<Vec<String>>>,
}

impl House {
    /// A house that answers every path with itself, and a few with something special.
    pub fn open(limits: Limits) -> Self {
        Self::trusting(limits, &[])
    }

    /// The same behind proxies.
    pub fn trusting(limits: Limits, proxies: &[IpAddr]) -> Self {
        let asked = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&asked);
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let front = Front::start(listener, limits, proxies.to_vec(), Arc::new(Asked(log))).expect("starts");
        Self { front, asked }
    }

    /// The paths that reached the handler.
    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("not poisoned").clone()
    }

    /// A connection.
    pub fn call(&self) -> Raw {
        Raw::new(TcpStream::connect(self.front.address()).expect("connects"))
    }

    /// A connection from another address of this machine.
    pub fn call_from(&self, last: u8) -> Raw {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
        socket.bind(&SocketAddr::from(([127, 0, 0, last], 0)).into()).expect("a loopback address");
        socket.connect(&self.front.address().into()).expect("connects");
        Raw::new(socket.into())
    }

    /// Sends bytes on a connection of their own and gives all that comes back.
    pub fn say(&self, bytes: &[u8]) -> String {
        let mut raw = self.call();
        raw.send(bytes);
        raw.rest()
    }

    /// An honest request is answered.
    pub fn is_well(&self) {
        let answer = self.say(HONEST.as_bytes());
        assert!(answer.starts_with("HTTP/1.1 200 ") && answer.ends_with("\r\n\r\n/honest"), "{answer:?}");
        assert!(self.front.failure().is_none());
    }
}

/// Who answers, and what was asked.
struct Asked(Arc<Mutex<Vec<String>>>);

impl Handler for Asked {
    fn answer(&self, request: Request) -> Reply {
        self.0.lock().expect("not poisoned").push(request.path.clone());
        answer(request)
    }

    /// Below `/echo` and `/ignore` much, elsewhere little.
    fn longest_body(&self, head: &Head) -> u64 {
        match head.path().as_str() {
            "/echo" => 3_000_000,
            "/ignore" => 20_000_000,
            _ => 64 * 1024,
        }
    }

    fn too_large(&self, mut request: Request, most: u64) -> Reply {
        let came = request.body.bytes().expect("readable").len();
        let text = format!("{came} of {most} at {} for {}", request.path, request.header("x-of").unwrap_or("nobody"));
        Reply::new(413, "text/plain; charset=utf-8", text)
    }
}

fn answer(mut request: Request) -> Reply {
    let plain = "text/plain; charset=utf-8";
    match request.path.as_str() {
        "/panic" => panic!("as the test asked"),
        "/large" => Reply::new(200, plain, vec![b'x'; 20_000_000]),
        "/page" => Reply::new(200, plain, vec![b'x'; 4096]),
        "/ignore" => Reply::new(200, plain, vec![b'y'; 1_000_000]),
        "/echo" => Reply::new(200, plain, request.body.bytes().expect("readable")),
        "/nothing" => Reply { headers: Vec::new(), ..Reply::new(204, "", "") },
        "/split" => Reply { headers: vec![("Location".into(), "/\r\nX: y".into())], ..Reply::new(303, "", "") },
        "/slow" => {
            std::thread::sleep(Duration::from_millis(600));
            Reply::new(200, plain, "slept")
        }
        "/who" => {
            let headers: Vec<_> = request.headers.iter().map(|(name, value)| format!("{name}={value}")).collect();
            Reply::new(200, plain, format!("{} {}", request.peer, headers.join(" ")))
        }
        path => Reply::new(200, plain, path),
    }
}

/// A connection under the test's control.
pub struct Raw {
    pub stream: TcpStream,
}

impl Raw {
    pub fn new(stream: TcpStream) -> Self {
        stream.set_read_timeout(Some(Duration::from_secs(20))).expect("a socket");
        stream.set_nodelay(true).expect("a socket");
        Self { stream }
    }

    /// Sends, and does not mind if the other side has had enough.
    pub fn send(&mut self, bytes: &[u8]) -> bool {
        self.stream.write_all(bytes).is_ok()
    }

    /// Everything until the other side closes.
    pub fn rest(&mut self) -> String {
        let mut bytes = Vec::new();
        // A reset after the answer is as good as an end.
        let _ = self.stream.read_to_end(&mut bytes);
        String::from_utf8_lossy(&bytes).into_owned()
    }

    /// Whether nothing has been answered yet.
    pub fn waits(&self) -> bool {
        self.stream.set_nonblocking(true).expect("a socket");
        let waits = self.stream.peek(&mut [0]).is_err_and(|error| error.kind() == std::io::ErrorKind::WouldBlock);
        self.stream.set_nonblocking(false).expect("a socket");
        waits
    }

    /// The first line of an answer.
    pub fn head(&mut self) -> String {
        let mut line = vec![0; 15];
        self.stream.read_exact(&mut line).expect("a first line");
        String::from_utf8_lossy(&line).into_owned()
    }

    /// One answer: its head and its body of the length that the head tells.
    pub fn answer(&mut self) -> (String, Vec<u8>) {
        let mut head = Vec::new();
        while !head.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            self.stream.read_exact(&mut byte).expect("a head");
            head.push(byte[0]);
        }
        let head = String::from_utf8(head).expect("text");
        let length = head.lines().find_map(|line| line.strip_prefix("Content-Length: ")).unwrap_or("0");
        let mut body = vec![0; length.parse().expect("a number")];
        self.stream.read_exact(&mut body).expect("a body");
        (head, body)
    }
}

/// The status of an answer, 0 when there was none.
pub fn status(answer: &str) -> u16 {
    answer.strip_prefix("HTTP/1.1 ").and_then(|rest| rest.get(..3)).and_then(|digits| digits.parse().ok()).unwrap_or(0)
}

/// How many answers stand in a stream.
pub fn answers(stream: &str) -> usize {
    stream.matches("HTTP/1.1 ").count()
}

/// Limits with little patience.
pub fn hasty() -> Limits {
    Limits {
        head_seconds: 1,
        body_seconds: 1,
        answer_seconds: 1,
        idle_seconds: 1,
        linger_seconds: 1,
        handler_seconds: 10,
        ..Limits::default()
    }
}
