//! Why one row cannot be taken: where it stands, what is wrong, and what would help.

use std::fmt;

use crate::error::{Error, Kind};

/// One row's problem, in the words of the file it came from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Problem {
    /// The line of the file on which the row begins; the heading line of a plain file is 1.
    pub line: u64,
    /// The column as it is written in the file, or the option that gave the value; nothing when the whole row is meant.
    pub column: Option<String>,
    /// The stable word for scripts, one of [`Kind::code`].
    pub code: &'static str,
    /// A lower-case sentence that names the value.
    pub reason: String,
    /// The next step.
    pub tip: Option<String>,
}

impl Problem {
    /// A problem of the row as a whole.
    pub fn of_row(line: u64, reason: impl Into<String>) -> Self {
        Self { line, column: None, code: Kind::Data.code(), reason: reason.into(), tip: None }
    }

    /// The same problem with the next step for the person.
    #[must_use]
    pub fn tip(mut self, tip: impl Into<String>) -> Self {
        self.tip = Some(tip.into());
        self
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.column {
            Some(option) if option.starts_with("--") => write!(f, "line {}, {}: {}", self.line, option, self.reason),
            Some(column) => write!(f, "line {}, column \"{}\": {}", self.line, column, self.reason),
            None => write!(f, "line {}: {}", self.line, self.reason),
        }
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        let error = Self::new(Kind::Data, problem.to_string());
        match problem.tip {
            Some(tip) => error.tip(tip),
            None => error,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_problem_says_where_and_why() {
        let mut problem = Problem::of_row(18, "'info@åkes' has no dot after the @").tip("mend it");
        assert_eq!(problem.to_string(), "line 18: 'info@åkes' has no dot after the @");
        problem.column = Some("E-post".into());
        let given = Problem { column: Some("--set email".into()), ..problem.clone() };
        assert_eq!(given.to_string(), "line 18, --set email: 'info@åkes' has no dot after the @");
        let error = Error::from(problem);
        assert_eq!(error.message(), "line 18, column \"E-post\": 'info@åkes' has no dot after the @");
        assert_eq!((error.kind(), error.tip_text()), (Kind::Data, Some("mend it")));
    }
}
