//! Regions of first applicants: provinces of China on the map, all others in a list.

use std::collections::BTreeMap;

use records::region::{PROVINCES, Province, province_of};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Ranking, share};

/// Rights by region of their first applicant.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Regions {
    /// Provinces of China that have any, by code.
    pub provinces: Vec<ProvinceCount>,
    /// Regions that are no Chinese provinces, commonest first.
    pub others: Ranking,
    /// Rights whose first applicant has no region, or that have no applicant.
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
}

impl Regions {
    /// From the values of the facets of regions and of countries among `total` rights. A right has one of each at most.
    ///
    /// Hong Kong, Macao and Taiwan are countries in ST.3: where more rights carry that code than name the region, the
    /// code counts.
    pub fn new(regions: &[(String, u64)], countries: &[(String, u64)], most: usize, total: u64) -> Self {
        let mut provinces: BTreeMap<u8, ProvinceCount> = BTreeMap::new();
        let mut others = Vec::new();
        for (region, count) in regions {
            let Some(province) = province_of(region) else {
                others.push((region.clone(), *count));
                continue;
            };
            let entry = provinces.entry(province.code).or_insert_with(|| empty(province));
            entry.count += count;
            entry.spellings.push(region.clone());
        }
        for province in &PROVINCES {
            let of_country = countries.iter().find(|(country, _)| country == province.letters);
            let (Some((country, count)), true) = (of_country, has_country(province)) else { continue };
            let entry = provinces.entry(province.code).or_insert_with(|| empty(province));
            if *count > entry.count {
                (entry.count, entry.country) = (*count, Some(country.clone()));
            }
        }
        let known: u64 = regions.iter().map(|(_, count)| count).sum();
        let mut provinces: Vec<ProvinceCount> = provinces.into_values().collect();
        for province in &mut provinces {
            province.share = share(province.count, total);
            province.spellings.sort_unstable();
        }
        Self { provinces, others: Ranking::single(&others, most, total), unknown: total.saturating_sub(known) }
    }
}

fn empty(province: &Province) -> ProvinceCount {
    ProvinceCount { code: province.code, count: 0, share: 0.0, spellings: Vec::new(), country: None }
}

/// Whether ST.3 has a code for it.
fn has_country(province: &Province) -> bool {
    matches!(province.letters, "TW" | "HK" | "MO")
}

#[cfg(test)]
#[path = "regions_tests.rs"]
mod tests;
