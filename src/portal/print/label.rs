//! Labels for machines: a code that leads to the machine's page, with its number and name, and sheets of them.
//!
//! A label is 70 mm wide and 37.125 mm high, so that 24 of them fill a sheet of A4 without a margin.

use maud::{DOCTYPE, Markup, html};

use super::Code;
use crate::error::Result;
use crate::text::Lang;
use crate::words::portal;

/// What stands on a label.
#[derive(Clone, Debug)]
pub struct Label {
    /// The number of the machine.
    pub number: String,
    /// Its name.
    pub name: String,
    /// Whom to call: the service company.
    pub company: String,
    /// Where the code leads.
    pub address: String,
    /// The language of those who read it.
    pub lang: Lang,
}

/// Millimetres.
const WIDTH: f64 = 70.0;
const HEIGHT: f64 = 37.125;

/// The code stands on the left, and the text beside it. What a printer leaves white at the edge of a sheet is free.
const CODE: (f64, f64, f64) = (4.0, 4.06, 29.0);
const TEXT: f64 = 34.5;
const ROOM: f64 = WIDTH - TEXT - 5.0;

const COLUMNS: usize = 3;
const ROWS: usize = 8;

/// The sizes of a sheet and what cuts it: lines between labels, none at the edge of the paper.
const SHEET: &str = "@page{size:A4;margin:0}\
    html,body{margin:0;background:#fff}\
    .sheet{display:grid;grid-template:repeat(8,37.125mm)/repeat(3,70mm);width:210mm;height:297mm;overflow:hidden;\
    break-after:page;break-inside:avoid}\
    .sheet:last-child{break-after:auto}\
    .label{box-sizing:border-box;position:relative;width:70mm;height:37.125mm}\
    .label svg{display:block}\
    .label:not(:nth-child(3n)){border-right:.15mm dashed #888}\
    .label:nth-child(-n+21){border-bottom:.15mm dashed #888}\
    .label>svg{position:absolute;inset:0}\
    @media screen{html{background:#ddd}body{background:none}.sheet{background:#fff;margin:8mm auto}}";

/// One label as a drawing.
pub fn svg(label: &Label) -> Result<Markup> {
    let words = portal::of(label.lang);
    let code = Code::of(&label.address)?;
    let (number, size) = heading(&label.number);
    let top = 10.2 - 3.1 * (number.len() as f64 - 1.0);
    let name = wrapped(&label.name, 3.1, 3);
    let hint = wrapped(words.outside.scan, 2.35, 3);
    let company = wrapped(&label.company, 2.6, 2);
    // The last line of the company's name ends where the code does; the hint stands above it.
    let foot = 31.8 - 3.1 * (company.len() as f64 - 1.0);
    let middle = foot - 1.2 - 2.9 * hint.len() as f64;
    Ok(html! {
        svg xmlns="http://www.w3.org/2000/svg" width="70mm" height="37.125mm" viewBox={ "0 0 " (WIDTH) " " (HEIGHT) }
            lang=(label.lang) role="img" font-family="Helvetica, Arial, sans-serif" fill="#000" {
            title { (label.number) " " (label.name) }
            (code.within(CODE.0, CODE.1, CODE.2))
            @for (at, line) in number.iter().enumerate() {
                text x=(TEXT) y=(tenths(top + 3.1 * at as f64)) font-size=(tenths(size)) font-weight="700" { (line) }
            }
            @for (at, line) in name.iter().enumerate() {
                text x=(TEXT) y=(tenths(14.2 + 3.7 * at as f64)) font-size="3.1" { (line) }
            }
            @for (at, line) in hint.iter().enumerate() {
                text x=(TEXT) y=(tenths(middle + 2.9 * at as f64)) font-size="2.35" fill="#444" { (line) }
            }
            @for (at, line) in company.iter().enumerate() {
                text x=(TEXT) y=(tenths(foot + 3.1 * at as f64)) font-size="2.6" font-weight="700" { (line) }
            }
        }
    })
}

/// Sheets of A4 with labels, ready to be printed at their true size and cut along the lines.
pub fn sheets(labels: &[Label], lang: Lang) -> Result<Markup> {
    let drawn = labels.iter().map(svg).collect::<Result<Vec<_>>>()?;
    let pages: Vec<_> = drawn.chunks(COLUMNS * ROWS).collect();
    let title = portal::of(lang).outside.labels;
    Ok(html! {
        (DOCTYPE)
        html lang=(lang) {
            head {
                meta charset="utf-8";
                title { (title) }
                style { (SHEET) }
            }
            body {
                @for page in pages {
                    section.sheet { @for label in page { div.label { (label) } } }
                }
            }
        }
    })
}

/// A length in the drawing, as short as it is exact enough.
fn tenths(length: f64) -> String {
    format!("{length:.2}")
}

/// A number in large letters, in smaller ones if it is long, and in two lines if it is very long. Bold letters are a
/// little wider.
fn heading(text: &str) -> (Vec<String>, f64) {
    let size = (ROOM / (ems(text) * 1.08)).clamp(2.8, 5.2);
    (wrapped(text, size * 1.08, 2), size)
}

/// A text in lines that fit beside the code; what does not fit into the lines is left out, and a sign says so.
fn wrapped(text: &str, size: f64, most: usize) -> Vec<String> {
    let room = ROOM / size;
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split_whitespace() {
        let gap = if line.is_empty() { "" } else { " " };
        if ems(&line) + ems(gap) + ems(word) > room {
            if !line.is_empty() {
                lines.push(std::mem::take(&mut line));
            }
            // A word that is longer than a line is broken where the line ends.
            for c in word.chars() {
                if ems(&line) + em(c) > room {
                    lines.push(std::mem::take(&mut line));
                }
                line.push(c);
            }
        } else {
            line.push_str(gap);
            line.push_str(word);
        }
    }
    lines.push(line);
    if lines.len() > most {
        lines.truncate(most);
        if let Some(last) = lines.last_mut() {
            while ems(last) + em('…') > room {
                last.pop();
            }
            last.truncate(last.trim_end().len());
            last.push('…');
        }
    }
    lines
}

fn ems(text: &str) -> f64 {
    text.chars().map(em).sum()
}

/// About how wide a letter is, in the height of the font; rather too wide, because fonts differ.
fn em(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 'I' | 't' | 'f' | 'r' | ' ' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' | '(' | ')' | '-' => {
            0.36
        }
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '&' | '—' | '…' => 1.0,
        c if c.is_ascii_uppercase() => 0.74,
        c if c.is_ascii() => 0.58,
        c if c.is_uppercase() => 0.8,
        c if c.is_lowercase() => 0.62,
        _ => 1.05,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(name: &str) -> Label {
        Label {
            number: "KYL-02".into(),
            name: name.into(),
            company: "Nordkyl AB".into(),
            address: "https://portal.nordkyl.example/g/nordkyl/q/0123456789abcdef".into(),
            lang: Lang::En,
        }
    }

    #[test]
    fn long_texts_stay_on_the_label() {
        for text in [
            "Compressor 2",
            "Kylaggregatkompressoranläggningsrummet",
            "WWWWWWWWWWWWWWWWWWWW",
            "冷蔵庫の圧縮機が二台ある部屋",
        ] {
            for (size, most) in [(3.1, 3), (2.6, 2), (2.35, 3)] {
                let lines = wrapped(text, size, most);
                assert!(lines.len() <= most, "{lines:?}");
                assert!(lines.iter().all(|line| ems(line) * size <= ROOM), "{lines:?}");
            }
            let (lines, size) = heading(text);
            assert!(lines.len() <= 2 && lines.iter().all(|line| ems(line) * size <= ROOM), "{lines:?}");
        }
        assert_eq!(wrapped("Compressor 2", 3.1, 3), ["Compressor 2"]);
        assert_eq!(heading("KYL-02"), (vec!["KYL-02".to_owned()], 5.2));
        assert_eq!(heading("KYL-2024-ABCDEF-0001").0.concat(), "KYL-2024-ABCDEF-0001");
        let cut = wrapped(&"word ".repeat(40), 3.1, 3);
        assert!(cut.len() == 3 && cut[2].ends_with("word…"), "{cut:?}");
        for lang in Lang::ALL {
            let scan = portal::of(*lang).outside.scan;
            assert!(!wrapped(scan, 2.35, 3).concat().contains('…'), "{scan} fits whole");
        }
    }

    #[test]
    fn what_people_wrote_is_text_in_the_drawing() {
        let drawn = svg(&label("<script>&\"")).expect("a label").into_string();
        assert!(drawn.contains("&lt;script&gt;&amp;") && !drawn.contains("<script"), "{drawn}");
        assert!(drawn.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"70mm\" height=\"37.125mm\""));
    }

    #[test]
    fn a_sheet_has_three_times_eight_labels() {
        for (count, pages) in [(1, 1), (24, 1), (25, 2), (48, 2), (49, 3)] {
            let sheets = sheets(&vec![label("Compressor 2"); count], Lang::En).expect("sheets").into_string();
            assert_eq!(sheets.matches("class=\"sheet\"").count(), pages, "{count}");
            assert_eq!(sheets.matches("class=\"label\"").count(), count);
        }
    }
}
