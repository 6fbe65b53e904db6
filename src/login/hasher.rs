//! Hashing passwords: Argon2id with the configured cost, a few at a time.

use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};

use crate::config::Security;
use crate::error::{Error, Kind, Result};
use crate::secret::{Secret, random_token};

/// How many may wait for each one that is hashing; at some 30 ms a hash the last of them waits a quarter of a second.
const QUEUE_FOR_EACH: usize = 8;

/// Hashes and compares passwords. Each running hash takes the configured memory, so only a few run at once.
pub struct Hasher {
    argon2: Argon2<'static>,
    /// What is compared with when there is no user: nobody's password, at the same cost.
    nobody: String,
    at_once: usize,
    slots: Mutex<Slots>,
    freed: Condvar,
}

#[derive(Default)]
struct Slots {
    running: usize,
    waiting: usize,
}

/// The permission to hash now; the next one in the queue gets it afterwards.
pub struct Permit<'h>(&'h Hasher);

impl Hasher {
    /// A hasher of the configured cost that runs so many hashes at once.
    pub fn new(security: &Security, at_once: usize) -> Result<Self> {
        let params = Params::new(security.argon2_memory_kib, security.argon2_passes, security.argon2_lanes, None);
        let params = params.map_err(|cause| {
            Error::new(Kind::Config, format!("the costs of argon2 cannot be used: {cause}"))
                .at("security.argon2_memory_kib")
        })?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let nobody = hash(&argon2, random_token()?.as_bytes())?;
        Ok(Self { argon2, nobody, at_once: at_once.max(1), slots: Mutex::default(), freed: Condvar::new() })
    }

    /// Waits for a place; when too many wait already, says that the place is busy.
    pub fn enter(&self) -> Result<Permit<'_>> {
        let mut slots = self.slots();
        if slots.running >= self.at_once {
            if slots.waiting >= self.at_once * QUEUE_FOR_EACH {
                return Err(Error::new(Kind::Busy, "too many people are signing in at this moment")
                    .tip("try again in a few seconds"));
            }
            slots.waiting += 1;
            slots = self
                .freed
                .wait_while(slots, |slots| slots.running >= self.at_once)
                .unwrap_or_else(PoisonError::into_inner);
            slots.waiting -= 1;
        }
        slots.running += 1;
        Ok(Permit(self))
    }

    /// Whether a stored hash costs at least what is configured now.
    pub fn is_current(&self, stored: &str) -> bool {
        let wanted = self.argon2.params();
        PasswordHash::new(stored).ok().and_then(|hash| Params::try_from(&hash).ok()).is_some_and(|params| {
            params.m_cost() >= wanted.m_cost()
                && params.t_cost() >= wanted.t_cost()
                && params.p_cost() >= wanted.p_cost()
        })
    }

    fn slots(&self) -> MutexGuard<'_, Slots> {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Permit<'_> {
    /// The hash under which a password is kept, with a salt of its own.
    pub fn hash(&self, password: &Secret) -> Result<String> {
        hash(&self.0.argon2, password.expose().as_bytes())
    }

    /// Whether a password is the one that was hashed. Without a stored hash it takes as long to say no.
    pub fn verify(&self, password: &Secret, stored: Option<&str>) -> Result<bool> {
        let hash = PasswordHash::new(stored.unwrap_or(&self.0.nobody)).map_err(fault)?;
        let matches = self.0.argon2.verify_password(password.expose().as_bytes(), &hash).is_ok();
        Ok(matches && stored.is_some())
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.0.slots().running -= 1;
        self.0.freed.notify_one();
    }
}

fn hash(argon2: &Argon2, password: &[u8]) -> Result<String> {
    Ok(argon2.hash_password(password).map_err(fault)?.to_string())
}

fn fault(cause: impl std::fmt::Display) -> Error {
    Error::internal(anyhow::anyhow!("hashing a password: {cause}"))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use super::*;

    fn hasher(at_once: usize) -> Hasher {
        Hasher::new(&Security::default(), at_once).expect("a hasher")
    }

    #[test]
    fn only_the_exact_bytes_match() {
        let hasher = hasher(1);
        let permit = hasher.enter().expect("room");
        let stored = permit.hash(&Secret::new(" Å lamp that hums 🦊 ")).expect("hashed");
        assert!(stored.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{stored}");
        let fits = |text: &str| permit.verify(&Secret::new(text), Some(&stored)).expect("compared");
        assert!(fits(" Å lamp that hums 🦊 "));
        for other in [" Å lamp that hums 🦊", "Å lamp that hums 🦊 ", " A\u{30a} lamp that hums 🦊 ", ""] {
            assert!(!fits(other), "{other:?}");
        }
        assert!(!permit.verify(&Secret::new(""), None).expect("compared"));
    }

    #[test]
    fn a_cheaper_hash_is_noticed_and_a_dearer_one_is_left() {
        let plain = hasher(1);
        let stored = plain.enter().and_then(|permit| permit.hash(&Secret::new("x"))).expect("hashed");
        let dearer = Hasher::new(&Security { argon2_passes: 3, ..Security::default() }, 1).expect("a hasher");
        assert!(plain.is_current(&stored) && !dearer.is_current(&stored));
        let stored = dearer.enter().and_then(|permit| permit.hash(&Secret::new("x"))).expect("hashed");
        assert!(plain.is_current(&stored));
    }

    #[test]
    fn few_run_at_once_and_a_full_queue_says_so() {
        let hasher = hasher(2);
        let (running, most, busy) = (AtomicUsize::new(0), AtomicUsize::new(0), AtomicUsize::new(0));
        let both = (hasher.enter().expect("room"), hasher.enter().expect("room"));
        std::thread::scope(|scope| {
            for _ in 0..16 {
                scope.spawn(|| {
                    let _permit = hasher.enter().expect("a place in the queue");
                    most.fetch_max(running.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    std::thread::sleep(std::time::Duration::from_millis(2));
                    running.fetch_sub(1, Ordering::SeqCst);
                });
            }
            while hasher.slots().waiting < 16 {
                std::thread::yield_now();
            }
            if hasher.enter().is_err_and(|error| error.kind() == Kind::Busy) {
                busy.fetch_add(1, Ordering::SeqCst);
            }
            drop(both);
        });
        assert_eq!(busy.into_inner(), 1);
        assert!((1..=2).contains(&most.into_inner()));
        assert_eq!(hasher.slots().running, 0);
    }
}
