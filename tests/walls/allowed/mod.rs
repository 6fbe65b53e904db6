//! The ways that compile: each differs in one place from the case of the same name in `refused`.

#![allow(dead_code)]

mod a_handover_only_leads_on;
mod a_page_has_no_database;
mod a_visit_only_looks;
mod change_in_group;
mod change_only_in_a_write;
mod child_of_its_own_parent;
mod child_with_parent;
mod open_change_with_reason;
mod open_only_reads;
mod open_with_reason;
mod raw_statement_is_private;
mod raw_transaction_is_private;
mod reached_made_from_its_row;
mod reached_not_a_plain_value;
mod reached_not_an_id;
mod reached_only_by_finding;
mod root_only_reads;
mod root_through_reach;
mod root_with_actor;
mod root_with_actor_itself;
mod root_with_actor_outside_comments;
mod transaction_ends_with_its_closure;
mod write_only_through_write;
mod writer_ends_with_its_change;
mod writer_only_in_a_change;
