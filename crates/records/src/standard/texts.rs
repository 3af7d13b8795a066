//! Empty texts and characters that do not belong in them.

use super::{Finding, Severity};
use crate::{Part, Party};

pub(super) fn check(part: &Part, findings: &mut Vec<Finding>) {
    let record = &part.record;
    let mut state = Texts::default();
    for text in &record.titles {
        state.text("titles", &text.text);
    }
    for text in &record.abstracts {
        state.text("abstracts", &text.text);
    }
    for claim in &record.claims {
        state.text("claims", &claim.text);
    }
    for paragraph in record.description.iter().flat_map(|d| &d.sections).flat_map(|s| &s.paragraphs) {
        state.text("description", paragraph);
    }
    let parties: [(&'static str, &[Party]); 4] = [
        ("applicants", &record.applicants),
        ("owners", &record.owners),
        ("inventors", &record.inventors),
        ("agents", &record.agents),
    ];
    for (field, parties) in parties {
        for party in parties {
            // Some offices name a party by its identifier or firm alone.
            let nameless = party.name.trim().is_empty() && (party.identifier.is_some() || party.organisation.is_some());
            if !nameless {
                state.text(field, &party.name);
            }
        }
    }
    for term in record.nice.iter().flat_map(|class| &class.terms) {
        state.text("nice", term);
    }
    for event in &record.events {
        state.characters("events", &event.text);
    }
    findings.extend(state.findings());
}

/// Counts by rule and field: one finding tells of all places.
#[derive(Default)]
struct Texts {
    counts: Vec<(Kind, &'static str, usize)>,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Empty,
    Control,
    Lost,
}

impl Texts {
    fn text(&mut self, field: &'static str, text: &str) {
        if text.trim().is_empty() {
            self.count(Kind::Empty, field);
        }
        self.characters(field, text);
    }

    fn characters(&mut self, field: &'static str, text: &str) {
        if text.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
            self.count(Kind::Control, field);
        }
        if text.contains(char::REPLACEMENT_CHARACTER) {
            self.count(Kind::Lost, field);
        }
    }

    fn count(&mut self, kind: Kind, field: &'static str) {
        match self.counts.iter_mut().find(|(k, f, _)| *k == kind && *f == field) {
            Some((_, _, count)) => *count += 1,
            None => self.counts.push((kind, field, 1)),
        }
    }

    fn findings(mut self) -> impl Iterator<Item = Finding> {
        self.counts.sort_by_key(|(kind, _, _)| *kind);
        self.counts.into_iter().map(|(kind, field, count)| {
            let (rule, severity, zh, en) = match kind {
                Kind::Empty => ("empty-text", Severity::Warning, "为空", "empty"),
                Kind::Control => ("control-character", Severity::Error, "含控制字符", "with control characters"),
                Kind::Lost => ("lost-character", Severity::Warning, "含替代字符", "with replacement characters"),
            };
            Finding {
                rule,
                field,
                severity,
                chinese: format!("{count} 处文本{zh}"),
                english: format!("{count} text(s) {en}"),
            }
        })
    }
}
