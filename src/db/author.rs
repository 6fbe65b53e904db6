//! Whoever acts, as a row is signed with their name.

/// The name of whoever acts, in SQL: of the person at the customer; of the member of staff, by login or on the command
/// line by the operating-system user; else the company's own. Its parameters belong to the transaction.
macro_rules! author {
    () => {
        "coalesce((SELECT k.name FROM accesses a JOIN contacts k ON k.id = a.contact_id
                       WHERE a.group_id = :group AND a.id = :actor),
                     (SELECT t.name FROM staff t
                       WHERE t.group_id = :group AND (t.login = :staff_login OR t.uid = :staff_uid)),
                     (SELECT g.name FROM groups g WHERE g.id = :group))"
    };
}
pub(crate) use author;
