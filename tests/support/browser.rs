//! Pages as a browser sees them: one headless Chromium for the tests that run at the same time, a fresh session for each page.

mod hands;
mod traffic;

use std::cell::Cell;
use std::ffi::OsStr;
use std::io::Write;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, Once, PoisonError, Weak};
use std::time::{Duration, Instant};

use headless_chrome::browser::tab::point::Point;
use headless_chrome::protocol::cdp::{Emulation, Page as Cdp};
use headless_chrome::{LaunchOptions, Tab};
use serde_json::Value;

pub use traffic::Watch;

/// The longest that one page, one launch or one click may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// How a page is looked at.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct View {
    /// CSS pixels.
    pub width: u32,
    /// CSS pixels.
    pub height: u32,
    /// Whether the person prefers dark colours.
    pub dark: bool,
    /// Whether scripts run.
    pub scripts: bool,
}

impl View {
    /// A desk with light colours.
    pub const DESK: Self = Self { width: 1280, height: 800, dark: false, scripts: true };
    /// The narrowest telephone that WCAG 2.2 asks for (1.4.10, reflow).
    pub const PHONE: Self = Self { width: 320, height: 640, dark: false, scripts: true };
    /// A telephone as most people have one.
    pub const HAND: Self = Self { width: 390, height: 844, dark: false, scripts: true };

    /// The same in dark colours.
    pub const fn dark(self) -> Self {
        Self { dark: true, ..self }
    }

    /// The same without scripts.
    pub const fn without_scripts(self) -> Self {
        Self { scripts: false, ..self }
    }
}

/// A running Chromium with a profile of its own, both gone when the last user lets go.
pub struct Browser {
    chromium: Option<headless_chrome::Browser>,
    profile: tempfile::TempDir,
}

impl Browser {
    /// The browser, started when nobody has one open.
    ///
    /// Without Chromium there is none: in CI (`CI=true`) that fails the test, elsewhere it is said once, and the test
    /// returns without having looked.
    pub fn open() -> Option<Arc<Self>> {
        // Weak, because a static is never dropped and would leave Chromium running behind the tests.
        static SHARED: Mutex<Weak<Browser>> = Mutex::new(Weak::new());
        let Some(program) = program(std::env::var_os("PATH").as_deref()) else {
            missing(std::env::var("CI").is_ok_and(|ci| ci == "true"));
            return None;
        };
        // A test that failed while it started the browser leaves nothing behind that could be half done.
        let mut shared = SHARED.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(browser) = shared.upgrade() {
            return Some(browser);
        }
        let browser = Arc::new(Self::start(program));
        *shared = Arc::downgrade(&browser);
        Some(browser)
    }

    fn start(program: PathBuf) -> Self {
        let profile = super::folder();
        let arguments =
            ["--disable-quic", "--disable-component-update", "--no-default-browser-check", "--hide-scrollbars"];
        let options = LaunchOptions::default_builder()
            .path(Some(program))
            .user_data_dir(Some(profile.path().to_owned()))
            // Chromium refuses to put root into its sandbox.
            .sandbox(!rustix::process::geteuid().is_root())
            .ignore_certificate_errors(false)
            // How long the library waits for one answer; it also lets go of a browser that is left alone for so long.
            .idle_browser_timeout(2 * PATIENCE)
            // Among the defaults: --no-first-run, --disable-background-networking, --disable-sync.
            .args(arguments.iter().map(OsStr::new).collect())
            .build()
            .expect("options for Chromium");
        let chromium = headless_chrome::Browser::new(options).expect("Chromium did not start");
        Self { chromium: Some(chromium), profile }
    }

    /// Opens an address in a session of its own: no cookie of any other page is there.
    pub fn page(self: &Arc<Self>, view: View, url: &str) -> Page {
        let chromium = self.chromium.as_ref().expect("a browser in use runs");
        let session = chromium.new_context().expect("a new session");
        let tab = session.new_tab().expect("a new tab");
        tab.set_default_timeout(PATIENCE);
        let page = Page { tab, view: Cell::new(None), _browser: Arc::clone(self) };
        page.look(view);
        page.go(url);
        page
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // Ends Chromium; its helpers follow in their own time, and write to the profile until then.
        drop(self.chromium.take());
        for _ in 0..100 {
            let removed = std::fs::remove_dir_all(self.profile.path());
            std::thread::sleep(Duration::from_millis(50));
            if removed.is_ok() && !self.profile.path().exists() {
                return;
            }
        }
    }
}

/// One open page.
pub struct Page {
    tab: Arc<Tab>,
    view: Cell<Option<View>>,
    _browser: Arc<Browser>,
}

impl Page {
    /// Looks at the page in another way. Whether scripts run counts from the next page on.
    pub fn look(&self, view: View) {
        // Each of them takes a tenth of a second: the library waits so long before it lets go of the line.
        let before = self.view.replace(Some(view));
        if before.map(|before| (before.width, before.height)) != Some((view.width, view.height)) {
            self.tab.call_method(size(view)).expect("a size");
        }
        if before.map(|before| before.dark) != Some(view.dark) {
            let colours = if view.dark { "dark" } else { "light" };
            let colours = Emulation::MediaFeature { name: "prefers-color-scheme".into(), value: colours.into() };
            let media = Emulation::SetEmulatedMedia { media: None, features: Some(vec![colours]) };
            self.tab.call_method(media).expect("light or dark");
        }
        if before.map(|before| before.scripts) != Some(view.scripts) {
            let scripts = Emulation::SetScriptExecutionDisabled { value: !view.scripts };
            self.tab.call_method(scripts).expect("scripts on or off");
        }
    }

    /// Goes to an address and waits for the whole page.
    pub fn go(&self, url: &str) {
        let visit = Cdp::Navigate {
            url: url.into(),
            referrer: None,
            transition_Type: None,
            frame_id: None,
            referrer_policy: None,
        };
        let answer = self.tab.call_method(visit).expect(url);
        assert_eq!(answer.error_text, None, "{url} did not open");
        self.wait(url, || self.is_whole());
    }

    /// Clicks into the middle of what a selector names, as a mouse does, and stays.
    pub fn click(&self, selector: &str) {
        let element = Value::from(selector);
        self.ask(&format!("(document.querySelector({element}).scrollIntoView({{block: 'center'}}), true)"));
        let middle = self.ask(&format!(
            "(box => [box.x + box.width / 2, box.y + box.height / 2])(document.querySelector({element}).getBoundingClientRect())"
        ));
        let [Some(x), Some(y)] = [middle[0].as_f64(), middle[1].as_f64()] else { panic!("{selector} has no place") };
        self.tab.click_point(Point { x, y }).expect(selector);
    }

    /// Clicks what a selector names, and waits for the page it leads to.
    pub fn follow(&self, selector: &str) {
        self.leave(selector, || self.click(selector));
    }

    /// Does what leads to another page, and waits for that page.
    pub fn leave(&self, what: &str, act: impl FnOnce()) {
        // The mark goes away together with the page it is on.
        self.ask("window.frontdeskWasHere = true");
        act();
        self.wait(what, || self.try_ask("window.frontdeskWasHere === undefined") == Some(Value::Bool(true)));
        self.wait(what, || self.is_whole());
    }

    /// Types into the field that a selector names, behind what is there.
    pub fn fill(&self, selector: &str, text: &str) {
        // Asked for by the debugger: the library's own way needs scripts, and without them waits in vain.
        self.ask(&format!("(document.querySelector({}).focus(), true)", Value::from(selector)));
        self.tab.send_character(text).expect(selector);
    }

    /// Types into the field that a selector names, in the place of what is there.
    pub fn retype(&self, selector: &str, text: &str) {
        self.ask(&format!("(document.querySelector({}).select(), true)", Value::from(selector)));
        self.fill(selector, text);
    }

    /// Types into whatever has the focus.
    pub fn write(&self, text: &str) {
        self.tab.send_character(text).expect("typed");
    }

    /// Presses a key such as `Tab` or `Enter`.
    pub fn press(&self, key: &str) {
        self.tab.press_key(key).expect(key);
    }

    /// The text that a person sees.
    pub fn text(&self) -> String {
        self.text_of("body")
    }

    /// The text that a person sees of what a selector names.
    pub fn text_of(&self, selector: &str) -> String {
        let selector = Value::from(selector);
        let text = self.ask(&format!("document.querySelector({selector}).innerText"));
        text.as_str().expect("a text").to_owned()
    }

    /// The page as HTML, as it stands now.
    pub fn html(&self) -> String {
        self.ask("document.documentElement.outerHTML").as_str().expect("a text").to_owned()
    }

    /// The address of the page.
    pub fn address(&self) -> String {
        self.ask("location.href").as_str().expect("a text").to_owned()
    }

    /// How many CSS pixels of the page stand out to the side; 0 when nobody has to scroll sideways.
    pub fn stands_out(&self) -> i64 {
        let wide = self.ask("Math.ceil(document.documentElement.scrollWidth - document.documentElement.clientWidth)");
        wide.as_i64().expect("a number")
    }

    /// The value of an expression; works without scripts, too, because it is the debugger that asks.
    pub fn ask(&self, expression: &str) -> Value {
        self.try_ask(expression).unwrap_or_else(|| panic!("the page has no answer to {expression}"))
    }

    /// A picture of what is in view, as PNG.
    pub fn picture(&self) -> Vec<u8> {
        let png = Cdp::CaptureScreenshotFormatOption::Png;
        self.tab.capture_screenshot(png, None, None, true).expect("a picture")
    }

    fn try_ask(&self, expression: &str) -> Option<Value> {
        let answer = self.tab.evaluate(&format!("JSON.stringify({expression})"), false).ok()?;
        serde_json::from_str(answer.value?.as_str()?).ok()
    }

    fn is_whole(&self) -> bool {
        self.try_ask("document.readyState") == Some(Value::from("complete"))
    }

    /// Waits until an expression is true.
    pub fn until(&self, expression: &str) {
        self.wait(expression, || self.try_ask(expression) == Some(Value::Bool(true)));
    }

    fn wait(&self, what: &str, done: impl Fn() -> bool) {
        let began = Instant::now();
        while !done() {
            assert!(began.elapsed() < PATIENCE, "{what}: the page did not come within {PATIENCE:?}");
            std::thread::sleep(Duration::from_millis(10));
        }
    }
}

impl Drop for Page {
    fn drop(&mut self) {
        // The browser may be gone already; then so is the tab.
        drop(self.tab.close_target());
    }
}

fn size(view: View) -> Emulation::SetDeviceMetricsOverride {
    Emulation::SetDeviceMetricsOverride {
        width: view.width,
        height: view.height,
        device_scale_factor: 1.0,
        mobile: false,
        scale: None,
        screen_width: None,
        screen_height: None,
        position_x: None,
        position_y: None,
        dont_set_visible_size: None,
        screen_orientation: None,
        viewport: None,
        display_feature: None,
        device_posture: None,
    }
}

/// Chromium's program, under one of its names.
pub fn program(path: Option<&OsStr>) -> Option<PathBuf> {
    let folders: Vec<PathBuf> = std::env::split_paths(path?).collect();
    ["chromium", "chromium-browser", "google-chrome"]
        .iter()
        .flat_map(|name| folders.iter().map(move |folder| folder.join(name)))
        .find(|program| program.is_file())
}

/// What happens without Chromium.
pub fn missing(in_ci: bool) {
    assert!(!in_ci, "Chromium is not installed: the tests in a browser cannot run");
    static SAID: Once = Once::new();
    SAID.call_once(|| {
        // Not eprintln!: the test runner keeps that of tests that pass to itself.
        let told = writeln!(std::io::stderr(), "skipped: the tests in a browser, because Chromium is not installed");
        told.expect("stderr is there");
    });
}
