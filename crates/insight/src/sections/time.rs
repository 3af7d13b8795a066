//! Sections along the years.

use charts::{Bars, Kind, LifeCycle, Mark, Period, Point, Series, Step, Trend as Columns};
use index::FacetField;
use records::Status;

use crate::section::{Page, Section, number, percent};
use crate::{SectionId, Trend, Year};

/// Rights by filing year.
pub(crate) fn filed(page: &Page<'_>) -> Section {
    let trend = &page.analysis.filed;
    let title = page.say("申请趋势", "Filings by year");
    let name = page.say("申请量（件）", "Applications");
    let section = page.section(
        SectionId::Trend,
        title,
        &incompleteness(page),
        peak(page, trend),
        Kind::Columns(Columns {
            period_head: page.say("申请年", "Filing year").to_owned(),
            value_head: name.to_owned(),
            periods: periods(&trend.years),
            series: vec![series(page, name, &trend.years, &trend.years, FacetField::FilingYear)],
        }),
    );
    with_rest(page, section, trend, "没有申请日", "no filing date")
}

/// How filing years are counted and which are incomplete.
fn incompleteness(page: &Page<'_>) -> String {
    let lag = page.analysis.lag;
    match page.analysis.newest {
        Some(newest) if page.lang() == "zh" => format!(
            "按申请日所在年份计数。申请一般在申请日起 {lag} 个月内公布；数据中最新的公布日为 {newest}，在此之前 {lag} 个月内的申请\
             可能尚未公布，相应年份以斜线标出，不宜与其他年份比较。"
        ),
        Some(newest) => format!(
            "Counted by the year of the filing date. Applications are published within {lag} months as a rule and the \
             newest publication here is of {newest}: years with filings that may not be out yet are hatched and should \
             not be compared with others."
        ),
        None => page
            .say(
                "按申请日所在年份计数。数据中没有公布日，无法判断哪些年份完整，故全部以斜线标出。",
                "Counted by the year of the filing date. No publication date is known, so no year can be called complete \
                 and all are hatched.",
            )
            .to_owned(),
    }
}

/// Rights by year of first publication and of grant.
pub(crate) fn published(page: &Page<'_>) -> Section {
    let (published, granted) = (&page.analysis.published, &page.analysis.granted);
    let years = joint(&published.years, &granted.years);
    let names = (page.say("公开（件）", "Published"), page.say("授权或注册（件）", "Granted or registered"));
    let section = page.section(
        SectionId::Published,
        page.say("公开与授权趋势", "Publications and grants by year"),
        page.say(
            "按首次公开日和授权（注册）日所在年份分别计数，同一件权利可在不同年份各计一次。尚未结束的年份以斜线标出。",
            "Counted by the year of first publication and by that of grant or registration; a right counts once in each. \
             Years that are not over are hatched.",
        ),
        peak(page, published),
        Kind::Columns(Columns {
            period_head: page.say("年份", "Year").to_owned(),
            value_head: page.rights(),
            periods: periods(&years),
            series: vec![
                series(page, names.0, &years, &published.years, FacetField::PublicationYear),
                series(page, names.1, &years, &granted.years, FacetField::GrantYear),
            ],
        }),
    );
    with_rest(page, section, published, "没有公开日", "no publication date")
}

/// Growth from year to year.
pub(crate) fn growth(page: &Page<'_>) -> Section {
    let growth = &page.analysis.growth;
    let marks = growth.yearly.iter().rev().filter_map(|year| {
        let label = year.year.to_string();
        let rate = (year.rate? * 1000.0).round() / 10.0;
        Some(Mark::new(&label, rate).link(page.list(FacetField::FilingYear, &label)))
    });
    let compound = growth.compound.map_or_else(
        || {
            page.say("完整年份不足两年，无法计算年均增长率。", "Less than two complete years: no compound rate.")
                .to_owned()
        },
        |growth| {
            let rate = percent(growth.rate);
            if page.lang() == "zh" {
                format!("{} 至 {} 年的年均复合增长率为 {rate}。", growth.from, growth.to)
            } else {
                format!("Compound annual growth from {} to {}: {rate}.", growth.from, growth.to)
            }
        },
    );
    let mut section = page.section(
        SectionId::Growth,
        page.say("增长率", "Growth"),
        page.say(
            "每个完整申请年与上一年相比的变化；年均复合增长率为（末年÷首年）的（1÷年数）次方减一，首年取第一个有申请的完整年份。\
             不完整的年份不计；上一年为零时无增长率。",
            "Change of each complete filing year against the year before. The compound rate is (last ÷ first) to the power \
             of (1 ÷ years) minus one, from the first complete year with any filing. Incomplete years are left out; there is \
             no rate after a year with nothing.",
        ),
        compound.clone(),
        Kind::Bars(Bars {
            label_head: page.say("申请年", "Filing year").to_owned(),
            value_head: page.say("较上年增长（%）", "Change on the year before (%)").to_owned(),
            marks: marks.collect(),
        }),
    );
    section.figure = section.figure.noted(compound);
    section
}

/// Applicants against applications.
pub(crate) fn life_cycle(page: &Page<'_>) -> Section {
    let years = &page.analysis.life_cycle;
    let steps = years.iter().map(|year| Step {
        label: year.year.to_string(),
        x: year.applicants as f64,
        y: year.applications as f64,
        incomplete: !year.complete,
        href: Some(page.list(FacetField::FilingYear, &year.year.to_string())),
    });
    let seen = match (years.first(), years.last()) {
        (Some(first), Some(last)) if page.lang() == "zh" => format!(
            "{} 年 {} 个申请人申请 {} 件，{} 年 {} 个申请人申请 {} 件。",
            first.year, first.applicants, first.applications, last.year, last.applicants, last.applications
        ),
        (Some(first), Some(last)) => format!(
            "{}: {} applicants, {} applications; {}: {} applicants, {} applications.",
            first.year, first.applicants, first.applications, last.year, last.applicants, last.applications
        ),
        _ => String::new(),
    };
    page.section(
        SectionId::LifeCycle,
        page.say("生命周期", "Life cycle"),
        page.say(
            "每个申请年一个点：横轴为不同申请人数，纵轴为申请量，按年份相连。两者同增为成长，趋于停滞为成熟，同减为衰退。\
             同一名称的大小写、全半角、标点和繁简写法视为一个申请人。",
            "One point a filing year: different applicants across, applications upwards, joined in order. Both rising is \
             growth, both standing maturity, both falling decline. Spellings of a name that differ in case, width, \
             punctuation or simplified and traditional characters are one applicant.",
        ),
        seen,
        Kind::LifeCycle(LifeCycle {
            period_head: page.say("申请年", "Filing year").to_owned(),
            x_head: page.say("申请人数", "Applicants").to_owned(),
            y_head: page.say("申请量（件）", "Applications").to_owned(),
            steps: steps.collect(),
        }),
    )
}

/// Legal status by filing year.
pub(crate) fn status(page: &Page<'_>) -> Section {
    let (cross, years) = (&page.analysis.status_by_year, &page.analysis.filed.years);
    let place = |status: Status| cross.rows.iter().position(|row| row.value == status.code());
    let series = Status::ALL.into_iter().filter_map(|status| {
        let row = place(status)?;
        let clause = search::clause(FacetField::Status, status.code());
        let mut points = vec![Some(Point::count(0)); years.len()];
        for cell in cross.cells.iter().filter(|cell| cell.row == row) {
            let (Some(point), Some(column)) = (points.get_mut(cell.column), cross.columns.get(cell.column)) else {
                continue;
            };
            let year = search::clause(FacetField::FilingYear, &column.value);
            *point = Some(Point::count(cell.count).link(page.links.to(&[&clause, &year])));
        }
        let href = Some(page.links.to(&[&clause]));
        Some(Series { name: status.label(page.lang()).to_owned(), href, points })
    });
    let series: Vec<Series> = series.collect();
    // Without a row there is no table of years either.
    let periods = if series.is_empty() { Vec::new() } else { periods(years) };
    page.section(
        SectionId::StatusByYear,
        page.say("各申请年的法律状态", "Legal status by filing year"),
        page.say(
            "每件权利按其申请年和分析当日的法律状态计一次。",
            "Each right counts once, by its filing year and its status on the day of the analysis.",
        ),
        String::new(),
        Kind::Stacked(Columns {
            period_head: page.say("申请年", "Filing year").to_owned(),
            value_head: page.rights(),
            periods,
            series,
        }),
    )
}

fn periods(years: &[Year]) -> Vec<Period> {
    years.iter().map(|year| Period { label: year.year.to_string(), incomplete: !year.complete }).collect()
}

/// The counts of `own` at the places of `years`: a year without any is zero.
fn series(page: &Page<'_>, name: &str, years: &[Year], own: &[Year], field: FacetField) -> Series {
    let point = |year: &Year| {
        let count = own.iter().find(|found| found.year == year.year).map_or(0, |found| found.count);
        let point = Point::count(count);
        if count > 0 { point.link(page.list(field, &year.year.to_string())) } else { point }
    };
    Series { name: name.to_owned(), href: None, points: years.iter().map(|year| Some(point(year))).collect() }
}

/// All years of two series, none left out between; of two opinions the one that doubts holds.
fn joint(one: &[Year], other: &[Year]) -> Vec<Year> {
    let all = || one.iter().chain(other);
    let (Some(first), Some(last)) = (all().map(|year| year.year).min(), all().map(|year| year.year).max()) else {
        return Vec::new();
    };
    let first = first.max(last.saturating_sub(crate::MOST_YEARS as i16 - 1));
    let complete = |wanted: i16| all().filter(|year| year.year == wanted).all(|year| year.complete);
    (first..=last).map(|year| Year { year, count: 0, complete: complete(year) }).collect()
}

/// The year with the most.
fn peak(page: &Page<'_>, trend: &Trend) -> String {
    let (Some(first), Some(last)) = (trend.years.first(), trend.years.last()) else { return String::new() };
    let Some(peak) = trend.years.iter().max_by_key(|year| (year.count, std::cmp::Reverse(year.year))) else {
        return String::new();
    };
    let count = number(peak.count);
    if page.lang() == "zh" {
        format!("{} 至 {} 年，{} 年最多，为 {count} 件。", first.year, last.year, peak.year)
    } else {
        format!("{} to {}; the most in {}: {count}.", first.year, last.year, peak.year)
    }
}

/// What has no place on the axis is told under it.
fn with_rest(page: &Page<'_>, mut section: Section, trend: &Trend, zh: &str, en: &str) -> Section {
    let mut note = |count: u64, zh: String, en: String| {
        if count > 0 {
            let text = page.say(&zh, &en).to_owned();
            section.figure.notes.push(text);
        }
    };
    let first = trend.years.first().map_or(0, |year| year.year);
    let (earlier, later, undated) = (number(trend.earlier), number(trend.later), number(trend.undated));
    note(trend.earlier, format!("{first} 年以前：{earlier} 件"), format!("Before {first}: {earlier}"));
    note(
        trend.later,
        format!("日期晚于分析当日（数据来源有误）：{later} 件"),
        format!("Dated after the day of the analysis (mistakes of the source): {later}"),
    );
    note(trend.undated, format!("{zh}：{undated} 件"), format!("With {en}: {undated}"));
    section
}
