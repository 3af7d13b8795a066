//! What has changed since an analysis was saved.

use std::collections::BTreeMap;

use records::{Date, RightId, Status};
use register::{ChangeKind, Register};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Analysis, InsightError, Ranking, Saved};

/// Entries of the feed read one by one; beyond them only their number is told.
const MOST_ENTRIES: i64 = 20_000;
/// Entries fetched at a time.
const PAGE: u32 = 5_000;
/// Applicants compared.
const APPLICANTS: usize = 10;

/// Then and now.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Changes {
    /// Changes of rights in the whole register since then, whether they concern this analysis or not.
    pub entries: u64,
    /// Different rights that are new or other than they were; absent when there are too many entries to look through.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub changed: Option<u64>,
    /// Different rights that are no more; absent like `changed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub removed: Option<u64>,
    /// Rights of the analysis then.
    pub total_then: u64,
    /// Rights of the analysis now.
    pub total_now: u64,
    /// Day of the saved analysis; states and incomplete years hold for it.
    #[schema(value_type = String, format = Date)]
    pub day_then: Date,
    /// Day of the new one.
    #[schema(value_type = String, format = Date)]
    pub day_now: Date,
    /// Main figures that differ, in the order of the page.
    pub figures: Vec<Difference>,
}

impl Changes {
    /// Whether everything looked at is as it was.
    pub fn is_none(&self) -> bool {
        self.entries == 0 && self.figures.is_empty() && self.total_then == self.total_now
    }
}

/// A figure that differs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Difference {
    /// Its name in Chinese.
    pub zh: String,
    /// Its name in English.
    pub en: String,
    /// Its value then.
    pub then: f64,
    /// Its value now.
    pub now: f64,
}

/// Compares a saved analysis with the same query and settings analysed now.
pub async fn changes(saved: &Saved, now: &Analysis, register: &Register) -> Result<Changes, InsightError> {
    let entries = (register.last_seq().await? - saved.seq).max(0);
    let touched = if entries <= MOST_ENTRIES { Some(touched(saved.seq, register).await?) } else { None };
    let of_kind =
        |kind| touched.as_ref().map(|touched| touched.values().filter(|change| **change == kind).count() as u64);
    Ok(Changes {
        entries: entries.unsigned_abs(),
        changed: of_kind(ChangeKind::Put),
        removed: of_kind(ChangeKind::Remove),
        total_then: saved.analysis.total,
        total_now: now.total,
        day_then: saved.analysis.day,
        day_now: now.day,
        figures: differences(&saved.analysis, now),
    })
}

/// What happened last to each right after a position of the feed.
async fn touched(after: i64, register: &Register) -> Result<BTreeMap<RightId, ChangeKind>, InsightError> {
    let mut touched = BTreeMap::new();
    let mut last = after;
    // The feed may grow meanwhile: what is read is bounded all the same.
    while last - after <= MOST_ENTRIES {
        let page = register.feed(last, PAGE).await?;
        let Some(end) = page.last() else { break };
        last = end.seq;
        touched.extend(page.into_iter().map(|change| (change.right, change.change)));
    }
    Ok(touched)
}

/// Main figures that differ.
fn differences(then: &Analysis, now: &Analysis) -> Vec<Difference> {
    let mut found = Vec::new();
    let mut compare = |zh: String, en: String, then: f64, now: f64| {
        if (then - now).abs() > 1e-9 {
            found.push(Difference { zh, en, then, now });
        }
    };
    let mut counts = |zh: &str, en: &str, then: u64, now: u64| {
        compare(zh.to_owned(), en.to_owned(), then as f64, now as f64);
    };
    counts("权利总数", "Rights", then.total, now.total);
    for status in Status::ALL {
        let of = |analysis: &Analysis| count_of(&analysis.status, status.code());
        counts(status.label("zh"), status.label("en"), of(then), of(now));
    }
    let different = |analysis: &Analysis| analysis.concentration.as_ref().map_or(0, |found| found.applicants);
    counts("申请人数", "Applicants", different(then), different(now));
    for name in leading(then, now) {
        let of = |analysis: &Analysis| {
            analysis.applicants.entries.iter().find(|entry| entry.value == name).map(|entry| entry.count)
        };
        // One that is outside the ranking of either has a count that is not known.
        if let (Some(then), Some(now)) = (of(then), of(now)) {
            counts(name, name, then, now);
        }
    }
    let hhi = |analysis: &Analysis| analysis.concentration.as_ref().map_or(0.0, |found| found.hhi.round());
    compare("赫芬达尔指数 HHI".to_owned(), "Herfindahl–Hirschman index".to_owned(), hhi(then), hhi(now));
    let rate =
        |analysis: &Analysis| analysis.growth.compound.map_or(0.0, |growth| (growth.rate * 1000.0).round() / 10.0);
    compare("年均复合增长率（%）".to_owned(), "Compound annual growth (%)".to_owned(), rate(then), rate(now));
    found
}

fn count_of(ranking: &Ranking, value: &str) -> u64 {
    ranking.entries.iter().find(|entry| entry.value == value).map_or(0, |entry| entry.count)
}

/// The largest applicants of either, none twice.
fn leading<'a>(then: &'a Analysis, now: &'a Analysis) -> Vec<&'a str> {
    let mut names: Vec<&str> = Vec::new();
    let top = |analysis: &'a Analysis| analysis.applicants.entries.iter().take(APPLICANTS);
    for entry in top(now).chain(top(then)) {
        if !names.contains(&entry.value.as_str()) {
            names.push(&entry.value);
        }
    }
    names
}

#[cfg(test)]
#[path = "changes_tests.rs"]
mod tests;
