//! Places: by one input among all units, and by total.

use std::collections::BTreeMap;

use network::OrganisationId;

use crate::{Better, Points, Rule, Scheme, Snapshot, UnitScore};

/// Places of units by item.
pub(crate) struct Places<'a>(BTreeMap<&'a str, Placed<'a>>);

struct Placed<'a> {
    of: u32,
    places: BTreeMap<&'a OrganisationId, u32>,
}

impl Places<'_> {
    /// The place of a unit by an item, and among how many; none without its input.
    pub(crate) fn of(&self, item: &str, unit: &OrganisationId) -> Option<(u32, u32)> {
        let placed = self.0.get(item)?;
        placed.places.get(unit).map(|place| (*place, placed.of))
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
        let mut places = BTreeMap::new();
        let (mut place, mut last) = (0, None);
        for (at, (unit, value)) in with.iter().enumerate() {
            if last.is_none_or(|last: f64| last.total_cmp(value).is_ne()) {
                (place, last) = (at as u32 + 1, Some(*value));
            }
            places.insert(*unit, place);
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
