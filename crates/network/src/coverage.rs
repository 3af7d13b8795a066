//! How well the country is served, as of any day. Every figure carries the query that lists what it counts.

use std::collections::{BTreeMap, BTreeSet};

use database::Connection;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::sql::listed::{self, Numbers};
use crate::{DirectoryQuery, Kind, Level, NetworkError, Region, RegionCode, Status, planned_provinces, prefectures};

/// A figure with the query that lists what it counts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = NetworkFigure)]
pub struct Figure {
    /// How many organisations.
    pub count: u64,
    /// Lists them.
    pub list: DirectoryQuery,
}

/// How many regions have a body of their own.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = NetworkReach)]
pub struct Reach {
    /// Regions with at least one.
    pub covered: u64,
    /// Regions in force on that day.
    pub of: u64,
    /// The share in percent, to one tenth.
    pub percent: f64,
    /// Regions without one, by code.
    pub missing: Vec<Region>,
    /// The bodies that cover them.
    pub bodies: Figure,
}

/// How many of a kind work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = NetworkKindFigure)]
pub struct KindFigure {
    /// The kind.
    pub kind: Kind,
    /// How many.
    pub figure: Figure,
}

/// The network of a province.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = NetworkProvinceCoverage)]
pub struct ProvinceCoverage {
    /// The province.
    pub region: RegionCode,
    /// Its Chinese name on that day.
    pub name: String,
    /// Whether it has a provincial public-service body.
    pub covered: bool,
    /// Its prefectures with a public-service body.
    pub prefectures_covered: u64,
    /// Its prefectures.
    pub prefectures: u64,
    /// All that work there.
    pub organisations: Figure,
}

/// The network of a day. Only what works counts, not what is suspended or closed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[schema(as = NetworkCoverage)]
pub struct Coverage {
    /// The day.
    #[schema(value_type = String, format = Date)]
    pub as_of: Date,
    /// All that work.
    pub organisations: Figure,
    /// Provinces with a provincial public-service body.
    pub provinces: Reach,
    /// Prefecture-level divisions with a public-service body of their own.
    pub prefectures: Reach,
    /// By kind, every kind once.
    pub by_kind: Vec<KindFigure>,
    /// Every province of the day once, Hong Kong, Macao and Taiwan only when they have any.
    pub by_province: Vec<ProvinceCoverage>,
    /// Those of the national level.
    pub national: Figure,
}

/// Counts the network of a day.
pub async fn coverage(connection: &mut Connection, as_of: Date) -> Result<Coverage, NetworkError> {
    let numbers = listed::numbers(connection, as_of).await?;
    let active = DirectoryQuery { status: Some(Status::Active), ..DirectoryQuery::on(as_of) };
    let of_kind = |kind| {
        let count = numbers.iter().filter(|number| number.0 == kind).map(|number| number.3).sum();
        KindFigure { kind, figure: Figure { count, list: DirectoryQuery { kind: Some(kind), ..active.clone() } } }
    };
    let mut by_place: BTreeMap<&str, u64> = BTreeMap::new();
    for (_, _, region, count) in &numbers {
        *by_place.entry(&region.as_str()[..2]).or_default() += count;
    }
    let in_place = |region: RegionCode| Figure {
        count: by_place.get(&region.as_str()[..2]).copied().unwrap_or(0),
        list: DirectoryQuery { region: Some(region), ..active.clone() },
    };
    let provinces = reach(&numbers, Level::Province, &active, planned_provinces(as_of).collect());
    let prefectures = reach(&numbers, Level::Prefecture, &active, prefectures(as_of).collect());
    let by_province = crate::provinces(as_of)
        .map(|province| of_province(province, in_place(province.code.clone()), (&provinces, &prefectures), as_of))
        .filter(|row| row.organisations.count > 0 || !matches!(row.region.prefix(), "71" | "81" | "82"))
        .collect();
    let national = numbers.iter().filter(|number| number.1 == Level::Nation).map(|number| number.3).sum();
    Ok(Coverage {
        as_of,
        organisations: Figure { count: by_place.values().sum(), list: active.clone() },
        by_kind: Kind::ALL.iter().copied().map(of_kind).collect(),
        by_province,
        national: Figure { count: national, list: DirectoryQuery { level: Some(Level::Nation), ..active.clone() } },
        provinces,
        prefectures,
    })
}

/// Which of these regions have a public-service body of this level.
fn reach(numbers: &Numbers, level: Level, active: &DirectoryQuery, regions: Vec<&'static Region>) -> Reach {
    let kind = Kind::PublicServiceBody;
    let bodies: Vec<_> = numbers.iter().filter(|number| number.0 == kind && number.1 == level).collect();
    let served: BTreeSet<&RegionCode> = bodies.iter().map(|number| &number.2).collect();
    let of = regions.len() as u64;
    let missing: Vec<Region> = regions.into_iter().filter(|r| !served.contains(&r.code)).cloned().collect();
    let covered = of - missing.len() as u64;
    let percent = if of == 0 { 0.0 } else { (covered as f64 * 1000.0 / of as f64).round() / 10.0 };
    let list = DirectoryQuery { kind: Some(kind), level: Some(level), ..active.clone() };
    let bodies = Figure { count: bodies.iter().map(|number| number.3).sum(), list };
    Reach { covered, of, percent, missing, bodies }
}

fn of_province(
    province: &Region,
    organisations: Figure,
    (provinces, all): (&Reach, &Reach),
    as_of: Date,
) -> ProvinceCoverage {
    let planned = planned_provinces(as_of).any(|region| region.code == province.code);
    let missing = all.missing.iter().filter(|region| province.code.contains(&region.code)).count() as u64;
    let inside = prefectures(as_of).filter(|region| province.code.contains(&region.code)).count() as u64;
    ProvinceCoverage {
        region: province.code.clone(),
        name: province.name.clone(),
        covered: planned && !provinces.missing.iter().any(|region| region.code == province.code),
        prefectures_covered: inside - missing,
        prefectures: inside,
        organisations,
    }
}

#[cfg(test)]
#[path = "coverage_tests.rs"]
mod tests;
