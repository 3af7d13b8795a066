//! Cases worth telling.

use accounts::Permission;
use cases::{By, Dated, InboxQuery, Outcome, Sort};

use crate::chapter::{linked, table, text};
use crate::gather::About;
use crate::{Chapter, YearlyError};

/// Cases that are told.
const TOLD: usize = 8;
/// Shortest summary that tells anything, in characters.
const SHORTEST: usize = 8;

/// Solved cases whose archive has a summary, latest first. Who asked for them and in which words is not told.
pub(super) async fn chapter(about: &About<'_>) -> Result<Option<Chapter>, YearlyError> {
    if !about.actor.may_at(Permission::ReadCases, &about.unit.id) {
        return Ok(None);
    }
    let query = InboxQuery {
        open: Some(false),
        outcome: Some(Outcome::Solved),
        dated: Some(Dated::Closed),
        from: Some(about.from),
        to: Some(about.to),
        sort: Sort::Touched,
        limit: 200,
        ..InboxQuery::all()
    };
    let found = about.rooms.cases.inbox(about.now, By::from(&about.reader), &query).await?;
    let told = found.cases.iter().filter_map(|listed| {
        let summary = listed.case.summary.as_deref().filter(|summary| summary.chars().count() >= SHORTEST)?;
        let case = &listed.case;
        Some(vec![
            linked(text(case.reference.to_string()), format!("/desk/cases/{}", case.id)),
            text(case.item_title.text(about.lang())),
            text(case.outlet_name.text(about.lang())),
            text(summary),
        ])
    });
    let rows: Vec<_> = told.take(TOLD).collect();
    let title = about.t("值得一说的办件", "Cases worth telling");
    let heads = [
        about.t("编号", "Number"),
        about.t("服务事项", "Service"),
        about.t("网点", "Outlet"),
        about.t("办理摘要", "What was done"),
    ];
    let words = if rows.is_empty() {
        about.t(
            "本年度办结并归档的办件尚无摘要。",
            "No case that was solved and archived in this year has a summary yet.",
        )
    } else {
        about.t(
            "以下为本年度已解决并归档的办件，不含申请人信息。",
            "Cases solved and archived in this year, without their clients.",
        )
    };
    let tables = if rows.is_empty() { Vec::new() } else { vec![table(title, &heads, rows)] };
    Ok(Some(Chapter {
        key: "cases",
        title: title.to_owned(),
        text: vec![words.to_owned()],
        figures: Vec::new(),
        tables,
        source: about.t("来源：办件归档摘要", "Source: summaries of the archive").to_owned(),
    }))
}
