//! Files at the points of a self-check.

use frontdesk::selfchecks;

use super::{hidden, world};
use crate::support::{PASSWORD, World};

/// A picture of one pixel, as far as its bytes are looked at.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89";

fn documents(world: &World) -> usize {
    world.rows()["documents"].len()
}

#[test]
fn a_photograph_belongs_to_its_point_and_comes_once() {
    let world = world();
    let mut eva = super::full(&world, "eva@brf.example");
    let page = eva.get("/selfchecks/1");
    page.has_status(200).says("Photos or files for point 1 (optional)").says("enctype=\"multipart/form-data\"");
    let (seen, once) = (hidden(&page, "seen"), hidden(&page, "once"));
    let fields = [("seen", seen.as_str()), ("once", &once), ("answer-1", "fail"), ("note-1", "Torn")];
    let files: [(&str, &str, &[u8]); 1] = [("files-1", "gasket.png", PNG)];
    eva.post_files("/selfchecks/1", &fields, &files).leads();
    eva.post_files("/selfchecks/1", &fields, &files).leads();
    assert_eq!(documents(&world), 1);
    let page = eva.get("/selfchecks/1");
    page.has_status(200).says(">gasket.png</a>").says("/g/nordkyl/documents/1/gasket.png");
    let (_, point) = page.text().split_once("id=\"point-1\"").expect("the first point");
    assert!(point.split("id=\"point-2\"").next().expect("its end").contains("gasket.png"));
    assert!(world.run("audit list --json --limit 20").well().out.contains("self-check 1, point 1"));
}

#[test]
fn a_file_that_cannot_be_taken_is_named_and_the_answers_are_kept() {
    let world = world();
    let mut eva = super::full(&world, "eva@brf.example");
    let page = eva.get("/selfchecks/1");
    let (seen, once) = (hidden(&page, "seen"), hidden(&page, "once"));
    let fields = [("seen", seen.as_str()), ("once", &once), ("answer-1", "ok"), ("answer-2", "4")];
    let files: [(&str, &str, &[u8]); 2] = [("files-1", "tool.exe", b"MZ"), ("files-2", "gauge.png", PNG)];
    let refused = eva.post_files("/selfchecks/1/sign", &fields, &files);
    refused.has_status(422).says("tool.exe").says("href=\"#files-1\"").says("gauge.png</a>").says("<details open>");
    assert_eq!(documents(&world), 1);
    let check = world.run("selfcheck show 1 --json").well().json();
    assert_eq!((&check["answered"], &check["state"]), (&2.into(), &"open".into()));
    // What is signed takes no more files.
    world.run("selfcheck sign 1").well();
    let once = hidden(&refused, "once");
    let fields = [("seen", hidden(&refused, "seen")), ("once", once)];
    let fields: Vec<_> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
    eva.post_files("/selfchecks/1", &fields, &[("files-1", "late.png", PNG)]);
    assert_eq!(documents(&world), 1);
    eva.get("/selfchecks/1").has_status(200).says("gauge.png</a>").hides("late.png");
}

#[test]
fn who_may_send_no_documents_sends_none_here_either() {
    let world = world();
    let grants = "--grant selfcheck.view --grant selfcheck.fill";
    world.user("nordkyl", "fill@brf.example", &format!("--customer 1042 {grants} --all-facilities"));
    let mut fill = world.signed_in("nordkyl", "fill@brf.example", PASSWORD);
    let page = fill.get("/selfchecks/1");
    page.has_status(200).hides("type=\"file\"").says("type=\"radio\"");
    let (seen, once) = (hidden(&page, "seen"), hidden(&page, "once"));
    let fields = [("seen", seen.as_str()), ("once", &once), ("answer-1", "ok")];
    fill.post_files("/selfchecks/1", &fields, &[("files-1", "gasket.png", PNG)]).has_status(403);
    assert_eq!(documents(&world), 0);
    assert_eq!(world.run("selfcheck show 1 --json").well().json()["answered"], 0);
    fill.post_files("/selfchecks/1", &fields, &[]).leads();
}

#[test]
fn the_longest_self_check_with_the_longest_notes_is_kept() {
    let world = world();
    let points = "[[point]]\ntext = \"Gasket\"\n".repeat(selfchecks::MOST_POINTS);
    world.file("long.toml", format!("title = \"All doors\"\n{points}"));
    for line in ["selfcheck template add long long.toml", "selfcheck add long --order NK-FRO-0001"] {
        world.run(line).well();
    }
    let mut eva = super::full(&world, "eva@brf.example");
    let page = eva.get("/selfchecks/3");
    page.has_status(200).says("enctype=\"multipart/form-data\"");
    let mut fields = vec![("seen".to_owned(), hidden(&page, "seen")), ("once".to_owned(), hidden(&page, "once"))];
    for at in 1..=selfchecks::MOST_POINTS {
        fields.push((format!("answer-{at}"), "fail".to_owned()));
        fields.push((format!("note-{at}"), "ö".repeat(1_000)));
    }
    let fields: Vec<_> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    assert_eq!(eva.post_files("/selfchecks/3", &fields, &[]).leads(), "/g/nordkyl/selfchecks/3?after=saved");
    assert_eq!(super::point(&world, 3, 199)["note"].as_str().map(|note| note.chars().count()), Some(1_000));
    // Beyond what any form of ours holds, the page says how much that is.
    let over = "x".repeat(2_000_001);
    let refused = eva.post_files("/selfchecks/3", &[("note-1", &over)], &[]);
    refused.has_status(413).says("up to 2 MB in all").says("href=\"/g/nordkyl/selfchecks/3\"");
}
