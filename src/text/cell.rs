//! Cells of tables that are opened in a spreadsheet.

/// A cell that no spreadsheet takes for a formula (OWASP, CSV injection). An import takes the apostrophe off again.
pub fn harmless(cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\0']) { format!("'{cell}") } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_reckon_is_marked_as_text() {
        for cell in ["=1+1", "+46", "-1", "@x", "\tx", "\rx"] {
            assert_eq!(harmless(cell.into()), format!("'{cell}"));
        }
        for cell in ["", "a=1", "12", "'=1"] {
            assert_eq!(harmless(cell.into()), cell);
        }
    }
}
