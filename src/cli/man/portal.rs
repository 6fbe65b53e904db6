//! The manual page of the portal, for whoever answers the telephone when a customer does not see something.

use clap_mangen::roff::{bold, roman};

use super::commands::WIDTH;
use super::page::Page;
use crate::access::Permission;
use crate::cli::examples;
use crate::portal::routes::ROUTES;

/// `frontdesk-portal`(7).
pub(super) fn page() -> (String, String) {
    let mut page = Page::new("frontdesk-portal", 7, "what customers see, and why");
    page.section("DESCRIPTION");
    page.prose(
        "Each group has a portal of its own at `BASE_URL/g/GROUP/`, in its own look and language. A customer's user \
         signs in there with an e-mail address and a password, and sees what the company lets them see. Without \
         permissions and scope nothing is seen; a new access has neither.",
    );
    page.prose(
        "A thing is seen when two questions are answered with yes: does the access have the permission for this sort of \
         thing, and does the thing lie in its scope? What is not seen does not exist: it is in no list, no count, no \
         search, no file, no mail and no error text, and its address answers 404.",
    );
    page.section("PERMISSIONS");
    page.prose("Each is given by itself or with a template, see `frontdesk-user`(1) and `frontdesk-template`(1).");
    for permission in Permission::ALL {
        page.term(vec![bold(permission.word())], opens(*permission));
    }
    page.section("SCOPE");
    page.prose(
        "An access names facilities, or all of them, also those that are added later. A thing belongs to the facility \
         where it stands: an order to its own or that of its object, a reading to its object, a self-check and a document \
         to whatever they lie on.",
    );
    page.prose(
        "What belongs to no facility is unattached, and is seen only with `--unattached`. So an access with a facility \
         and without `--unattached` does not see an order that names no place.",
    );
    page.prose("The company's own notes and documents that are not shared are never seen, with whatever permission.");
    let grant = "frontdesk user grant eva@brf.example --template standard --facility hus-b --unattached";
    page.lines(&examples::lines(grant, WIDTH));
    questions(&mut page);
    login_box(&mut page);
    page.section("PAGES");
    page.prose("Addresses below `BASE_URL/g/GROUP`. `frontdesk portal routes` prints the same list for programs.");
    for who in whos() {
        let (first, rest) = who.split_at(1);
        page.part(&format!("{}{rest}", first.to_uppercase()));
        let methods = |looks, sends| match (looks, sends) {
            (true, true) => "GET, POST",
            (true, false) => "GET",
            _ => "POST",
        };
        let lines = ROUTES.iter().filter(|route| route.handler.who() == who).map(|route| {
            let (looks, sends) = route.handler.methods();
            format!("{:<9} {}", methods(looks, sends), route.path)
        });
        page.lines(&lines.collect::<Vec<_>>());
    }
    page.see_also(&[
        ("frontdesk", 1),
        ("frontdesk-group", 1),
        ("frontdesk-portal", 1),
        ("frontdesk-template", 1),
        ("frontdesk-user", 1),
        ("frontdesk.toml", 5),
    ]);
    page.finish()
}

/// What a permission opens.
fn opens(permission: Permission) -> &'static str {
    match permission {
        Permission::OrderView => "Orders with their status, history and comments.",
        Permission::OrderCreate => {
            "The form for a new order. Whoever has it without `order.view` comes to the form first."
        }
        Permission::CommentWrite => "A comment on an order that is seen. It also goes for answers by mail.",
        Permission::DocumentView => {
            "Documents that are shared, on what is seen of orders, objects, facilities and the company."
        }
        Permission::DocumentUpload => {
            "Files, sent along with an order, a comment or a self-check, or put on what is seen."
        }
        Permission::ObjectView => "Objects: the machines, with their parts and their next services.",
        Permission::ReadingView => "The readings of an object that is seen.",
        Permission::ReadingAdd => {
            "A new reading, and the correction of one's own; it is where the label on a machine leads."
        }
        Permission::SelfcheckView => "Self-checks on orders and objects that are seen.",
        Permission::SelfcheckFill => "The answers of a self-check, and its signature.",
        Permission::FacilityView => "Facilities in scope, with their address.",
        Permission::CompanyView => "The customer's own page: name, number, addresses.",
        Permission::CompanyEdit => "Corrections of telephone and address there; it needs `company.view`.",
        Permission::ColleagueView => "The other people at the customer, with telephone and mail.",
    }
}

fn questions(page: &mut Page) {
    page.section("QUESTIONS");
    for (question, answer, lines) in [
        (
            "A customer does not see an order",
            "Ask the program; it names each step that decides. Most often the order lies at a facility that is not in \
             scope, or at none, and the access has no `--unattached`.",
            &["frontdesk user why eva@brf.example order.view --order NK-FRO-0142"][..],
        ),
        (
            "A customer sees nothing at all",
            "The access has no permissions or no scope. `frontdesk doctor` finds all whom this concerns.",
            &[
                "frontdesk user show eva@brf.example",
                "frontdesk user grant eva@brf.example --template standard --all-facilities",
            ],
        ),
        (
            "Somebody cannot sign in",
            "Look whether the user is invited, active or disabled, and whether the invitation ran out; after many wrong \
             passwords they wait, until `unlock` lets them try again.",
            &[
                "frontdesk user show eva@brf.example",
                "frontdesk user unlock eva@brf.example",
                "frontdesk user reset eva@brf.example",
            ],
        ),
        (
            "The invitation did not come",
            "See what became of the mail, and whether mail to this address comes back. A link can also be printed and \
             handed over, which is written to the audit.",
            &[
                "frontdesk mail list --to eva@brf.example",
                "frontdesk mail bounce list",
                "frontdesk user invite eva@brf.example --link",
            ],
        ),
        (
            "Who can see this order, and who is told of it?",
            "Both questions are answered by the same function that decides.",
            &["frontdesk order audience NK-FRO-0142", "frontdesk notify test NK-FRO-0142 comment"],
        ),
        (
            "What does it look like to her?",
            "A preview shows the portal as she sees it, in a browser of this machine, and changes nothing.",
            &["frontdesk portal preview eva@brf.example"],
        ),
        (
            "Somebody has left",
            "`disable` ends sessions and links at once and can be taken back; `delete` takes the account and keeps the person \
             and what they wrote.",
            &["frontdesk user disable eva@brf.example"],
        ),
    ] {
        page.part(question);
        page.prose(answer);
        page.lines(&lines.iter().flat_map(|line| examples::lines(line, WIDTH)).collect::<Vec<_>>());
    }
}

fn login_box(page: &mut Page) {
    page.section("THE LOGIN BOX ON OTHER SITES");
    page.prose(
        "`frontdesk group box GROUP` prints what goes on the company's own website. None of it needs a script, and none of \
         it sets a cookie there.",
    );
    for (piece, text) in [
        ("link", "A plain link to the portal."),
        ("button", "The same as a button in the group's colour."),
        ("form", "A field for the e-mail address, which leads to the login box with the address filled in."),
        (
            "iframe",
            "The login box in a frame. Browsers show it only on sites that the group names; who they are stands in the \
             header `Content-Security-Policy: frame-ancestors` of that page, and of no other.",
        ),
        ("qr", "A code for paper, as an SVG."),
    ] {
        page.term(vec![bold(piece)], text);
    }
    page.prose(
        "A site is named by its origin: scheme, name and port, without a page. With and without `www` are two sites. \
         Without any, no site may show the frame.",
    );
    page.lines(
        &["frontdesk group origin add https://www.nordkyl.example", "frontdesk group box nordkyl --format iframe"]
            .map(str::to_owned),
    );
    page.text(vec![
        roman("Whoever types the address in a frame goes on to the portal itself, where the password is typed: the frame "),
        roman("knows nobody, and no page that does can be put into one."),
    ]);
}

/// Those to whom pages are open, in the order in which they first stand in the site map.
fn whos() -> Vec<&'static str> {
    let mut found = Vec::new();
    for route in ROUTES {
        if !found.contains(&route.handler.who()) {
            found.push(route.handler.who());
        }
    }
    found
}
