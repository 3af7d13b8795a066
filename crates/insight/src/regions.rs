//! Regions of applicants: provinces of China on the map, all others in a list.

use std::collections::BTreeMap;

use index::FacetField;
use records::region::{PROVINCES, Province, province_of};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::count::Counts;
use crate::links::any;
use crate::{Count, Ranking, share};

/// Rights by region of their applicants. A right counts once in each region that one of them has.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Regions {
    /// Provinces of China that have any, by code.
    pub provinces: Vec<ProvinceCount>,
    /// Regions that are no Chinese provinces, commonest first.
    pub others: Vec<Count>,
    /// Rights none of whose applicants has a region.
    pub unknown: u64,
}

/// Rights of one province.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct ProvinceCount {
    /// First two digits of the code of GB/T 2260.
    pub code: u8,
    /// Rights.
    pub count: u64,
    /// Their part of all rights.
    pub share: f64,
    /// How the sources spell it.
    pub spellings: Vec<String>,
    /// The country code that stands for it (`HK`, `MO`, `TW`), when the count is that of the country.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub country: Option<String>,
}

impl ProvinceCount {
    /// The province.
    pub fn province(&self) -> Option<&'static Province> {
        PROVINCES.iter().find(|province| province.code == self.code)
    }

    /// The condition that finds its rights.
    pub fn clause(&self) -> String {
        match &self.country {
            Some(country) => search::clause(FacetField::Country, country),
            None => of_spellings(&self.spellings),
        }
    }
}

/// A province as the values of the region facet spell it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Spelled {
    pub(crate) code: u8,
    pub(crate) spellings: Vec<String>,
    /// Rights of the one spelling, or of all together once they are counted.
    pub(crate) count: u64,
}

impl Spelled {
    /// Whether its rights have still to be counted: one that has two spellings must not count twice.
    pub(crate) fn open(&self) -> bool {
        self.spellings.len() > 1
    }

    /// The condition that finds its rights.
    pub(crate) fn clause(&self) -> String {
        of_spellings(&self.spellings)
    }
}

fn of_spellings(spellings: &[String]) -> String {
    any(&spellings.iter().map(|spelling| search::clause(FacetField::Region, spelling)).collect::<Vec<_>>())
}

/// The provinces among the values of the region facet, by code.
pub(crate) fn spelled(regions: &[(String, u64)]) -> Vec<Spelled> {
    let mut provinces: BTreeMap<u8, Spelled> = BTreeMap::new();
    for (region, count) in regions {
        let Some(province) = province_of(region) else { continue };
        let entry = provinces.entry(province.code).or_default();
        (entry.code, entry.count) = (province.code, *count);
        entry.spellings.push(region.clone());
        entry.spellings.sort_unstable();
    }
    provinces.into_values().collect()
}

impl Regions {
    /// From the provinces, each with the number of its rights, and the values of the facets of regions and countries;
    /// `with` of `total` rights have a region.
    ///
    /// Hong Kong, Macao and Taiwan are countries in ST.3: where more rights carry that code than name the region, the
    /// code counts.
    pub(crate) fn new(
        provinces: &[Spelled],
        (regions, countries): (&Counts, &Counts),
        most: usize,
        (with, total): (u64, u64),
    ) -> Self {
        let place = |code, spellings, count, country| ProvinceCount {
            code,
            count,
            share: share(count, total),
            spellings,
            country,
        };
        let named = provinces.iter();
        let named = named.map(|found| (found.code, place(found.code, found.spellings.clone(), found.count, None)));
        let mut found: BTreeMap<u8, ProvinceCount> = named.collect();
        for province in PROVINCES.iter().filter(|province| has_country(province)) {
            let Some((country, count)) = countries.iter().find(|(country, _)| country == province.letters) else {
                continue;
            };
            let known = found.get(&province.code).map_or(0, |known| known.count);
            if *count > known {
                found.insert(province.code, place(province.code, Vec::new(), *count, Some(country.clone())));
            }
        }
        let others: Vec<_> = regions.iter().filter(|(region, _)| province_of(region).is_none()).cloned().collect();
        Self {
            provinces: found.into_values().collect(),
            others: Ranking::new(&others, most, 0, total).entries,
            unknown: total.saturating_sub(with),
        }
    }
}

/// Whether ST.3 has a code for it.
fn has_country(province: &Province) -> bool {
    matches!(province.letters, "TW" | "HK" | "MO")
}

#[cfg(test)]
#[path = "regions_tests.rs"]
mod tests;
