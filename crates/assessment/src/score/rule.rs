//! One rule, one input.

use super::rank::Standing;
use crate::{Better, Datum, Detail, Mark, Point, Points, Rule};

/// What a rule made of an input.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Scored {
    pub(crate) input: f64,
    pub(crate) score: Points,
    pub(crate) detail: Detail,
}

/// A score from 0 to 100, rounded to hundredths.
pub(crate) fn percent(score: f64) -> Points {
    Points::of(score.clamp(0.0, 100.0))
}

/// What a rule makes of a value; none when it needs what is not there. Places and marks are made elsewhere.
pub(crate) fn apply(rule: &Rule, datum: &Datum) -> Option<Scored> {
    let value = datum.value;
    let plain = |score: Points| Some(Scored { input: value, score, detail: Detail::Plain });
    match rule {
        Rule::Steps { better, steps, otherwise } => plain(percent(on_steps(*better, steps, *otherwise, value))),
        Rule::Linear { from, to } => plain(percent(on_line(*from, *to, value))),
        Rule::YesNo => plain(percent(if value > 0.0 { 100.0 } else { 0.0 })),
        Rule::Bonus { per, .. } => plain(Points::of((value * per).max(0.0))),
        Rule::Veto { .. } => plain(Points::NONE),
        Rule::Growth { from, to, from_zero } => grown(datum, (*from, *to), *from_zero),
        Rule::Expert { .. } => plain(percent(value)),
        Rule::Rank { .. } => None,
    }
}

/// The score of the best step that is reached. Which step is best goes by its place, not by the order of writing.
fn on_steps(better: Better, steps: &[Point], otherwise: f64, value: f64) -> f64 {
    let reached = steps.iter().filter(|step| match better {
        Better::Higher => value >= step.at,
        Better::Lower => value <= step.at,
    });
    let best = reached.max_by(|a, b| match better {
        Better::Higher => a.at.total_cmp(&b.at),
        Better::Lower => b.at.total_cmp(&a.at),
    });
    best.map_or(otherwise, |step| step.score)
}

/// On the line between two points, level outside.
fn on_line(from: Point, to: Point, value: f64) -> f64 {
    if from.at.total_cmp(&to.at).is_eq() {
        return to.score;
    }
    let part = ((value - from.at) / (to.at - from.at)).clamp(0.0, 1.0);
    from.score + part * (to.score - from.score)
}

/// Growth in percent. From nothing to something has a score of its own; nothing before and nothing now is no growth.
fn grown(datum: &Datum, (from, to): (Point, Point), from_zero: f64) -> Option<Scored> {
    let before = datum.before.filter(|before| before.is_finite())?;
    let now = datum.value;
    let detail = Detail::Growth { before, now };
    if before == 0.0 && now > 0.0 {
        return Some(Scored { input: now, score: percent(from_zero), detail });
    }
    let growth =
        if before == 0.0 && now == 0.0 { 0.0 } else { (now - before) / before.abs().max(f64::MIN_POSITIVE) * 100.0 };
    // A hundredth of a percent is as far as growth is told.
    let growth = (growth.clamp(-1e9, 1e9) * 100.0).round() / 100.0;
    Some(Scored { input: growth, score: percent(on_line(from, to, growth)), detail })
}

/// The mean of the marks; none with fewer than the rule wants.
pub(crate) fn marks(rule: &Rule, given: &[Mark]) -> Option<Scored> {
    let (trim, least) = match rule {
        Rule::Expert { trim, least } => (*trim, *least),
        _ => (false, 1),
    };
    let mut marks: Vec<f64> = given.iter().map(|mark| mark.score.clamp(0.0, 100.0)).collect();
    marks.sort_by(f64::total_cmp);
    if marks.is_empty() || marks.len() < least {
        return None;
    }
    let trimmed = trim && marks.len() >= 3;
    let counted = if trimmed { &marks[1..marks.len() - 1] } else { &marks[..] };
    let mean = counted.iter().sum::<f64>() / counted.len() as f64;
    let score = percent(mean);
    Some(Scored { input: score.value(), score, detail: Detail::Marks { marks, trimmed } })
}

/// The mean of the scores of the places on which a unit stands with those that are like it.
pub(crate) fn of_place(rule: &Rule, Standing { place, sharing, of }: Standing) -> Points {
    let Rule::Rank { places, rest, .. } = rule else { return Points::NONE };
    let one = |place: u32| match places.get(place as usize - 1) {
        Some(score) => *score,
        None if !places.is_empty() => *rest,
        None if of <= 1 => 100.0,
        None => f64::from(of - place) / f64::from(of - 1) * 100.0,
    };
    percent((place..place + sharing).map(one).sum::<f64>() / f64::from(sharing))
}
