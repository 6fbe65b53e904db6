//! Templates: named sets of permissions, copied when they are granted.

mod store;

use serde::Serialize;

pub use store::{add, add_defaults, delete, find_by_name, list, set};

use crate::access::Permission;
use crate::db::Subject;
use crate::error::Result;
use crate::ids::TemplateId;
use crate::text::Line;

/// A named set of permissions.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Template {
    /// Its row.
    #[serde(skip)]
    pub id: TemplateId,
    /// What it is, to those who grant it.
    #[serde(flatten)]
    pub card: TemplateCard,
}

/// What can be said and changed about a template.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TemplateCard {
    /// Its name; no other template of the group is spelled the same, case and accents ignored.
    pub name: Line,
    /// Its permissions, each once, in the order of [`Permission::ALL`].
    pub permissions: Vec<Permission>,
}

impl TemplateCard {
    /// A card with each permission once and in order.
    pub fn new(name: Line, permissions: impl IntoIterator<Item = Permission>) -> Self {
        let mut permissions: Vec<_> = permissions.into_iter().collect();
        permissions.sort_unstable();
        permissions.dedup();
        Self { name, permissions }
    }
}

impl Subject for Template {
    const NOUN: &'static str = "template";
    fn row(&self) -> i64 {
        self.id.0
    }
    fn label(&self) -> String {
        self.card.name.to_string()
    }
}

/// The templates of a new group. Their names are words of commands and are the same in every language.
pub fn defaults() -> Result<Vec<TemplateCard>> {
    let viewer = || Permission::ALL.iter().copied().filter(|permission| permission.word().ends_with(".view"));
    let more = [Permission::OrderCreate, Permission::CommentWrite];
    Ok(vec![
        TemplateCard::new(Line::parse("viewer")?, viewer()),
        TemplateCard::new(Line::parse("standard")?, viewer().chain(more)),
        TemplateCard::new(Line::parse("full")?, Permission::ALL.iter().copied()),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_templates_hold_what_they_say() {
        let [viewer, standard, full] = &defaults().expect("names")[..] else { panic!("three templates") };
        assert!(viewer.permissions.contains(&Permission::OrderView));
        assert!(!viewer.permissions.contains(&Permission::OrderCreate));
        let added: Vec<_> = standard.permissions.iter().filter(|one| !viewer.permissions.contains(one)).collect();
        assert_eq!(added, [&Permission::OrderCreate, &Permission::CommentWrite]);
        assert_eq!(full.permissions, Permission::ALL);
    }
}
