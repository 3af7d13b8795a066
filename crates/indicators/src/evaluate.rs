//! From leaves to readings: sums, ratios, growth, indices. No I/O; equal leaves give equal readings.

use std::collections::{BTreeSet, HashMap};

use jiff::civil::Date;
use network::{Kind, Level, Shape};

use crate::{Book, Code, Definition, Formula, Missing, Part, Period, Reading, State};

/// What was reported or measured.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Leaf {
    /// Where it stands.
    pub(crate) state: State,
    /// How much; none: said to be missing.
    pub(crate) number: Option<f64>,
}

/// Leaves by indicator, unit (its number in the shape) and period.
#[derive(Clone, Debug, Default)]
pub(crate) struct Leaves(HashMap<Code, HashMap<usize, Vec<(Period, Leaf)>>>);

impl Leaves {
    pub(crate) fn put(&mut self, code: &Code, unit: usize, period: Period, leaf: Leaf) {
        let units = match self.0.get_mut(code) {
            Some(units) => units,
            None => self.0.entry(code.clone()).or_default(),
        };
        let row = units.entry(unit).or_default();
        match row.iter_mut().find(|(of, _)| *of == period) {
            Some((_, known)) => *known = leaf,
            None => row.push((period, leaf)),
        }
    }

    fn get(&self, code: &Code, unit: usize, period: Period) -> Option<Leaf> {
        let row = self.0.get(code)?.get(&unit)?;
        row.iter().find(|(of, _)| *of == period).map(|(_, leaf)| *leaf)
    }
}

/// Whose values are shown before they are accepted.
#[derive(Clone, Debug)]
pub(crate) enum Open {
    /// Nobody's.
    None,
    /// Everyone's.
    All,
    /// Those of these units.
    Of(BTreeSet<usize>),
}

impl Open {
    fn shows(&self, unit: usize) -> bool {
        match self {
            Self::None => false,
            Self::All => true,
            Self::Of(units) => units.contains(&unit),
        }
    }
}

/// Reads indicators from leaves.
pub(crate) struct Evaluator<'a> {
    pub(crate) book: &'a Book,
    pub(crate) shape: &'a Shape,
    pub(crate) leaves: &'a Leaves,
    pub(crate) open: &'a Open,
    pub(crate) today: Date,
    known: HashMap<Code, HashMap<(usize, Period), Reading>>,
}

/// A number and whether it is provisional, or why there is none.
type Found = Result<(f64, bool), Missing>;

impl<'a> Evaluator<'a> {
    pub(crate) fn new(
        book: &'a Book,
        shape: &'a Shape,
        leaves: &'a Leaves,
        open: &'a Open,
        today: Date,
    ) -> Evaluator<'a> {
        Self { book, shape, leaves, open, today, known: HashMap::new() }
    }

    /// The day as of which the tree is read for a period: its last, or today while it runs.
    pub(crate) fn day(&self, period: Period) -> Date {
        tree_day(period, self.today)
    }

    /// What an indicator says of a unit in a period.
    pub(crate) fn reading(&mut self, code: &Code, unit: usize, period: Period) -> Reading {
        let definition = match self.definition(code, unit, period) {
            Ok(definition) => definition,
            Err(why) => return Reading::Missing { why },
        };
        if definition.formula.is_leaf() {
            return Reading::of(self.leaf(definition, unit, period));
        }
        let place = (unit, period);
        if let Some(known) = self.known.get(code).and_then(|of| of.get(&place)) {
            return known.clone();
        }
        // Definitions are checked when they are written; a ring that came otherwise ends here.
        self.keep(code, place, Reading::Missing { why: Missing::Circular });
        let reading = Reading::of(self.derived(definition, unit, period));
        self.keep(code, place, reading.clone());
        reading
    }

    fn keep(&mut self, code: &Code, place: (usize, Period), reading: Reading) {
        match self.known.get_mut(code) {
            Some(of) => of.insert(place, reading),
            None => self.known.entry(code.clone()).or_default().insert(place, reading),
        };
    }

    /// The definition that holds for a unit and a period, or why there is none.
    pub(crate) fn definition(&self, code: &Code, unit: usize, period: Period) -> Result<&'a Definition, Missing> {
        definition_for(self.book, self.shape, (code, unit, period), self.today)
    }

    fn leaf(&self, definition: &Definition, unit: usize, period: Period) -> Found {
        let entered = definition.formula.is_entered();
        let none = if entered { Missing::NotReported } else { Missing::NotMeasured };
        let leaf = self.leaves.get(&definition.code, unit, period).ok_or(none)?;
        if !leaf.state.is_settled() && !self.open.shows(unit) {
            // That someone writes at a draft is nobody's business.
            let sent = leaf.state == State::Submitted;
            return Err(if sent { Missing::NotAccepted { state: leaf.state } } else { Missing::NotReported });
        }
        let missing = if entered { Missing::Declared } else { Missing::Untold };
        leaf.number.map(|number| (number, !leaf.state.is_settled())).ok_or(missing)
    }

    fn derived(&mut self, definition: &'a Definition, unit: usize, period: Period) -> Found {
        match &definition.formula {
            Formula::Entered | Formula::Counted { .. } => self.leaf(definition, unit, period),
            Formula::Summed { of } => self.sum(of, unit, period),
            Formula::Ratio { of, per, factor } => {
                let (above, open) = self.part(of, unit, period)?;
                let (below, also) = self.part(per, unit, period)?;
                if below == 0.0 {
                    return Err(Missing::DivisionByZero { code: per.clone() });
                }
                Ok((above / below * factor, open || also))
            }
            Formula::Growth { of } => self.growth(of, unit, period),
            Formula::Index { parts } => self.index(parts, unit, period),
        }
    }

    fn part(&mut self, code: &Code, unit: usize, period: Period) -> Found {
        match self.reading(code, unit, period) {
            Reading::Number { number, provisional } => Ok((number, provisional)),
            Reading::Missing { why } => Err(Missing::Part { code: code.clone(), why: Box::new(why) }),
        }
    }

    /// The units over which a sum goes: the nearest ones below that have the indicator.
    pub(crate) fn below(&self, of: &Code, unit: usize, period: Period) -> Vec<usize> {
        let (day, mut found) = (self.day(period), Vec::new());
        let mut open: Vec<usize> = self.shape.children(unit, day).collect();
        let mut steps = 0;
        while let Some(child) = open.pop() {
            steps += 1;
            if steps > self.shape.len() {
                break;
            }
            match self.definition(of, child, period) {
                Ok(_) => found.push(child),
                Err(_) => open.extend(self.shape.children(child, day)),
            }
        }
        found.sort_unstable();
        found
    }

    /// The sum of another indicator over the units below.
    pub(crate) fn sum(&mut self, of: &Code, unit: usize, period: Period) -> Found {
        let below = self.below(of, unit, period);
        if below.is_empty() {
            return Err(Missing::NoParts);
        }
        let (mut sum, mut open, mut missing) = (0.0, false, 0);
        for child in &below {
            match self.reading(of, *child, period) {
                Reading::Number { number, provisional } => {
                    sum += number;
                    open |= provisional;
                }
                Reading::Missing { .. } => missing += 1,
            }
        }
        if missing > 0 {
            return Err(Missing::Parts { missing, of: below.len() as u32, sum });
        }
        Ok((sum, open))
    }

    fn growth(&mut self, of: &Code, unit: usize, period: Period) -> Found {
        let (now, open) = self.part(of, unit, period)?;
        let before = period.last_year();
        let (first, last) = (before.first_day(), self.day(period));
        if let Some(on) = self.shape.reshaped_between(unit, first, last) {
            return Err(Missing::Reorganised { on });
        }
        let (then, also) = match self.reading(of, unit, before) {
            Reading::Number { number, provisional } => (number, provisional),
            Reading::Missing { why } => return Err(Missing::NoLastYear { why: Box::new(why) }),
        };
        if then == 0.0 {
            return Err(Missing::DivisionByZero { code: of.clone() });
        }
        Ok(((now - then) / then.abs() * 100.0, open || also))
    }

    fn index(&mut self, parts: &[Part], unit: usize, period: Period) -> Found {
        let (mut sum, mut weights, mut open) = (0.0, 0.0, false);
        for part in parts {
            let (number, provisional) = self.part(&part.of, unit, period)?;
            sum += part.weight * part.scaled(number);
            weights += part.weight;
            open |= provisional;
        }
        if weights <= 0.0 {
            return Err(Missing::NoParts);
        }
        Ok((sum / weights * 100.0, open))
    }
}

/// The definition that holds for a unit and a period, or why there is none.
pub(crate) fn definition_for<'b>(
    book: &'b Book,
    shape: &Shape,
    (code, unit, period): (&Code, usize, Period),
    today: Date,
) -> Result<&'b Definition, Missing> {
    let version = book.on(code, period.last_day()).ok_or(Missing::NotDefined)?;
    let definition = &version.definition;
    let day = tree_day(period, today);
    if !definition.keeps(period.kind()) {
        return Err(Missing::NotThisPeriod);
    }
    if !shape.was_there(unit, period.first_day(), period.last_day()) {
        return Err(Missing::NoUnit);
    }
    if !level_of(shape, unit, day).is_some_and(|level| definition.is_for(level)) {
        return Err(Missing::NotThisLevel);
    }
    if is_for_unit(definition, shape, unit, day) { Ok(definition) } else { Err(Missing::NotThisUnit) }
}

/// The level at which a unit has indicators: that of an administration is its own, whoever serves clients is an outlet,
/// however high its place.
pub(crate) fn level_of(shape: &Shape, unit: usize, day: Date) -> Option<Level> {
    match shape.kind(unit, day)? {
        Kind::Administration => shape.level(unit, day),
        _ => Some(Level::Outlet),
    }
}

/// The day as of which the tree is read for a period: its last, or today while it runs.
pub(crate) fn tree_day(period: Period, today: Date) -> Date {
    period.last_day().min(today.max(period.first_day()))
}

/// Whether a definition of an owner holds for a unit: the owner or one under it.
pub(crate) fn is_for_unit(definition: &Definition, shape: &Shape, unit: usize, day: Date) -> bool {
    let Some(owner) = &definition.owner else { return true };
    let Some(owner) = shape.number(owner) else { return false };
    let mut at = Some(unit);
    for _ in 0..64 {
        match at {
            Some(number) if number == owner => return true,
            Some(number) => at = shape.last_parent(number, day),
            None => return false,
        }
    }
    false
}

#[cfg(test)]
#[path = "evaluate_tests.rs"]
mod tests;
