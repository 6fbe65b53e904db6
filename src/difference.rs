//! What is different about a thing: field by field, the old value and the new one.

use serde::Serialize;
use serde_json::Value;

/// One value of a thing that is not what it was.
#[derive(Clone, PartialEq, Debug, Serialize)]
pub struct Difference {
    /// The field.
    pub field: String,
    /// What was kept.
    pub old: Value,
    /// What is kept now.
    pub new: Value,
}

/// The fields in which two records differ, each with its name after `prefix`.
pub fn differences(prefix: &str, before: &impl Serialize, after: &impl Serialize) -> Vec<Difference> {
    let (Ok(Value::Object(before)), Ok(Value::Object(mut after))) =
        (serde_json::to_value(before), serde_json::to_value(after))
    else {
        return Vec::new();
    };
    before
        .into_iter()
        .filter_map(|(field, old)| {
            let new = after.remove(&field).unwrap_or_default();
            (old != new).then(|| Difference { field: format!("{prefix}{field}"), old, new })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_differs_is_named() {
        let (before, after) =
            (serde_json::json!({"a": 1, "b": "x", "c": null}), serde_json::json!({"a": 1, "b": null, "c": 2}));
        let found = differences("contact_", &before, &after);
        let fields: Vec<_> = found.iter().map(|one| one.field.as_str()).collect();
        assert_eq!(fields, ["contact_b", "contact_c"]);
        assert_eq!((&found[0].old, &found[0].new), (&Value::from("x"), &Value::Null));
    }
}
