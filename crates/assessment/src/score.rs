//! Scoring: a pure function of scheme and snapshot.
//!
//! Each item's rule makes a score from 0 to 100 of its input, rounded to hundredths; the score times the item's points,
//! rounded to hundredths, is what it gives. All further sums are exact. The points of the items are the full points
//! divided by the weights, so that they add up to the full points to the last hundredth.

mod rank;
mod rule;

use std::collections::BTreeMap;

use network::OrganisationId;

use crate::{
    Detail, Dimension, DimensionScore, Input, Item, Line, Missing, Outcome, Points, Rule, Scheme, Scores, Snapshot,
    Then, UnitData, UnitScore, When,
};

use self::rank::Places;
use self::rule::Scored;

/// The score that a rule gives is out of so much.
pub(crate) const WHOLE: Points = Points(10_000);

/// Scores every unit of a snapshot. The same scheme and snapshot give the same scores, whatever the order of the units.
pub fn score(scheme: &Scheme, snapshot: &Snapshot) -> Scores {
    let most = points_of_items(scheme);
    let places = rank::places(scheme, snapshot);
    let one = |(unit, data): (&OrganisationId, &UnitData)| unit_score(scheme, &most, &places, (unit, data));
    let mut units: Vec<UnitScore> = snapshot.units.iter().map(one).collect();
    rank::rank(&mut units);
    Scores { scheme: scheme.hash(), snapshot: snapshot.hash(), units }
}

/// What each weighed item can give: the full points divided by the weights of dimensions and of items within them, in
/// hundredths, what is left over going to those that lost most by rounding down.
pub fn points_of_items(scheme: &Scheme) -> BTreeMap<&str, Points> {
    let full = i64::from(scheme.full) * 100;
    let weighed = |dimension: &&Dimension| weight_of_items(dimension) > 0.0;
    let all: f64 = scheme.dimensions.iter().filter(weighed).map(|dimension| dimension.weight).sum();
    let mut shares: Vec<(&str, f64)> = Vec::new();
    for dimension in scheme.dimensions.iter().filter(weighed) {
        let within = weight_of_items(dimension);
        for item in dimension.items.iter().filter(|item| item.is_weighed()) {
            let share = if all > 0.0 { dimension.weight / all * item.weight / within } else { 0.0 };
            shares.push((&item.code, share * full as f64));
        }
    }
    let mut points: Vec<i64> = shares.iter().map(|(_, share)| (share + 1e-6).floor() as i64).collect();
    let mut left = if shares.is_empty() { 0 } else { full - points.iter().sum::<i64>() };
    let mut order: Vec<usize> = (0..shares.len()).collect();
    let lost = |at: usize| ((shares[at].1 - points[at] as f64) * 1e6).round() as i64;
    let keys: Vec<i64> = order.iter().map(|at| lost(*at)).collect();
    order.sort_by_key(|at| (-keys[*at], *at));
    for at in order.iter().cycle().take(shares.len() * 2) {
        if left <= 0 {
            break;
        }
        points[*at] += 1;
        left -= 1;
    }
    shares.iter().zip(points).map(|((code, _), points)| (*code, Points(points))).collect()
}

fn weight_of_items(dimension: &Dimension) -> f64 {
    dimension.items.iter().filter(|item| item.is_weighed()).map(|item| item.weight).sum()
}

fn unit_score(
    scheme: &Scheme,
    most: &BTreeMap<&str, Points>,
    places: &Places<'_>,
    (unit, data): (&OrganisationId, &UnitData),
) -> UnitScore {
    let dimensions: Vec<DimensionScore> = scheme
        .dimensions
        .iter()
        .map(|dimension| {
            let line = |item: &Item| {
                let most = most.get(item.code.as_str()).copied().unwrap_or_default();
                line(item, most, scored(item, data, places, unit))
            };
            let lines: Vec<Line> = dimension.items.iter().map(line).collect();
            let counted = || lines.iter().filter(|line| counts(line.outcome));
            DimensionScore {
                code: dimension.code.clone(),
                possible: counted().map(|line| line.most).sum(),
                points: counted().map(|line| line.points).sum(),
                lines,
            }
        })
        .collect();
    total(
        scheme,
        UnitScore {
            unit: unit.clone(),
            name: data.name.clone(),
            sum: dimensions.iter().map(|dimension| dimension.points).sum(),
            possible: dimensions.iter().map(|dimension| dimension.possible).sum(),
            dimensions,
            scaled: Points::NONE,
            bonus: Points::NONE,
            vetoes: Vec::new(),
            failed: false,
            awaits: Vec::new(),
            total: None,
            rank: None,
        },
    )
}

/// Whether a line is among those that are added up.
fn counts(outcome: Outcome) -> bool {
    matches!(outcome, Outcome::Scored | Outcome::MissingZero)
}

/// What the rule of an item makes of a unit's data; none when the input is missing.
fn scored(item: &Item, data: &UnitData, places: &Places<'_>, unit: &OrganisationId) -> Option<Scored> {
    let datum = data.values.get(&item.code).filter(|datum| datum.value.is_finite());
    if item.input == Input::Review {
        if let Some(decided) = datum {
            return Some(Scored { input: decided.value, score: rule::percent(decided.value), detail: Detail::Decided });
        }
        return rule::marks(&item.rule, data.marks.get(&item.code).map_or(&[], Vec::as_slice));
    }
    let datum = datum?;
    if let Rule::Rank { .. } = item.rule {
        let place = places.of(&item.code, unit)?;
        let score = rule::of_place(&item.rule, place);
        let rank::Standing { place, of, sharing } = place;
        return Some(Scored { input: datum.value, score, detail: Detail::Place { place, of, sharing } });
    }
    rule::apply(&item.rule, datum)
}

fn line(item: &Item, most: Points, scored: Option<Scored>) -> Line {
    let code = item.code.clone();
    let Some(Scored { input, score, detail }) = scored else {
        let outcome = match item.missing {
            Missing::Hold => Outcome::Held,
            Missing::Zero if item.is_weighed() => Outcome::MissingZero,
            Missing::Zero | Missing::LeaveOut => Outcome::LeftOut,
        };
        let (input, detail, points) = (None, Detail::Plain, Points::NONE);
        return Line { item: code, input, detail, score: None, most, points, outcome };
    };
    let (score, points, outcome) = match &item.rule {
        Rule::Bonus { most, .. } => (None, score.min(Points::of(*most)), Outcome::Bonus),
        Rule::Veto { when, .. } => {
            let strikes = match when {
                When::Below(least) => input < *least,
                When::Above(most) => input > *most,
            };
            (None, Points::NONE, if strikes { Outcome::Veto } else { Outcome::Clear })
        }
        _ => (Some(score), most.share(score, WHOLE), Outcome::Scored),
    };
    Line { item: code, input: Some(input), detail, score, most, points, outcome }
}

/// Scales, adds the bonus, applies the vetoes.
fn total(scheme: &Scheme, mut unit: UnitScore) -> UnitScore {
    let full = Points(i64::from(scheme.full) * 100);
    unit.scaled = full.share(unit.sum, unit.possible);
    unit.bonus = unit.bonus_earned().min(Points::of(scheme.bonus_most));
    let codes = |outcome: Outcome| -> Vec<String> {
        unit.lines().filter(|line| line.outcome == outcome).map(|line| line.item.clone()).collect()
    };
    let (awaits, vetoes) = (codes(Outcome::Held), codes(Outcome::Veto));
    let mut total = unit.scaled + unit.bonus;
    for code in &vetoes {
        match scheme.item(code).map(|item| &item.rule) {
            Some(Rule::Veto { then: Then::Cap(most), .. }) => total = total.min(Points::of(*most)),
            Some(Rule::Veto { then: Then::Fail, .. }) => unit.failed = true,
            _ => {}
        }
    }
    unit.total = (awaits.is_empty() && unit.possible > Points::NONE).then_some(total);
    (unit.awaits, unit.vetoes) = (awaits, vetoes);
    unit
}

#[cfg(test)]
#[path = "score_tests.rs"]
mod tests;
