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
        let request = format!(
            "GET {target} HTTP/1.1\r\nHost: {HOST}\r\nCookie: {}\r\nAccept-Language: en\r\nAccept: text/html\r\n\r\n",
            self.cookie
        );
        self.stream.write_all(request.as_bytes())?;
        let mut filled = 0;
        let (head, length) = loop {
            ensure!(filled < self.buffer.len(), "{target}: a head without end");
            let count = self.stream.read(&mut self.buffer[filled..])?;
            ensure!(count > 0, "{target}: the connection was closed");
            filled += count;
            if let Some(end) = self.buffer[..filled].windows(4).position(|four| four == b"\r\n\r\n") {
                let head = std::str::from_utf8(&self.buffer[..end])?;
                ensure!(head.starts_with("HTTP/1.1 200 "), "{target}: {head}");
                break (end + 4, length(head).with_context(|| format!("{target}: an answer without a length"))?);
            }
        };
        let mut left = (head + length).saturating_sub(filled);
        while left > 0 {
            let most = left.min(self.buffer.len());
            let count = self.stream.read(&mut self.buffer[..most])?;
            ensure!(count > 0, "{target}: the answer was cut short");
            left -= count;
        }
        Ok(length)
    }
}

fn length(head: &str) -> Option<usize> {
    let lines = head.lines().filter_map(|line| line.split_once(':'));
    lines
        .filter(|(name, _)| name.eq_ignore_ascii_case("content-length"))
        .find_map(|(_, value)| value.trim().parse().ok())
}
