//! The indicators of the unit: this year, the year before, and what was to be reached.

use charts::{Table, TableCell};
use indicators::{Definition, Group, Period, PeriodKind, Reader, Reading, TableQuery, Trajectory};
use network::Level;

use crate::chapter::{linked, table, text};
use crate::gather::About;
use crate::{Chapter, YearlyError};

/// Tables by group of those that have a number, and in words how many have none.
pub(super) async fn chapter(about: &About<'_>) -> Result<Chapter, YearlyError> {
    let book = about.rooms.indicators.book().await?;
    let mut tables = Vec::new();
    let (mut known, mut missing) = (0_usize, Vec::new());
    for group in Group::ALL {
        let mut rows = Vec::new();
        let kept = |one: &&Definition| one.group == *group && one.is_for(about.unit.level);
        for definition in book.in_force(about.to).filter(kept) {
            match row(about, definition).await? {
                Some(row) => rows.push(row),
                None => missing.push(definition.name.text(about.lang()).to_owned()),
            }
        }
        known += rows.len();
        if !rows.is_empty() {
            tables.push(of_group(about, *group, rows));
        }
    }
    Ok(Chapter {
        key: "indicators",
        title: about.t("指标", "Indicators").to_owned(),
        text: told(about, known, &missing),
        figures: Vec::new(),
        tables,
        source: if about.zh {
            format!("来源：经审定的填报值和平台统计值，截至 {}", about.to)
        } else {
            format!("Source: accepted and computed values as of {}", about.to)
        },
    })
}

fn of_group(about: &About<'_>, group: Group, rows: Vec<Vec<TableCell>>) -> Table {
    let heads = [
        about.t("指标", "Indicator"),
        about.t("期间", "Period"),
        about.t("本期", "Value"),
        about.t("上年同期", "A year before"),
        about.t("本期目标", "Target by then"),
    ];
    table(group.label(about.lang()), &heads, rows)
}

/// The row of an indicator; none when it has no settled number.
async fn row(about: &About<'_>, definition: &Definition) -> Result<Option<Vec<TableCell>>, YearlyError> {
    let period = period(about, definition);
    let (units, periods) = ([about.unit.id.clone()], [period.last_year(), period]);
    let asked = TableQuery { code: &definition.code, units: &units, periods: &periods, as_of: None, today: about.to };
    let read = about.rooms.indicators.table(Reader::For(&about.reader), &asked).await?;
    let number = |at: usize| read.readings.get(at).and_then(Reading::settled_number);
    let Some(value) = number(1) else { return Ok(None) };
    let cell = |number: Option<f64>| match number {
        Some(number) => TableCell { text: definition.written(number), value: Some(number), href: None },
        None => text("—"),
    };
    let target = trajectory(about, definition).await?.and_then(|way| way.at(period));
    let address = format!("/governance/indicators/{}?unit={}", definition.code, about.unit.id);
    let name = format!("{} ({})", definition.name.text(about.lang()), definition.unit.text(about.lang()));
    Ok(Some(vec![
        linked(text(name), address),
        text(period.label(about.lang())),
        cell(Some(value)),
        cell(number(0)),
        cell(target),
    ]))
}

/// The way to the unit's own target; the country's is in the definition.
async fn trajectory(about: &About<'_>, definition: &Definition) -> Result<Option<Trajectory>, YearlyError> {
    let targets = about.rooms.indicators.targets(&definition.code).await?;
    let own = targets.iter().find(|target| target.unit == about.unit.id).and_then(indicators::Target::trajectory);
    Ok(own.or_else(|| definition.trajectory().filter(|_| about.unit.level == Level::Nation)))
}

/// The year where it is kept by years, else the last period of its longest kind that is over or running.
fn period(about: &About<'_>, definition: &Definition) -> Period {
    let kinds = [PeriodKind::Year, PeriodKind::Half, PeriodKind::Quarter, PeriodKind::Month];
    let kind = kinds.into_iter().find(|kind| definition.keeps(*kind)).unwrap_or(PeriodKind::Year);
    Period::of(kind, about.to)
}

fn told(about: &About<'_>, known: usize, missing: &[String]) -> Vec<String> {
    let lead = if about.zh {
        format!("{known} 项指标有审定或统计值。")
    } else {
        format!("{known} indicators have an accepted or computed value.")
    };
    if missing.is_empty() {
        return vec![lead];
    }
    let names = missing.join(about.t("、", ", "));
    let rest = if about.zh {
        format!("{} 项尚无数值，未按零计：{names}。", missing.len())
    } else {
        format!("{} have none yet, which is not zero: {names}.", missing.len())
    };
    vec![lead, rest]
}
