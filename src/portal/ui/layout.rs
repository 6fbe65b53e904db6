//! What stands around every page: head, header, menu, help and the words of the company.

use maud::{DOCTYPE, Markup, html};

use crate::portal::ui::form::{self, Target};
use crate::portal::ui::{Link, part};
use crate::text::Lang;
use crate::words::portal::{self, Words};

/// The id of the summary of problems, which takes the focus.
pub const PROBLEMS: &str = "problems";

/// Whose portal it is, in which language, and where everything around the page leads.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The language of the page.
    pub lang: Lang,
    /// The company, if the address named one.
    pub company: Option<Company>,
    /// Addresses of the stylesheets, the script and the icon.
    pub files: Files,
    /// The page in its other languages, for visitors who are not signed in; empty where there is no choice.
    pub languages: Vec<Language>,
    /// Who is signed in.
    pub visitor: Option<Visitor>,
    /// The help page.
    pub help: Option<String>,
    /// The privacy page.
    pub privacy: Option<String>,
    /// The page on how the pages are made for everybody.
    pub accessibility: Option<String>,
    /// What has just happened, in the language of the page.
    pub notice: Option<String>,
    /// Whose view it is, where the company looks at the portal as somebody else.
    pub preview: Option<String>,
}

/// A service company as its customers see it.
#[derive(Clone, Debug)]
pub struct Company {
    /// Its name.
    pub name: String,
    /// The first page.
    pub home: String,
    /// Its logo.
    pub logo: Option<Logo>,
    /// Its colour as written, such as `#0a5c3a`, for the browser's own bar.
    pub colour: Option<String>,
    /// Its telephone number, with a `tel:` address.
    pub phone: Option<Link>,
    /// Its mailbox, with a `mailto:` address.
    pub email: Option<Link>,
}

/// A picture with its size, so that nothing moves while it loads.
#[derive(Clone, Debug)]
pub struct Logo {
    /// Where it is.
    pub src: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// Addresses of what a page loads.
#[derive(Clone, Debug)]
pub struct Files {
    /// `assets::style().path`
    pub style: String,
    /// `assets::script().path`
    pub script: String,
    /// `assets::icon().path`
    pub icon: String,
    /// The company's two colours, `assets::brand`.
    pub brand: Option<String>,
}

/// The same page in a language.
#[derive(Clone, Debug)]
pub struct Language {
    /// Which.
    pub lang: Lang,
    /// The address that chooses it.
    pub href: String,
}

/// Somebody who is signed in.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// The customer they are signed in for.
    pub customer: String,
    /// Where to choose another customer, if they have several.
    pub switch: Option<String>,
    /// The menu: what this person may open.
    pub places: Vec<(Place, String)>,
    /// Ends the session.
    pub sign_out: Target,
}

/// An entry of the menu.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Place {
    /// The pipeline.
    Orders,
    /// The places.
    Facilities,
    /// The machines.
    Objects,
    /// What is there to download.
    Documents,
    /// The customer and its people.
    Company,
    /// The person's own page.
    Account,
}

/// How much room a page takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Width {
    /// A box for a single thing to do.
    Box,
    /// Text and forms.
    Text,
    /// Boards and tables.
    Wide,
}

/// A page before the frame is put around it.
pub struct Sheet {
    /// The title, without the company's name.
    pub title: String,
    /// Whether a form was refused.
    pub refused: bool,
    /// The entry of the menu it belongs to.
    pub place: Option<Place>,
    /// How much room it takes.
    pub width: Width,
    /// What it shows, beginning with its `h1`.
    pub body: Markup,
}

impl Sheet {
    /// A box with a title.
    pub fn boxed(title: impl Into<String>, body: Markup) -> Self {
        Self { title: title.into(), refused: false, place: None, width: Width::Box, body }
    }
}

impl Frame {
    /// The words in the language of the page.
    pub fn words(&self) -> &'static Words {
        portal::of(self.lang)
    }

    /// The company's name, or nothing where it is not known.
    pub fn company_name(&self) -> &str {
        self.company.as_ref().map_or("", |company| company.name.as_str())
    }

    /// The customer the visitor is signed in for, or nothing.
    pub fn customer_name(&self) -> &str {
        self.visitor.as_ref().map_or("", |visitor| visitor.customer.as_str())
    }
}

/// The whole document.
pub fn page(frame: &Frame, sheet: &Sheet) -> Markup {
    let class = match (frame.visitor.is_some(), sheet.width) {
        (false, _) => "guest",
        (true, Width::Box | Width::Text) => "home",
        (true, Width::Wide) => "home wide",
    };
    html! {
        (DOCTYPE)
        html lang=(frame.lang) {
            head {
                (head(frame, sheet))
                script src=(frame.files.script) defer {}
            }
            body class=(class) {
                @if let Some(preview) = &frame.preview { (banner(preview)) }
                a.skip href="#content" { (frame.words().common.skip) }
                (header(frame, sheet.place))
                main.box[sheet.width == Width::Box] #content tabindex="-1" {
                    @if let Some(notice) = &frame.notice { (part::notice(notice)) }
                    (sheet.body)
                }
                (footer(frame))
            }
        }
    }
}

/// The whole document for a frame on another site: the same look, without a header, a menu and a footer of its own, and
/// without a script.
pub fn inset(frame: &Frame, sheet: &Sheet) -> Markup {
    html! {
        (DOCTYPE)
        html lang=(frame.lang) {
            head { (head(frame, sheet)) }
            body.inset {
                @if let Some(preview) = &frame.preview { (banner(preview)) }
                main { (sheet.body) }
            }
        }
    }
}

/// What browsers are told about a page.
fn head(frame: &Frame, sheet: &Sheet) -> Markup {
    html! {
        meta charset="utf-8";
        title {
            @if sheet.refused { (frame.words().common.error) }
            (sheet.title)
            @if let Some(company) = &frame.company {
                @if !sheet.title.contains(&company.name) { " – " (company.name) }
            }
        }
        meta name="viewport" content="width=device-width, initial-scale=1";
        meta name="color-scheme" content="light dark";
        meta name="robots" content="noindex";
        @if let Some(colour) = frame.company.as_ref().and_then(|company| company.colour.as_ref()) {
            meta name="theme-color" content=(colour);
        }
        link rel="icon" href=(frame.files.icon);
        link rel="stylesheet" href=(frame.files.style);
        @if let Some(brand) = &frame.files.brand {
            link rel="stylesheet" href=(brand);
        }
    }
}

/// The class by which the banner of a preview is known.
pub const PREVIEW: &str = "call preview";

/// Says on every page of a preview what it is.
fn banner(text: &str) -> Markup {
    html! { p class=(PREVIEW) role="note" { (text) } }
}

fn header(frame: &Frame, here: Option<Place>) -> Markup {
    html! {
        header.brand {
            div.bar {
                @if let Some(company) = &frame.company { (mark(company)) }
                @if let Some(visitor) = &frame.visitor { (who(frame.words(), visitor)) }
            }
            @if let Some(visitor) = &frame.visitor { (menu(frame.words(), visitor, here)) }
        }
    }
}

fn mark(company: &Company) -> Markup {
    html! {
        a.mark href=(company.home) {
            @if let Some(logo) = &company.logo { (picture(logo)) }
            span { (company.name) }
        }
    }
}

/// A logo beside the name of its company, which says what there is to say.
pub fn picture(logo: &Logo) -> Markup {
    html! { img src=(logo.src) width=(logo.width) height=(logo.height) alt=""; }
}

fn who(words: &Words, visitor: &Visitor) -> Markup {
    html! {
        p.who {
            span.unseen { (words.common.signed_in_for) ": " }
            span { (visitor.customer) }
            @if let Some(switch) = &visitor.switch {
                " "
                a href=(switch) { (words.common.switch) }
            }
        }
    }
}

fn menu(words: &Words, visitor: &Visitor, here: Option<Place>) -> Markup {
    html! {
        nav.menu aria-label=(words.common.menu) {
            ul {
                @for (place, href) in &visitor.places {
                    li { a href=(href) aria-current=[(here == Some(*place)).then_some("page")] { (place_name(words, *place)) } }
                }
                li.last { (form::post(&visitor.sign_out, form::quiet(words.common.sign_out))) }
            }
        }
    }
}

fn place_name(words: &Words, place: Place) -> &'static str {
    match place {
        Place::Orders => words.common.orders,
        Place::Facilities => words.common.facilities,
        Place::Objects => words.common.objects,
        Place::Documents => words.common.documents,
        Place::Company => words.common.company,
        Place::Account => words.common.account,
    }
}

fn footer(frame: &Frame) -> Markup {
    let words = frame.words();
    html! {
        footer {
            @if let Some(company) = &frame.company {
                @if company.phone.is_some() || company.email.is_some() {
                    p.reach {
                        strong { (words.common.need_help) }
                        @if let Some(phone) = &company.phone { span { (words.common.call) " " (part::link(phone)) } }
                        @if let Some(email) = &company.email { span { (words.common.write) " " (part::link(email)) } }
                    }
                }
            }
            @if frame.help.is_some() || frame.privacy.is_some() {
                ul.links {
                    @if let Some(help) = &frame.help { li { a href=(help) { (words.common.help) } } }
                    @if let Some(privacy) = &frame.privacy { li { a href=(privacy) { (words.common.privacy) } } }
                    @if let Some(promise) = &frame.accessibility { li { a href=(promise) { (words.common.accessibility) } } }
                }
            }
            @if !frame.languages.is_empty() {
                nav aria-label=(words.common.language) {
                    ul.links {
                        @for language in &frame.languages {
                            li {
                                a href=(language.href) lang=(language.lang) hreflang=(language.lang)
                                    aria-current=[(language.lang == frame.lang).then_some("true")] {
                                    (portal::own_name(language.lang))
                                }
                            }
                        }
                    }
                }
            }
        }
    }
}
