//! The stylesheet, the script and the icon, each under a name made from its content, so that it may be kept for ever.

use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use crate::text::Colour;

/// What browsers are told about files whose name changes with their content.
pub const CACHE: &str = "public, max-age=31536000, immutable";

/// A file that every company shares.
#[derive(Debug)]
pub struct Asset {
    /// Its address, such as `/assets/style.0123456789abcdef.css`.
    pub path: String,
    /// Its media type.
    pub content_type: &'static str,
    /// Its content.
    pub body: String,
}

static STYLE: LazyLock<Asset> =
    LazyLock::new(|| asset("style", "css", "text/css; charset=utf-8", packed(include_str!("assets/style.css"))));
static SCRIPT: LazyLock<Asset> =
    LazyLock::new(|| asset("script", "js", "text/javascript; charset=utf-8", include_str!("assets/script.js").into()));
static ICON: LazyLock<Asset> =
    LazyLock::new(|| asset("icon", "svg", "image/svg+xml", include_str!("assets/icon.svg").into()));

/// The stylesheet of every page.
pub fn style() -> &'static Asset {
    &STYLE
}

/// The script of every page; no page needs it.
pub fn script() -> &'static Asset {
    &SCRIPT
}

/// The icon of the browser's tab.
pub fn icon() -> &'static Asset {
    &ICON
}

/// The file under this address.
pub fn find(path: &str) -> Option<&'static Asset> {
    [style(), script(), icon()].into_iter().find(|asset| asset.path == path)
}

/// A company's own stylesheet, to be served under its own address.
#[derive(Debug, PartialEq, Eq)]
pub struct Brand {
    /// Its file name, such as `brand.0123456789abcdef.css`.
    pub name: String,
    /// Its content; the media type is that of the stylesheet.
    pub body: String,
}

/// The stylesheet that gives the header and the buttons a company's colour, with text that reads on it.
pub fn brand(colour: &Colour) -> Brand {
    let body = format!(":root{{--brand:{colour};--brand-ink:{}}}\n", colour.ink());
    Brand { name: named("brand", "css", &body), body }
}

fn asset(stem: &str, ending: &str, content_type: &'static str, body: String) -> Asset {
    Asset { path: format!("/assets/{}", named(stem, ending, &body)), content_type, body }
}

/// A stylesheet without what is there for its readers: comments and the form of the lines.
fn packed(style: &str) -> String {
    let mut rest = style;
    let mut out = String::with_capacity(style.len());
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    out.push_str(rest);
    out.lines().map(str::trim).collect::<String>().replace(";}", "}")
}

fn named(stem: &str, ending: &str, body: &str) -> String {
    let hash = data_encoding::HEXLOWER.encode(&Sha256::digest(body.as_bytes()));
    format!("{stem}.{}.{ending}", &hash[..16])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_files_stay_small() {
        assert!(style().body.len() < 12 * 1024, "style.css has {} bytes", style().body.len());
        assert!(script().body.len() < 4 * 1024, "script.js has {} bytes", script().body.len());
    }

    /// A colour's relative luminance after WCAG 2.2, of `#rgb` or `#rrggbb`.
    fn luminance(colour: &str) -> f64 {
        let digits = &colour[1..];
        let wide = digits.len() == 6;
        let channel = |at: usize| {
            let pair = if wide { digits[2 * at..2 * at + 2].to_owned() } else { digits[at..=at].repeat(2) };
            let value = f64::from(u8::from_str_radix(&pair, 16).expect("two hexadecimal digits")) / 255.0;
            if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
        };
        0.2126 * channel(0) + 0.7152 * channel(1) + 0.0722 * channel(2)
    }

    #[test]
    fn text_and_borders_stand_out_in_light_and_in_dark() {
        let roots: Vec<_> = style().body.split(":root{").skip(1).take(2).collect();
        assert_eq!(roots.len(), 2, "light and dark");
        for root in roots {
            let value = |name: &str| {
                let found = root.split(&format!("--{name}:")).nth(1).expect("the colour is set");
                luminance(found.split(';').next().unwrap_or_default())
            };
            let contrast = |one: &str, other: &str| {
                let (one, other) = (value(one), value(other));
                (one.max(other) + 0.05) / (one.min(other) + 0.05)
            };
            for ground in ["paper", "card"] {
                for (colour, least) in [("ink", 7.0), ("soft", 4.5), ("red", 4.5), ("edge", 3.0)] {
                    assert!(contrast(colour, ground) >= least, "{colour} on {ground}: {}", contrast(colour, ground));
                }
                for hue in ["amber", "slate", "violet", "teal", "green"] {
                    assert!(contrast(hue, ground) >= 3.0, "{hue} on {ground}: {}", contrast(hue, ground));
                }
            }
        }
    }

    #[test]
    fn a_packed_style_says_the_same() {
        assert_eq!(packed("/* why */\na{\n  b:c; /* d */\n}\n@media x{e{f:g h}}\n"), "a{b:c}@media x{e{f:g h}}");
    }

    #[test]
    fn nothing_is_fetched_from_elsewhere() {
        for asset in [style(), script()] {
            for word in ["http:", "https:", "//fonts", "@import", "url("] {
                assert!(!asset.body.contains(word), "{} holds {word}", asset.path);
            }
        }
    }

    #[test]
    fn a_file_is_found_under_its_own_address_only() {
        assert!(find(&style().path).is_some_and(|found| found.content_type.starts_with("text/css")));
        assert!(find("/assets/style.css").is_none());
    }

    #[test]
    fn a_brand_sets_two_colours_and_changes_its_name_with_them() {
        let green = brand(&Colour::parse("#0a5c3a").expect("a colour"));
        assert_eq!(green.body, ":root{--brand:#0a5c3a;--brand-ink:#ffffff}\n");
        let yellow = brand(&Colour::parse("#ffd500").expect("a colour"));
        assert!(yellow.body.contains("--brand-ink:#000000"));
        assert_ne!(green.name, yellow.name);
    }
}
