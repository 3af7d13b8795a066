//! The service network: who is there by kind, and what the year changed.

use std::collections::BTreeMap;

use charts::{Bars, Kind, Mark, TableCell};
use jiff::ToSpan as _;
use network::{Kind as OrganisationKind, Level, Node, Status};

use crate::chapter::{count, figure, linked, number, table, text};
use crate::gather::About;
use crate::{Chapter, YearlyError};

pub(super) async fn chapter(about: &About<'_>) -> Result<Chapter, YearlyError> {
    let before = about.from.saturating_sub(1.day());
    let earlier = about.rooms.network.descendants(&about.unit.id, before).await?;
    let (now, then) = (by_kind(&about.tree), by_kind(&earlier));
    let known_before = !earlier.is_empty();
    let (all, all_then) = (now.values().sum::<u64>(), then.values().sum::<u64>());
    let region = about.unit.region.as_str();
    let list = |kind: OrganisationKind| format!("/network?kind={kind}&region={region}&as_of={}", about.to);
    let mut rows: Vec<Vec<TableCell>> = Vec::new();
    let mut marks = Vec::new();
    for kind in OrganisationKind::ALL.iter().filter(|kind| now.contains_key(kind) || then.contains_key(kind)) {
        let (has, had) = (now.get(kind).copied().unwrap_or(0), then.get(kind).copied().unwrap_or(0));
        let label = kind.label(about.lang());
        rows.push(vec![
            text(label),
            linked(count(has), list(*kind)),
            number(known_before.then_some(had as f64)),
            number(known_before.then_some(has as f64 - had as f64)),
        ]);
        marks.push(Mark { label: label.to_owned(), value: has as f64, href: Some(list(*kind)), note: None });
    }
    let told = if about.zh {
        let before = if known_before { format!("，上年末为 {all_then} 家") } else { String::new() };
        format!("截至 {}，在运行的机构和网点共 {all} 家{before}。", about.to)
    } else {
        let before = if known_before { format!("; a year before there were {all_then}") } else { String::new() };
        format!("On {} {all} bodies and outlets were at work{before}.", about.to)
    };
    let mut words = vec![told];
    words.extend(reach(about).await?);
    let heads = [
        about.t("类型", "Kind"),
        about.t("期末", "At the end"),
        about.t("上年末", "A year before"),
        about.t("增减", "Change"),
    ];
    let title = about.t("按类型的服务机构", "Bodies and outlets by kind");
    let bars =
        Bars {
            label_head: about.t("类型", "Kind").to_owned(), value_head: about.t("家", "Bodies").to_owned(), marks
        };
    Ok(Chapter {
        key: "network",
        title: about.t("服务网络", "The service network").to_owned(),
        text: words,
        figures: vec![figure("kinds", title, String::new(), about.t("没有机构", "None"), Kind::Bars(bars))],
        tables: vec![table(title, &heads, rows)],
        source: if about.zh {
            format!("来源：服务网络名录，截至 {}", about.to)
        } else {
            format!("Source: directory of the network as of {}", about.to)
        },
    })
}

/// How far the country or a province is covered; cities and outlets have no such figure.
async fn reach(about: &About<'_>) -> Result<Option<String>, YearlyError> {
    if !matches!(about.unit.level, Level::Nation | Level::Province) {
        return Ok(None);
    }
    let coverage = about.rooms.network.coverage(about.to).await?;
    if about.unit.level == Level::Nation {
        let (provinces, prefectures) = (&coverage.provinces, &coverage.prefectures);
        return Ok(Some(if about.zh {
            format!(
                "{} 个省级行政区中有 {} 个设有省级公共服务机构；地市级覆盖 {} / {}，为 {} %。",
                provinces.of, provinces.covered, prefectures.covered, prefectures.of, prefectures.percent
            )
        } else {
            format!(
                "Of {} provinces {} have a provincial public-service body; of {} prefectures {} have one of their own ({} %).",
                provinces.of, provinces.covered, prefectures.of, prefectures.covered, prefectures.percent
            )
        }));
    }
    let own = coverage.by_province.into_iter().find(|row| row.region == about.unit.region);
    Ok(own.filter(|row| row.prefectures > 0).map(|row| {
        if about.zh {
            format!("全省 {} 个地市级行政区中，{} 个设有公共服务机构。", row.prefectures, row.prefectures_covered)
        } else {
            format!("Of its {} prefectures {} have a public-service body.", row.prefectures, row.prefectures_covered)
        }
    }))
}

fn by_kind(tree: &[Node]) -> BTreeMap<OrganisationKind, u64> {
    let mut kinds = BTreeMap::new();
    for node in tree.iter().filter(|node| node.status == Status::Active) {
        *kinds.entry(node.kind).or_default() += 1;
    }
    kinds
}
