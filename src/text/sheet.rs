//! Cells that a spreadsheet shows and does not reckon with.

/// A cell that no spreadsheet takes for a formula (OWASP, CSV injection). The import takes the apostrophe off again.
pub fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']) { format!("'{cell}") } else { cell }
}
