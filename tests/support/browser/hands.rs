//! What hands and ears do that the page itself does not know of: choosing files, saving them, and what is read aloud.

use std::path::Path;

use headless_chrome::protocol::cdp::{Accessibility, DOM, Page as Cdp, Runtime};
use serde_json::Value;

use super::Page;

impl Page {
    /// Chooses one of a list, as the window does that the browser would open.
    pub fn set(&self, selector: &str, value: &str) {
        let [selector, value] = [selector, value].map(Value::from);
        let chosen = self.ask(&format!(
            "(list => {{ list.value = {value}; return list.value; }})(document.querySelector({selector}))"
        ));
        assert_eq!(chosen, value, "{selector} has no such choice");
    }

    /// Chooses files for the field that a selector names, as the window does that the browser would open.
    pub fn choose(&self, selector: &str, files: &[&Path]) {
        let files = files.iter().map(|file| file.to_str().expect("a name").to_owned()).collect();
        let object_id = self.object(selector);
        let choice = DOM::SetFileInputFiles { files, node_id: None, backend_node_id: None, object_id };
        self.tab.call_method(choice).expect(selector);
    }

    /// Saves what is downloaded from now on in a folder, without asking.
    pub fn saves_into(&self, folder: &Path) {
        let behavior = Cdp::SetDownloadBehaviorBehaviorOption::Allow;
        let download_path = Some(folder.to_str().expect("a name").to_owned());
        self.tab.call_method(Cdp::SetDownloadBehavior { behavior, download_path }).expect("a folder");
    }

    /// The role and the name with which what a selector names is read aloud.
    pub fn heard(&self, selector: &str) -> [String; 2] {
        let object_id = self.object(selector);
        let tree = Accessibility::GetPartialAXTree {
            node_id: None,
            backend_node_id: None,
            object_id,
            fetch_relatives: Some(false),
        };
        let node = self.tab.call_method(tree).expect(selector).nodes.swap_remove(0);
        [node.role, node.name].map(|value| {
            let value = value.and_then(|value| value.value).unwrap_or_default();
            value.as_str().unwrap_or_default().to_owned()
        })
    }

    /// The debugger's handle of what a selector names.
    fn object(&self, selector: &str) -> Option<Runtime::RemoteObjectId> {
        let found = self.tab.evaluate(&format!("document.querySelector({})", Value::from(selector)), false);
        let found = found.expect(selector).object_id;
        assert!(found.is_some(), "there is no {selector} at {}", self.address());
        found
    }
}
