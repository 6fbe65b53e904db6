//! Messages in the shapes in which they come: what is read of them.

use proptest::prelude::{ProptestConfig, any, proptest};

use super::message::{Message, read, read_head};

fn message(raw: &str) -> Message {
    let once = read(raw.as_bytes());
    assert_eq!(read(raw.replace('\n', "\r\n").as_bytes()).text.replace("\r\n", "\n"), once.text, "with CR LF: {raw}");
    once
}

#[test]
fn heads_are_unfolded_and_decoded() {
    let read = message(
        "Delivered-To: Reply+C1.2.g1.x@Portal.example\nFrom: =?utf-8?q?Eva_Lind?= <Eva@BRF.example>\n\
         To: \"Nordkyl, AB\" <a@x.example>,\n b@y.example\nCc: c@z.example\nMessage-ID: <1@x>\n\
         Subject: =?iso-8859-1?Q?Sv:_K=F6ldb=E4rare?=\n =?utf-8?B?IMOkcg==?= here\n\nHello\n",
    );
    assert_eq!(read.from.as_deref(), Some("eva@brf.example"));
    assert_eq!(read.to, ["reply+c1.2.g1.x@portal.example", "a@x.example", "b@y.example", "c@z.example"]);
    assert_eq!((read.id.as_deref(), read.subject.as_str()), (Some("1@x"), "Sv: Köldbärare är here"));
    assert_eq!(read.text.trim(), "Hello");
}

#[test]
fn of_two_senders_nobody_is_believed() {
    for from in [
        "From: eva@brf.example, x@y.example",
        "From: eva@brf.example\nFrom: x@y.example",
        "From: x@y.example\nFrom: eva@brf.example",
        "From: nobody",
        "From: <>",
        "Sender: eva@brf.example",
    ] {
        let read = message(&format!("{from}\n\nHello\n"));
        assert!(read.from.as_deref().is_none_or(|from| !from.contains('@')), "{from}: {:?}", read.from);
    }
}

#[test]
fn text_comes_out_of_every_encoding() {
    for (heads, body) in [
        ("", &b"K\xc3\xb6ldb\xc3\xa4rare"[..]),
        ("Content-Type: text/plain; charset=utf-8", b"\xef\xbb\xbfK\xc3\xb6ldb\xc3\xa4rare"),
        ("Content-Type: text/plain; charset=us-ascii", b"K\xc3\xb6ldb\xc3\xa4rare"),
        ("Content-Type: text/plain; charset=us-ascii", b"K\xf6ldb\xe4rare"),
        ("Content-Type: text/plain; charset=ISO-8859-1", b"K\xf6ldb\xe4rare"),
        ("Content-Type: text/plain; charset=\"windows-1252\"", b"K\xf6ldb\xe4rare"),
        ("Content-Type: text/plain; charset=nonsense", b"K\xf6ldb\xe4rare"),
        ("Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64", b"S8O2bGRi\nw6RyYXJl\n"),
        (
            "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: BASE64",
            b"S8O2bGRi\nw6RyYXJl\n-- list footer !\n",
        ),
        (
            "Content-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable",
            b"K=F6ld=\nb=e4rare",
        ),
        ("Content-Type: text/html; charset=utf-8", b"<p>K&ouml;ldb&#228;rare</p>"),
    ] {
        let raw =
            [&b"From: a@b.example\n"[..], heads.as_bytes(), if heads.is_empty() { b"" } else { b"\n" }, b"\n", body]
                .concat();
        let text = read(&raw).text;
        assert!(text.starts_with("Köldbärare"), "{heads}: {text:?}");
    }
    let odd = message("Content-Transfer-Encoding: quoted-printable\n\n100 % = =C3=A5 =ZZ =\n");
    assert_eq!(odd.text.trim(), "100 % = å =ZZ");
}

#[test]
fn lines_broken_for_the_way_are_mended() {
    let read = message(
        "Content-Type: text/plain; format=flowed\n\nThe door was \nopen when we \ncame.\n>quoted \n>line\n \n Space\n-- \nEva\n",
    );
    assert_eq!(read.text, "The door was open when we came.\n>quoted \n>line\n\nSpace\n-- \nEva\n");
    let joined = message("Content-Type: text/plain; format=flowed; delsp=yes\n\nKöld \nbärare\n");
    assert_eq!(joined.text, "Köldbärare\n");
}

const MIXED: &str = "\
From: a@b.example
Content-Type: multipart/mixed; boundary=\"out er\"

This is no part.
--out er
Content-Type: multipart/related; boundary=in

--in
Content-Type: multipart/alternative; boundary=alt

--alt
Content-Type: text/plain

Plain
--alt
Content-Type: text/html

<p>HTML <img src=\"cid:logo@x\"><img src=\"cid:photo@x\"></p>
--alt--
--in
Content-Type: image/png; name=logo.png
Content-ID: <logo@x>
Content-Disposition: inline

small
--in--
--out er
Content-Type: application/pdf; name=\"=?utf-8?q?r=C3=A4kning.pdf?=\"
Content-Disposition: attachment; filename*=utf-8''r%C3%A4kning.pdf
Content-Transfer-Encoding: base64

JVBERi0xLjcK
--out er
Content-Type: text/plain

Below
--out er
Content-Type: message/rfc822

From: deep@x.example
Subject: Deep

Deep text
--out er
Content-Type: image/jpeg
Content-Disposition: inline

photo
--out er--
This is no part either.
";

#[test]
fn parts_are_words_or_files() {
    let read = message(MIXED);
    assert_eq!(read.text, "Plain\n\nBelow");
    let files: Vec<_> = read.files.iter().map(|file| (file.name.as_str(), file.bytes.len())).collect();
    assert_eq!(files, [("räkning.pdf", 9), ("attachment.eml", 45), ("attachment.jpg", 5)]);
    assert!(!read.broken);
}

#[test]
fn a_message_that_was_cut_short_gives_what_is_there() {
    for end in 0..MIXED.len() {
        let read = read(&MIXED.as_bytes()[..end]);
        assert!(read.files.len() <= 4);
    }
    assert_eq!(read(&MIXED.as_bytes()[..MIXED.find("JVBERi").expect("a file") + 8]).files[0].bytes, b"%PDF-1");
}

#[test]
fn deep_and_many_parts_have_an_end() {
    let mut deep = String::from("From: a@b.example\n");
    for level in 0..5_000 {
        deep.push_str(&format!("Content-Type: multipart/mixed; boundary=b{level}\n\n--b{level}\n"));
    }
    assert!(read(deep.as_bytes()).broken);
    let many = format!(
        "Content-Type: multipart/mixed; boundary=b\n\n{}",
        "--b\nContent-Type: image/png; name=a.png\n\nx\n".repeat(100_000)
    );
    let many = read(many.as_bytes());
    assert!(many.broken && many.files.len() <= 400, "{}", many.files.len());
    let nested = "Content-Type: message/rfc822\n\n".repeat(100_000);
    assert_eq!(read(nested.as_bytes()).files.len(), 1);
}

#[test]
fn huge_heads_and_odd_bytes_are_read_as_far_as_they_make_sense() {
    let long = format!("Subject: {}\nFrom: a@b.example\n\nHello\n", "x".repeat(3_000_000));
    let read_long = read(long.as_bytes());
    assert!(read_long.from.is_none() && read_long.text.trim() == "Hello");
    for raw in
        [&b""[..], b"\0", b"\n", b"\r\n\r\n", b":", b"From:", b"\xff\xfe\xfd", b"From \nSubject: x\n\nHello", b"--\n--"]
    {
        read(raw);
        read_head(raw);
    }
    let nul = read(b"From: a@b.example\0\nSubject: a\0b\n\nHe\0llo\n");
    assert!(nul.text.starts_with("He"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 200, ..ProptestConfig::default() })]
    #[test]
    fn no_bytes_are_too_odd(raw in proptest::collection::vec(any::<u8>(), 0..600)) {
        proptest::prop_assert!(!read(&raw).broken);
        read_head(&raw);
    }

    #[test]
    fn no_shape_is_too_odd(
        raw in "(From: |To: |Subject: |Content-Type: |multipart/mixed|multipart/alternative|multipart/report|text/html|; boundary=b|; charset=|utf-8|iso-2022-jp|utf-7|Content-Transfer-Encoding: |base64|quoted-printable|Content-Disposition: attachment; filename\\*0\\*=|message/rfc822|message/delivery-status|\n|\r\n|\n\n|--b|--b--|=\\?utf-8\\?B\\?|\\?=|<|>|\"|\\(|@|,|;|=|%|<div>|<blockquote>|&#x|&amp;|=E5|å|[ -~]){0,80}"
    ) {
        let whole = read(raw.as_bytes());
        let own = super::quote::own_text(&whole.text);
        let _ = super::kind::of(&whole, &super::kind::Own { senders: &[], domain: "x" });
        let marked = own.contains(super::html::BELOW_IS_QUOTED);
        proptest::prop_assert!(!marked);
    }
}
