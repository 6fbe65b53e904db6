//! Documents: the field that takes files, and the form that adds them.

use maud::{Markup, html};

use crate::documents::Purpose;
use crate::portal::ui::form::{self, Field, Problem, Target};
use crate::portal::ui::input::{self, Choice};
use crate::portal::ui::layout::{Frame, Place, Sheet, Width, page};
use crate::portal::ui::list::{self, Pager, Search};
use crate::portal::ui::{Link, Named, When, part as ui};
use crate::words::portal::Words;

/// The field with the files of the form that adds documents; other forms stand on the same pages.
pub const DOCUMENT: &str = "document";
/// The field that says what a document is for.
pub const PURPOSE: &str = "document-purpose";
/// The field with a line about it.
pub const TEXT: &str = "document-text";

/// The value of an address that says how many files have just arrived.
pub const ADDED: &str = "added";
/// Where the part with the documents of something stands on its page.
pub const PART: &str = "documents";

/// What may be sent in a field for files, said before anything is chosen. `portal::documents::rules` makes it.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The field's name; `documents::FILES` unless a form has several such fields.
    pub name: String,
    /// How many files.
    pub files: u64,
    /// Of how many megabytes each, written in the language of the page.
    pub megabytes: String,
    /// Endings that are taken, as configured.
    pub types: Vec<String>,
    /// Whether the form can be sent without a file.
    pub optional: bool,
    /// Whether files came with the form that is shown again: they must be chosen anew.
    pub again: bool,
}

/// A field for files, with its limits in plain words. The form around it is one of `form::post_with_files`.
pub fn field(frame: &Frame, rules: &Rules, problems: &[Problem]) -> Markup {
    let text = &frame.words().documents;
    let several = rules.files > 1;
    let noun = if several { text.files } else { text.file };
    let label = if rules.optional { format!("{noun} {}", text.optional) } else { noun.to_owned() };
    let mut hint = (text.limits)(rules.files, &rules.megabytes, &types(frame.words(), &rules.types));
    if rules.again {
        hint = format!("{hint} {}", text.again);
    }
    // A telephone offers its camera where a type of pictures is named, and not for an ending alone.
    let photo = rules.types.iter().any(|ending| ending == "jpg").then(|| "image/jpeg".to_owned());
    let endings = rules.types.iter().map(|ending| format!(".{ending}"));
    let accept = photo.into_iter().chain(endings).collect::<Vec<_>>().join(",");
    input::files(&Field::new(&rules.name, &label).hint(&hint).refused(problems), &accept, several)
}

/// The types in plain words: `PDF, pictures (JPG, PNG) and text files (TXT)`.
pub fn types(words: &Words, endings: &[String]) -> String {
    const PICTURES: &[&str] = &["jpg", "jpeg", "png", "webp", "heic", "gif", "tif", "tiff"];
    const OFFICE: &[&str] = &["docx", "xlsx", "pptx", "odt", "ods", "odp", "doc", "xls", "rtf"];
    const TEXTS: &[&str] = &["txt", "csv"];
    let text = &words.documents;
    let of = |known: &[&str]| {
        let found = endings.iter().filter(|ending| known.contains(&ending.as_str()));
        // Two spellings of one type are one word to people.
        let found = found.filter(|ending| match ending.as_str() {
            "jpeg" => !endings.iter().any(|other| other == "jpg"),
            "tiff" => !endings.iter().any(|other| other == "tif"),
            _ => true,
        });
        found.map(|ending| ending.to_uppercase()).collect::<Vec<_>>().join(", ")
    };
    let all = [PICTURES, OFFICE, TEXTS].concat();
    let mut parts: Vec<String> =
        endings.iter().filter(|ending| !all.contains(&ending.as_str())).map(|ending| ending.to_uppercase()).collect();
    for (known, phrase) in [(PICTURES, text.pictures), (OFFICE, text.office), (TEXTS, text.texts)] {
        let found = of(known);
        if !found.is_empty() {
            parts.push(phrase(&found));
        }
    }
    match parts.pop() {
        Some(last) if parts.is_empty() => last,
        Some(last) => format!("{} {} {last}", parts.join(", "), text.and),
        None => String::new(),
    }
}

/// The form that adds documents to something, with what was typed.
#[derive(Clone, Debug)]
pub struct AddForm {
    /// Where it is sent.
    pub form: Target,
    /// The mark by which it is taken once.
    pub once: String,
    /// What may be sent.
    pub rules: Rules,
    /// What the document is for.
    pub purpose: Purpose,
    /// The line about it.
    pub text: String,
}

/// The form that adds documents, for a part of a page or the page of its own.
pub fn form(frame: &Frame, data: &AddForm, problems: &[Problem]) -> Markup {
    let text = &frame.words().documents;
    let purposes: Vec<_> = Purpose::ALL
        .iter()
        .map(|purpose| Choice::new(purpose.word(), purpose_name(frame.words(), *purpose), *purpose == data.purpose))
        .collect();
    let line = format!("{} {}", text.text, text.optional);
    form::post_with_files(
        &data.form,
        html! {
            (form::once(&data.once))
            (field(frame, &data.rules, problems))
            (input::select(&Field::new(PURPOSE, text.purpose), &purposes))
            (input::line(&Field::new(TEXT, &line).hint(text.text_hint).refused(problems), &data.text, "off", false))
            (form::submit(text.send))
        },
    )
}

/// What a purpose is called.
pub fn purpose_name(words: &Words, purpose: Purpose) -> &'static str {
    match purpose {
        Purpose::Reference => words.documents.reference,
        Purpose::Billing => words.documents.billing,
        Purpose::Update => words.documents.update,
    }
}

/// The page that adds documents to something.
#[derive(Clone, Debug)]
pub struct AddPage {
    /// What they are added to, and its page.
    pub to: Link,
    /// The same, behind "Add a document": `to order NK-1`.
    pub whither: String,
    /// Its place in the menu.
    pub place: Place,
    /// The form.
    pub add: AddForm,
    /// Why it was not taken.
    pub problems: Vec<Problem>,
}

/// `GET` and the refused `POST /…/documents`
pub fn add(frame: &Frame, data: &AddPage) -> Markup {
    let words = frame.words();
    let body = html! {
        (ui::back(&data.to.href, &data.to.text))
        div.heading {
            h1 { (words.documents.add) }
            p.lead { (data.whither) }
        }
        (form::summary(words, &data.problems))
        section.card { (form(frame, &data.add, &data.problems)) }
    };
    let title = format!("{} {}", words.documents.add, data.whither);
    let refused = !data.problems.is_empty();
    page(frame, &Sheet { title, refused, place: Some(data.place), width: Width::Text, body })
}

/// A document in a list.
#[derive(Clone, Debug)]
pub struct Item {
    /// Its name, and where its bytes are.
    pub file: Link,
    /// What it is and how large: `PDF, 1.2 MB`.
    pub kind: String,
    /// What it is for.
    pub purpose: Purpose,
    /// The line about it.
    pub text: Option<String>,
    /// Who brought it.
    pub author: String,
    /// On which day.
    pub when: When,
    /// What it lies on.
    pub on: Named,
}

/// The documents of something, as a part of its page. `portal::documents::part` makes it.
#[derive(Clone, Debug)]
pub struct Part {
    /// What lies there, the newest first; nothing for whoever may not see documents.
    pub list: Option<Vec<Item>>,
    /// The form that adds to it, for whoever may.
    pub add: Option<AddForm>,
    /// What has just happened.
    pub notice: Option<String>,
}

/// The part of a page with the documents of what the page is about.
pub fn part(frame: &Frame, data: &Part) -> Markup {
    let words = frame.words();
    html! {
        section id=(PART) {
            h2 { (words.documents.title) }
            @if let Some(notice) = &data.notice { (ui::notice(notice)) }
            @if let Some(list) = &data.list {
                @if list.is_empty() {
                    p.faint { (words.documents.none_here) }
                } @else {
                    ul.files { @for item in list { (entry(words, item)) } }
                }
            }
            @if let Some(add) = &data.add {
                details {
                    summary { (words.documents.add) }
                    (form(frame, add, &[]))
                }
            }
        }
    }
}

fn entry(words: &Words, item: &Item) -> Markup {
    html! {
        li {
            a href=(item.file.href) { (item.file.text) }
            @if let Some(text) = &item.text { p { (text) } }
            p.faint { (item.kind) " · " (purpose_name(words, item.purpose)) " · " (item.author) " · " (ui::time(&item.when)) }
        }
    }
}

/// All documents in reach.
#[derive(Clone, Debug)]
pub struct AllPage {
    /// The search, where there are many.
    pub search: Option<Search>,
    /// The documents, the newest first.
    pub list: Vec<Item>,
    /// Which of all of them these are, if not all.
    pub pager: Option<Pager>,
}

/// `GET /documents`
pub fn all(frame: &Frame, data: &AllPage) -> Markup {
    let words = frame.words();
    let text = &words.documents;
    let searched = data.search.as_ref().and_then(|search| search.clear.as_ref());
    let body = html! {
        h1 { (text.title) }
        @if let Some(search) = &data.search { (list::search(words, search, text.search_label, None)) }
        @if !data.list.is_empty() {
            (table(words, &data.list))
            @if let Some(pager) = &data.pager { (list::pager(words, pager)) }
        } @else if let Some(clear) = searched {
            (ui::empty(text.not_found, html! { p { a.button.quiet href=(clear) { (text.show_all) } } }))
        } @else {
            (ui::empty(text.empty_title, html! { p { ((text.empty_text)(frame.company_name())) } }))
        }
    };
    page(
        frame,
        &Sheet { title: text.title.into(), refused: false, place: Some(Place::Documents), width: Width::Wide, body },
    )
}

fn table(words: &Words, items: &[Item]) -> Markup {
    let text = &words.documents;
    let rows: Vec<_> = items
        .iter()
        .map(|item| {
            let name = html! {
                a href=(item.file.href) { (item.file.text) }
                p.faint { (item.kind) @if let Some(text) = &item.text { " · " (text) } }
            };
            let cells = [
                ui::named(&item.on),
                html! { (purpose_name(words, item.purpose)) },
                html! { (item.author) },
                ui::time(&item.when),
            ];
            list::row(None, name, &cells)
        })
        .collect();
    list::table(text.title, &[text.file, text.lies_on, text.purpose_short, text.from, text.date], &rows)
}
