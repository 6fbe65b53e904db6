//! Forms that no page of ours sends: too long, of another kind, in another encoding, with a field twice.

use crate::support::{PASSWORD, World};

const FORM: &str = "application/x-www-form-urlencoded";
const EVA: &str = "eva@brf.example";

#[test]
fn odd_forms_are_refused_whole() {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", EVA, "--customer 1042");
    let mut guest = world.visitor("nordkyl");
    guest.get("/");
    let before = world.rows();
    let token = guest.token.clone();
    let good = format!("csrf={token}&email=eva%40brf.example&password=nine+green+kettles+sing");
    assert_eq!(PASSWORD, "nine green kettles sing");
    let cases: &[(&str, Vec<u8>, u16)] = &[
        (FORM, format!("{good}&email=x").into_bytes(), 400),
        (FORM, format!("{good}&%65mail=x").into_bytes(), 400),
        (FORM, format!("{good}&csrf={token}").into_bytes(), 400),
        (FORM, format!("{good}&x=%ff").into_bytes(), 400),
        (FORM, [good.as_bytes(), b"&x=\xff\xfe"].concat(), 400),
        (FORM, format!("{good}&x={}", "x".repeat(64 * 1024)).into_bytes(), 413),
        (FORM, (0..5_000).map(|at| format!("n{at}=1&")).collect::<String>().into_bytes(), 400),
        ("text/plain", good.clone().into_bytes(), 400),
        ("application/json", br#"{"email":"eva@brf.example"}"#.to_vec(), 400),
        ("multipart/form-data; boundary=x", b"--x--\r\n".to_vec(), 400),
        ("", good.clone().into_bytes(), 400),
        ("application/x-www-form-urlencodedx", good.clone().into_bytes(), 400),
    ];
    for (kind, body, status) in cases {
        let answer = guest.clone().post_bytes("/login", kind, body.clone());
        answer.has_status(*status).says("Nordkyl AB").hides(&token);
        assert!(answer.header("Set-Cookie").is_none(), "{:?}", answer.headers);
    }
    assert_eq!(world.rows(), before);
    for kind in ["Application/X-WWW-Form-Urlencoded", "application/x-www-form-urlencoded; charset=UTF-8"] {
        guest.clone().post_bytes("/login", kind, good.clone().into_bytes()).leads();
    }
}

#[test]
fn a_refused_form_keeps_what_was_typed_but_no_password() {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", EVA, "--customer 1042");
    let mut guest = world.visitor("nordkyl");
    guest.get("/?next=%2Fg%2Fnordkyl%2Faccount");
    let next = ("next", "/g/nordkyl/account");
    for (email, password, says) in [
        ("", PASSWORD, "Enter your e-mail address."),
        ("  ", PASSWORD, "Enter your e-mail address."),
        (EVA, "", "Enter your password."),
        (EVA, "not the password at all", "do not match"),
        ("no address", PASSWORD, "do not match"),
        ("a@b\u{1b}[2J\0\r\nX: y", PASSWORD, "do not match"),
    ] {
        let page = guest.from("192.0.2.8").post("/login", &[("email", email), ("password", password), next]);
        page.has_status(422)
            .says(says)
            .says("<title>Error: ")
            .says("value=\"/g/nordkyl/account\"")
            .hides("\u{1b}")
            .hides("\0");
        if password.len() > 1 {
            page.hides(password);
        }
    }
    let long = format!("{}@brf.example", "x".repeat(5_000));
    guest
        .from("192.0.2.9")
        .post("/login", &[("email", &long), ("password", PASSWORD)])
        .has_status(422)
        .hides(&long[..255]);
    let heavy = "x".repeat(60_000);
    guest
        .from("192.0.2.9")
        .post("/login", &[("email", EVA), ("password", &heavy)])
        .has_status(422)
        .hides(&heavy[..100]);
    assert_eq!(
        guest.post("/login", &[("email", &format!("  {} ", EVA.to_uppercase())), ("password", PASSWORD), next]).leads(),
        next.1
    );
}

#[test]
fn a_form_stays_good_while_other_pages_are_fetched() {
    let world = World::nordkyl_with_customers();
    world.user("nordkyl", EVA, "--customer 1042");
    let mut guest = world.visitor("nordkyl");
    // A browser without cookies fetches the page and what else it wants at the same time.
    let mut beside = guest.clone();
    guest.get("/").has_status(200);
    for path in
        ["/apple-touch-icon.png", "/help", "/orders", "/signed-out", "/logo/0123456789abcdef", "/login", "/g/none/"]
    {
        for answer in [beside.get(path), beside.head(path)] {
            assert_eq!(answer.all("Set-Cookie"), Vec::<&str>::new(), "{path}");
        }
    }
    guest.post("/login", &[("email", EVA), ("password", PASSWORD)]).leads();
    // Two tabs share what the first brought.
    let mut tabs = world.visitor("nordkyl");
    tabs.get("/");
    let first = tabs.token.clone();
    tabs.get("/forgot");
    assert_eq!(tabs.token, first);
    assert_eq!(tabs.get("/").all("Set-Cookie"), Vec::<&str>::new());
}

#[test]
fn stale_forms_of_guests_are_shown_again() {
    let world = World::nordkyl_with_customers();
    let mut guest = world.visitor("nordkyl");
    let page = guest.post_bare("/forgot", &[("email", EVA)]);
    page.has_status(403).says("value=\"eva@brf.example\"");
    assert_eq!(guest.post("/forgot", &[("email", EVA)]).leads(), "/g/nordkyl/forgot/sent?email=eva%40brf.example");
}
