//! What came out of one record: parts, problems, and what was not read.

use std::collections::BTreeMap;

use records::Part;

/// How bad a problem is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The record was loaded; something in it was mended or left out.
    Warning,
    /// The record (or file) could not be loaded and goes to quarantine.
    Refused,
}

/// Something wrong with a record or a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// How bad.
    pub severity: Severity,
    /// Stable short code, such as `xml`, `no-number`, `encoding`, `too-large`.
    pub code: &'static str,
    /// What, where and what to do, in English.
    pub message: String,
    /// Byte offset inside the record, where known.
    pub offset: Option<u64>,
}

impl Problem {
    /// A problem that keeps the record out.
    pub fn refused(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Refused, code, message: message.into(), offset: None }
    }

    /// A problem that does not.
    pub fn warning(code: &'static str, message: impl Into<String>) -> Self {
        Self { severity: Severity::Warning, code, message: message.into(), offset: None }
    }

    /// The same with its place in the record.
    #[must_use]
    pub fn at(mut self, offset: u64) -> Self {
        self.offset = Some(offset);
        self
    }
}

/// Everything one record gave.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Findings {
    /// Parts; several when a record is about several rights or publications.
    pub parts: Vec<Part>,
    /// Problems.
    pub problems: Vec<Problem>,
    /// Elements that the reader did not look at, by path, with their number.
    pub unread: BTreeMap<String, u64>,
    /// Why the record holds nothing for the register though nothing is wrong with it (`sequence listing`).
    pub passed_over: Option<&'static str>,
}

impl Findings {
    /// Refuses the record.
    pub fn refuse(&mut self, code: &'static str, message: impl Into<String>) {
        self.problems.push(Problem::refused(code, message));
    }

    /// Notes something that was mended or left out.
    pub fn warn(&mut self, code: &'static str, message: impl Into<String>) {
        self.problems.push(Problem::warning(code, message));
    }

    /// For a record that tells of several rights: when at least one could be read, the refusals of the others become
    /// warnings, so that one bad entry does not keep the good ones out.
    pub fn keep_good_parts(&mut self) {
        if !self.parts.is_empty() {
            self.problems.iter_mut().for_each(|problem| problem.severity = Severity::Warning);
        }
    }

    /// Whether a problem keeps the record out of the register.
    pub fn is_refused(&self) -> bool {
        self.problems.iter().any(|p| p.severity == Severity::Refused)
    }
}
