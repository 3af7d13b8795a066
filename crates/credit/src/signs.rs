//! Signs of filings that want a look: plain counting, no verdict.

use std::collections::BTreeMap;

use jiff::civil::{Date, date};

use crate::{Conditions, Filing, FilingState, LeadKind, Profile};

/// From when on a figure is a sign.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Limits {
    /// A jump has at least so many filings in the year.
    pub jump_least: u64,
    /// And so many times those of the year before.
    pub jump_times: f64,
    /// Filings with nearly the same title at one address.
    pub alike_least: usize,
    /// Filings of one inventor on one day.
    pub inventor_day_least: usize,
    /// Shares are compared from so many decided filings on.
    pub decided_least: u64,
    /// A share is far from peers when it differs by so much, of one.
    pub share_gap: f64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            jump_least: 20,
            jump_times: 3.0,
            alike_least: 5,
            inventor_day_least: 5,
            decided_least: 20,
            share_gap: 0.25,
        }
    }
}

/// A sign: what was counted, and where.
#[derive(Clone, Debug, PartialEq)]
pub struct Sign {
    /// Of which kind.
    pub kind: LeadKind,
    /// What it is about, the same as long as it is the same sign: a year, an address with a title, an inventor with a day.
    pub subject: String,
    /// The figure.
    pub figure: f64,
    /// What it is compared with.
    pub against: Option<f64>,
    /// Filed from and to.
    pub filed: Option<(Date, Date)>,
    /// Of which inventor.
    pub inventor: Option<String>,
    /// From which address.
    pub address: Option<String>,
    /// With which words in the title.
    pub title: Option<String>,
    /// In which state.
    pub state: Option<FilingState>,
}

impl Sign {
    fn new(kind: LeadKind, subject: String, figure: f64) -> Self {
        Self {
            kind,
            subject,
            figure,
            against: None,
            filed: None,
            inventor: None,
            address: None,
            title: None,
            state: None,
        }
    }

    /// The conditions of the list behind it.
    pub fn conditions<'a>(&'a self, agents: &'a [String]) -> Conditions<'a> {
        Conditions {
            agents,
            filed: self.filed,
            state: self.state,
            inventor: self.inventor.as_deref(),
            address: self.address.as_deref(),
            title: self.title.as_deref(),
        }
    }
}

/// All signs of an agency's filings, in a fixed order.
pub fn signs(filings: &[Filing], profile: &Profile, limits: &Limits) -> Vec<Sign> {
    let mut signs = jumps(profile, limits);
    signs.extend(alike(filings, limits));
    signs.extend(inventor_days(filings, limits));
    signs.extend(shares(profile, limits));
    signs.sort_by(|a, b| (a.kind, &a.subject).cmp(&(b.kind, &b.subject)));
    signs
}

#[expect(clippy::cast_precision_loss, reason = "counts of filings are far below 2^52")]
fn jumps(profile: &Profile, limits: &Limits) -> Vec<Sign> {
    let years: Vec<(i16, u64)> = profile.years.iter().map(|(year, counts)| (*year, counts.filed)).collect();
    let jump = |pair: &[(i16, u64)]| {
        let ((_, before), (year, now)) = (pair[0], pair[1]);
        let far = now as f64 >= limits.jump_times * (before as f64) && now >= limits.jump_least && before > 0;
        far.then(|| Sign {
            against: Some(before as f64),
            filed: Some((date(year, 1, 1), date(year, 12, 31))),
            ..Sign::new(LeadKind::Jump, year.to_string(), now as f64)
        })
    };
    years.windows(2).filter_map(jump).collect()
}

/// The title without what tells one of a row from the next: digits, letters, numerals, punctuation.
pub fn skeleton(title: &str) -> String {
    let counting = "一二三四五六七八九十甲乙丙丁";
    title
        .chars()
        .filter(|c| c.is_alphanumeric() && !c.is_ascii_digit() && !counting.contains(*c))
        .collect::<String>()
        .to_lowercase()
}

#[expect(clippy::cast_precision_loss, reason = "counts of filings are far below 2^52")]
fn alike(filings: &[Filing], limits: &Limits) -> Vec<Sign> {
    let mut groups: BTreeMap<(&str, String), Vec<&Filing>> = BTreeMap::new();
    for filing in filings.iter().filter(|filing| !filing.address.is_empty()) {
        let skeleton = skeleton(&filing.title);
        if !skeleton.is_empty() {
            groups.entry((&filing.address, skeleton)).or_default().push(filing);
        }
    }
    let sign = |((address, skeleton), group): ((&str, String), Vec<&Filing>)| {
        (group.len() >= limits.alike_least).then(|| Sign {
            filed: span(&group),
            address: Some(address.to_owned()),
            title: Some(common(&group)),
            ..Sign::new(LeadKind::AlikeAtAddress, format!("{address} {skeleton}"), group.len() as f64)
        })
    };
    groups.into_iter().filter_map(sign).collect()
}

/// The longest beginning that all titles share, or the shortest title.
fn common(group: &[&Filing]) -> String {
    let first = group.first().map_or("", |filing| filing.title.as_str());
    let mut shared: Vec<char> = first.chars().collect();
    for filing in group {
        let same = shared.iter().zip(filing.title.chars()).take_while(|(a, b)| **a == *b).count();
        shared.truncate(same);
    }
    shared.into_iter().collect::<String>().trim().to_owned()
}

fn span(group: &[&Filing]) -> Option<(Date, Date)> {
    let days = || group.iter().filter_map(|filing| filing.filed);
    Some((days().min()?, days().max()?))
}

#[expect(clippy::cast_precision_loss, reason = "counts of filings are far below 2^52")]
fn inventor_days(filings: &[Filing], limits: &Limits) -> Vec<Sign> {
    let mut days: BTreeMap<(&str, Date), usize> = BTreeMap::new();
    for filing in filings {
        let Some(day) = filing.filed else { continue };
        let mut inventors: Vec<&str> = filing.inventors.iter().map(String::as_str).collect();
        inventors.sort_unstable();
        inventors.dedup();
        for inventor in inventors {
            *days.entry((inventor, day)).or_default() += 1;
        }
    }
    let sign = |((inventor, day), count): ((&str, Date), usize)| {
        (count >= limits.inventor_day_least).then(|| Sign {
            filed: Some((day, day)),
            inventor: Some(inventor.to_owned()),
            ..Sign::new(LeadKind::InventorDay, format!("{inventor} {day}"), count as f64)
        })
    };
    days.into_iter().filter_map(sign).collect()
}

fn shares(profile: &Profile, limits: &Limits) -> Vec<Sign> {
    let mut signs = Vec::new();
    for share in &profile.shares {
        let (Some(own), Some(peers)) = (share.own, share.peers) else { continue };
        let kind = match share.state {
            FilingState::Granted if peers - own >= limits.share_gap => LeadKind::FewGrants,
            FilingState::Withdrawn if own - peers >= limits.share_gap => LeadKind::ManyWithdrawals,
            _ => continue,
        };
        if share.of >= limits.decided_least {
            let sign = Sign::new(kind, "all".to_owned(), own);
            signs.push(Sign { against: Some(peers), state: Some(share.state), ..sign });
        }
    }
    signs
}

#[cfg(test)]
#[path = "signs_tests.rs"]
mod tests;
