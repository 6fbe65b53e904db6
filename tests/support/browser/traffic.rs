//! What a page asks the network for, and what it complains about, as the browser's own log tells it.

use std::sync::{Arc, Mutex, PoisonError};

use headless_chrome::protocol::cdp::types::Event;
use headless_chrome::protocol::cdp::{Log, Network};

use super::Page;

/// What has happened on a page since it is watched.
#[derive(Clone, Debug, Default)]
pub struct Traffic {
    /// The addresses that were asked for, the page's own first.
    pub requests: Vec<String>,
    /// The bytes that came, heads included.
    pub bytes: f64,
    /// Errors of scripts, refusals of the content security policy and what else the console shows in red.
    pub complaints: Vec<String>,
}

/// A watched page.
pub struct Watch(Arc<Mutex<Traffic>>);

impl Watch {
    /// What happened since the last time, and begins anew.
    pub fn take(&self) -> Traffic {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Page {
    /// Watches the page from now on; nothing comes out of the browser's memory any more, so every page is a cold one.
    pub fn watch(&self) -> Watch {
        let traffic = Arc::new(Mutex::new(Traffic::default()));
        let seen = Arc::clone(&traffic);
        let listener = move |event: &Event| note(&mut seen.lock().unwrap_or_else(PoisonError::into_inner), event);
        self.tab.add_event_listener(Arc::new(listener)).expect("a listener");
        let network = Network::Enable {
            max_total_buffer_size: None,
            max_resource_buffer_size: None,
            max_post_data_size: None,
            report_direct_socket_traffic: None,
            enable_durable_messages: None,
        };
        self.tab.call_method(network).expect("the network's events");
        self.tab.call_method(Network::SetCacheDisabled { cache_disabled: true }).expect("no memory");
        self.tab.call_method(Log::Enable(None)).expect("the log's events");
        self.tab.enable_runtime().expect("the console's events");
        Watch(traffic)
    }
}

fn note(traffic: &mut Traffic, event: &Event) {
    match event {
        // Pictures of the browser itself, such as the calendar in a field for a day, ask nobody.
        Event::NetworkRequestWillBeSent(sent) if sent.params.request.url.starts_with("data:") => {}
        Event::NetworkRequestWillBeSent(sent) => traffic.requests.push(sent.params.request.url.clone()),
        Event::NetworkLoadingFinished(came) => traffic.bytes += came.params.encoded_data_length,
        Event::LogEntryAdded(entry) if entry.params.entry.level == Log::LogEntryLevel::Error => {
            let entry = &entry.params.entry;
            traffic.complaints.push(format!("{}: {}", entry.url.as_deref().unwrap_or_default(), entry.text));
        }
        Event::RuntimeExceptionThrown(thrown) => {
            traffic.complaints.push(format!("{:?}", thrown.params.exception_details));
        }
        Event::RuntimeConsoleAPICalled(called) => traffic.complaints.push(format!("{:?}", called.params.args)),
        _ => {}
    }
}
