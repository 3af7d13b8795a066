//! Places: by one input among all units, and by total.

use std::collections::BTreeMap;

use network::OrganisationId;

use crate::{Better, Points, Rule, Scheme, Snapshot, UnitScore};

/// Places of units by item.
pub(crate) struct Places<'a>(BTreeMap<&'a str, Placed<'a>>);

struct Placed<'a> {
    of: u32,
    /// The first place on which a unit stands, and how many share it and the next ones.
    places: BTreeMap<&'a OrganisationId, (u32, u32)>,
}

/// Where a unit stands by an item.
#[derive(Clone, Copy)]
pub(crate) struct Standing {
    /// From 1; the first of those that are shared.
    pub(crate) place: u32,
    /// How many units share it and the next ones; 1 for a unit that is like no other.
    pub(crate) sharing: u32,
    /// Among so many.
    pub(crate) of: u32,
}

impl Places<'_> {
    /// The place of a unit by an item; none without its input.
    pub(crate) fn of(&self, item: &str, unit: &OrganisationId) -> Option<Standing> {
        let placed = self.0.get(item)?;
        placed.places.get(unit).map(|&(place, sharing)| Standing { place, sharing, of: placed.of })
    }
}

/// The places by every item that goes by place. Who has no input has no place and takes none from others.
pub(crate) fn places<'a>(scheme: &'a Scheme, snapshot: &'a Snapshot) -> Places<'a> {
    let mut all = BTreeMap::new();
    for (_, item) in scheme.items() {
        let Rule::Rank { better, .. } = &item.rule else { continue };
        // Nothing is nothing, with or without a sign.
        let value = |unit: &'a crate::UnitData| unit.values.get(&item.code).map(|datum| datum.value + 0.0);
        let with = snapshot.units.iter().filter_map(|(id, unit)| Some((id, value(unit).filter(|it| it.is_finite())?)));
        let mut with: Vec<(&OrganisationId, f64)> = with.collect();
        with.sort_by(|(_, a), (_, b)| match better {
            Better::Higher => b.total_cmp(a),
            Better::Lower => a.total_cmp(b),
        });
        let (mut places, mut place) = (BTreeMap::new(), 1);
        for same in with.chunk_by(|(_, a), (_, b)| a.total_cmp(b).is_eq()) {
            let sharing = same.len() as u32;
            places.extend(same.iter().map(|(unit, _)| (*unit, (place, sharing))));
            place += sharing;
        }
        all.insert(item.code.as_str(), Placed { of: with.len() as u32, places });
    }
    Places(all)
}

/// Gives every unit its place by total. Those that failed or wait have none.
pub(crate) fn rank(units: &mut [UnitScore]) {
    let placed = |unit: &UnitScore| unit.total.filter(|_| !unit.failed);
    let mut totals: Vec<Points> = units.iter().filter_map(placed).collect();
    totals.sort_by(|a, b| b.cmp(a));
    for unit in units {
        unit.rank = placed(unit).map(|total| totals.partition_point(|other| *other > total) as u32 + 1);
    }
}
