//! Secrets: the key of this installation, the tokens made with it, and random values.

use std::fmt;
use std::io::{ErrorKind, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use data_encoding::{BASE32_NOPAD, BASE64URL_NOPAD, HEXLOWER};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;
use zeroize::Zeroizing;

use crate::error::{Error, Kind, Result};
use crate::ids::{GroupId, UserId};

/// Text that must not be seen: its `Debug` says nothing and its memory is cleared.
#[derive(Clone)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    /// Takes a secret, byte for byte.
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The secret itself, for the one place that needs it.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

/// The key of this installation: 32 random bytes in a file of mode 0600, outside the database.
#[derive(Clone)]
pub struct Key(Zeroizing<[u8; 32]>);

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(…)")
    }
}

impl Key {
    /// A new key, kept nowhere yet.
    pub fn random() -> Result<Self> {
        Ok(Self(Zeroizing::new(random_bytes()?)))
    }

    /// Reads the key file; refuses one that others may read.
    pub fn read(path: &Path) -> Result<Self> {
        let name = path.display();
        let fault = |why: String| Error::new(Kind::Config, format!("the key file '{name}' {why}"));
        let meta = std::fs::metadata(path).map_err(|cause| fault(format!("cannot be read: {cause}")))?;
        if meta.permissions().mode() & 0o077 != 0 {
            return Err(fault("can be read by others".into()).tip(format!("chmod 600 {name}")));
        }
        let text = Zeroizing::new(std::fs::read(path).map_err(|cause| fault(format!("cannot be read: {cause}")))?);
        let bytes = HEXLOWER
            .decode(text.trim_ascii())
            .ok()
            .and_then(|bytes| <[u8; 32]>::try_from(bytes).ok())
            .ok_or_else(|| fault("does not hold 64 hexadecimal digits".into()).tip("restore it from a backup"))?;
        Ok(Self(Zeroizing::new(bytes)))
    }

    /// Reads the key file, or writes a new one of mode 0600 if there is none.
    pub fn read_or_create(path: &Path) -> Result<Self> {
        let fresh = Self::random()?;
        match std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Self::read(path),
            opened => {
                let text = Zeroizing::new(format!("{}\n", HEXLOWER.encode(&*fresh.0)));
                opened.and_then(|mut file| file.write_all(text.as_bytes()).and_then(|()| file.sync_all())).map_err(
                    |cause| {
                        Error::new(
                            Kind::CannotWrite,
                            format!("the key file '{}' cannot be written: {cause}", path.display()),
                        )
                    },
                )?;
                Ok(fresh)
            }
        }
    }

    /// A token that only this key can make, for a purpose and the parts that it is bound to: 43 characters of base64url.
    pub fn token(&self, purpose: &str, parts: &[&str]) -> String {
        BASE64URL_NOPAD.encode(&self.mac(purpose, parts))
    }

    /// A mark of 43 characters of base64url by which this key's owner knows bytes again; nobody else can make it.
    pub fn seal(&self, purpose: &str, parts: &[&[u8]]) -> String {
        BASE64URL_NOPAD.encode(&self.mac(purpose, parts))
    }

    /// The first 80 bits of such a token, as 16 letters and digits that do not mind whether they are lower case: for what
    /// passes through mail servers.
    pub fn code(&self, purpose: &str, parts: &[&str]) -> String {
        BASE32_NOPAD.encode(&self.mac(purpose, parts)[..10]).to_ascii_lowercase()
    }

    fn mac(&self, purpose: &str, parts: &[impl AsRef<[u8]>]) -> [u8; 32] {
        let mut mac = Hmac::<Sha256>::new_from_slice(&*self.0).unwrap_or_else(|_| unreachable!("HMAC takes any key"));
        for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().map(AsRef::as_ref)) {
            // The length before each part keeps ("ab", "c") and ("a", "bc") apart.
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        mac.finalize().into_bytes().into()
    }

    /// The token of an invitation's or reset's link. It is made anew whenever it is needed and kept nowhere.
    pub fn ticket(&self, purpose: &str, group: GroupId, user: UserId, nonce: &str) -> String {
        self.token(purpose, &[&group.to_string(), &user.to_string(), nonce])
    }
}

/// The hash under which a token is kept: who has only the hash cannot present the token.
pub fn hash(token: &str) -> String {
    HEXLOWER.encode(&Sha256::digest(token.as_bytes()))
}

/// Whether two texts are the same, in a time that does not tell where they differ.
pub fn same(one: &str, other: &str) -> bool {
    one.as_bytes().ct_eq(other.as_bytes()).into()
}

/// 256 random bits as 43 characters of base64url.
pub fn random_token() -> Result<String> {
    Ok(BASE64URL_NOPAD.encode(&random_bytes::<32>()?))
}

/// A short random word by which a person can name a fault on the telephone.
pub fn random_reference() -> Result<String> {
    Ok(HEXLOWER.encode(&random_bytes::<4>()?))
}

/// A random word of 16 characters that nobody guesses, short enough for a picture that a camera reads from afar.
pub fn random_code() -> Result<String> {
    Ok(HEXLOWER.encode(&random_bytes::<8>()?))
}

fn random_bytes<const N: usize>() -> Result<[u8; N]> {
    let mut bytes = [0; N];
    getrandom::fill(&mut bytes).map_err(|cause| Error::internal(anyhow::anyhow!("no random numbers: {cause}")))?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_bound_to_key_purpose_and_parts() {
        let (one, other) = (Key::random().expect("random"), Key::random().expect("random"));
        let token = one.token("invite", &["1", "2"]);
        assert_eq!(token.len(), 43);
        assert_eq!(token, one.token("invite", &["1", "2"]));
        for different in [
            other.token("invite", &["1", "2"]),
            one.token("reset", &["1", "2"]),
            one.token("invite", &["12", ""]),
            one.token("invite", &["1"]),
        ] {
            assert_ne!(token, different);
        }
    }

    #[test]
    fn codes_are_short_and_lower_case() {
        let key = Key::random().expect("random");
        let code = key.code("reply", &["1", "2"]);
        assert!(
            code.len() == 16 && code.bytes().all(|b| b.is_ascii_lowercase() || (b'2'..=b'7').contains(&b)),
            "{code}"
        );
        assert_eq!(code, key.code("reply", &["1", "2"]));
        assert_ne!(code, key.code("reply", &["12", ""]));
        assert_ne!(code, key.code("other", &["1", "2"]));
    }

    #[test]
    fn a_key_file_is_private_or_refused() {
        let dir = tempfile::tempdir().expect("a folder");
        let path = dir.path().join("key");
        let key = Key::read_or_create(&path).expect("made");
        let again = Key::read_or_create(&path).expect("read");
        assert_eq!(key.token("x", &[]), again.token("x", &[]));
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o644)).expect("chmod");
        assert_eq!(Key::read(&path).expect_err("refused").kind(), Kind::Config);
    }
}
