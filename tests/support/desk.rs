//! The database behind a world, for what no command does.

use std::time::Duration;

use frontdesk::access::Actor;
use frontdesk::db::Db;
use frontdesk::groups;
use frontdesk::secret::Key;
use frontdesk::text::Slug;

use super::World;

/// The database of a world, and its owner at the desk of the group nordkyl.
pub fn desk(world: &World) -> (Db, Actor) {
    let data = world.path().join("frontdesk-data");
    let key = Key::read(&data.join("key")).expect("the key");
    let db =
        Db::open(&data.join("frontdesk.db"), world.clock.clone(), key, Duration::from_secs(5)).expect("a database");
    let outside = Actor::Owner { group: None, uid: 1000 };
    let slug = Slug::parse("nordkyl").expect("a slug");
    let group = db.read(&outside, |tx| groups::find(tx, &slug).map(|group| group.id)).expect("the group");
    (db, Actor::Owner { group: Some(group), uid: 1000 })
}
