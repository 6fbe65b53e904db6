//! Documents of the walled towns: one that is shared and one that is not on each order, object and place.

use frontdesk::config::Uploads;
use frontdesk::documents::{self, DocumentDraft, Files, Kept, On, Purpose};
use frontdesk::notices::Tell;
use frontdesk::text::{Line, Number};
use frontdesk::{customers, facilities, objects, orders};

use crate::support::{World, number};

/// Files whose name, line and bytes bear a mark.
fn keep(world: &World, mark: &str) -> Kept {
    let files = Files::below(&world.path().join("frontdesk-data"));
    let sent = files.receive(&format!("{mark}.txt"), &Uploads::default(), mark.as_bytes()).expect("received");
    files.keep(&sent.file.expect("taken")).expect("kept")
}

/// Adds documents to an order, its object and its place: one with each mark that is shared, one that is internal.
pub fn add(world: &World, group: &str, customer: &str, place: Option<&str>, order: &str, mark: &str, inside: &str) {
    let files = [(keep(world, mark), true), (keep(world, inside), false)];
    world.at_desk(group, |tx| {
        let order = orders::named(tx, &number(order))?;
        let customer = customers::named(tx, &number(customer))?;
        let object = order.object_no.clone().map(|no: Number| objects::of(tx, &customer, &no)).transpose()?;
        let facility = place.map(|place| facilities::of(tx, &customer, &number(place))).transpose()?;
        for (file, shared) in &files {
            let text = Some(Line::parse(file.name.as_str())?);
            let draft = DocumentDraft { file, purpose: Purpose::Reference, text, shared: *shared };
            let all = [Some(On::Order(&order)), object.as_ref().map(On::Object), facility.as_ref().map(On::Facility)];
            for on in all.into_iter().flatten() {
                documents::add(tx, &Uploads::default(), on, std::slice::from_ref(&draft), Tell::Nobody)?;
            }
        }
        Ok(())
    });
}

/// Every address of a document in a group, with its right name and with another.
pub fn paths(world: &World, group: &str) -> Vec<String> {
    let list = world.run(&format!("document list --group {group} --json")).well().json();
    let one = |document: &serde_json::Value| {
        let (id, name) = (&document["id"], document["name"].as_str().expect("a name").to_owned());
        [format!("/documents/{id}/{name}"), format!("/documents/{id}/x.txt")]
    };
    list.as_array().expect("a list").iter().flat_map(one).collect()
}
