//! Which mails somebody gets: in the account, behind the link of a mail, and with names that are long.

use frontdesk::event::Event;
use frontdesk::notices::Choice;
use frontdesk::portal::ui::layout::Frame;
use frontdesk::portal::views::notices::{self, Choosing};

use super::Album;
use super::places::everywhere;
use crate::portal::sample::{at, target};

pub fn shots(album: &mut Album, guest: &Frame, eva: &Frame, long: &Frame) {
    let eva = &everywhere(eva);
    let own = Choosing { account: Some(at("/account")), ..choosing("/account/notices") };
    let saved = Frame { notice: Some(eva.words().notices.saved.into()), ..eva.clone() };
    album.add("notices", eva, notices::choose(eva, &own));
    album.add("notices-saved", &saved, notices::choose(&saved, &own));
    album.add("notices-no-address", eva, notices::no_address(eva));
    album.add("off", guest, notices::choose(guest, &choosing("/mail/off/token")));
    let customer = "Bostadsrättsföreningen Sjöfartsmuseiparkeringsgaragebyggnaden nr 3";
    let data = Choosing {
        email: format!("{}@fastighetsunderhallsentreprenorerna.example", "forvaltning".repeat(5)),
        customer: customer.into(),
        ..choosing("/mail/off/token")
    };
    let long = &Frame { visitor: None, ..long.clone() };
    album.add("long-off", long, notices::choose(long, &data));
    album.add("one-click", guest, notices::turned_off(guest, "Brf Fröjden", &at("/mail/off/token")));
    album.add("long-one-click", long, notices::turned_off(long, customer, &at("/mail/off/token")));
}

/// Each of the three answers is there.
fn choosing(action: &str) -> Choosing {
    let choice = |at: usize| [Choice::Now, Choice::Daily, Choice::Off][at % 3];
    Choosing {
        form: target(action),
        email: "eva@brf.example".into(),
        customer: "Brf Fröjden".into(),
        events: Event::ALL.iter().enumerate().map(|(at, event)| (*event, choice(at))).collect(),
        account: None,
    }
}
