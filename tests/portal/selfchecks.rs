//! Self-checks in the portal: filled in, refused without a loss, answered by two at once, signed, and told of.

mod files;

use frontdesk::selfchecks;

use crate::support::{Answer, PASSWORD, SERVICE, Visitor, World};

/// Brf Fröjden with a self-check (1) on an order at hus-a with the technician ola, and one (2) on a machine at hus-b.
fn world() -> World {
    let world = World::nordkyl_with_customers();
    world.file("service.toml", SERVICE);
    for line in [
        "group set nordkyl --reply-to service@nordkyl.example",
        "staff add ola --name 'Ola Berg' --email ola@nordkyl.example",
        "object add KYL-02 --customer 1042 --facility hus-b --name 'Compressor 2'",
        "order create --customer 1042 --title 'Cold room' --facility hus-a --to ola --no-mail",
        "selfcheck template add service service.toml",
        "selfcheck add service --order NK-FRO-0001",
        "selfcheck add service --object KYL-02",
    ] {
        world.run(line).well();
    }
    world
}

fn full(world: &World, email: &str) -> Visitor {
    world.user("nordkyl", email, "--customer 1042 --template full --all-facilities");
    world.signed_in("nordkyl", email, PASSWORD)
}

/// What a hidden field of the page holds.
#[track_caller]
fn hidden(page: &Answer, name: &str) -> String {
    let (_, after) = page.text().split_once(&format!("name=\"{name}\" value=\"")).expect(name);
    after.split('"').next().expect("a value").to_owned()
}

/// Sends the form that a page showed, with these answers.
fn send(visitor: &mut Visitor, page: &Answer, path: &str, fields: &[(&str, &str)]) -> Answer {
    let (seen, once) = (hidden(page, "seen"), hidden(page, "once"));
    let own = [("seen", seen.as_str()), ("once", once.as_str())];
    visitor.post(path, &own.into_iter().chain(fields.iter().copied()).collect::<Vec<_>>())
}

/// A point as the command line shows it.
fn point(world: &World, check: u32, at: usize) -> serde_json::Value {
    world.run(&format!("selfcheck show {check} --json")).well().json()["points"][at].clone()
}

#[test]
fn a_customer_fills_in_saves_comes_back_and_signs() {
    let world = world();
    let mut eva = full(&world, "eva@brf.example");
    eva.get("/orders/NK-FRO-0001").has_status(200).says("Self-checks").says("href=\"/g/nordkyl/selfchecks/1\"");
    let page = eva.get("/selfchecks/1");
    page.has_status(200)
        .says("Yearly service")
        .says("0 of 3 points answered")
        .says("You sign as Pat Lind, Brf Fröjden.");
    page.says("href=\"/g/nordkyl/orders/NK-FRO-0001\"").says("3. Remarks (optional)");
    let saved = send(&mut eva, &page, "/selfchecks/1", &[("answer-1", "fail"), ("note-1", "Torn below")]);
    assert_eq!(saved.leads(), "/g/nordkyl/selfchecks/1?after=saved");
    let page = eva.get("/selfchecks/1?after=saved");
    page.has_status(200).says("Your answers are saved.").says("Torn below").says("1 of 3 points answered");
    page.says("1 point is not OK").says("Answered by Pat Lind");
    // What is missing is named and leads to its field; what was filled in is kept all the same.
    let fields = [("answer-1", "fail"), ("note-1", "Torn below"), ("answer-3", "Runs quietly")];
    let early = send(&mut eva, &page, "/selfchecks/1/sign", &fields);
    early
        .has_status(422)
        .says("<title>Error: ")
        .says("href=\"#answer-2\"")
        .says("It must be answered before you can sign.");
    assert_eq!(point(&world, 1, 2)["value"], "Runs quietly");
    let fields =
        [("answer-1", "fail"), ("note-1", "Torn below"), ("answer-2", "4,25 bar"), ("answer-3", "Runs quietly")];
    let signed = send(&mut eva, &early, "/selfchecks/1/sign", &fields);
    assert_eq!(signed.leads(), "/g/nordkyl/selfchecks/1?after=signed");
    let page = eva.get("/selfchecks/1?after=signed");
    page.has_status(200).says("The self-check is signed.").says("Signed by Pat Lind").says("4.25 bar").says("Not OK");
    page.hides("<textarea").hides("name=\"seen\"");
    // The same form once more, by a finger that slipped, is no mistake.
    assert_eq!(send(&mut eva, &early, "/selfchecks/1/sign", &fields).leads(), "/g/nordkyl/selfchecks/1?after=signed");
    let audit = world.run("audit list --json --limit 20").well().out;
    assert_eq!(audit.matches("\"selfcheck.signed\"").count(), 1);
    let steps = world.run("selfcheck show 1 --json").well().json()["steps"].clone();
    assert_eq!((&steps[1]["step"], &steps[1]["author"]), (&"signed".into(), &"Pat Lind".into()));
}

#[test]
fn signing_is_told_to_whoever_works_on_it_and_to_nobody_else() {
    let world = world();
    let mut eva = full(&world, "eva@brf.example");
    world.fetch();
    for check in ["/selfchecks/1", "/selfchecks/2"] {
        let page = eva.get(check);
        let fields = [("answer-1", "fail"), ("note-1", "Torn below"), ("na-2", "yes")];
        send(&mut eva, &page, &format!("{check}/sign"), &fields).leads();
    }
    let mut letters = world.fetch();
    letters.sort_by(|one, other| one.to.cmp(&other.to));
    let [ola, office] = &letters[..] else { panic!("two letters: {letters:?}") };
    assert!(ola.to.contains("ola@nordkyl.example") && office.to.contains("service@nordkyl.example"), "{letters:?}");
    assert_eq!(ola.subject, "Self-check signed: Yearly service, NK-FRO-0001");
    let text = ola.text.replace('\n', " ");
    assert!(text.contains("Pat Lind at Brf Fröjden has signed a self-check."), "{}", ola.text);
    assert!(
        text.contains("1 of 3 points is not as it should be:")
            && text.contains("> 1. Door gaskets are whole: Torn below")
    );
    assert_eq!(office.subject, "Self-check signed: Yearly service, Brf Fröjden");
    assert!(
        office.text.contains("Object: KYL-02 Compressor 2") && office.text.contains("Facility: Hus B"),
        "{}",
        office.text
    );
    // What the company signs itself is told to nobody.
    world.run("selfcheck reopen 1 --reason 'Look again'").well();
    world.run("selfcheck sign 1").well();
    assert!(world.fetch().is_empty());
}

#[test]
fn what_cannot_be_taken_stands_at_its_field_and_nothing_typed_is_lost() {
    let world = world();
    let mut eva = full(&world, "eva@brf.example");
    let page = eva.get("/selfchecks/1");
    let fields =
        [("answer-1", "fail"), ("note-1", " "), ("answer-2", "4 psi"), ("note-2", "Old gauge"), ("answer-3", "Fine")];
    let refused = send(&mut eva, &page, "/selfchecks/1", &fields);
    refused.has_status(422).says("<title>Error: ").says("All other answers are saved.");
    refused.says("href=\"#note-1\"").says("Point 1: Say what is wrong.");
    refused
        .says("href=\"#answer-2\"")
        .says("Point 2: Write the number in bar.")
        .says("value=\"4 psi\"")
        .says("Old gauge");
    refused.says("id=\"answer-1-fail\" name=\"answer-1\" type=\"radio\" value=\"fail\" checked");
    assert_eq!(
        (point(&world, 1, 0)["answer"].clone(), point(&world, 1, 2)["value"].clone()),
        (serde_json::Value::Null, "Fine".into())
    );
    for (typed, said) in [
        ("warm", "Write a number, such as 12.5 bar."),
        ("4,125", "The number can be read in two ways."),
        ("1.23456", "at most three decimals"),
    ] {
        let page = eva.get("/selfchecks/1");
        send(&mut eva, &page, "/selfchecks/1", &[("answer-2", typed)]).has_status(422).says(said).says(typed);
    }
    let page = eva.get("/selfchecks/1");
    send(&mut eva, &page, "/selfchecks/1", &[("answer-2", "4"), ("na-2", "yes")]).has_status(422).says("not both");
    send(&mut eva, &page, "/selfchecks/1", &[("answer-1", "perhaps")])
        .has_status(422)
        .says("Choose one of the answers.");
    let long = "x".repeat(selfchecks::LONGEST + 1);
    send(&mut eva, &page, "/selfchecks/1", &[("note-2", &long)]).has_status(422).says("at most 1,000").says(&long);
    let nasty = "<script>alert(1)</script>\"'>";
    send(&mut eva, &page, "/selfchecks/1", &[("answer-3", nasty), ("note-3", nasty), ("answer-2", nasty)])
        .has_status(422)
        .hides("<script>alert")
        .says("&lt;script&gt;alert(1)");
    eva.get("/selfchecks/1").has_status(200).hides("<script>alert").says("&lt;script&gt;");
}

#[test]
fn numbers_are_read_and_shown_as_people_of_the_language_write_them() {
    let world = world();
    let mut eva = full(&world, "eva@brf.example");
    eva.get("/account");
    eva.post("/account/language", &[("lang", "sv")]).leads();
    let page = eva.get("/selfchecks/1");
    page.has_status(200).says("Egenkontroll 1").says("Att fylla i").says("3. Remarks (valfritt)");
    send(&mut eva, &page, "/selfchecks/1", &[("answer-2", "\u{2212}4,125")]).leads();
    assert_eq!(point(&world, 1, 1)["value"], "-4.125");
    let page = eva.get("/selfchecks/1");
    page.says("value=\"-4,125\"");
    // What is shown in the field is read back as it was.
    send(&mut eva, &page, "/selfchecks/1", &[("answer-1", "ok"), ("answer-2", "-4,125")]).leads();
    world.run("selfcheck sign 1").well();
    eva.get("/selfchecks/1").says("\u{2212}4,125 bar").says("22 november 2026");
}

#[test]
fn two_people_answer_and_neither_answer_is_lost() {
    let world = world();
    let (mut eva, mut bo) = (full(&world, "eva@brf.example"), full(&world, "bo@brf.example"));
    let (hers, his) = (eva.get("/selfchecks/1"), bo.get("/selfchecks/1"));
    send(&mut bo, &his, "/selfchecks/1", &[("answer-1", "ok"), ("answer-3", "Seen")]).leads();
    // Different points: both are kept.
    send(&mut eva, &hers, "/selfchecks/1", &[("answer-2", "4")]).leads();
    assert_eq!(
        (point(&world, 1, 0)["answer"].clone(), point(&world, 1, 1)["value"].clone()),
        ("ok".into(), "4".into())
    );
    // The same point: both values are said, and hers stays in the form.
    let fields = [("answer-1", "fail"), ("note-1", "Torn"), ("answer-2", "5"), ("answer-3", "")];
    let clash = send(&mut eva, &hers, "/selfchecks/1", &fields);
    clash.has_status(422).says("Point 1: Pat Lind answered it meanwhile: OK. You answered: Not OK – Torn.");
    clash.says("value=\"fail\" checked").says("Seen");
    assert_eq!(point(&world, 1, 0)["answer"], "ok");
    // Sent again from the page that said so, hers counts.
    let fields = [("answer-1", "fail"), ("note-1", "Torn"), ("answer-2", "4"), ("answer-3", "Seen")];
    send(&mut eva, &clash, "/selfchecks/1", &fields).leads();
    assert_eq!(point(&world, 1, 0)["answer"], "fail");
}

#[test]
fn nobody_signs_what_they_have_not_seen() {
    let world = world();
    let mut eva = full(&world, "eva@brf.example");
    let page = eva.get("/selfchecks/1");
    send(&mut eva, &page, "/selfchecks/1", &[("answer-1", "ok"), ("answer-2", "4")]).leads();
    let page = eva.get("/selfchecks/1");
    world.run("selfcheck answer 1 3 'Fan is loud'").well();
    let fields = [("answer-1", "ok"), ("answer-2", "4"), ("answer-3", "")];
    let again = send(&mut eva, &page, "/selfchecks/1/sign", &fields);
    again.has_status(422).says("Nordkyl AB answered it meanwhile: Fan is loud. Look at it, then sign again.");
    assert_eq!(world.run("selfcheck show 1 --json").well().json()["state"], "open");
    let fields = [("answer-1", "ok"), ("answer-2", "4"), ("answer-3", "Fan is loud")];
    send(&mut eva, &again, "/selfchecks/1/sign", &fields).leads();
    // A form that was open meanwhile says what became of it, and what was in it.
    let late = send(&mut eva, &again, "/selfchecks/1", &[("answer-1", "fail"), ("note-1", "Torn"), ("answer-2", "4")]);
    late.has_status(422).says("<title>Error: ").says("Pat Lind signed this self-check while you filled it in.");
    late.says("What you had filled in").says("Not OK – Torn").hides("<textarea");
    assert_eq!(point(&world, 1, 0)["answer"], "ok");
}

#[test]
fn a_form_of_a_program_overwrites_nothing_that_it_does_not_know() {
    let world = world();
    let mut eva = full(&world, "eva@brf.example");
    world.run("selfcheck answer 1 1 ok").well();
    eva.get("/account");
    eva.post("/selfchecks/1", &[("answer-1", "na")]).has_status(422).says("answered it meanwhile: OK.");
    eva.post("/selfchecks/1", &[("seen", "nonsense"), ("answer-1", "na")]).has_status(422);
    eva.post("/selfchecks/1", &[]).leads();
    assert_eq!(point(&world, 1, 0)["answer"], "ok");
    eva.post("/selfchecks/1", &[("answer-9", "ok"), ("answer-2", "4")]).leads();
    assert_eq!(point(&world, 1, 1)["value"], "4");
}

#[test]
fn each_sees_and_does_what_was_granted() {
    let world = world();
    world.user("nordkyl", "look@brf.example", "--customer 1042 --template viewer --facility hus-a");
    world.user(
        "nordkyl",
        "fill@brf.example",
        "--customer 1042 --grant selfcheck.view --grant selfcheck.fill --facility hus-a",
    );
    world.user("nordkyl", "none@brf.example", "--customer 1042 --grant order.view --facility hus-a");
    world.user("nordkyl", "else@brf.example", "--customer 1043 --template full --all-facilities");
    let mut look = world.signed_in("nordkyl", "look@brf.example", PASSWORD);
    look.get("/selfchecks/1").has_status(200).says("Not answered").hides("type=\"radio\"").hides("You sign as");
    look.get("/account");
    for path in ["/selfchecks/1", "/selfchecks/1/sign"] {
        look.post(path, &[("answer-1", "ok")]).has_status(403);
    }
    let missing = look.get("/selfchecks/99").has_status(404).clone();
    for path in ["/selfchecks/2", "/selfchecks/0", "/selfchecks/x", "/selfchecks/-1", "/selfchecks/1%2F"] {
        assert_eq!(look.get(path).status, missing.status, "{path}");
    }
    look.get("/selfchecks/2").has_status(404).hides("Compressor");
    let mut fill = world.signed_in("nordkyl", "fill@brf.example", PASSWORD);
    // What it lies on is not named to whoever may not see that.
    let page = fill.get("/selfchecks/1");
    page.has_status(200).hides("NK-FRO-0001").hides("Cold room").says("type=\"radio\"");
    send(&mut fill, &page, "/selfchecks/1", &[("answer-1", "ok")]).leads();
    let mut none = world.signed_in("nordkyl", "none@brf.example", PASSWORD);
    none.get("/selfchecks/1").has_status(403);
    none.get("/orders/NK-FRO-0001").has_status(200).hides("Self-checks").hides("/selfchecks/");
    let mut other = world.signed_in("nordkyl", "else@brf.example", PASSWORD);
    other.get("/selfchecks/1").has_status(404).hides("Yearly service");
    other.get("/account");
    other.post("/selfchecks/1/sign", &[("answer-1", "ok")]).has_status(404);
    // It moves with its machine.
    world.run("object move KYL-02 --facility hus-a").well();
    look.get("/selfchecks/2").has_status(200).says("Compressor 2");
}

#[test]
fn a_self_check_of_two_hundred_points_is_filled_in_at_once() {
    let world = world();
    let points: String = (1..=200).map(|at| format!("[[point]]\ntext = \"Room {at}\"\nkind = \"number\"\n")).collect();
    world.file("large.toml", format!("title = \"All rooms\"\n{points}"));
    world.run("selfcheck template add large large.toml").well();
    world.run("selfcheck add large --object KYL-02").well();
    let mut eva = full(&world, "eva@brf.example");
    let page = eva.get("/selfchecks/3");
    let names: Vec<_> =
        (1..=200).map(|at| [format!("answer-{at}"), format!("na-{at}"), format!("note-{at}")]).collect();
    let note = "å".repeat(300);
    let fields: Vec<_> =
        names.iter().flat_map(|[answer, _, note_at]| [(answer.as_str(), "4"), (note_at, &note[..100])]).collect();
    let (seen, once) = (hidden(&page, "seen"), hidden(&page, "once"));
    let all: Vec<_> = [("seen", seen.as_str()), ("once", once.as_str())].into_iter().chain(fields).collect();
    let answer = eva.post_files("/selfchecks/3/sign", &all, &[]);
    assert_eq!(answer.leads(), "/g/nordkyl/selfchecks/3?after=signed");
    let check = world.run("selfcheck show 3 --json").well().json();
    assert_eq!((&check["answered"], &check["signed_by"]), (&200.into(), &"Pat Lind".into()));
}
