//! Rights, by province: one question with a facet for each measure, however many units there are.

use std::collections::HashMap;

use indicators::{Boxed, Figure, Figures, Measure, Period, Unit};
use jiff::civil::Date;
use network::Level;
use query::{Field, clause, with_clause};
use search::{Options, Searcher};

use super::{address, counted, measure, untold};

/// Regions that are counted at most: provinces, and states of applicants abroad.
const REGIONS: usize = 5_000;
/// Years after which a right counts as long maintained.
const LONG: i16 = 10;

/// Counts rights.
pub(crate) struct Rights {
    searcher: Searcher,
}

impl std::fmt::Debug for Rights {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Rights")
    }
}

impl Rights {
    pub(crate) fn new(searcher: Searcher) -> Self {
        Self { searcher }
    }

    async fn count(&self, query: &str, units: &[Unit], today: Date) -> Result<Vec<Figure>, String> {
        let facets = vec![(index::FacetField::Region, REGIONS)];
        let options = Options { limit: 0, facets, snippets: false, ..Options::default() };
        let found = self.searcher.on(today).search(query, options).await.map_err(|error| error.to_string())?;
        let regions = found.facets.into_iter().flat_map(|facet| facet.counts);
        let by: HashMap<String, u64> = regions.map(|count| (count.value, count.count)).collect();
        let figure = |unit: &Unit| match unit.level {
            Level::Nation => counted(found.total, address("/search", &[("q", query)])),
            Level::Province => match province(unit) {
                Some(province) => {
                    let list = with_clause(query, &clause(Field::Region, province));
                    counted(by.get(province).copied().unwrap_or(0), address("/search", &[("q", &list)]))
                }
                None => untold("该单位没有对应的省份", "the unit serves no province"),
            },
            _ => untold("权利数据只到省级", "rights tell the province of their applicants alone"),
        };
        Ok(units.iter().map(figure).collect())
    }
}

impl Figures for Rights {
    fn measures(&self) -> Vec<Measure> {
        measures()
    }

    fn read<'a>(
        &'a self,
        measure: &'a str,
        units: &'a [Unit],
        period: Period,
        today: Date,
    ) -> Boxed<'a, Result<Vec<Figure>, String>> {
        Box::pin(async move {
            let query = asked(measure, period, today).ok_or_else(|| format!("{measure} is not measured here"))?;
            self.count(&query, units, today).await
        })
    }
}

pub(super) fn measures() -> Vec<Measure> {
    let how =
        ("按申请人所在省份计，各省共有的分别计入", "by the provinces of the applicants; joint ones count in each");
    MEASURES.iter().map(|(code, any, zh, en)| measure(code, *any, (zh, en), how)).collect()
}

/// Code, whether it tells of any period, Chinese and English name.
const MEASURES: [(&str, bool, &str, &str); 16] = [
    ("rights.all", false, "全部权利和申请", "all rights and applications"),
    ("rights.in-force", false, "有效权利", "rights in force"),
    ("rights.in-force.invention", false, "有效发明专利", "inventions in force"),
    ("rights.in-force.utility-model", false, "有效实用新型", "utility models in force"),
    ("rights.in-force.design", false, "有效外观设计", "designs in force"),
    ("rights.in-force.trademark", false, "有效商标", "trade marks in force"),
    ("rights.in-force.gi", false, "有效地理标志", "geographical indications in force"),
    ("rights.in-force.layout", false, "有效布图设计", "layout designs in force"),
    ("rights.maintained-10-years", false, "维持十年以上的有效发明专利", "inventions maintained for ten years"),
    ("rights.pledged", false, "有质押记录的权利", "rights with a pledge"),
    ("rights.licensed", false, "有许可记录的权利", "rights with a licence"),
    ("rights.assigned", false, "有转让记录的权利", "rights that were assigned"),
    ("rights.filed", true, "当期申请", "filed in the period"),
    ("rights.filed.invention", true, "当期发明专利申请", "inventions filed in the period"),
    ("rights.granted", true, "当期授权", "granted in the period"),
    ("rights.published", true, "当期公开", "published in the period"),
];

/// The question that counts a measure.
fn asked(measure: &str, period: Period, today: Date) -> Option<String> {
    let span = |field: Field| {
        let (from, to) = (period.first_day(), super::until(period.last_day(), today.max(period.first_day())));
        format!("{}=[{from} TO {to}]", field.code())
    };
    let in_force = || clause(Field::Status, "in-force");
    let name = measure.strip_prefix("rights.")?;
    Some(match name {
        "all" => String::new(),
        "in-force" => in_force(),
        "maintained-10-years" => {
            let before = Date::new(today.year() - LONG, today.month(), today.day().min(28)).ok()?;
            let long = format!("{}<={before}", Field::FilingDate.code());
            with_clause(&with_clause(&clause(Field::Right, "invention"), &in_force()), &long)
        }
        "pledged" => clause(Field::Event, "pledged"),
        "licensed" => clause(Field::Event, "licensed"),
        "assigned" => clause(Field::Event, "transferred"),
        "filed" => span(Field::FilingDate),
        "filed.invention" => with_clause(&clause(Field::Right, "invention"), &span(Field::FilingDate)),
        "granted" => span(Field::GrantDate),
        "published" => span(Field::PublicationDate),
        other => with_clause(&clause(Field::Right, other.strip_prefix("in-force.")?), &in_force()),
    })
}

/// The full name of the province that a unit serves, as regions are counted.
fn province(unit: &Unit) -> Option<&'static str> {
    let code: u8 = unit.region.as_str().get(..2)?.parse().ok()?;
    records::region::PROVINCES.iter().find(|province| province.code == code).map(|province| province.full)
}

#[cfg(test)]
#[path = "rights_tests.rs"]
mod tests;
