//! A file of 25 MB sent to a machine's page, beside a copy that is hashed and synced, and nothing else.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::Path;

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use crate::house::House;
use crate::orders::{Size, fill};
use crate::pages::Fronts;
use crate::ratio::{Limit, Report, Times, say};

const BYTES: usize = 25_000_000;
const ROUNDS: usize = 12;

const PAGE: &str = "/g/nordkyl/objects/LA-hus-1/documents";
const BOUNDARY: &str = "between-the-parts";

/// Measures the upload, from the first byte that is sent to the answer.
pub fn measure(report: &mut Report) -> Result<()> {
    say("uploads: a file of 25 MB");
    let house = House::new()?;
    let cookie = fill(&house, Size { customers: 1, facilities: 1, orders: 1, ..Size::default() })?;
    let fronts = Fronts::start(&house, cookie)?;
    let mut browser = fronts.browser()?;
    let file = file();
    let source = house.path("source.pdf");
    fs::write(&source, &file)?;
    let [mut ours, mut peer] = [Times::default(), Times::default()];
    for _ in 0..ROUNDS {
        let form = form(&browser.text(PAGE)?, &file)?;
        ours.take(|| browser.post(PAGE, BOUNDARY, &form))?;
        peer.take(|| copy(&source, &house.path("")))?;
    }
    fronts.stop();
    let stored = house.run(&["document", "list", "--object", "LA-hus-1", "--customer", "1042", "-o", "id"])?;
    ensure!(stored.lines().count() == ROUNDS, "some files were not taken: {stored}");
    report.pair("upload of 25 MB", (ours, peer), Limit::Ratio(5.0));
    Ok(())
}

/// What looks like a PDF by its first bytes, and cannot be squeezed by a disk.
fn file() -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut state: u64 = 0x9e37_79b9_7f4a_7c15;
    while file.len() < BYTES {
        // Marsaglia's xorshift: quick, and random enough for a disk.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        file.extend_from_slice(&state.to_le_bytes());
    }
    file.truncate(BYTES);
    file
}

/// The form of the page with the file in it.
fn form(page: &str, file: &[u8]) -> Result<Vec<u8>> {
    let mut body = Vec::with_capacity(file.len() + 1024);
    for name in ["csrf", "once"] {
        let value = value(page, name).with_context(|| format!("the page has no field {name}"))?;
        write!(body, "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n")?;
    }
    write!(
        body,
        "--{BOUNDARY}\r\nContent-Disposition: form-data; name=\"document\"; filename=\"drawing.pdf\"\r\n\
         Content-Type: application/pdf\r\n\r\n"
    )?;
    body.extend_from_slice(file);
    write!(body, "\r\n--{BOUNDARY}--\r\n")?;
    Ok(body)
}

/// The value of the page's last field of a name: the form of the page itself stands below those of its head.
fn value<'p>(page: &'p str, name: &str) -> Option<&'p str> {
    let (_, rest) = page.rsplit_once(&format!("name=\"{name}\" value=\""))?;
    rest.split('"').next()
}

/// The least that keeps a file: read, hashed, written, synced, put in its place under its hash.
fn copy(source: &Path, folder: &Path) -> Result<()> {
    let (mut from, mut to, mut hash) = (File::open(source)?, NamedTempFile::new_in(folder)?, Sha256::new());
    let mut chunk = vec![0; 16 * 1024];
    loop {
        let count = from.read(&mut chunk)?;
        if count == 0 {
            break;
        }
        hash.update(&chunk[..count]);
        to.write_all(&chunk[..count])?;
    }
    to.as_file().sync_all()?;
    to.persist(folder.join(data_encoding::HEXLOWER.encode(&hash.finalize())))?;
    Ok(File::open(folder)?.sync_all()?)
}
