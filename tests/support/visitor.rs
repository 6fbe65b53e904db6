//! A browser without a screen: keeps cookies, sends forms with the token of the last page, follows nothing by itself.

use std::collections::BTreeMap;
use std::io::Read;
use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;

use frontdesk::config::Config;
use frontdesk::portal::Site;
use frontdesk::portal::exchange::{Body, Method, Reply, Request};

use super::World;

/// The host of the portal in tests.
pub const HOST: &str = "portal.test";

/// The type of the forms that [`multipart`] makes.
pub const MULTIPART: &str = "multipart/form-data; boundary=----FrontdeskFormBoundary7";

/// A form with files as browsers write it: quotes and line ends of names are escaped.
pub fn multipart(fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Vec<u8> {
    let escaped = |name: &str| name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
    let mut body = Vec::new();
    for (name, value) in fields {
        let part = format!(
            "------FrontdeskFormBoundary7\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        );
        body.extend_from_slice(part.as_bytes());
    }
    for (name, file, bytes) in files {
        let head = format!(
            "------FrontdeskFormBoundary7\r\nContent-Disposition: form-data; name=\"{name}\"; filename=\"{}\"\r\n\
             Content-Type: application/octet-stream\r\n\r\n",
            escaped(file)
        );
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"------FrontdeskFormBoundary7--\r\n");
    body
}

/// Somebody with a browser at one group's portal.
#[derive(Clone)]
pub struct Visitor {
    site: Arc<Site>,
    group: String,
    /// What the browser keeps.
    pub cookies: BTreeMap<String, String>,
    /// The token of the last page that had a form.
    pub token: String,
    /// Headers that go with every request.
    pub headers: Vec<(String, String)>,
    /// Where the requests come from.
    pub peer: IpAddr,
}

/// What came back.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers.
    pub headers: Vec<(String, String)>,
    /// All bytes, also those of a file.
    pub body: Vec<u8>,
}

impl From<Reply> for Answer {
    fn from(reply: Reply) -> Self {
        let mut body = Vec::new();
        reply.body.into_reader().read_to_end(&mut body).expect("readable");
        Self { status: reply.status, headers: reply.headers, body }
    }
}

impl Answer {
    /// The first header of a name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.all(name).first().copied()
    }

    /// The body as text.
    pub fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("a page in UTF-8")
    }

    /// Where it leads, for an answer that leads elsewhere.
    #[track_caller]
    pub fn leads(&self) -> &str {
        assert_eq!(self.status, 303, "{}", self.text());
        self.header("Location").expect("a way elsewhere")
    }

    /// The page itself.
    #[track_caller]
    pub fn page(&self) -> &str {
        self.has_status(200).text()
    }

    /// Fails unless it came with this status.
    #[track_caller]
    pub fn has_status(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "to {:?}: {}", self.header("Location"), self.text());
        self
    }

    /// Fails unless the page says this.
    #[track_caller]
    pub fn says(&self, words: &str) -> &Self {
        assert!(self.text().contains(words), "{words:?} is not on the page {}: {}", self.status, self.text());
        self
    }

    /// Fails if the page says this.
    #[track_caller]
    pub fn hides(&self, words: &str) -> &Self {
        assert!(!self.text().contains(words), "{words:?} is on the page: {}", self.text());
        self
    }

    /// The values of all headers of a name.
    pub fn all(&self, name: &str) -> Vec<&str> {
        let found = self.headers.iter().filter(|(known, _)| known.eq_ignore_ascii_case(name));
        found.map(|(_, value)| value.as_str()).collect()
    }

    /// Status, headers and body without what is new in each answer: the token of forms and the value it is made from.
    pub fn masked(&self) -> String {
        let mut text = format!("{}\n", self.status);
        for (name, value) in &self.headers {
            let value = if value.contains(".guest=") { "a guest's value" } else { value };
            text.push_str(&format!("{name}: {value}\n"));
        }
        text.push_str(self.text());
        match token(self.text()) {
            Some(token) => text.replace(&token, "TOKEN"),
            None => text,
        }
    }
}

impl World {
    /// A portal on this world's database.
    pub fn site(&self) -> Arc<Site> {
        self.site_with(|_| {})
    }

    /// A portal on this world's database, configured a little differently.
    pub fn site_with(&self, change: impl FnOnce(&mut Config)) -> Arc<Site> {
        let file = self.path().join("etc/frontdesk/config.toml");
        let mut config = Config::read(&file).expect("a configuration");
        change(&mut config);
        Arc::new(Site::new(&self.db(), config).expect("a portal"))
    }

    /// Somebody with a fresh browser.
    pub fn visitor(&self, group: &str) -> Visitor {
        Visitor::new(&self.site(), group)
    }

    /// Somebody who is signed in.
    #[track_caller]
    pub fn signed_in(&self, group: &str, email: &str, password: &str) -> Visitor {
        let mut visitor = self.visitor(group);
        let answer = visitor.sign_in(email, password);
        assert!(answer.leads().starts_with("/g/"), "{answer:?}");
        visitor
    }
}

impl Visitor {
    /// A fresh browser at a portal.
    pub fn new(site: &Arc<Site>, group: &str) -> Self {
        Self {
            site: site.clone(),
            group: group.to_owned(),
            cookies: BTreeMap::new(),
            token: String::new(),
            headers: Vec::new(),
            peer: IpAddr::V4(Ipv4Addr::LOCALHOST),
        }
    }

    /// The same browser with one more header on each request.
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut other = self.clone();
        other.headers.push((name.to_lowercase(), value.to_owned()));
        other
    }

    /// The same person at another network address.
    pub fn from(&self, address: &str) -> Self {
        Self { peer: address.parse().expect("an address"), ..self.clone() }
    }

    /// Looks at a page; an address without the group is below it.
    pub fn get(&mut self, path: &str) -> Answer {
        let request = Request::get(&self.address(path));
        self.send(request)
    }

    /// Asks about a page.
    pub fn head(&mut self, path: &str) -> Answer {
        let request = Request { method: Method::Head, ..Request::get(&self.address(path)) };
        self.send(request)
    }

    /// Sends a form with the token of the last page.
    pub fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let token = self.token.clone();
        let fields: Vec<_> = [("csrf", token.as_str())].into_iter().chain(fields.iter().copied()).collect();
        self.post_bare(path, &fields)
    }

    /// Sends a form with these fields and nothing else.
    pub fn post_bare(&mut self, path: &str, fields: &[(&str, &str)]) -> Answer {
        let request = Request::post(&self.address(path), fields);
        self.send(request)
    }

    /// Sends a form with files, each with its field, its name and its bytes, with the token of the last page.
    pub fn post_files(&mut self, path: &str, fields: &[(&str, &str)], files: &[(&str, &str, &[u8])]) -> Answer {
        let token = self.token.clone();
        let fields: Vec<_> = [("csrf", token.as_str())].into_iter().chain(fields.iter().copied()).collect();
        self.post_bytes(path, MULTIPART, multipart(&fields, files))
    }

    /// Sends bytes as a form.
    pub fn post_bytes(&mut self, path: &str, content_type: &str, bytes: Vec<u8>) -> Answer {
        let mut request = Request::post(&self.address(path), &[]);
        request.headers = vec![("content-type".to_owned(), content_type.to_owned())];
        request.body = Body::from(bytes);
        self.send(request)
    }

    /// Opens the login box and fills it in.
    pub fn sign_in(&mut self, email: &str, password: &str) -> Answer {
        self.get("/");
        self.post("/login", &[("email", email), ("password", password)])
    }

    /// The value of the session's cookie.
    pub fn session(&self) -> Option<&str> {
        self.cookies.get(&format!("__Host-frontdesk-{}", self.group)).map(String::as_str)
    }

    /// Sends a request, with what the browser adds to it.
    pub fn send(&mut self, mut request: Request) -> Answer {
        let cookies: Vec<_> = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
        if !cookies.is_empty() {
            request.headers.push(("cookie".to_owned(), cookies.join("; ")));
        }
        request.headers.extend(self.headers.iter().cloned());
        if request.header("host").is_none() {
            request.headers.push(("host".to_owned(), HOST.to_owned()));
        }
        request.peer = self.peer;
        let answer = Answer::from(self.site.answer(request));
        for cookie in answer.all("Set-Cookie") {
            let (name, value) = cookie.split(';').next().and_then(|pair| pair.split_once('=')).expect("a cookie");
            match cookie.contains("Max-Age=0;") {
                true => self.cookies.remove(name),
                false => self.cookies.insert(name.to_owned(), value.to_owned()),
            };
        }
        if let Some(token) = std::str::from_utf8(&answer.body).ok().and_then(token) {
            self.token = token;
        }
        answer
    }

    /// An address of the portal.
    pub fn address(&self, path: &str) -> String {
        if path.starts_with("/g/") { path.to_owned() } else { format!("/g/{}{path}", self.group) }
    }
}

/// The token of the first form on a page.
fn token(text: &str) -> Option<String> {
    let (_, after) = text.split_once("name=\"csrf\" value=\"")?;
    Some(after.split('"').next()?.to_owned())
}
