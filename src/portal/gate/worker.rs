//! The worker side: takes a clean request from the HTTP library, lets the handler answer, survives what it does.

use std::io::Read;
use std::net::{IpAddr, Ipv4Addr};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tiny_http::{Header, Response, Server, StatusCode};

use crate::error::{Error, Kind, Result};
use crate::portal::exchange::{Body, IN_MEMORY, Method, Reply, Request, SECURITY_HEADERS, header, split};
use crate::portal::front::Handler;

use super::head::{PEER, TOO_LARGE};
use super::life::Life;
use super::refusal::{page, reference};

/// How often an idle worker looks whether it may go home.
const TICK: Duration = Duration::from_secs(1);

/// Framing is the front's own work.
const FRAMING: [&str; 5] = ["connection", "content-length", "keep-alive", "trailer", "transfer-encoding"];

/// One worker.
pub struct Worker {
    /// Where requests come from.
    pub server: Arc<Server>,
    /// Who answers them.
    pub handler: Arc<dyn Handler>,
    /// The target that only the front's own probe knows.
    pub probe: String,
    /// Where large bodies go.
    pub spool_directory: PathBuf,
    /// When to go home, and whom to tell when something breaks.
    pub life: Arc<Life>,
}

impl Worker {
    /// Answers requests until it is sent home. Should it end otherwise, the front has failed.
    pub fn work(self) {
        let _mourner = Mourner(Arc::clone(&self.life));
        while !self.life.is_closed() {
            match self.server.recv_timeout(TICK) {
                Ok(Some(request)) => {
                    if catch_unwind(AssertUnwindSafe(|| self.serve(request))).is_err() {
                        tracing::error!("an answer could not be handed back");
                    }
                }
                Ok(None) => {}
                Err(cause) => return self.life.fail(format!("no request can be received: {cause}")),
            }
        }
    }

    fn serve(&self, mut raw: tiny_http::Request) {
        let reply = match self.read(&mut raw) {
            Ok((request, _)) if request.path == self.probe => Reply::new(200, "text/plain; charset=utf-8", "ok\n"),
            Ok((request, None)) => ask(request, |request| self.handler.answer(request)),
            Ok((request, Some(most))) => ask(request, |request| self.handler.too_large(request, most)),
            Err(cause) => {
                let reference = reference();
                tracing::error!(reference, %cause, "a request could not be taken over");
                apology(&reference)
            }
        };
        let response = response(reply).unwrap_or_else(|cause| {
            let reference = reference();
            tracing::error!(reference, %cause, "an answer was not fit to be sent");
            response(apology(&reference)).unwrap_or_else(|_| bare(500))
        });
        if let Err(cause) = raw.respond(response) {
            tracing::debug!(%cause, "nobody waited for the answer");
        }
    }

    /// Drains the body before anything else: an answer to a request that is still being sent can block both sides. Also
    /// says how long a body could have been that the gate did not take.
    fn read(&self, raw: &mut tiny_http::Request) -> std::io::Result<(Request, Option<u64>)> {
        let mut body = Body::spooling_in(&self.spool_directory);
        let expected = raw.body_length().unwrap_or(0) as u64;
        if expected > 0 {
            let mut chunk = vec![0; IN_MEMORY.min(usize::try_from(expected).unwrap_or(IN_MEMORY))];
            loop {
                match raw.as_reader().read(&mut chunk)? {
                    0 => break,
                    count => body.push(&chunk[..count])?,
                }
            }
        }
        if body.len() != expected {
            return Err(std::io::ErrorKind::UnexpectedEof.into());
        }
        let (path, query) = split(raw.url());
        let mut request = Request {
            method: Method::parse(raw.method().as_str()).ok_or(std::io::ErrorKind::InvalidData)?,
            path,
            query,
            headers: Vec::with_capacity(raw.headers().len()),
            body,
            peer: IpAddr::V4(Ipv4Addr::UNSPECIFIED),
        };
        let mut too_large = None;
        for line in raw.headers() {
            let name = line.field.as_str().as_str().to_ascii_lowercase();
            match name.as_str() {
                PEER => request.peer = line.value.as_str().parse().map_err(|_| std::io::ErrorKind::InvalidData)?,
                TOO_LARGE => {
                    too_large = Some(line.value.as_str().parse().map_err(|_| std::io::ErrorKind::InvalidData)?);
                }
                "content-length" => {}
                _ => request.headers.push((name, line.value.as_str().to_owned())),
            }
        }
        Ok((request, too_large))
    }
}

/// The handler's answer, or an apology when it panics.
fn ask(request: Request, answer: impl FnOnce(Request) -> Reply) -> Reply {
    let what = format!("{request:?}");
    catch_unwind(AssertUnwindSafe(|| answer(request))).unwrap_or_else(|panic| {
        let reference = reference();
        let panic = panic
            .downcast_ref::<&str>()
            .copied()
            .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
            .unwrap_or("without a word");
        tracing::error!(reference, panic, request = what, "a handler panicked");
        apology(&reference)
    })
}

/// Tells when a worker ends that was not sent home.
struct Mourner(Arc<Life>);

impl Drop for Mourner {
    fn drop(&mut self) {
        if !self.0.is_closed() {
            self.0.fail("a worker has ended");
        }
    }
}

fn apology(reference: &str) -> Reply {
    let text = format!("Something went wrong on our side. Try again later. Reference: {reference}");
    Reply::new(500, "text/html; charset=utf-8", page(500, "Internal Server Error", &text))
}

/// The reply in the library's words, each header through the one gate, the usual ones added.
fn response(reply: Reply) -> Result<Response<Box<dyn Read + Send>>> {
    if !(200..=599).contains(&reply.status) {
        return Err(Error::new(Kind::Internal, format!("{} is not a status to end a request with", reply.status)));
    }
    let mut response = bare(reply.status);
    for (name, value) in &reply.headers {
        if !FRAMING.iter().any(|framing| name.eq_ignore_ascii_case(framing)) {
            response.add_header(line(name, value)?);
        }
    }
    for (name, value) in SECURITY_HEADERS {
        if reply.header(name).is_none() {
            response.add_header(line(name, value)?);
        }
    }
    let length = usize::try_from(reply.body.len()).map_err(Error::internal)?;
    Ok(response.with_data(reply.body.into_reader(), Some(length)).with_chunked_threshold(usize::MAX))
}

fn bare(status: u16) -> Response<Box<dyn Read + Send>> {
    Response::new(StatusCode(status), Vec::new(), Box::new(std::io::empty()), Some(0), None)
}

fn line(name: &str, value: &str) -> Result<Header> {
    let (name, value) = header(name, value)?;
    Header::from_bytes(name, value)
        .map_err(|()| Error::new(Kind::Internal, "a header that the HTTP library cannot carry"))
}

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::Mutex;

    use super::*;

    #[derive(Clone, Default)]
    struct Log(Arc<Mutex<Vec<u8>>>);

    impl Write for Log {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("not poisoned").write(bytes)
        }
        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn the_reference_a_person_sees_is_in_the_log() {
        let log = Log::default();
        let writer = log.clone();
        let subscriber = tracing_subscriber::fmt().with_writer(move || writer.clone()).with_ansi(false).finish();
        let reply =
            tracing::subscriber::with_default(subscriber, || ask(Request::get("/eggs"), |_| panic!("too many eggs")));
        let (status, mut body) = (reply.status, String::new());
        reply.body.into_reader().read_to_string(&mut body).expect("text");
        let reference = body.split("Reference: ").nth(1).and_then(|rest| rest.get(..8)).expect("a reference");
        let log = String::from_utf8(log.0.lock().expect("not poisoned").clone()).expect("text");
        assert!(log.contains(reference) && log.contains("too many eggs") && log.contains("/eggs"), "{log}");
        assert!(status == 500 && !body.contains("eggs"), "{body}");
    }

    #[test]
    fn a_worker_that_ends_by_itself_is_missed() {
        let life = Arc::new(Life::default());
        drop(Mourner(Arc::clone(&life)));
        assert!(life.failure().is_some());
        let sent_home = Arc::new(Life::default());
        sent_home.close();
        drop(Mourner(Arc::clone(&sent_home)));
        assert!(sent_home.failure().is_none());
    }

    #[test]
    fn a_reply_that_would_split_the_answer_is_not_sent() {
        let split = Reply {
            headers: vec![("Location".into(), "/a\r\nSet-Cookie: x=y".into())],
            ..Reply::new(303, "text/plain", "")
        };
        assert!(response(split).is_err());
        assert!(response(Reply::new(101, "text/plain", "")).is_err());
        assert!(response(Reply::new(99, "text/plain", "")).is_err());
    }

    #[test]
    fn a_handler_says_otherwise_under_the_same_name() {
        let reply = Reply::new(200, "text/css", "a{}").with("cache-control", "max-age=1").expect("plain");
        let response = response(reply).expect("fit");
        let caches: Vec<_> = response.headers().iter().filter(|line| line.field.equiv("cache-control")).collect();
        assert_eq!(caches.len(), 1);
        assert_eq!(caches[0].value.as_str(), "max-age=1");
        assert!(response.headers().iter().any(|line| line.field.equiv("x-content-type-options")));
    }
}
