//! QR codes as SVG.

use std::fmt::Write;

use fast_qr::{ECL, QRBuilder};
use maud::{Markup, html};

use crate::error::{Error, Result};

/// The white around a code without which cameras do not find it (ISO/IEC 18004, 9.1), in squares.
const QUIET: usize = 4;

/// The picture of an address.
pub struct Code {
    /// How many squares it is wide, with the white around it.
    size: usize,
    /// The black squares, row by row.
    path: String,
}

impl Code {
    /// The picture of an address. A seventh of it may be dirty or torn, and it is still read.
    pub fn of(address: &str) -> Result<Self> {
        let code = QRBuilder::new(address).ecl(ECL::M).build().map_err(|_| {
            Error::internal(anyhow::anyhow!("an address of {} bytes does not fit into a code", address.len()))
        })?;
        let mut path = String::new();
        for y in 0..code.size {
            let mut x = 0;
            while x < code.size {
                let run = (x..code.size).take_while(|at| code[y][*at].value()).count();
                if run > 0 {
                    // Writing to a string cannot fail.
                    let _ = write!(path, "M{} {}h{run}v1h-{run}z", x + QUIET, y + QUIET);
                }
                x += run.max(1);
            }
        }
        Ok(Self { size: code.size + 2 * QUIET, path })
    }

    /// The code in a box of an SVG: where it begins and how wide it is, in the units of the drawing.
    pub(super) fn within(&self, x: f64, y: f64, width: f64) -> Markup {
        html! {
            svg x=(x) y=(y) width=(width) height=(width) viewBox={ "0 0 " (self.size) " " (self.size) }
                shape-rendering="crispEdges" {
                rect width=(self.size) height=(self.size) fill="#fff" {}
                path d=(self.path) fill="#000" {}
            }
        }
    }

    /// The code as a drawing of its own, four centimetres wide.
    pub fn svg(&self, title: &str) -> Markup {
        html! {
            svg xmlns="http://www.w3.org/2000/svg" width="40mm" height="40mm"
                viewBox={ "0 0 " (self.size) " " (self.size) } shape-rendering="crispEdges" role="img" {
                title { (title) }
                rect width=(self.size) height=(self.size) fill="#fff" {}
                path d=(self.path) fill="#000" {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a drawing as a camera would: paints its squares and looks for a code.
    fn scanned(code: &Code) -> String {
        let scale = 4;
        let side = code.size * scale;
        let mut black = vec![false; side * side];
        for run in code.path.split('M').skip(1) {
            let (x, rest) = run.split_once(' ').expect("where it begins");
            let (y, rest) = rest.split_once('h').expect("its row");
            let width: usize = rest.split('v').next().expect("its width").parse().expect("a number");
            let (x, y): (usize, usize) = (x.parse().expect("a number"), y.parse().expect("a number"));
            for row in y * scale..(y + 1) * scale {
                black[row * side + x * scale..row * side + (x + width) * scale].fill(true);
            }
        }
        let mut seen = rqrr::PreparedImage::prepare_from_greyscale(side, side, |x, y| match black[y * side + x] {
            true => 0,
            false => 255,
        });
        let grids = seen.detect_grids();
        assert_eq!(grids.len(), 1, "one code is seen");
        grids[0].decode().expect("a code that is read").1
    }

    #[test]
    fn a_camera_reads_the_address() {
        let long = format!("https://portal.example/g/{}/q/0123456789abcdef", "n".repeat(40));
        for address in
            ["http://127.0.0.1:8780/g/a/", "https://portal.nordkyl.example/g/nordkyl/?lang=sv", long.as_str()]
        {
            assert_eq!(scanned(&Code::of(address).expect("a code")), address);
        }
    }

    #[test]
    fn what_is_too_long_is_an_error() {
        assert!(Code::of(&"x".repeat(4_000)).is_err());
    }
}
