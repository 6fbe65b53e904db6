//! The pipeline: a customer's orders by stage, as its users look at them.

use crate::db::Subject;
use crate::ids::{CustomerId, FacilityId};
use crate::orders::OrderKind;
use crate::stage::Stage;
use crate::text::{Line, Number, vocabulary};

/// For how many days the board shows what was done.
pub const BOARD_DAYS: i64 = 30;

vocabulary! {
    /// In which order the list is shown. As a word it can stand in an address.
    Sort, "sort" {
        Newest = "-created",
        Oldest = "created",
        /// What comes next first; what is not planned last.
        Planned = "planned",
        PlannedBackwards = "-planned",
        Number = "number",
        NumberBackwards = "-number",
        Title = "title",
        TitleBackwards = "-title",
    }
}

/// Which orders somebody looks at; nothing named means all in reach.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PipelineFilter {
    /// Words to be found in number, title, description, reference, facility or object.
    pub search: Option<String>,
    /// Where.
    pub facility: Option<FacilityId>,
    /// Of what sort.
    pub kind: Option<OrderKind>,
    /// Only those assigned to whoever looks.
    pub mine: bool,
    /// How far. The counts are of all stages in any case.
    pub stage: Option<Stage>,
}

/// How many orders are in one stage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Column {
    /// Which stage.
    pub stage: Stage,
    /// All of them.
    pub all: u32,
    /// Those that the board shows: what was closed more than 30 days ago is left to the list.
    pub recent: u32,
}

/// A facility that somebody can look at, or order work for.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// Its row.
    pub id: FacilityId,
    /// Whose it is.
    pub customer_id: CustomerId,
    /// Its number.
    pub number: Number,
    /// Its name.
    pub name: Line,
    /// Whether it is in use. A closed one can be looked at.
    pub is_open: bool,
}

impl Subject for Choice {
    const NOUN: &'static str = "facility";
    fn row(&self) -> i64 {
        self.id.0
    }
    fn label(&self) -> String {
        self.number.to_string()
    }
}
