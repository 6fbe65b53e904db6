//! Comments: written, answered, refused with nothing lost, told of, and only for those who may.

use crate::support::{Answer, PASSWORD, Visitor, World};

const EVA: &str = "eva@brf.example";
const ORDER: &str = "/orders/NK-FRO-0001";
const WRITE: &str = "/orders/NK-FRO-0001/comments";
const PDF: &[u8] = b"%PDF-1.7 a drawing";

/// An order in hus-a with Ola at work on it, and Eva with some permissions.
fn town(grant: &str) -> (World, Visitor) {
    let world = World::nordkyl_with_customers();
    world.run("staff add ola --name 'Ola Berg' --email ola@nordkyl.example").well();
    world.user("nordkyl", EVA, &format!("--customer 1042 {grant}"));
    world.order("nordkyl", "1042", Some("hus-a"), "Door of the cold room");
    world.run(&format!("order assign NK-FRO-0001 --to ola --contact {EVA}")).well();
    world.fetch();
    let eva = world.signed_in("nordkyl", EVA, PASSWORD);
    (world, eva)
}

const FULL: &str = "--template full --all-facilities";

fn mark(page: &Answer) -> String {
    let (_, after) = page.text().split_once("name=\"once\" value=\"").expect("a mark");
    after.split('"').next().expect("a mark").to_owned()
}

#[test]
fn a_comment_is_written_shown_where_it_stands_and_told_to_the_technician() {
    let (world, mut eva) = town(FULL);
    let page = eva.get(ORDER);
    page.has_status(200).says("id=\"write\"").says("Up to 10,000 characters.");
    let fields = [("comment", "It drips <more>.\r\nThe key is with Nils."), ("once", &mark(&page))];
    let answer = eva.post(WRITE, &fields);
    assert_eq!(answer.leads(), "/g/nordkyl/orders/NK-FRO-0001?after=comment#comment-1");
    // The same form again is the same comment, at the same moment too.
    std::thread::scope(|scope| {
        for _ in 0..4 {
            let mut browser = eva.clone();
            let fields = &fields;
            scope.spawn(move || assert!(browser.post(WRITE, fields).leads().ends_with("#comment-1")));
        }
    });
    assert_eq!(world.rows()["comments"].len(), 1);
    let page = eva.get("/orders/NK-FRO-0001?after=comment");
    page.has_status(200).says("Your comment has been sent.").says("id=\"comment-1\"").says("It drips &lt;more&gt;.\n");
    page.says("(you)").hides("It drips <more>");
    let letters = world.fetch();
    assert_eq!(letters.len(), 1, "{letters:?}");
    assert!(letters[0].to.contains("ola@nordkyl.example") && letters[0].text.contains("> It drips <more>."));
    assert_eq!(letters[0].subject, "Comment on order NK-FRO-0001: Door of the cold room");
    assert_eq!(facts(&world), [("customer".to_owned(), serde_json::Value::Null)]);
}

/// The side of each comment, and what it answers.
fn facts(world: &World) -> Vec<(String, serde_json::Value)> {
    let order = world.run("order show NK-FRO-0001 --json").well().json();
    let all = order["comments"].as_array().expect("comments");
    all.iter().map(|one| (one["side"].as_str().expect("a side").to_owned(), one["answers"].clone())).collect()
}

#[test]
fn an_answer_stands_with_what_it_answers_and_reaches_the_other_side() {
    let (world, mut eva) = town(FULL);
    world.run("order comment NK-FRO-0001 'Which evening suits you?'").well();
    let letters = world.fetch();
    assert_eq!(letters.len(), 1, "{letters:?}");
    let letter = &letters[0];
    assert!(letter.to.contains(EVA));
    assert_eq!(letter.subject, "Comment on order NK-FRO-0001: Door of the cold room");
    assert!(letter.text.contains("Nordkyl AB has written a comment on order NK-FRO-0001."), "{}", letter.text);
    assert!(
        letter.text.contains("> Which evening suits you?") && letter.text.contains("/g/nordkyl/orders/NK-FRO-0001")
    );
    assert!(letter.everything.contains("References: <order-nordkyl-NK-FRO-0001@portal.test>"), "{}", letter.everything);

    eva.get(ORDER).has_status(200).says("href=\"/g/nordkyl/orders/NK-FRO-0001?answer=1#write\"");
    let form = eva.get("/orders/NK-FRO-0001?answer=1");
    form.has_status(200).says("Reply to Nordkyl AB").says("name=\"answers\" value=\"1\"");
    let answer = eva.post(WRITE, &[("comment", "Thursday."), ("answers", "1"), ("once", &mark(&form))]);
    assert!(answer.leads().ends_with("#comment-2"));
    assert_eq!(facts(&world)[1], ("customer".to_owned(), 1.into()));
    eva.get(ORDER).says("Replies to Nordkyl AB");
    world.run("order comment NK-FRO-0001 'Good.' --answers 2").well();
    assert_eq!(facts(&world)[2], ("staff".to_owned(), 2.into()));

    // What is not a comment of this order cannot be answered.
    let other = world.order("nordkyl", "1042", Some("hus-a"), "Other");
    world.comment("nordkyl", &other, "Elsewhere");
    let before = world.business();
    for odd in ["4", "0", "-1", "x", "1 ", "99999999999999999999"] {
        eva.get(&format!("/orders/NK-FRO-0001?answer={}", odd.trim())).has_status(200);
        eva.post(WRITE, &[("comment", "x"), ("answers", odd)]).has_status(404);
    }
    eva.get("/orders/NK-FRO-0001?answer=4").hides("name=\"answers\"").hides("Elsewhere");
    assert_eq!(world.business(), before);
}

#[test]
fn what_cannot_be_taken_is_said_and_nothing_is_lost() {
    let (world, mut eva) = town(FULL);
    world.run("order comment NK-FRO-0001 'Which evening suits you?'").well();
    world.fetch();
    eva.get(ORDER).has_status(200);
    let before = world.business();
    let empty = eva.post(WRITE, &[("comment", " \r\n "), ("answers", "1")]);
    empty.has_status(422).says("<title>Error: ").says("Write your comment.").says("name=\"answers\" value=\"1\"");
    empty.says("id=\"problems\"").says("autofocus").says("href=\"#comment\"").says("Which evening suits you?");
    let long = "å".repeat(10_001);
    eva.post(WRITE, &[("comment", &long)]).has_status(422).says("Shorten it to 10,000 characters").says(&long);
    let odd = "a\u{202e}b";
    eva.post(WRITE, &[("comment", odd)]).has_status(422).says("a character that cannot be saved");
    let files: &[(&str, &str, &[u8])] =
        &[("comment_files", "good.pdf", PDF), ("comment_files", "fake.pdf", b"no drawing")];
    let refused = eva.post_files(WRITE, &[("comment", "See <here>.")], files);
    refused.has_status(422).says("“fake.pdf” is not what its ending says").says("Choose the files again");
    refused.says(">See &lt;here&gt;.</textarea>");
    assert_eq!(world.business(), before);
    eva.post_files(WRITE, &[("comment", "See here.")], &files[..1]).leads();
    let documents = world.rows()["documents"].clone();
    assert_eq!(documents.len(), 1);
    assert!(documents[0].contains("good.pdf"), "{documents:?}");
    let page = eva.get(ORDER);
    let (_, own) = page.text().split_once("id=\"comment-2\"").expect("the comment");
    assert!(own.split("</article>").next().is_some_and(|own| own.contains(">good.pdf</a>")), "{own}");
    assert_eq!(world.fetch().len(), 1, "one mail for the comment and its file");
}

#[test]
fn a_closed_order_is_still_talked_about() {
    let (world, mut eva) = town(FULL);
    world.run("order status NK-FRO-0001 Done").well();
    let page = eva.get(ORDER);
    page.has_status(200).says("id=\"write\"");
    eva.post(WRITE, &[("comment", "It drips again."), ("once", &mark(&page))]).leads();
    let order = world.run("order show NK-FRO-0001 --json").well().json();
    assert_eq!(
        (order["stage"].as_str(), order["comments"][0]["text"].as_str()),
        (Some("done"), Some("It drips again."))
    );
}

#[test]
fn without_the_permission_or_the_reach_there_is_no_form_and_nothing_is_said() {
    let (world, mut eva) = town("--template viewer --all-facilities");
    world.comment("nordkyl", "NK-FRO-0001", "We come today.");
    world.fetch();
    let before = world.business();
    eva.get(ORDER).has_status(200).says("We come today.").hides("id=\"write\"").hides("answer=1");
    eva.get("/orders/NK-FRO-0001?answer=1").has_status(200).hides("<textarea");
    eva.post(WRITE, &[("comment", "x")]).has_status(403);
    eva.post(WRITE, &[("comment", "")]).has_status(403);
    world.user("nordkyl", "bo@brf.example", "--customer 1042 --template full --facility hus-b");
    let mut bo = world.signed_in("nordkyl", "bo@brf.example", PASSWORD);
    bo.get("/account");
    let unknown = bo.post("/orders/NK-FRO-9999/comments", &[("comment", "x")]).has_status(404).clone();
    assert_eq!(bo.post(WRITE, &[("comment", "x")]), unknown);
    // Without document.upload there is no field for files, and files that come all the same are not taken.
    world.user(
        "nordkyl",
        "al@brf.example",
        "--customer 1042 --grant order.view --grant comment.write --facility hus-a",
    );
    let mut al = world.signed_in("nordkyl", "al@brf.example", PASSWORD);
    al.get(ORDER).has_status(200).says("id=\"write\"").hides("type=\"file\"");
    al.post_files(WRITE, &[("comment", "x")], &[("comment_files", "a.pdf", PDF)]).has_status(403);
    assert_eq!(world.business()["comments"], before["comments"]);
    assert_eq!(world.business()["documents"], before["documents"]);
}

#[test]
fn a_contact_is_not_told_of_what_their_account_cannot_open() {
    let (world, _) = town("--template full --facility hus-b");
    world.run("order assign NK-FRO-0001 --no-contact").well();
    world.run("contact set eva@brf.example --role 'Site manager'").well();
    world.run("order comment NK-FRO-0001 'Behind their back'").well();
    assert!(world.fetch().is_empty());
    // What is assigned to them they hear of, and it leads them nowhere that they cannot go.
    world.run("order assign NK-FRO-0001 --contact eva@brf.example").well();
    world.run("order comment NK-FRO-0001 'About your order'").well();
    let letters = world.fetch();
    assert_eq!(letters.len(), 1);
    assert!(letters[0].text.contains("About your order") && !letters[0].text.contains("/orders/NK-FRO-0001"));
    world.run("order assign NK-FRO-0001 --no-contact").well();
    world.run("user grant eva@brf.example --customer 1042 --facility hus-a").well();
    world.run("order comment NK-FRO-0001 'To their face'").well();
    let letters = world.fetch();
    assert_eq!(letters.iter().filter(|letter| letter.text.contains("To their face")).count(), 1, "{letters:?}");
    let all = world.run("order audience NK-FRO-0001 --json").well().out;
    assert!(all.contains("\"comment\""), "{all}");
}

#[test]
fn ones_own_words_stay_ones_own_under_another_name_and_a_namesakes_do_not() {
    let (world, mut eva) = town(FULL);
    eva.get(ORDER);
    eva.post(WRITE, &[("comment", "It drips.")]).leads();
    world.user("nordkyl", "nils@brf.example", &format!("--customer 1042 {FULL}"));
    let mut nils = world.signed_in("nordkyl", "nils@brf.example", PASSWORD);
    nils.get(ORDER).says("It drips.").hides("(you)");
    eva.get("/account/name");
    eva.post("/account/name", &[("name", "Eva Berg")]).leads();
    eva.get(ORDER).says("It drips.").says("(you)");
}
