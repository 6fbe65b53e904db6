//! Who acts, and what they may do.

use crate::error::{Error, Result};
use crate::ids::{AccessId, GroupId, StaffId, UserId};
use crate::text::vocabulary;

vocabulary! {
    /// One thing a customer's user may do. A new access has none.
    Permission, "permission" {
        OrderView = "order.view",
        OrderCreate = "order.create",
        CommentWrite = "comment.write",
        DocumentView = "document.view",
        DocumentUpload = "document.upload",
        ObjectView = "object.view",
        ReadingView = "reading.view",
        ReadingAdd = "reading.add",
        SelfcheckView = "selfcheck.view",
        SelfcheckFill = "selfcheck.fill",
        FacilityView = "facility.view",
        CompanyView = "company.view",
        CompanyEdit = "company.edit",
        ColleagueView = "colleague.view",
    }
}

vocabulary! {
    /// What a staff member may change. `admin` includes all.
    Right, "right" {
        Admin = "admin",
        /// Customers, contacts, facilities, objects.
        Customers = "customers",
        /// Customer users and their permissions: the right "change customer rights".
        Accounts = "accounts",
        /// Orders, comments, notes, documents, readings, self-checks.
        Orders = "orders",
        Imports = "imports",
        Mail = "mail",
        Audit = "audit",
    }
}

vocabulary! {
    /// A part of the program that acts by itself, named so that the audit can name it.
    Machine, "machine role" {
        /// Hands letters to the mail server.
        Mailer = "mailer",
        /// Stands at the login box: acts before anybody is known.
        Door = "door",
        /// Keeps the files of documents in order.
        Keeper = "keeper",
        /// Looks which machines are due for service.
        Planner = "planner",
        /// Takes in what is sent by mail.
        Postman = "postman",
    }
}

vocabulary! {
    /// Who speaks: the company or the customer.
    Side, "side" {
        Staff = "staff",
        Customer = "customer",
    }
}

/// In whose name something is read or written.
#[derive(Clone, Debug)]
pub enum Actor {
    /// The owner of the data directory, at the desk of one group or of none yet.
    Owner {
        /// The group whose desk it is; without one only groups themselves are in reach.
        group: Option<GroupId>,
        /// The operating-system user, from the kernel.
        uid: u32,
    },
    /// A person at the service company.
    Staff {
        /// Who.
        id: StaffId,
        /// Their group.
        group: GroupId,
        /// Their login, for the audit.
        login: String,
        /// What they may change.
        rights: Vec<Right>,
    },
    /// A customer's user with one of their accesses.
    User {
        /// Who.
        id: UserId,
        /// With which access.
        access: AccessId,
        /// In which group.
        group: GroupId,
        /// Their address, for the audit.
        email: String,
        /// What they may do.
        may: Vec<Permission>,
    },
    /// A part of the program, at work for one group or for none in particular.
    Machine {
        /// Which part.
        role: Machine,
        /// For whom.
        group: Option<GroupId>,
    },
}

impl Actor {
    /// The group whose data this actor works in.
    pub fn group(&self) -> Option<GroupId> {
        match self {
            Self::Owner { group, .. } | Self::Machine { group, .. } => *group,
            Self::Staff { group, .. } | Self::User { group, .. } => Some(*group),
        }
    }

    /// The value of `:actor`, by which the `reach_*` views decide: an access by its id, the desk of a group by the
    /// group's id made negative, the owner at no desk by 0, and everybody else by a number that reaches nothing.
    pub fn key(&self) -> i64 {
        match self {
            Self::User { access, .. } => access.0,
            Self::Staff { group, .. } => -group.0,
            Self::Owner { group, .. } => group.map_or(0, |group| -group.0),
            Self::Machine { group, .. } => group.map_or(i64::MIN, |group| -group.0),
        }
    }

    /// `owner`, `staff`, `user` or `machine`, as the audit has it.
    pub fn sort(&self) -> &'static str {
        match self {
            Self::Owner { .. } => "owner",
            Self::Staff { .. } => "staff",
            Self::User { .. } => "user",
            Self::Machine { .. } => "machine",
        }
    }

    /// Who it is, as the audit shows it.
    pub fn name(&self) -> String {
        match self {
            Self::Owner { uid, .. } => format!("uid {uid}"),
            Self::Staff { login, .. } => login.clone(),
            Self::User { email, .. } => email.clone(),
            Self::Machine { role, .. } => role.word().into(),
        }
    }

    /// From which side of the counter they speak.
    pub fn side(&self) -> Side {
        if matches!(self, Self::User { .. }) { Side::Customer } else { Side::Staff }
    }

    /// The login of a member of staff, by which a row finds their name.
    pub fn login(&self) -> Option<&str> {
        match self {
            Self::Staff { login, .. } => Some(login),
            _ => None,
        }
    }

    /// The operating-system user of the owner at the command line, who may be a member of staff too.
    pub fn uid(&self) -> Option<u32> {
        match self {
            Self::Owner { uid, .. } => Some(*uid),
            _ => None,
        }
    }

    /// Whether this actor meets a need; the error names what is missing.
    pub fn require(&self, need: Need) -> Result<()> {
        let missing = match self {
            Self::Owner { .. } => return Ok(()),
            Self::Staff { rights, .. } => match need.staff {
                Desk::Anybody => return Ok(()),
                Desk::Nobody => "a right that staff do not have".into(),
                Desk::With(right) if rights.contains(&right) || rights.contains(&Right::Admin) => return Ok(()),
                Desk::With(right) => format!("the right '{right}'"),
                Desk::WithOne(one, other) if [one, other, Right::Admin].iter().any(|right| rights.contains(right)) => {
                    return Ok(());
                }
                Desk::WithOne(one, other) => format!("the right '{one}' or '{other}'"),
            },
            Self::User { may, .. } => match need.user {
                Client::Themselves => return Ok(()),
                Client::Nobody => "a right that customers do not have".into(),
                Client::With(permission) if may.contains(&permission) => return Ok(()),
                Client::With(permission) => format!("the permission '{permission}'"),
            },
            Self::Machine { role, .. } => match need.machine {
                Some(needed) if needed == *role => return Ok(()),
                _ => format!("a role that '{role}' does not have"),
            },
        };
        Err(Error::denied(format!("{} needs {missing} for this", self.name())))
    }

    /// Whether this actor meets a need.
    pub fn may(&self, need: Need) -> bool {
        self.require(need).is_ok()
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Desk {
    Nobody,
    Anybody,
    With(Right),
    /// Either of two.
    WithOne(Right, Right),
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Client {
    Nobody,
    /// Their own name, password, sessions.
    Themselves,
    With(Permission),
}

/// What an act asks of whoever does it: a permission of a customer's user, a right of staff, or a machine's role.
///
/// Reach is asked separately, by the statement. Whoever is not named by a need is refused.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Need {
    user: Client,
    staff: Desk,
    machine: Option<Machine>,
}

impl Need {
    /// Reading business data: a user with the permission, any staff of the group.
    pub const fn see(permission: Permission) -> Self {
        Self { user: Client::With(permission), staff: Desk::Anybody, machine: None }
    }

    /// Changing business data: a user with the permission, staff with the right.
    pub const fn either(permission: Permission, right: Right) -> Self {
        Self { user: Client::With(permission), staff: Desk::With(right), machine: None }
    }

    /// Only staff with the right.
    pub const fn right(right: Right) -> Self {
        Self { user: Client::Nobody, staff: Desk::With(right), machine: None }
    }

    /// Any staff of the group, no customer.
    pub const fn staff() -> Self {
        Self { user: Client::Nobody, staff: Desk::Anybody, machine: None }
    }

    /// Only the owner of the data: groups themselves, and what belongs to the machine.
    pub const fn owner() -> Self {
        Self { user: Client::Nobody, staff: Desk::Nobody, machine: None }
    }

    /// A user's own things, which staff may look at.
    pub const fn own() -> Self {
        Self { user: Client::Themselves, staff: Desk::Anybody, machine: None }
    }

    /// Only this part of the program.
    pub const fn machine(role: Machine) -> Self {
        Self { user: Client::Nobody, staff: Desk::Nobody, machine: Some(role) }
    }

    /// The same need, which staff with another right meet as well.
    #[must_use]
    pub const fn or(self, other: Right) -> Self {
        match self.staff {
            Desk::With(one) => Self { staff: Desk::WithOne(one, other), ..self },
            _ => panic!("only a need of one right can be widened by another"),
        }
    }

    /// The same need, which this part of the program meets as well.
    #[must_use]
    pub const fn or_machine(self, role: Machine) -> Self {
        Self { machine: Some(role), ..self }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn user(may: &[Permission]) -> Actor {
        Actor::User {
            id: UserId(1),
            access: AccessId(7),
            group: GroupId(1),
            email: "eva@brf.example".into(),
            may: may.to_vec(),
        }
    }

    fn rita(rights: &[Right]) -> Actor {
        Actor::Staff { id: StaffId(1), group: GroupId(1), login: "rita".into(), rights: rights.to_vec() }
    }

    #[test]
    fn nothing_is_permitted_until_granted() {
        for permission in Permission::ALL {
            assert!(!user(&[]).may(Need::see(*permission)));
            assert!(user(&[*permission]).may(Need::see(*permission)));
        }
        assert!(!user(Permission::ALL).may(Need::right(Right::Accounts)));
        assert!(!user(Permission::ALL).may(Need::staff()));
    }

    #[test]
    fn change_customer_rights_is_not_administrator() {
        assert!(rita(&[Right::Accounts]).may(Need::right(Right::Accounts)));
        assert!(!rita(&[Right::Accounts]).may(Need::right(Right::Admin)));
        assert!(!rita(&[Right::Accounts]).may(Need::right(Right::Mail)));
        assert!(rita(&[Right::Admin]).may(Need::right(Right::Mail)));
    }

    #[test]
    fn a_refusal_names_what_is_missing() {
        let error = rita(&[Right::Accounts]).require(Need::right(Right::Mail)).expect_err("refused");
        assert_eq!(error.message(), "rita needs the right 'mail' for this");
    }
}
