//! The test mail server's wire: lines in the clear or over TLS, and the authority behind its certificate.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};

use super::smtp::Certificate;

/// One connection, read byte by byte so that nothing of TLS is swallowed with a line in the clear.
pub struct Line {
    /// Whether TLS is spoken.
    pub encrypted: bool,
    plain: Option<TcpStream>,
    secret: Option<Box<StreamOwned<ServerConnection, TcpStream>>>,
}

impl Line {
    /// A conversation in the clear.
    pub fn clear(socket: TcpStream) -> Self {
        Self { encrypted: false, plain: Some(socket), secret: None }
    }

    /// A conversation with TLS from the next byte.
    pub fn secret(socket: TcpStream, tls: &Arc<ServerConfig>) -> std::io::Result<Self> {
        let session = ServerConnection::new(Arc::clone(tls)).map_err(std::io::Error::other)?;
        Ok(Self { encrypted: true, plain: None, secret: Some(Box::new(StreamOwned::new(session, socket))) })
    }

    /// The same conversation, encrypted from here on.
    pub fn encrypt(self, tls: &Arc<ServerConfig>) -> std::io::Result<Self> {
        Self::secret(self.plain.expect("a socket in the clear"), tls)
    }

    /// One line, or several that are joined already.
    pub fn say(&mut self, text: &str) -> std::io::Result<()> {
        self.write(format!("{text}\r\n").as_bytes())
    }

    /// One line, a byte at a time.
    pub fn drip(&mut self, text: &str, pause: Duration) -> std::io::Result<()> {
        for byte in format!("{text}\r\n").bytes() {
            self.write(&[byte])?;
            thread::sleep(pause);
        }
        Ok(())
    }

    /// The next line.
    pub fn hear(&mut self) -> std::io::Result<String> {
        let mut line = Vec::new();
        while !line.ends_with(b"\r\n") {
            line.push(self.byte()?);
            assert!(line.len() < 2_000, "a command of 2,000 bytes");
        }
        line.truncate(line.len() - 2);
        String::from_utf8(line).map_err(std::io::Error::other)
    }

    /// Lines up to the lone dot, unstuffed.
    pub fn hear_message(&mut self) -> std::io::Result<Vec<u8>> {
        let mut message = Vec::new();
        loop {
            let line = self.hear()?;
            if line == "." {
                return Ok(message);
            }
            message.extend(line.strip_prefix('.').unwrap_or(&line).as_bytes());
            message.extend(b"\r\n");
        }
    }

    fn byte(&mut self) -> std::io::Result<u8> {
        let mut byte = [0];
        match (&mut self.plain, &mut self.secret) {
            (_, Some(secret)) => secret.read_exact(&mut byte)?,
            (Some(plain), None) => plain.read_exact(&mut byte)?,
            (None, None) => return Err(std::io::ErrorKind::NotConnected.into()),
        }
        Ok(byte[0])
    }

    fn write(&mut self, bytes: &[u8]) -> std::io::Result<()> {
        match (&mut self.plain, &mut self.secret) {
            (_, Some(secret)) => secret.write_all(bytes).and_then(|()| secret.flush()),
            (Some(plain), None) => plain.write_all(bytes),
            (None, None) => Err(std::io::ErrorKind::NotConnected.into()),
        }
    }

    /// The end.
    pub fn close(&mut self) -> std::io::Result<()> {
        match (&self.plain, &self.secret) {
            (_, Some(secret)) => secret.sock.shutdown(Shutdown::Both),
            (Some(plain), None) => plain.shutdown(Shutdown::Both),
            (None, None) => Ok(()),
        }
    }
}

/// The authority in PEM, and what the server shows.
pub fn identity(certificate: Certificate) -> (String, Arc<ServerConfig>) {
    let (trusted, trusted_key) = authority("frontdesk test authority");
    let (other, other_key) = authority("another authority");
    let pem = trusted.self_signed(&trusted_key).expect("an authority").pem();
    let name = if matches!(certificate, Certificate::OtherName) { "mail.other.example" } else { "localhost" };
    let mut params = CertificateParams::new(vec![name.to_owned()]).expect("a name");
    if matches!(certificate, Certificate::Expired) {
        params.not_before = rcgen::date_time_ymd(2000, 1, 1);
        params.not_after = rcgen::date_time_ymd(2001, 1, 1);
    }
    let key = KeyPair::generate().expect("a key");
    let issuer = if matches!(certificate, Certificate::OtherAuthority) {
        Issuer::new(other, other_key)
    } else {
        Issuer::new(trusted, trusted_key)
    };
    let signed = params.signed_by(&key, &issuer).expect("a certificate");
    let secret = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("versions")
        .with_no_client_auth()
        .with_single_cert(vec![signed.der().clone()], secret)
        .expect("a certificate and its key");
    (pem, Arc::new(config))
}

fn authority(name: &str) -> (CertificateParams, KeyPair) {
    let mut params = CertificateParams::new(Vec::new()).expect("no names");
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(rcgen::DnType::CommonName, name);
    (params, KeyPair::generate().expect("a key"))
}
