//! The login box as other sites show it, and the pages of a preview.

use frontdesk::portal::ui::layout::Frame;
use frontdesk::portal::views::outside::{self, LoginFrame};
use frontdesk::portal::views::{account, orders};

use super::{Album, sample};
use crate::portal::sample::at;

pub fn shots(album: &mut Album, guest: &Frame, long: &Frame, eva: &Frame) {
    let data = LoginFrame { start: at("/start"), lang: Some(guest.lang) };
    album.add("box", guest, outside::framed(guest, &data));
    let mut bare = guest.clone();
    if let Some(company) = &mut bare.company {
        company.logo = None;
    }
    album.add("box-bare", &bare, outside::framed(&bare, &data));
    album.add("box-long", long, outside::framed(long, &LoginFrame { lang: None, ..data }));
    let says = guest.words().outside.preview;
    let preview = Frame { preview: Some(says("Eva Lind", "Brf Fröjden")), ..eva.clone() };
    album.add("preview-board", &preview, orders::pipeline(&preview, &sample::board()));
    album.add("preview-no-access", &preview, account::no_access(&preview));
    album.add("preview-refused", &preview, outside::preview_refused(&preview, &at("/")));
}
