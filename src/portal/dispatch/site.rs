//! The whole portal as a function from a request to its answer; without a socket, so that tests can call it.

use std::sync::Arc;

use super::preview::Preview;
use super::sizes;
use crate::config::Config;
use crate::db::{Db, Origin};
use crate::documents::Files;
use crate::error::Result;
use crate::login::Guard;
use crate::portal::exchange::{Reply, Request};
use crate::portal::front::{Handler, Head};

/// What every request shares.
pub struct Site {
    /// The database, for the dispatcher alone.
    pub(super) db: Db,
    /// What is configured.
    pub config: Arc<Config>,
    /// The rules of the door, and the place where passwords are hashed.
    pub guard: Arc<Guard>,
    /// Where the bytes of documents lie.
    pub files: Files,
    /// Whose view is shown, where the company looks at the portal as somebody else.
    pub(in crate::portal) preview: Option<Arc<Preview>>,
}

impl Site {
    /// A portal on a database.
    pub fn new(db: &Db, config: Config) -> Result<Self> {
        let guard = Arc::new(Guard::new(&config.security)?);
        let db = db.from(Origin::by("portal"));
        let files = Files::below(&config.data_dir);
        Ok(Self { db, config: Arc::new(config), guard, files, preview: None })
    }

    /// The portal as one person sees it. It works on a rehearsal: whatever a page would write is taken back.
    pub fn preview(db: &Db, config: Config, preview: Preview) -> Result<Self> {
        Ok(Self { preview: Some(Arc::new(preview)), ..Self::new(&db.rehearsal(), config)? })
    }

    /// Answers a request.
    pub fn answer(&self, request: Request) -> Reply {
        super::answer(&self.asked_by(&request), request, None)
    }

    /// The same portal for one request: the audit names its client.
    fn asked_by(&self, request: &Request) -> Self {
        let client = Some(request.peer.to_string());
        Self {
            db: self.db.from(Origin { client, ..Origin::by("portal") }),
            config: self.config.clone(),
            guard: self.guard.clone(),
            files: self.files.clone(),
            preview: self.preview.clone(),
        }
    }

    /// Whether visitors come over TLS, so that cookies can insist on it.
    pub fn is_secure(&self) -> bool {
        self.config.portal.base_url.starts_with("https://")
    }
}

/// The portal as the front knows it.
impl Handler for Site {
    fn answer(&self, request: Request) -> Reply {
        Self::answer(self, request)
    }

    fn longest_body(&self, head: &Head) -> u64 {
        sizes::longest_body(self, head)
    }

    fn too_large(&self, request: Request, most: u64) -> Reply {
        super::answer(&self.asked_by(&request), request, Some(most))
    }
}
