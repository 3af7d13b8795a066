//! Regions of applicants: provinces of China on the map, all others in a list.

use std::collections::BTreeMap;

use records::region::{PROVINCES, Province, province_of};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::{Ranking, share};

/// Rights by region of their applicants.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, ToSchema)]
pub struct Regions {
    /// Provinces of China that have any, by code.
    pub provinces: Vec<ProvinceCount>,
    /// Regions that are no Chinese provinces, commonest first.
    pub others: Ranking,
    /// Rights of whose applicants no region is known.
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
}

impl ProvinceCount {
    /// The province.
    pub fn province(&self) -> Option<&'static Province> {
        PROVINCES.iter().find(|province| province.code == self.code)
    }
}

impl Regions {
    /// From the values of the facet of regions among `total` rights, `with` of which have a region. A right counts in
    /// each region of its applicants.
    pub fn new(regions: &[(String, u64)], most: usize, with: u64, total: u64) -> Self {
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
        let mut provinces: Vec<ProvinceCount> = provinces.into_values().collect();
        for province in &mut provinces {
            province.share = share(province.count, total);
            province.spellings.sort_unstable();
        }
        let listed: u64 = others.iter().map(|(_, count)| count).sum();
        let others = Ranking::new(&others, most, listed, total);
        Self { provinces, others, unknown: total.saturating_sub(with) }
    }
}

fn empty(province: &Province) -> ProvinceCount {
    ProvinceCount { code: province.code, count: 0, share: 0.0, spellings: Vec::new() }
}

#[cfg(test)]
#[path = "regions_tests.rs"]
mod tests;
