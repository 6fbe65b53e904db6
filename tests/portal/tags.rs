//! Reads the tags of a page that the portal wrote, well enough to hold rules against them.

/// A start tag.
#[derive(Debug)]
pub struct Tag {
    pub name: String,
    pub attributes: Vec<(String, String)>,
}

impl Tag {
    /// The value of an attribute; of one without a value, nothing between the quotes.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// The start tags of a page, in order.
pub fn read(page: &str) -> Vec<Tag> {
    page.split('<').skip(1).filter(|piece| piece.starts_with(|c: char| c.is_ascii_alphabetic())).map(tag).collect()
}

fn tag(piece: &str) -> Tag {
    let name_ends = piece.find(|c: char| c == '>' || c.is_whitespace()).unwrap_or(piece.len());
    let (name, mut rest) = piece.split_at(name_ends);
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start();
        let key_ends = rest.find(|c: char| c == '=' || c == '>' || c.is_whitespace()).unwrap_or(rest.len());
        if key_ends == 0 {
            break;
        }
        let (key, after) = rest.split_at(key_ends);
        let (value, after) = match after.strip_prefix("=\"") {
            Some(quoted) => quoted.split_once('"').expect("an attribute that ends"),
            None => ("", after),
        };
        attributes.push((key.to_owned(), value.to_owned()));
        rest = after;
    }
    Tag { name: name.to_owned(), attributes }
}
