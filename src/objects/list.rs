//! What a customer's users look for among their machines, and where machines stand.

use crate::ids::FacilityId;
use crate::text::{Line, Number};

/// Where somebody looks for machines.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Spot {
    /// At a facility.
    At(FacilityId),
    /// At none.
    Unattached,
}

/// Which machines somebody looks at; nothing named means all in reach.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ObjectFilter {
    /// Words to be found in number, name, maker, model, serial number or facility.
    pub search: Option<String>,
    /// Where.
    pub spot: Option<Spot>,
}

/// Where machines in reach stand: a facility, or none.
#[derive(Clone, Debug, PartialEq)]
pub struct Place {
    /// The facility; without one the machines are unattached.
    pub facility: Option<(FacilityId, Number, Line)>,
}

/// How many machines in use stand at a facility.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AtPlaces {
    /// The facility.
    pub facility: FacilityId,
    /// How many.
    pub objects: u32,
}
