//! Rights, by province and city: one question with two facets for each thing that is asked, however many units there are.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use index::FacetField;
use indicators::{Asked, Boxed, Figure, Figures, Measure, Period, Text, Unit};
use jiff::civil::Date;
use network::{Level, Network, RegionCode};
use query::{Field, Mistake, Query, Tongue, clause, has_clause, with_clause};
use records::region::{City, PROVINCES, Province, cities, cities_named};
use search::{Options, Searcher};

use super::{address, counted, measure, untold};

/// Regions that are counted at most: provinces, and states of applicants abroad.
const REGIONS: usize = 5_000;
/// Cities that are counted at most: all there are.
const CITIES: usize = 1_000;
/// Years after which a right counts as long maintained.
const LONG: i16 = 10;

/// Counts rights.
pub(crate) struct Rights {
    searcher: Searcher,
    network: Network,
    known: Mutex<Known>,
}

/// What was found since a refresh began.
#[derive(Default)]
struct Known {
    /// By question: several indicators and kinds of periods ask the same.
    counts: HashMap<String, Arc<Counts>>,
    places: HashMap<(Level, RegionCode), Place>,
}

/// How many rights a question found.
#[derive(Default)]
struct Counts {
    total: u64,
    /// By the full name of the province.
    provinces: HashMap<String, u64>,
    /// By the full name of the city.
    cities: HashMap<String, u64>,
    /// Provinces, by their codes, of whose cities any has one.
    told: HashSet<u8>,
}

/// Where the rights of a unit are.
#[derive(Clone, Copy)]
enum Place {
    Everywhere,
    Province(&'static Province),
    City(&'static City, &'static Province),
    /// Nowhere that rights tell, and why.
    None(&'static str, &'static str),
}

/// The network does not name the region.
const UNKNOWN: Place =
    Place::None("行政区划表中没有该单位的地区", "the table of divisions has not the region of the unit");
/// Counties stand in cities, and addresses of rights are not told apart below these.
const BELOW: Place =
    Place::None("权利数据只到地市（直辖市到区县）", "rights tell cities, and districts of municipalities alone");

impl std::fmt::Debug for Rights {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Rights")
    }
}

impl Rights {
    pub(crate) fn new(searcher: Searcher, network: Network) -> Self {
        Self { searcher, network, known: Mutex::default() }
    }

    async fn counts(&self, query: &str, today: Date) -> Result<Arc<Counts>, String> {
        if let Some(known) = self.known().counts.get(query) {
            return Ok(Arc::clone(known));
        }
        let facets = vec![(FacetField::Region, REGIONS), (FacetField::City, CITIES)];
        let options = Options { limit: 0, facets, snippets: false, ..Options::default() };
        let found = self.searcher.on(today).search(query, options).await.map_err(|error| error.to_string())?;
        let mut counts = Counts { total: found.total, ..Counts::default() };
        for facet in found.facets {
            let by = if facet.field == FacetField::City { &mut counts.cities } else { &mut counts.provinces };
            by.extend(facet.counts.into_iter().map(|count| (count.value, count.count)));
        }
        let told = cities().iter().filter(|city| counts.cities.contains_key(city.full));
        counts.told = told.map(|city| city.province).collect();
        let counts = Arc::new(counts);
        self.known().counts.insert(query.to_owned(), Arc::clone(&counts));
        Ok(counts)
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    async fn place(&self, unit: &Unit, today: Date) -> Result<Place, String> {
        let key = (unit.level, unit.region.clone());
        if let Some(known) = self.known().places.get(&key) {
            return Ok(*known);
        }
        let place = match (unit.level, province(&unit.region)) {
            (Level::Nation, _) => Place::Everywhere,
            (Level::Outlet, _) => Place::None("权利数据不到网点", "rights tell nothing of outlets"),
            (_, None) => Place::None("该单位没有对应的省份", "the unit serves no province"),
            (Level::Province, Some(province)) => Place::Province(province),
            (_, Some(province)) => {
                let region = self.network.region(&unit.region, today).await.map_err(|error| error.to_string())?;
                let Some(region) = region else { return Ok(UNKNOWN) };
                match cities_named(&region.name).into_iter().find(|city| city.province == province.code) {
                    Some(city) => Place::City(city, province),
                    None => BELOW,
                }
            }
        };
        self.known().places.insert(key, place);
        Ok(place)
    }
}

/// What is told of a place; the list behind a number is the same question asked there.
fn figure(counts: &Counts, query: &str, place: Place) -> Figure {
    let list = |query: &str| address("/search", &[("q", query)]);
    let count = |by: &HashMap<String, u64>, name: &str| by.get(name).copied();
    match place {
        Place::Everywhere => counted(counts.total, list(query)),
        Place::Province(province) => {
            let there = with_clause(query, &clause(Field::Region, province.full));
            counted(count(&counts.provinces, province.full).unwrap_or(0), list(&there))
        }
        Place::City(city, province) => {
            // Where rights of the province name none of its cities, nobody knows in which they are.
            if counts.provinces.contains_key(province.full) && !counts.told.contains(&province.code) {
                return untold(
                    "本省权利未载明申请人所在城市",
                    "the rights of the province do not name the cities of their applicants",
                );
            }
            let there = with_clause(query, &clause(Field::City, city.full));
            counted(count(&counts.cities, city.full).unwrap_or(0), list(&there))
        }
        Place::None(zh, en) => untold(zh, en),
    }
}

impl Figures for Rights {
    fn measures(&self) -> Vec<Measure> {
        measures()
    }

    fn check(&self, condition: &str) -> Result<(), Text> {
        understood(condition)
    }

    fn begin(&self) {
        *self.known() = Known::default();
    }

    fn read<'a>(&'a self, asked: Asked<'a>, units: &'a [Unit]) -> Boxed<'a, Result<Vec<Figure>, String>> {
        Box::pin(async move {
            let query = question(asked)?;
            let counts = self.counts(&query, asked.today).await?;
            let mut figures = Vec::with_capacity(units.len());
            for unit in units {
                figures.push(figure(&counts, &query, self.place(unit, asked.today).await?));
            }
            Ok(figures)
        })
    }
}

/// Whether a condition is one of the query language.
pub(super) fn understood(condition: &str) -> Result<(), Text> {
    match query::parse(condition) {
        Err(mistake) => Err(told(&mistake)),
        Ok(Query::All) => Err(Text::new("条件不限定任何权利，请删去", "the condition narrows nothing; leave it out")),
        Ok(_) => Ok(()),
    }
}

/// What is wrong with a condition, where, and how to mend it.
fn told(mistake: &Mistake) -> Text {
    let place = mistake.place_in_characters();
    let (first, last) = (place.start + 1, place.end.max(place.start + 1));
    let said = |tongue, mend: &str| {
        let mended = mistake.suggestion.as_ref().map(|text| format!("{mend}{text}")).unwrap_or_default();
        format!("{}{mended}", mistake.sentence(tongue))
    };
    Text::new(
        format!("条件第 {first}—{last} 字：{}", said(Tongue::Chinese, "，试试：")),
        format!("condition, characters {first} to {last}: {}", said(Tongue::English, "; try: ")),
    )
}

pub(super) fn measures() -> Vec<Measure> {
    let how = (
        "按申请人所在省份和城市计，共有的分别计入；申请人未载明城市的不计入城市",
        "by the provinces and cities of the applicants, joint ones in each; without a city told, in no city",
    );
    let of = |(code, any, zh, en): &(&str, bool, &str, &str)| Measure {
        narrows: true,
        ..measure(code, *any, (zh, en), how)
    };
    MEASURES.iter().map(of).collect()
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

/// The question that counts a measure under its condition.
fn question(Asked { measure, condition, period, today }: Asked<'_>) -> Result<String, String> {
    let whole = whole(measure, period, today).ok_or_else(|| format!("{measure} is not measured here"))?;
    let Some(condition) = condition else { return Ok(whole) };
    let query = with_clause(&whole, condition);
    // What was kept may be understood no longer: a larger number is no answer.
    if has_clause(&query, condition) {
        Ok(query)
    } else {
        Err(format!("the condition «{condition}» is not understood"))
    }
}

/// The question that counts a measure.
fn whole(measure: &str, period: Period, today: Date) -> Option<String> {
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

/// The province of a region.
fn province(region: &RegionCode) -> Option<&'static Province> {
    let code: u8 = region.as_str().get(..2)?.parse().ok()?;
    PROVINCES.iter().find(|province| province.code == code)
}

#[cfg(test)]
#[path = "rights_tests.rs"]
mod tests;
