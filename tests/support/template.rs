//! A template of self-checks that tests share.

/// A service with a point of each kind, the last of them not required.
pub const SERVICE: &str = "title = \"Yearly service\"

[[point]]
text = \"Door gaskets are whole\"

[[point]]
text = \"Suction pressure\"
kind = \"number\"
unit = \"bar\"

[[point]]
text = \"Remarks\"
kind = \"text\"
required = false
";
