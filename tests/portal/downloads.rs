//! Documents given out: as a file and never as a page, to those who reach them today, byte for byte.

use crate::support::{Answer, PASSWORD, Visitor, World};

const PDF: &[u8] = b"%PDF-1.7 \x00\xff a drawing <script>";
const NAME: &str = "Ritning%20%C3%A5%20%227%22.pdf";

fn town() -> (World, Visitor) {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", "eva@brf.example", "--customer 1042 --template full --all-facilities");
    world.order("nordkyl", "1042", Some("hus-a"), "Door of the cold room");
    world.order("nordkyl", "1042", Some("hus-b"), "Light in the attic");
    world.file("a.pdf", PDF);
    world.file("internal.pdf", "%PDF-1.7 for us alone");
    world.run("document add a.pdf --order NK-FRO-0001 --share --name 'Ritning å \"7\".pdf'").well();
    world.run("document add internal.pdf --order NK-FRO-0001").well();
    world.run("document add a.pdf --order NK-FRO-0002 --share").well();
    let eva = world.signed_in("nordkyl", "eva@brf.example", PASSWORD);
    (world, eva)
}

#[track_caller]
fn is_a_file(answer: &Answer) {
    assert_eq!(answer.status, 200);
    for (name, value) in [
        ("Content-Type", "application/pdf"),
        ("Content-Security-Policy", "sandbox; default-src 'none'"),
        ("Accept-Ranges", "none"),
        (
            "Content-Disposition",
            "attachment; filename=\"Ritning _ _7_.pdf\"; filename*=UTF-8''Ritning%20%C3%A5%20%227%22.pdf",
        ),
    ] {
        assert_eq!(answer.header(name), Some(value), "{name}");
    }
    assert_eq!(answer.body, PDF);
}

#[test]
fn a_document_is_a_file_whatever_is_asked_of_it() {
    let (world, mut eva) = town();
    let address = format!("/documents/1/{NAME}");
    is_a_file(&eva.get(&address));
    for query in ["?inline=1", "?download=0&x=<script>"] {
        is_a_file(&eva.get(&format!("{address}{query}")));
    }
    for (name, value) in [("Range", "bytes=0-0"), ("Range", ""), ("Range", "bytes=9-1"), ("Accept", "text/html")] {
        is_a_file(&eva.with(name, value).get(&address));
    }
    assert_eq!(eva.get("/documents/1/other.html").leads(), format!("/g/nordkyl{address}"));
    let unknown = eva.get("/documents/999/x.pdf");
    unknown.has_status(404);
    for odd in ["0", "-1", "01", "+1", "1%20", "x", "9223372036854775808"] {
        assert_eq!(eva.get(&format!("/documents/{odd}/x.pdf")), unknown, "{odd}");
    }
    for odd in ["/documents/1", "/documents/1/", "/documents/1/a/b", "/documents/1/..%2fx"] {
        eva.get(odd).has_status(404);
    }
    let mut guest = world.visitor("nordkyl");
    assert!(guest.get(&address).leads().starts_with("/g/nordkyl/?next="));
}

#[test]
fn out_of_reach_is_the_same_as_unknown_and_reach_is_asked_each_time() {
    let (world, mut eva) = town();
    let unknown = eva.get("/documents/999/x.pdf");
    assert_eq!(eva.get("/documents/2/internal.pdf"), unknown);
    assert_eq!(eva.get("/documents/2/x"), unknown);
    eva.get("/documents").has_status(200).hides("internal.pdf");
    world.user("nordkyl", "one@brf.example", "--customer 1042 --template viewer --facility hus-b");
    let mut one = world.signed_in("nordkyl", "one@brf.example", PASSWORD);
    assert_eq!(one.get(&format!("/documents/1/{NAME}")), one.get("/documents/999/x.pdf"));
    one.get("/documents").has_status(200).says("NK-FRO-0002").hides("NK-FRO-0001");
    eva.get("/orders/NK-FRO-0001").has_status(200).says(&format!("/documents/1/{NAME}"));
    // What was open a moment ago is closed when the permission is gone, and when the document is internal again.
    world.run("document set 1 --internal").well();
    assert_eq!(eva.get(&format!("/documents/1/{NAME}")), unknown);
    world.run("document set 1 --share").well();
    is_a_file(&eva.get(&format!("/documents/1/{NAME}")));
    world.run("user revoke eva@brf.example document.view").well();
    eva.get(&format!("/documents/1/{NAME}")).has_status(403);
    eva.get("/documents").has_status(403);
    eva.get("/orders/NK-FRO-0001").has_status(200).hides("/documents/1/").says("Add a document");
    world.run("user revoke eva@brf.example document.upload").well();
    eva.get("/orders/NK-FRO-0001").has_status(200).hides("Documents</h2>");
}

#[test]
fn bytes_that_are_gone_are_said_to_be_gone() {
    let (world, mut eva) = town();
    let list = world.run("document list --order NK-FRO-0002 --json").well().json();
    let hash = list[0]["hash"].as_str().expect("a hash");
    let path = world.path().join("frontdesk-data/files").join(&hash[..2]).join(hash);
    std::fs::write(&path, b"%PDF").expect("cut");
    eva.get(&format!("/documents/1/{NAME}")).has_status(410).says("Nordkyl AB");
    std::fs::remove_file(&path).expect("removed");
    eva.get(&format!("/documents/1/{NAME}")).has_status(410).says("Nordkyl AB");
}

#[test]
fn all_documents_are_found_by_their_words_page_by_page() {
    let (world, mut eva) = town();
    eva.get("/documents?q=RITNING").has_status(200).says("NK-FRO-0001").hides("NK-FRO-0002");
    eva.get("/documents?q=attic").has_status(200).says("NK-FRO-0002").hides("NK-FRO-0001");
    eva.get("/documents?q=%25").has_status(200).says("No documents match");
    for at in 0..60 {
        world.file("n.txt", format!("{at}"));
        world.run(&format!("document add n.txt --name n{at}.txt --facility hus-a --share")).well();
    }
    let first = eva.get("/documents");
    first.has_status(200).says("1–25 of 62").says("n59.txt").hides("n3.txt");
    eva.get("/documents?page=3").has_status(200).says("51–62 of 62").says("n3.txt").says("/facilities/hus-a");
    eva.get("/documents?page=99&q=n").has_status(200).says("n3.txt");
}

#[test]
fn a_customers_document_reaches_the_technicians_else_the_office() {
    let (world, mut eva) = town();
    world.run("group set nordkyl --reply-to office@nordkyl.example").well();
    world.run("staff add ola --name 'Ola Berg' --email ola@nordkyl.example").well();
    world.fetch();
    let send = |eva: &mut Visitor, once: &str| {
        eva.get("/orders/NK-FRO-0001");
        let files: &[(&str, &str, &[u8])] = &[("document", "oil.txt", b"much"), ("document", "more.txt", b"more")];
        let fields = [("document-text", "This morning"), ("once", once)];
        eva.post_files("/orders/NK-FRO-0001/documents", &fields, files).leads();
    };
    send(&mut eva, "one");
    let letters = world.fetch();
    assert_eq!(letters.len(), 1, "one mail for all files of a form");
    assert!(letters[0].to.contains("office@nordkyl.example"));
    for word in ["oil.txt", "more.txt", "This morning", "NK-FRO-0001"] {
        assert!(letters[0].text.contains(word), "{word}: {}", letters[0].text);
    }
    world.run("order assign NK-FRO-0001 --to ola").well();
    world.fetch();
    send(&mut eva, "one");
    assert!(world.fetch().is_empty(), "the same form again");
    send(&mut eva, "two");
    let letters = world.fetch();
    assert_eq!(letters.len(), 1);
    assert!(letters[0].to.contains("ola@nordkyl.example"), "{}", letters[0].to);
    eva.get("/orders/NK-FRO-0001?added=2").has_status(200).says("2 files have arrived.");
}
