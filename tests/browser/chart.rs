//! The curve of readings: named for whoever hears it, within its column, and seen in light and dark.

use crate::support::browser::{Page, View};

/// How far the curve stands out of its column, how wide it is, and the contrast of its line and its points with what is
/// below them. Everything is drawn by the browser: only its computed colours tell what is seen.
const CURVE: &str = "(curve => {
    const column = curve.parentElement.getBoundingClientRect(), box = curve.getBoundingClientRect();
    const numbers = colour => colour.match(/[\\d.]+/g).map(Number);
    const light = colour => numbers(colour).slice(0, 3)
        .map(part => part / 255).map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4)
        .reduce((sum, part, at) => sum + part * [.2126, .7152, .0722][at], 0);
    let paper = curve;
    while (numbers(getComputedStyle(paper).backgroundColor)[3] === 0) paper = paper.parentElement;
    const below = light(getComputedStyle(paper).backgroundColor);
    const contrast = colour => { const [low, high] = [light(colour), below].sort((a, b) => a - b); return (high + .05) / (low + .05); };
    return [
        Math.max(column.left - box.left, box.right - column.right),
        box.width,
        contrast(getComputedStyle(curve.querySelector('polyline')).stroke),
        Math.min(...[...curve.querySelectorAll('circle')].map(point => contrast(getComputedStyle(point).fill))),
        curve.querySelectorAll('circle').length,
    ];
})(document.querySelector('svg.chart'))";

/// Looks at the curve of the page that is open.
pub(super) fn looks(page: &Page) {
    let [role, name] = page.heard("svg.chart");
    assert_eq!(page.ask("document.querySelector('svg.chart').getAttribute('role')"), "img");
    assert!(["img", "image"].contains(&role.as_str()), "{role}");
    assert_eq!(name, "Operating hours, in h");
    let told = page.ask(
        "document.getElementById(document.querySelector('svg.chart').getAttribute('aria-describedby')).textContent",
    );
    let told = told.as_str().unwrap_or_default();
    assert!(told.starts_with("From ") && told.contains(" days."), "{told}");
    for view in [View::DESK, View::PHONE, View::PHONE.dark(), View::DESK.dark()] {
        page.look(view);
        let seen = page.ask(CURVE);
        let [out, wide, line, points, count] = [0, 1, 2, 3, 4].map(|at| seen[at].as_f64().expect("a number"));
        assert!(out <= 0.5, "the curve stands {out} px out of its column at {view:?}");
        assert!(wide >= 240.0, "the curve is {wide} px wide at {view:?}");
        // What WCAG 2.2 asks of graphics (1.4.11, non-text contrast).
        assert!(line >= 3.0 && points >= 3.0, "contrast of line and points at {view:?}: {seen}");
        assert!(count >= 5.0, "{seen}");
    }
}
