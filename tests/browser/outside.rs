//! The company's own website, on another site than the portal: what it shows, and where that leads.

use std::net::{Ipv4Addr, TcpListener};
use std::time::Duration;

use frontdesk::portal::front::{Front, Limits};

use super::site::Pages;
use crate::support::World;
use crate::support::browser::{Browser, Page, View};

/// A portal on a port of this machine, and what it prints for the company's website.
struct Portal {
    world: World,
    _front: Front,
    address: String,
}

impl Portal {
    fn open() -> Self {
        let world = World::nordkyl();
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a free port");
        let address = format!("http://{}", listener.local_addr().expect("an address"));
        let site = world.site_with(|config| config.portal.base_url.clone_from(&address));
        let front = Front::start(listener, Limits::default(), Vec::new(), site).expect("starts");
        Self { world, _front: front, address }
    }

    /// A page of the company with one of the pieces in it.
    fn piece(&self, name: &str) -> String {
        let piece = self.world.run(&format!("group box nordkyl --format {name} --lang sv")).well().out;
        let piece = piece.replace("https://portal.test", &self.address);
        // Higher than it is printed, so that the middle is empty; and it says when it is there.
        let piece = piece.replace("height=\"420\"", "height=\"1000\"");
        let piece = piece.replace("loading=\"lazy\"", "onload=\"document.title = 'there'\"");
        format!("<!doctype html><html lang=sv><title>Nordkyl</title><body>{piece}</body></html>")
    }

    /// Fails unless the page is the login box with the address filled in.
    #[track_caller]
    fn has_led(&self, page: &Page, email: &str) {
        assert!(page.address().starts_with(&format!("{}/g/nordkyl/?", self.address)), "{}", page.address());
        assert_eq!(page.text_of("h1"), "Logga in hos Nordkyl AB");
        assert_eq!(page.ask("document.querySelector('#email').value"), email);
        assert_eq!(page.ask("document.querySelectorAll('#password').length"), 1);
        assert_eq!(page.ask("window.top === window"), true);
    }
}

/// Clicks into the frame, types an address into the first field there, and sends it.
fn types_into_the_frame(page: &Page) {
    page.click("iframe");
    page.press("Tab");
    page.write("eva@brf.example");
    page.press("Enter");
}

#[test]
fn the_box_works_in_a_frame_of_a_listed_site_and_of_no_other() {
    let Some(browser) = Browser::open() else { return };
    let portal = Portal::open();
    let company = Pages::with(vec![("/kund", portal.piece("iframe"))]);
    let view = View { height: 1200, ..View::DESK };
    let listed = company.at_localhost("/kund");
    portal.world.run(&format!("group origin add {}", listed.trim_end_matches("/kund"))).well();

    // The same page under a name that is not listed: the browser shows nothing of the portal, and nothing leads on.
    let other = browser.page(view, &company.at("/kund"));
    other.until("document.title === 'there'");
    types_into_the_frame(&other);
    std::thread::sleep(Duration::from_secs(1));
    assert_eq!(other.address(), company.at("/kund"));

    for scripts in [true, false] {
        let page = browser.page(View { scripts: true, ..view }, &listed);
        page.until("document.title === 'there'");
        assert_ne!(page.picture(), other.picture());
        page.look(View { scripts, ..view });
        page.leave("the frame", || types_into_the_frame(&page));
        portal.has_led(&page, "eva@brf.example");
    }
}

#[test]
fn the_link_the_button_and_the_form_lead_to_the_login_box() {
    let Some(browser) = Browser::open() else { return };
    let portal = Portal::open();
    let pieces = ["link", "button", "form"].map(|name| portal.piece(name));
    let [link, button, form] = pieces;
    let company = Pages::with(vec![("/link", link), ("/button", button), ("/form-of-ours", form)]);
    let page = browser.page(View::PHONE, &company.at_localhost("/link"));
    for path in ["/link", "/button"] {
        page.go(&company.at_localhost(path));
        page.follow("a");
        portal.has_led(&page, "");
    }
    page.go(&company.at_localhost("/form-of-ours"));
    assert_eq!(page.stands_out(), 0);
    page.fill("input[type=email]", "eva@brf.example");
    page.follow("button");
    portal.has_led(&page, "eva@brf.example");
}
