//! Figures over years.

use charts::{Kind, LifeCycle, Period, Point, Series, Step, Trend};
use index::FacetField;
use search::facet_label;

use super::drawing::{Drawing, Part};
use crate::Year;

/// Years drawn.
const SHOWN: usize = 25;

fn period(year: &Year) -> Period {
    Period { label: year.year.to_string(), incomplete: !year.complete }
}

/// Series of rights by year on one axis; `None` when none of them has any.
fn by_year(drawing: &Drawing<'_>, all: &[(FacetField, String, &crate::Trend)], head: String) -> Option<Kind> {
    let last = all.iter().filter_map(|(.., trend)| trend.years.last()).map(|year| year.year).max()?;
    let first = all.iter().filter_map(|(.., trend)| trend.years.first()).map(|year| year.year).min()?;
    let first = first.max(last - SHOWN as i16 + 1);
    let known = |trend: &crate::Trend, year: i16| trend.years.iter().find(|known| known.year == year).copied();
    let open = |year: i16| all.iter().any(|(.., trend)| known(trend, year).is_some_and(|year| !year.complete));
    let series = all.iter().filter(|(.., trend)| trend.listed() > 0).map(|(facet, name, trend)| {
        let point = |year: i16| {
            let count = known(trend, year).map_or(0, |known| known.count);
            Some(Point::count(count).link(drawing.list_of(*facet, &year.to_string())))
        };
        Series { name: name.clone(), href: None, points: (first..=last).map(point).collect() }
    });
    Some(Kind::Columns(Trend {
        period_head: head,
        value_head: drawing.rights(),
        series: series.collect(),
        periods: (first..=last).map(|year| Period { label: year.to_string(), incomplete: open(year) }).collect(),
    }))
}

/// Rights by filing year.
pub(super) fn trend(drawing: &Drawing<'_>) -> Option<Part> {
    let filed = &drawing.analysis.filed;
    let all = [(FacetField::FilingYear, drawing.t("申请", "Filed"), filed)];
    let kind = by_year(drawing, &all, drawing.t("申请年", "Filing year"))?;
    let method = drawing.t(
        "按申请日所在年份计数。专利申请一般满十八个月才公布，近年的申请数尚不完整。",
        "Counted by filing year. Patent applications are published after eighteen months, so recent years are not complete.",
    );
    let undated = (filed.undated > 0).then(|| match drawing.is_chinese() {
        true => format!("{} 项权利没有申请日", filed.undated),
        false => format!("{} rights have no filing date", filed.undated),
    });
    let earlier = (filed.earlier > 0).then(|| match drawing.is_chinese() {
        true => format!("更早年份另有 {} 项", filed.earlier),
        false => format!("{} more in earlier years", filed.earlier),
    });
    Some(Part::new(kind, method).noted(undated).noted(earlier))
}

/// Rights by year of first publication, and of grant or registration.
pub(super) fn published(drawing: &Drawing<'_>) -> Option<Part> {
    let analysis = drawing.analysis;
    let all = [
        (FacetField::PublicationYear, drawing.t("首次公开", "First published"), &analysis.published),
        (FacetField::GrantYear, drawing.t("授权或注册", "Granted or registered"), &analysis.granted),
    ];
    let kind = by_year(drawing, &all, drawing.t("年份", "Year"))?;
    let method = drawing.t(
        "按首次公开日、授权或注册日所在年份计数；当年数据只到最新公开日。",
        "Counted by year of first publication and of grant or registration; the current year ends with the newest publication.",
    );
    Some(Part::new(kind, method))
}

/// Change from year to year, in per cent.
pub(super) fn growth(drawing: &Drawing<'_>) -> Option<Part> {
    let growth = &drawing.analysis.growth;
    let known: Vec<_> = growth.yearly.iter().rev().take(SHOWN).rev().collect();
    if known.iter().all(|year| year.rate.is_none()) {
        return None;
    }
    let point = |rate: Option<f64>, year: i16| {
        let value = (rate? * 1000.0).round() / 10.0;
        Some(Point { value, ..Point::default() }.link(drawing.list_of(FacetField::FilingYear, &year.to_string())))
    };
    let kind = Kind::Lines(Trend {
        period_head: drawing.t("申请年", "Filing year"),
        value_head: drawing.t("增长率（%）", "Growth (%)"),
        periods: known.iter().map(|year| Period { label: year.year.to_string(), incomplete: false }).collect(),
        series: vec![Series {
            name: drawing.t("比上年", "Against the year before"),
            href: None,
            points: known.iter().map(|year| point(year.rate, year.year)).collect(),
        }],
    });
    let method = drawing.t(
        "完整申请年的申请量与上一年相比的增减；上一年为零时不计。",
        "Change of complete filing years against the year before; none after a year with nothing.",
    );
    let compound = growth.compound.as_ref().map(|rate| {
        let percent = format!("{:.1} %", rate.rate * 100.0);
        match drawing.is_chinese() {
            true => format!("{} 至 {} 年平均每年 {percent}", rate.from, rate.to),
            false => format!("{percent} a year from {} to {}", rate.from, rate.to),
        }
    });
    Some(Part::new(kind, method).noted(compound))
}

/// Applicants against applications, year after year.
pub(super) fn life_cycle(drawing: &Drawing<'_>) -> Option<Part> {
    let years = &drawing.analysis.life_cycle;
    if years.len() < 2 {
        return None;
    }
    let step = |year: &crate::LifeYear| Step {
        label: year.year.to_string(),
        x: year.applicants as f64,
        y: year.applications as f64,
        incomplete: !year.complete,
        href: Some(drawing.list_of(FacetField::FilingYear, &year.year.to_string())),
    };
    let kind = Kind::LifeCycle(LifeCycle {
        period_head: drawing.t("申请年", "Filing year"),
        x_head: drawing.t("申请人数", "Applicants"),
        y_head: drawing.t("申请量", "Applications"),
        steps: years.iter().rev().take(SHOWN).rev().map(step).collect(),
    });
    let method = drawing.t(
        "每年一个点：横轴为当年不同的申请人数，纵轴为当年的申请量。两者同增为成长期，申请量停滞而申请人减少为成熟或衰退期。",
        "A point a year: different applicants across, applications up. Both growing is a young field; fewer applicants with \
         no more applications is a ripe or shrinking one.",
    );
    Some(Part::new(kind, method))
}

/// Legal status by filing year.
pub(super) fn status_by_year(drawing: &Drawing<'_>) -> Option<Part> {
    let cross = &drawing.analysis.status_by_year;
    let years = &drawing.analysis.filed.years;
    let from = cross.columns.len().saturating_sub(SHOWN);
    if cross.columns.len() < 2 || cross.cells.is_empty() {
        return None;
    }
    let series = cross.rows.iter().enumerate().map(|(row, status)| {
        let mut points: Vec<Option<Point>> = vec![Some(Point::default()); cross.columns.len()];
        for cell in cross.cells.iter().filter(|cell| cell.row == row) {
            let year = &cross.columns[cell.column].value;
            let clauses = [
                search::clause(FacetField::Status, &status.value),
                search::clause(FacetField::FilingYear, year),
            ];
            points[cell.column] = Some(Point::count(cell.count).link(drawing.list(&[&clauses[0], &clauses[1]])));
        }
        Series {
            name: facet_label(FacetField::Status, &status.value, drawing.lang),
            href: Some(drawing.list_of(FacetField::Status, &status.value)),
            points: points.split_off(from),
        }
    });
    let periods = years.iter().skip(from).map(period).collect();
    let kind = Kind::Stacked(Trend {
        period_head: drawing.t("申请年", "Filing year"),
        value_head: drawing.rights(),
        series: series.collect(),
        periods,
    });
    let method = drawing.t(
        "各申请年的权利在分析当日的法律状态。",
        "The legal status, on the day of the analysis, of the rights of each filing year.",
    );
    Some(Part::new(kind, method))
}
