//! What a run did, thing by thing: each field with its old and its new value.

use serde_json::{Map, Value};

use crate::db::Tx;
use crate::difference::Difference;
use crate::error::Result;
use crate::imports::runs::Run;
use crate::imports::trail_store;
pub use crate::imports::trail_store::Step;

/// What is told of a reading; the rest of it is when and by whom it was entered.
const OF_READING: [&str; 5] = ["object_no", "meter", "value", "read_at", "note"];

/// Hands on what a run did, in the order in which it was done; nothing is known of a run of an older frontdesk.
pub fn steps(tx: &Tx, run: &Run, take: impl FnMut(Step) -> Result<()>) -> Result<()> {
    run.span.map_or(Ok(()), |span| trail_store::steps(tx, span, take))
}

/// The fields that a step gave other values.
pub fn differences(step: &Step) -> Vec<Difference> {
    let one = |field: &str, old: &Value, new: &Value| {
        (old != new).then(|| Difference { field: field.into(), old: old.clone(), new: new.clone() })
    };
    let (before, after) = (&step.before, &step.after);
    match step.action.as_str() {
        "order.moved" => ["facility_no", "object_no"]
            .into_iter()
            .enumerate()
            .filter_map(|(at, field)| one(field, &before[at], &after[at]))
            .collect(),
        "order.status" => one("status", &before[0], &after[0]).into_iter().collect(),
        "order.priority" => one("priority", before, after).into_iter().collect(),
        "object.moved" => one("facility_no", before, after).into_iter().collect(),
        "object.parent" => one("parent_no", before, after).into_iter().collect(),
        "reading.corrected" => one("value", &before["value"], &after[0]["value"]).into_iter().collect(),
        _ => match (before, after) {
            (Value::Null | Value::Object(_), Value::Null | Value::Object(_)) => fields(step),
            _ => one("status", before, after).into_iter().collect(),
        },
    }
}

fn fields(step: &Step) -> Vec<Difference> {
    let empty = Map::new();
    let (before, after) = (step.before.as_object().unwrap_or(&empty), step.after.as_object().unwrap_or(&empty));
    let names = before.keys().chain(after.keys().filter(|name| !before.contains_key(*name)));
    names
        .filter(|name| step.noun != "reading" || OF_READING.contains(&name.as_str()))
        .filter_map(|name| {
            let of = |values: &Map<String, Value>| values.get(name).cloned().unwrap_or_default();
            let (old, new) = (of(before), of(after));
            (old != new).then(|| Difference { field: name.clone(), old, new })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn told(action: &str, before: Value, after: Value) -> String {
        let step = Step::made(action, before, after);
        let all = differences(&step);
        all.iter().map(|one| format!("{} {}>{}", one.field, one.old, one.new)).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn each_field_is_told_with_old_and_new() {
        let null = Value::Null;
        assert_eq!(told("customer.added", null.clone(), json!({"name": "A", "city": null})), "name null>\"A\"");
        let (old, new) = (json!({"name": "A", "city": "x"}), json!({"name": "A", "city": null}));
        assert_eq!(told("customer.changed", old, new), "city \"x\">null");
        assert_eq!(told("customer.closed", json!("active"), json!("closed")), "status \"active\">\"closed\"");
        assert_eq!(told("object.moved", null, json!("hus-a")), "facility_no null>\"hus-a\"");
        assert_eq!(told("order.moved", json!(["a", null]), json!(["b", null])), "facility_no \"a\">\"b\"");
        let (old, new) = (json!(["Received", null]), json!(["Done", null]));
        assert_eq!(told("order.status", old, new), "status \"Received\">\"Done\"");
        let (old, new) = (json!({"id": 4, "value": 1}), json!([{"id": 5, "value": 2}, "why"]));
        assert_eq!(told("reading.corrected", old, new), "value 1>2");
        let roles = (json!({"roles": ["A"]}), json!({"roles": []}));
        assert_eq!(told("contact.changed", roles.0, roles.1), "roles [\"A\"]>[]");
    }
}
