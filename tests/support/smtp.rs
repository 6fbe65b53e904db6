//! A real mail server on loopback, with its own authority, that misbehaves as told and ends with the test.

use std::collections::VecDeque;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Barrier, Mutex};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use data_encoding::BASE64;
use rustls::ServerConfig;
use socket2::{Domain, Socket, Type};

use super::smtp_wire::{Line, identity};

/// How the server keeps conversations private.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Wire {
    /// Not at all.
    Clear,
    /// After STARTTLS.
    Starttls,
    /// From the first byte.
    Tls,
}

/// Whose certificate the server shows.
#[derive(Clone, Copy)]
pub enum Certificate {
    /// For `localhost`, from the authority of [`SmtpServer::authority`].
    Right,
    /// From the right authority for another name.
    OtherName,
    /// For `localhost` from an authority nobody was told of.
    OtherAuthority,
    /// From the right authority, ended in the year 2001.
    Expired,
}

/// What goes wrong with one message; the next one finds the next fault, and none when there are no more.
#[derive(Clone)]
pub enum Fault {
    /// All is well.
    None,
    /// This answer to the greeting line EHLO.
    Hello(&'static str),
    /// This answer to MAIL FROM.
    From(&'static str),
    /// This answer to RCPT TO.
    To(&'static str),
    /// This answer after the message was received; it is not recorded.
    Content(&'static str),
    /// The message is received and recorded, and the connection cut before the answer.
    CutAfterData,
    /// The answer to MAIL FROM comes a byte at a time, with this pause between.
    Drip(Duration),
    /// No answer to MAIL FROM at all.
    Silence,
    /// The message is received and recorded; then the test is met, and again before the confirmation, and after it.
    Meet(Arc<Barrier>),
}

/// What the server is like.
pub struct Manner {
    /// How it keeps conversations private.
    pub wire: Wire,
    /// What it shows.
    pub certificate: Certificate,
    /// The login it wants: user and password.
    pub login: Option<(&'static str, &'static str)>,
    /// Mechanisms it offers.
    pub mechanisms: &'static str,
    /// The first line it says; nothing for a server that never speaks.
    pub greeting: &'static str,
    /// What goes wrong, message by message.
    pub faults: Vec<Fault>,
}

impl Default for Manner {
    fn default() -> Self {
        Self {
            wire: Wire::Starttls,
            certificate: Certificate::Right,
            login: None,
            mechanisms: "PLAIN LOGIN",
            greeting: "220 localhost ESMTP",
            faults: Vec::new(),
        }
    }
}

/// A message that arrived.
#[derive(Clone, Debug)]
pub struct Delivery {
    /// The address of MAIL FROM.
    pub from: String,
    /// The addresses of RCPT TO.
    pub to: Vec<String>,
    /// The message, with dots unstuffed.
    pub message: Vec<u8>,
    /// Whether it came encrypted.
    pub encrypted: bool,
    /// Who had signed in.
    pub user: Option<String>,
}

/// The server; it ends when it is dropped.
pub struct SmtpServer {
    address: SocketAddr,
    authority: String,
    shared: Arc<Shared>,
    listener: Option<JoinHandle<()>>,
}

struct Shared {
    manner: Manner,
    tls: Arc<ServerConfig>,
    faults: Mutex<VecDeque<Fault>>,
    deliveries: Mutex<Vec<Delivery>>,
    connections: AtomicUsize,
    sockets: Mutex<Vec<TcpStream>>,
    ending: AtomicBool,
}

impl SmtpServer {
    /// Begins to listen on a free port of 127.0.0.1.
    pub fn start(mut manner: Manner) -> Self {
        let (authority, tls) = identity(manner.certificate);
        let listener = TcpListener::bind(("127.0.0.1", 0)).expect("a free port");
        let address = listener.local_addr().expect("an address");
        let faults = Mutex::new(std::mem::take(&mut manner.faults).into());
        let shared = Arc::new(Shared {
            manner,
            tls,
            faults,
            deliveries: Mutex::default(),
            connections: AtomicUsize::new(0),
            sockets: Mutex::default(),
            ending: AtomicBool::new(false),
        });
        let hall = Arc::clone(&shared);
        let listener = thread::spawn(move || hall.listen(&listener));
        Self { address, authority, shared, listener: Some(listener) }
    }

    /// A port on which nobody listens, taken for as long as the socket lives.
    pub fn nobody() -> (Socket, u16) {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).expect("a socket");
        socket.bind(&SocketAddr::from(([127, 0, 0, 1], 0)).into()).expect("a free port");
        let port = socket.local_addr().ok().and_then(|address| address.as_socket()).expect("an address").port();
        (socket, port)
    }

    /// The port.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The authority's certificate in PEM.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// What arrived, in order.
    pub fn deliveries(&self) -> Vec<Delivery> {
        self.shared.deliveries.lock().expect("no panic inside").clone()
    }

    /// How many connections were opened.
    pub fn connections(&self) -> usize {
        self.shared.connections.load(Ordering::SeqCst)
    }

    /// Adds what goes wrong with the messages to come.
    pub fn will(&self, fault: Fault) {
        self.shared.faults.lock().expect("no panic inside").push_back(fault);
    }

    /// Closes every open connection, as a server does with those that rest too long.
    pub fn cut_all(&self) {
        for socket in self.shared.sockets.lock().expect("no panic inside").drain(..) {
            let _ = socket.shutdown(Shutdown::Both);
        }
    }
}

impl Drop for SmtpServer {
    fn drop(&mut self) {
        self.shared.ending.store(true, Ordering::SeqCst);
        let _ = TcpStream::connect(self.address);
        self.cut_all();
        if let Some(listener) = self.listener.take() {
            let _ = listener.join();
        }
    }
}

impl Shared {
    fn listen(self: &Arc<Self>, listener: &TcpListener) {
        let mut talks = Vec::new();
        while let Ok((socket, _)) = listener.accept() {
            if self.ending.load(Ordering::SeqCst) {
                break;
            }
            self.connections.fetch_add(1, Ordering::SeqCst);
            let _ = socket.set_read_timeout(Some(Duration::from_secs(20)));
            let _ = socket.set_nodelay(true);
            let Ok(own) = socket.try_clone() else { continue };
            self.sockets.lock().expect("no panic inside").extend(socket.try_clone());
            let hall = Arc::clone(self);
            talks.push(thread::spawn(move || {
                // The client may leave at any line; that ends the talk and is no fault of the test.
                let _ = hall.talk(socket);
                let _ = own.shutdown(Shutdown::Both);
            }));
        }
        for talk in talks {
            let _ = talk.join();
        }
    }

    fn talk(&self, socket: TcpStream) -> std::io::Result<()> {
        let mut line =
            if self.manner.wire == Wire::Tls { Line::secret(socket, &self.tls)? } else { Line::clear(socket) };
        if self.manner.greeting.is_empty() {
            // Until the client has had enough, or the server ends.
            return line.hear().map(drop);
        }
        line.say(self.manner.greeting)?;
        let mut user = None;
        let (mut from, mut to) = (String::new(), Vec::new());
        let mut fault = Fault::None;
        loop {
            let said = line.hear()?;
            let verb = said.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            match verb.as_str() {
                "EHLO" => {
                    if let Some(Fault::Hello(answer)) = self.peek() {
                        self.next();
                        line.say(answer)?;
                        continue;
                    }
                    let mut answer = String::from("250-localhost\r\n250-8BITMIME\r\n");
                    if self.manner.wire == Wire::Starttls && !line.encrypted {
                        answer += "250-STARTTLS\r\n";
                    } else if self.manner.login.is_some() {
                        answer += &format!("250-AUTH {}\r\n", self.manner.mechanisms);
                    }
                    line.say(&(answer + "250 SIZE 1000000"))?;
                }
                "STARTTLS" => {
                    line.say("220 go ahead")?;
                    line = line.encrypt(&self.tls)?;
                }
                "AUTH" => match self.sign_in(&mut line, &said)? {
                    Some(name) => {
                        user = Some(name);
                        line.say("235 2.7.0 welcome")?;
                    }
                    // Some servers repeat what they were told: it must not reach a log.
                    None => line.say(&format!("535 5.7.8 wrong: {said} {}", self.repeated(&said)))?,
                },
                "MAIL" if self.manner.login.is_some() && user.is_none() => line.say("530 5.7.0 sign in first")?,
                "MAIL" => {
                    fault = self.next();
                    from = address(&said);
                    to.clear();
                    match &fault {
                        Fault::From(answer) => line.say(answer)?,
                        Fault::Drip(pause) => line.drip("250 2.1.0 accepted", *pause)?,
                        Fault::Silence => thread::sleep(Duration::from_secs(3)),
                        _ => line.say("250 2.1.0 ok")?,
                    }
                }
                "RCPT" => {
                    if let Fault::To(answer) = fault {
                        line.say(answer)?;
                    } else {
                        to.push(address(&said));
                        line.say("250 2.1.5 ok")?;
                    }
                }
                "DATA" => {
                    line.say("354 go ahead")?;
                    let message = line.hear_message()?;
                    if let Fault::Content(answer) = fault {
                        line.say(answer)?;
                        continue;
                    }
                    let delivery = Delivery {
                        from: from.clone(),
                        to: to.clone(),
                        message,
                        encrypted: line.encrypted,
                        user: user.clone(),
                    };
                    let count = {
                        let mut deliveries = self.deliveries.lock().expect("no panic inside");
                        deliveries.push(delivery);
                        deliveries.len()
                    };
                    if matches!(fault, Fault::CutAfterData) {
                        return line.close();
                    }
                    let confirmation = format!("250 2.0.0 queued as \u{1b}[31m{count}");
                    if let Fault::Meet(test) = &fault {
                        test.wait();
                        test.wait();
                        line.say(&confirmation)?;
                        test.wait();
                        continue;
                    }
                    line.say(&confirmation)?;
                }
                "RSET" | "NOOP" => line.say("250 2.0.0 ok")?,
                "QUIT" => {
                    line.say("221 2.0.0 bye")?;
                    return line.close();
                }
                _ => line.say("500 5.5.1 what?")?,
            }
        }
    }

    fn sign_in(&self, line: &mut Line, said: &str) -> std::io::Result<Option<String>> {
        let (user, password) = match said.splitn(3, ' ').collect::<Vec<_>>()[..] {
            [_, "PLAIN", first] => {
                let text = decode(first);
                let mut pieces = text.split('\0').skip(1).map(String::from);
                (pieces.next().unwrap_or_default(), pieces.next().unwrap_or_default())
            }
            [_, "LOGIN", ..] => {
                line.say(&format!("334 {}", BASE64.encode(b"Username:")))?;
                let user = decode(&line.hear()?);
                line.say(&format!("334 {}", BASE64.encode(b"Password:")))?;
                (user, decode(&line.hear()?))
            }
            _ => return Ok(None),
        };
        let right = self.manner.login == Some((user.as_str(), password.as_str()));
        Ok(right.then_some(user))
    }

    fn repeated(&self, said: &str) -> String {
        said.rsplit(' ').next().map(decode).unwrap_or_default().replace('\0', " ")
    }

    fn peek(&self) -> Option<Fault> {
        self.faults.lock().expect("no panic inside").front().cloned()
    }

    fn next(&self) -> Fault {
        self.faults.lock().expect("no panic inside").pop_front().unwrap_or(Fault::None)
    }
}

fn address(said: &str) -> String {
    let inner = said.split_once('<').and_then(|(_, rest)| rest.split_once('>'));
    inner.map(|(address, _)| address.to_owned()).unwrap_or_default()
}

fn decode(text: &str) -> String {
    BASE64.decode(text.as_bytes()).ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}
