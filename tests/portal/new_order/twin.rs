//! The form and `order create` are one act: what they make is alike to the last column.

use super::{EVA, FULL, NEW, facts, made, mark, town};

#[test]
fn page_and_command_line_make_equal_rows() {
    let (world, mut eva) = town(FULL);
    let form = eva.get(NEW);
    let long = "The fan of the garage runs day and night. It is loud, and the neighbours above it cannot sleep. \
                It began on Sunday, when the power was gone for an hour, and nobody has touched anything since then.";
    let what = format!("{long}\r\nThe key is in the box.");
    let fields = [
        ("what", what.as_str()),
        ("object", "KYL-01"),
        ("details", "Call before you come."),
        ("site_contact", "Nils"),
        ("site_phone", "070 555 12 34"),
        ("reference", "PO 7"),
        ("once", &mark(&form)),
    ];
    let by_page = made(&eva.post(NEW, &fields));
    let words = [
        "order",
        "create",
        "--customer",
        "1042",
        "--title",
        &what,
        "--object",
        "KYL-01",
        "--description",
        "-",
        "--site-contact",
        "Nils",
        "--site-phone",
        "070 555 12 34",
        "--reference",
        "PO 7",
        "--priority",
        "Normal",
        "--contact",
        EVA,
    ];
    world.run_in(&words, "Call before you come.\n", |_| {}).well();
    let (page, line) = (facts(&world, &by_page), facts(&world, "NK-FRO-0002"));
    assert_eq!(page, line);
    assert_eq!(page["title"], "The fan of the garage runs day and night");
    let text = page["description"].as_str().expect("a description");
    assert!(text.starts_with(long) && text.ends_with("The key is in the box.\n\nCall before you come."), "{text}");
    // In the table itself only number, time of day and who sent it differ.
    let columns = |row: &str| row.split(", ").map(str::to_owned).collect::<Vec<_>>();
    let rows = world.rows()["orders"].clone();
    let (one, other) = (columns(&rows[0]), columns(&rows[1]));
    let differ: Vec<_> =
        one.iter().zip(&other).filter(|(one, other)| one != other).map(|(one, _)| one.as_str()).collect();
    assert_eq!((one.len(), differ.len()), (other.len(), 4), "id, number, words to find, access: {differ:?}");
}
