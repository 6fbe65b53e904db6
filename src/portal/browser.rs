//! What a browser calls itself, in words that people know it by. Nothing is decided by it: anybody can call themselves
//! anything.

/// Browsers by what only they say; those that pretend to be others come before those.
const BROWSERS: &[(&str, &str)] = &[
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser/", "Samsung Internet"),
    ("Firefox/", "Firefox"),
    ("FxiOS/", "Firefox"),
    ("CriOS/", "Chrome"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
];

/// Systems in the same way.
const SYSTEMS: &[(&str, &str)] = &[
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("CrOS", "ChromeOS"),
    ("Windows", "Windows"),
    ("Macintosh", "Mac"),
    ("Linux", "Linux"),
];

/// The names of the browser and of the system it runs on, as far as they are known.
pub fn names(agent: &str) -> (Option<&'static str>, Option<&'static str>) {
    let known =
        |among: &[(&str, &'static str)]| among.iter().find(|(said, _)| agent.contains(said)).map(|(_, name)| *name);
    (known(BROWSERS), known(SYSTEMS))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn browsers_are_known_by_what_they_say() {
        let windows = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36";
        for (agent, browser, system) in [
            (windows.to_owned(), Some("Chrome"), Some("Windows")),
            (format!("{windows} Edg/131.0.2903.51"), Some("Edge"), Some("Windows")),
            (format!("{windows} OPR/115.0.0.0"), Some("Opera"), Some("Windows")),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:132.0) Gecko/20100101 Firefox/132.0".into(),
                Some("Firefox"),
                Some("Mac"),
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.1 Mobile/15E148 Safari/604.1".into(),
                Some("Safari"),
                Some("iPhone"),
            ),
            (
                "Mozilla/5.0 (iPad; CPU OS 18_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) CriOS/131.0.6778.73 Mobile/15E148 Safari/604.1".into(),
                Some("Chrome"),
                Some("iPad"),
            ),
            (
                "Mozilla/5.0 (Linux; Android 14; SAMSUNG SM-S918B) AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/26.0 Chrome/122.0.0.0 Mobile Safari/537.36".into(),
                Some("Samsung Internet"),
                Some("Android"),
            ),
            ("Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 Chrome/131.0.0.0 Safari/537.36".into(), Some("Chrome"), Some("ChromeOS")),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:132.0) Gecko/20100101 Firefox/132.0".into(), Some("Firefox"), Some("Linux")),
            ("curl/8.5.0".into(), None, None),
            (String::new(), None, None),
        ] {
            assert_eq!(names(&agent), (browser, system), "{agent}");
        }
    }
}
