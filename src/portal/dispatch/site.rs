//! The whole portal as a function from a request to its answer; without a socket, so that tests can call it.

use std::sync::Arc;

use super::preview::Preview;
use crate::config::Config;
use crate::db::{Db, Origin};
use crate::documents::Files;
use crate::error::Result;
use crate::login::Guard;
use crate::portal::exchange::{Reply, Request};
use crate::portal::front::Handler;

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
        let db = db.from(Origin { via: "portal", client: None });
        let files = Files::below(&config.data_dir);
        Ok(Self { db, config: Arc::new(config), guard, files, preview: None })
    }

    /// The portal as one person sees it. It works on a rehearsal: whatever a page would write is taken back.
    pub fn preview(db: &Db, config: Config, preview: Preview) -> Result<Self> {
        Ok(Self { preview: Some(Arc::new(preview)), ..Self::new(&db.rehearsal(), config)? })
    }

    /// Answers a request.
    pub fn answer(&self, request: Request) -> Reply {
        // The audit names the client of each request.
        let client = Some(request.peer.to_string());
        let site = Self {
            db: self.db.from(Origin { via: "portal", client }),
            config: self.config.clone(),
            guard: self.guard.clone(),
            files: self.files.clone(),
            preview: self.preview.clone(),
        };
        super::answer(&site, request)
    }

    /// The portal as the front calls it.
    pub fn handler(self) -> Handler {
        let site = Arc::new(self);
        Arc::new(move |request| site.answer(request))
    }

    /// Whether visitors come over TLS, so that cookies can insist on it.
    pub fn is_secure(&self) -> bool {
        self.config.portal.base_url.starts_with("https://")
    }
}
