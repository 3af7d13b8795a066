//! What a load or check came to, by format.

use std::collections::BTreeMap;

use records::{Date, Part, standard};
use serde::Serialize;
use sources::{Problem, Severity};

use crate::{Item, Parsed};

/// How many refused records and messages a report names one by one.
const NAMED: usize = 200;

/// The closing report.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Report {
    /// By format or mapping.
    pub formats: BTreeMap<String, FormatReport>,
    /// Files that hold no office records, by reason.
    pub passed_over: BTreeMap<String, u64>,
    /// Refused records and unreadable files; the first 200. All of them are in quarantine after a load.
    pub refused: Vec<Refused>,
    /// Number of refused records and unreadable files.
    pub refused_total: u64,
    /// Files that an earlier, interrupted load had finished.
    pub resumed_files: u64,
    /// Bytes of records read.
    pub bytes: u64,
    /// Rights that changed in the register.
    pub rights_changed: u64,
    /// Wall-clock seconds.
    pub seconds: f64,
}

/// What came of one format.
#[derive(Clone, Debug, Default, Serialize)]
pub struct FormatReport {
    /// Files (or archive members).
    pub files: u64,
    /// Records in them.
    pub records: u64,
    /// Records that hold nothing for the register, by reason.
    pub passed_over: BTreeMap<String, u64>,
    /// Parts found in the records.
    pub parts: u64,
    /// Parts that take a record back.
    pub withdrawals: u64,
    /// Parts that were not known.
    pub new: u64,
    /// Parts that replaced an earlier version.
    pub changed: u64,
    /// Parts that are stored already.
    pub unchanged: u64,
    /// Parts older than what is stored.
    pub older: u64,
    /// Parts that took a record back.
    pub withdrawn: u64,
    /// Records refused, by reason.
    pub quarantined: BTreeMap<String, u64>,
    /// Things mended or left out, by reason, with one message.
    pub warnings: BTreeMap<String, Tally>,
    /// Breaches of the data standard, by rule, with one message.
    pub standard: BTreeMap<String, Tally>,
    /// Elements that no field takes, by path.
    pub unread: BTreeMap<String, u64>,
    /// Parts that have each field.
    pub completeness: BTreeMap<String, u64>,
}

/// A number with one example.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Tally {
    /// How often.
    pub count: u64,
    /// The first message.
    pub example: String,
}

/// One refused record or file.
#[derive(Clone, Debug, Serialize)]
pub struct Refused {
    /// File.
    pub file: String,
    /// Byte offset of the record; absent for a file as a whole.
    pub position: Option<u64>,
    /// Reason code.
    pub code: String,
    /// What, where, what to do.
    pub message: String,
}

impl Report {
    /// Whether nothing was refused.
    pub fn is_clean(&self) -> bool {
        self.refused_total == 0
    }

    /// Sum over formats.
    pub fn total(&self, field: impl Fn(&FormatReport) -> u64) -> u64 {
        self.formats.values().map(field).sum()
    }

    /// Counts an item; findings of the data standard are judged as of `today`.
    pub(crate) fn count(&mut self, item: &Item, today: Date) {
        match item {
            Item::Enter { format, .. } => self.format(format).files += 1,
            Item::Record(parsed) => self.record(parsed, today),
            Item::Leave(_) => {}
            Item::PassedOver { why, .. } => *self.passed_over.entry(why.clone()).or_default() += 1,
            Item::Problem { file, problem } => self.refuse(file, None, problem),
        }
    }

    pub(crate) fn format(&mut self, name: &str) -> &mut FormatReport {
        if !self.formats.contains_key(name) {
            self.formats.insert(name.to_owned(), FormatReport::default());
        }
        self.formats.get_mut(name).unwrap_or_else(|| unreachable!("just inserted"))
    }

    fn refuse(&mut self, file: &str, position: Option<u64>, problem: &Problem) {
        self.refused_total += 1;
        if self.refused.len() < NAMED {
            let (code, message) = (problem.code.to_owned(), problem.message.clone());
            self.refused.push(Refused { file: file.to_owned(), position, code, message });
        }
    }

    fn record(&mut self, parsed: &Parsed, today: Date) {
        self.bytes += parsed.length as u64;
        let format = self.format(&parsed.format);
        format.records += 1;
        for (path, count) in &parsed.findings.unread {
            *format.unread.entry(path.clone()).or_default() += count;
        }
        if let Some(why) = parsed.findings.passed_over {
            *format.passed_over.entry(why.to_owned()).or_default() += 1;
        }
        for part in &parsed.findings.parts {
            format.part(part, today);
        }
        let mut refused = None;
        for problem in &parsed.findings.problems {
            if problem.severity == Severity::Refused {
                refused = refused.or(Some(problem));
            } else {
                tally(&mut format.warnings, problem.code, &problem.message);
            }
        }
        if let Some(problem) = refused {
            *format.quarantined.entry(problem.code.to_owned()).or_default() += 1;
            self.refuse(&parsed.origin.file, Some(parsed.origin.position), problem);
        }
    }
}

impl FormatReport {
    /// Share of the parts that have a field, in percent; withdrawals have none.
    pub fn percent(&self, count: u64) -> f64 {
        count as f64 * 100.0 / (self.parts - self.withdrawals).max(1) as f64
    }

    fn part(&mut self, part: &Part, today: Date) {
        self.parts += 1;
        if part.withdrawn {
            self.withdrawals += 1;
            return;
        }
        for (field, present) in standard::completeness(part) {
            let count = self.completeness.entry(field.to_owned()).or_default();
            *count += u64::from(present);
        }
        for finding in standard::check(part, today) {
            tally(&mut self.standard, finding.rule, &format!("{}: {}", part.key, finding.english));
        }
    }
}

fn tally(tallies: &mut BTreeMap<String, Tally>, code: &str, message: &str) {
    if let Some(tally) = tallies.get_mut(code) {
        tally.count += 1;
    } else {
        tallies.insert(code.to_owned(), Tally { count: 1, example: message.to_owned() });
    }
}
