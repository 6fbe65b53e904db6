//! A few pages on loopback for the browser to look at.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread::JoinHandle;
use std::time::Duration;

const LOOK: &str = "<!doctype html><title>Look</title><style>
    body { margin: 0; background: rgb(250, 250, 250) } div { width: 600px }
    @media (prefers-color-scheme: dark) { body { background: rgb(10, 20, 30) } }
    </style><div>a box</div>";

const FORM: &str = "<!doctype html><title>Form</title><form method=post action=/sent>
    <input name=who> <button>Send</button></form><p id=by>no script wrote this</p>
    <script>document.getElementById('by').textContent = 'a script wrote this'</script>";

/// A server that ends when the value goes out of scope.
pub struct Pages {
    address: SocketAddr,
    ending: Arc<AtomicBool>,
    server: Option<JoinHandle<()>>,
}

impl Pages {
    pub fn serve() -> Self {
        Self::with(Vec::new())
    }

    /// The same with some more pages, by their paths.
    pub fn with(own: Vec<(&'static str, String)>) -> Self {
        let own = Arc::new(own);
        let listener = TcpListener::bind("127.0.0.1:0").expect("a free port");
        let address = listener.local_addr().expect("an address");
        let ending = Arc::new(AtomicBool::new(false));
        let ends = Arc::clone(&ending);
        let server = std::thread::spawn(move || {
            // Far more than any test asks for.
            for stream in listener.incoming().take(1_000) {
                if ends.load(Ordering::SeqCst) {
                    return;
                }
                // A thread each: Chromium opens connections that it says nothing on.
                let own = Arc::clone(&own);
                std::thread::spawn(move || stream.and_then(|stream| answer(stream, &own)));
            }
        });
        Self { address, ending, server: Some(server) }
    }

    pub fn at(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// The same under another name, which to a browser is another site.
    pub fn at_localhost(&self, path: &str) -> String {
        format!("http://localhost:{}{path}", self.address.port())
    }
}

impl Drop for Pages {
    fn drop(&mut self) {
        self.ending.store(true, Ordering::SeqCst);
        // Wakes the server, which waits for the next connection.
        if TcpStream::connect(self.address).is_ok()
            && let Some(server) = self.server.take()
        {
            server.join().expect("the server of the pages ended well");
        }
    }
}

fn answer(mut stream: TcpStream, own: &[(&str, String)]) -> std::io::Result<()> {
    stream.set_read_timeout(Some(Duration::from_secs(5)))?;
    let mut request = String::new();
    let mut piece = [0; 4096];
    while !is_whole(&request) && request.len() < 100_000 {
        let count = stream.read(&mut piece)?;
        if count == 0 {
            return Ok(());
        }
        request.push_str(&String::from_utf8_lossy(&piece[..count]));
    }
    let path = request.split(' ').nth(1).unwrap_or_default();
    let page = match own.iter().find(|(known, _)| *known == path) {
        Some((_, page)) => page.clone(),
        None => known(path, &request),
    };
    let length = page.len();
    write!(
        stream,
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n{page}"
    )
}

/// The pages that are always there.
fn known(path: &str, request: &str) -> String {
    match path {
        "/look" => LOOK.to_owned(),
        "/form" => FORM.to_owned(),
        "/sent" => {
            format!("<!doctype html><title>Sent</title><p>{}</p>", request.split("\r\n\r\n").nth(1).unwrap_or_default())
        }
        _ => String::new(),
    }
}

fn is_whole(request: &str) -> bool {
    let Some((head, body)) = request.split_once("\r\n\r\n") else { return false };
    let length = head.lines().find_map(|line| line.to_lowercase().strip_prefix("content-length: ").map(str::to_owned));
    body.len() >= length.and_then(|length| length.parse().ok()).unwrap_or(0)
}
