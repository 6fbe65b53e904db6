//! The work of ten weeks, order by order: who asked for what, what was done about it, what was said.

mod aurora;
mod brf;
mod brf_open;
mod ica;

use super::when::When;
use crate::orders::OrderKind;

/// One order from the first word to the last.
pub(super) struct Story {
    /// Whose it is, by number.
    pub(super) customer: &'static str,
    /// Where it is to be done.
    pub(super) place: Place,
    pub(super) kind: OrderKind,
    pub(super) title: &'static str,
    /// At length; empty for nothing.
    pub(super) text: &'static str,
    /// Who wrote it down: a login at the company, or the address of somebody at the customer.
    pub(super) by: &'static str,
    pub(super) at: When,
    /// The person at the customer it is assigned to, by address; empty for nobody. Who orders has it anyway.
    pub(super) contact: &'static str,
    pub(super) urgency: Urgency,
    /// The customer's own name for it; empty for none.
    pub(super) reference: &'static str,
    /// Whom to ask where the work is, and the number to call there; empty for nobody.
    pub(super) site: (&'static str, &'static str),
    /// Who does it once it is planned.
    pub(super) technicians: &'static [&'static str],
    /// When they come once it is planned, and for how many minutes.
    pub(super) visit: Option<(When, i64)>,
    /// What it cost when it was done; 0 for what nobody noted.
    pub(super) cost: i64,
    /// What became of it: when, by whom, what.
    pub(super) then: &'static [(When, &'static str, Act)],
}

/// Where an order is to be done.
#[derive(Clone, Copy)]
pub(super) enum Place {
    Nowhere,
    At(&'static str),
    /// At a facility on a machine. A customer names the facility; the company finds out which machine it is.
    On(&'static str, &'static str),
    /// On a machine that belongs to no facility.
    Loose(&'static str),
}

/// How soon, by the places of the company's priorities.
#[derive(Clone, Copy)]
pub(super) enum Urgency {
    Low,
    Normal,
    Urgent,
    Emergency,
    Scheduled,
}

/// What happens to an order.
#[derive(Clone, Copy)]
pub(super) enum Act {
    /// Somebody is sent.
    Plan,
    /// The same, with a word about it.
    PlanBecause(&'static str),
    Start,
    Wait(&'static str),
    Done(&'static str),
    Cancel(&'static str),
    /// Something is said on it.
    Say(&'static str),
    /// The last thing that was said is answered.
    Answer(&'static str),
    /// Something is written down that the customer never reads.
    Note(&'static str),
}

/// What an order has unless its story says otherwise.
const JOB: Story = Story {
    customer: "",
    place: Place::Nowhere,
    kind: OrderKind::Work,
    title: "",
    text: "",
    by: "karin",
    at: When::Ago(0),
    contact: "",
    urgency: Urgency::Normal,
    reference: "",
    site: ("", ""),
    technicians: &[],
    visit: None,
    cost: 0,
    then: &[],
};

/// All stories.
pub(super) fn all() -> impl Iterator<Item = &'static Story> {
    brf::STORIES.iter().chain(brf_open::STORIES).chain(ica::STORIES).chain(aurora::STORIES)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::when::tests::have_happened;

    /// Nothing happens before its order came, nor in the future.
    #[test]
    fn what_happens_follows_what_happened() {
        for story in all() {
            let times: Vec<_> = std::iter::once(story.at).chain(story.then.iter().map(|one| one.0)).collect();
            have_happened(story.title, &times);
        }
    }
}
