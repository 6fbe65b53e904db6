//! A browser that does nothing but ask: one connection that is kept, one request after another.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use anyhow::{Context, Result, ensure};

use crate::house::HOST;

/// One kept connection.
pub struct Client {
    stream: TcpStream,
    cookie: String,
    buffer: Vec<u8>,
}

impl Client {
    /// Connects, and will send this cookie with every request.
    pub fn connect(address: SocketAddr, cookie: &str) -> Result<Self> {
        let stream = TcpStream::connect(address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(20)))?;
        Ok(Self { stream, cookie: cookie.to_owned(), buffer: vec![0; 128 * 1024] })
    }

    /// Asks for a page, which must be there, and gives the length of its body.
    pub fn get(&mut self, target: &str) -> Result<usize> {
        let mut length = 0;
        self.see(target, |bytes| length += bytes.len())?;
        Ok(length)
    }

    /// Asks for a page, which must be there, and gives its text.
    pub fn text(&mut self, target: &str) -> Result<String> {
        let mut body = Vec::new();
        self.see(target, |bytes| body.extend_from_slice(bytes))?;
        Ok(String::from_utf8(body)?)
    }

    fn see(&mut self, target: &str, mut see: impl FnMut(&[u8])) -> Result<()> {
        self.ask("GET", target, "Accept: text/html\r\n", b"")?;
        let (head, start, filled) = self.answer(target)?;
        ensure!(head.starts_with("HTTP/1.1 200 "), "{target}: {head}");
        let length = length(&head).with_context(|| format!("{target}: an answer without a length"))?;
        see(&self.buffer[start..filled]);
        self.rest(target, (start + length).saturating_sub(filled), see)
    }

    /// Sends a form with files, which must be taken.
    pub fn post(&mut self, target: &str, boundary: &str, body: &[u8]) -> Result<()> {
        let about = format!(
            "Origin: https://{HOST}\r\nContent-Type: multipart/form-data; boundary={boundary}\r\nContent-Length: {}\r\n",
            body.len()
        );
        self.ask("POST", target, &about, body)?;
        let (head, start, filled) = self.answer(target)?;
        ensure!(head.starts_with("HTTP/1.1 303 "), "{target}: {head}");
        self.rest(target, (start + length(&head).unwrap_or(0)).saturating_sub(filled), |_| {})
    }

    fn ask(&mut self, method: &str, target: &str, about: &str, body: &[u8]) -> Result<()> {
        let cookie = &self.cookie;
        let head = format!(
            "{method} {target} HTTP/1.1\r\nHost: {HOST}\r\nCookie: {cookie}\r\nAccept-Language: en\r\n{about}\r\n"
        );
        self.stream.write_all(head.as_bytes())?;
        Ok(self.stream.write_all(body)?)
    }

    /// Reads the head of an answer: its text, where the body begins in the buffer, and how far the buffer is filled.
    fn answer(&mut self, target: &str) -> Result<(String, usize, usize)> {
        let mut filled = 0;
        loop {
            ensure!(filled < self.buffer.len(), "{target}: a head without end");
            let count = self.stream.read(&mut self.buffer[filled..])?;
            ensure!(count > 0, "{target}: the connection was closed");
            filled += count;
            if let Some(end) = self.buffer[..filled].windows(4).position(|four| four == b"\r\n\r\n") {
                return Ok((std::str::from_utf8(&self.buffer[..end])?.to_owned(), end + 4, filled));
            }
        }
    }

    /// Reads so many bytes more.
    fn rest(&mut self, target: &str, mut left: usize, mut see: impl FnMut(&[u8])) -> Result<()> {
        while left > 0 {
            let most = left.min(self.buffer.len());
            let count = self.stream.read(&mut self.buffer[..most])?;
            ensure!(count > 0, "{target}: the answer was cut short");
            see(&self.buffer[..count]);
            left -= count;
        }
        Ok(())
    }
}

fn length(head: &str) -> Option<usize> {
    let lines = head.lines().filter_map(|line| line.split_once(':'));
    lines
        .filter(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .find_map(|(_, value)| value.trim().parse().ok())
}
