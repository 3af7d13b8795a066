//! Warnings of the demonstration: the rules checked at three moments, and what people did with some of what fired.

use anyhow::{Context, Result};
use jiff::{SignedDuration, Timestamp};
use warnings::{Act, Outcome, Severity, State, Step, Warning, WarningQuery};

use super::super::service::system;
use super::Rooms;

/// Days before now on which the rules are checked.
const CHECKS: [i64; 3] = [45, 12, 0];

/// Checks the rules and works some of the warnings. What is there stays.
pub(super) async fn fill(rooms: &Rooms, now: Timestamp) -> Result<()> {
    let any = WarningQuery { limit: 1, ..WarningQuery::default() };
    if !rooms.warnings.warnings(&system(), &any).await?.rows.is_empty() {
        return Ok(());
    }
    for ago in CHECKS {
        let at = now - SignedDuration::from_hours(24 * ago);
        rooms.warnings.check(at).await.context("checking the rules")?;
        if ago > 0 {
            work(rooms, at + SignedDuration::from_hours(30)).await.context("working warnings")?;
        }
    }
    Ok(())
}

/// Of the newest warnings some are acknowledged, some closed with each of the results.
async fn work(rooms: &Rooms, at: Timestamp) -> Result<()> {
    let asked = WarningQuery { open: true, limit: 200, ..WarningQuery::default() };
    let open = rooms.warnings.warnings(&system(), &asked).await?.rows;
    let mut write = rooms.database.write().await?;
    for (number, warning) in open.iter().enumerate() {
        // What is severe, and what filings tell, is left for whoever looks at the demonstration.
        let left = warning.severity == Severity::Serious || warning.rule.code.as_str() == "W-FILING-JUMP";
        if left || warning.state != State::New {
            continue;
        }
        let steps: &[(Act, &str, Option<Outcome>)] = match number % 7 {
            1 => &[(Act::Acknowledge, "", None)],
            3 => &[(Act::Acknowledge, "", None), (Act::Comment, "已联系单位，本周内反馈。", None)],
            4 => &[(Act::Close, "已整改，材料留档。", Some(Outcome::DealtWith))],
            5 => &[(Act::Close, "数据口径调整所致，不是实际情况。", Some(Outcome::Mistaken))],
            6 => &[(Act::Close, "新设单位，过渡期内予以容忍。", Some(Outcome::Tolerated))],
            _ => &[],
        };
        let mut seen: Warning = warning.clone();
        for (act, words, outcome) in steps {
            let step =
                Step { id: &seen.id, version: seen.version, act: *act, words, assignee: None, outcome: *outcome };
            seen = warnings::step(&mut write, at, &system(), &step).await?;
        }
    }
    Ok(write.commit().await?)
}
