//! `notify test` at its edges: it answers or refuses, sends nothing and writes nothing.

use super::firm::Firm;

/// Everything that is kept.
fn bytes(firm: &Firm) -> Vec<Option<Vec<u8>>> {
    let data = firm.world.path().join("frontdesk-data");
    ["frontdesk.db", "frontdesk.db-wal"]
        .map(|name| std::fs::read(data.join(name)).ok().filter(|all| !all.is_empty()))
        .into()
}

#[test]
fn it_answers_or_refuses_and_changes_nothing() {
    let firm = Firm::small();
    let order = firm.order("--title Door --facility hus-a --to ola");
    firm.gathered();
    let before = (bytes(&firm), firm.world.rows());
    let told = |line: &str| -> Vec<String> {
        let rows = firm.run(&format!("notify test {order} {line} -o json")).json();
        let rows = rows.as_array().expect("people").iter().filter(|row| row["told"] == true);
        rows.map(|row| row["email"].as_str().expect("an address").to_owned()).collect()
    };
    let (lone, tove) = ("lone@brf.example", "told@brf.example");
    assert_eq!(told("comment"), [lone, tove]);
    assert_eq!(told("comment --by staff"), [lone, tove]);
    assert_eq!(told(&format!("comment --by {tove}")), ["ola@nordkyl.example", lone]);
    assert_eq!(told(&format!("order.created --by {lone}")), ["ola@nordkyl.example", lone, tove], "a receipt");
    assert_eq!(told("order.status --status done"), [lone, tove], "the case of a name does not matter");
    let row = firm.run(&format!("notify test {order} order.status --status Done -o json")).json()[0].clone();
    let mut fields: Vec<_> = row.as_object().expect("an object").keys().map(String::as_str).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["channel", "email", "event", "name", "side", "status", "told", "why"]);
    assert_eq!((&row["event"], &row["status"]), (&"order.done".into(), &"Done".into()), "the narrowest event");
    for (line, status, words) in [
        ("NK-FRO-9999 comment", 3, "order 'NK-FRO-9999' does not exist"),
        (&format!("{order} commented"), 2, "commented"),
        (&format!("{order} comment --by nobody@brf.example"), 3, "nobody@brf.example"),
        (&format!("{order} comment --status Done"), 2, "'comment' brings no new status"),
        (&format!("{order} order.status --status Odd"), 3, "status 'Odd' does not exist"),
        (&format!("{order} order.waiting --status Done"), 4, "brings order.done, not order.waiting"),
        (&format!("{order} reading.due"), 4, "about no object"),
        (&order, 2, "EVENT"),
    ] {
        firm.world.run(&format!("notify test {line}")).fails(status, words);
    }
    assert_eq!(firm.gathered(), []);
    let after = (bytes(&firm), firm.world.rows());
    assert_eq!(before.1, after.1);
    assert!(before.0 == after.0, "the files of the database are not the same to the byte");
}
