//! Times scoring of so many units by so many items, and the same with the snapshot read from its text:
//! `cargo run --release -p assessment --example assessment_timing -- 100 80`.

#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::collections::BTreeMap;
use std::error::Error;
use std::time::Instant;

use assessment::{
    Better, Datum, Dimension, Input, Item, Mark, Missing, Origin, Point, Rule, Scheme, Snapshot, Text, UnitData, score,
};
use jiff::Timestamp;
use network::{Id, Level, OrganisationId};

/// How often each question is asked.
const ROUNDS: usize = 50;
/// Items of a dimension.
const OF_DIMENSION: usize = 10;

fn rule(number: usize) -> (Input, Rule) {
    let entered = || Input::Entered { unit: Text::default(), evidence: false };
    let point = |at: f64, score: f64| Point { at, score };
    match number % 6 {
        0 => (Input::Review, Rule::Expert { trim: true, least: 2 }),
        1 => (entered(), Rule::Rank { better: Better::Higher, places: Vec::new(), rest: 0.0 }),
        2 => (entered(), Rule::Growth { from: point(0.0, 0.0), to: point(20.0, 100.0), from_zero: 100.0 }),
        3 => {
            let steps = (1..5).map(|step| point(f64::from(step) * 20.0, f64::from(step) * 25.0)).collect();
            (entered(), Rule::Steps { better: Better::Higher, steps, otherwise: 0.0 })
        }
        4 => (entered(), Rule::YesNo),
        _ => (entered(), Rule::Linear { from: point(0.0, 0.0), to: point(100.0, 100.0) }),
    }
}

fn scheme(items: usize) -> Scheme {
    let item = |number: usize| {
        let (input, rule) = rule(number);
        Item {
            code: format!("item-{number}"),
            title: Text::new("指标", "Item"),
            about: Text::default(),
            weight: 1.0,
            input,
            rule,
            missing: Missing::LeaveOut,
        }
    };
    let dimension = |first: usize| Dimension {
        code: format!("dimension-{first}"),
        title: Text::new("维度", "Dimension"),
        weight: 1.0,
        items: (first..items.min(first + OF_DIMENSION)).map(item).collect(),
    };
    Scheme {
        code: "timing".to_owned(),
        title: Text::new("计时", "Timing"),
        about: Text::default(),
        source: Text::default(),
        full: 100,
        bonus_most: 0.0,
        level: Level::Prefecture,
        unit_kind: None,
        years: None,
        grades: Vec::new(),
        dimensions: (0..items).step_by(OF_DIMENSION).map(dimension).collect(),
    }
}

fn snapshot(units: u32, items: usize) -> Snapshot {
    let one = |number: u32| {
        let mut random = [0; 10];
        random[6..].copy_from_slice(&number.to_be_bytes());
        let mut data = UnitData { name: Text::new(format!("第{number}市"), ""), ..UnitData::default() };
        for item in 0..items {
            let (code, drawn) = (format!("item-{item}"), f64::from((number * 37 + item as u32 * 11) % 101));
            if item % 6 == 0 {
                let mark = |reviewer: u32| Mark {
                    reviewer,
                    score: (drawn + f64::from(reviewer)).min(100.0),
                    words: String::new(),
                };
                data.marks.insert(code, (1..=5).map(mark).collect());
            } else {
                let (origin, note, at) = (Origin::Entered, "台账".to_owned(), Timestamp::UNIX_EPOCH);
                let before = (item % 6 == 2).then_some(drawn / 1.1);
                data.values.insert(code, Datum { value: drawn, before, origin, note, at, evidence: Vec::new() });
            }
        }
        (OrganisationId(Id::make(Timestamp::UNIX_EPOCH, random)), data)
    };
    Snapshot { year: 2025, units: (1..=units).map(one).collect::<BTreeMap<_, _>>() }
}

fn told(name: &str, times: &mut [f64]) {
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!("{name:<34} p50 {:>6.1} ms  p95 {:>6.1} ms", at(0.5), at(0.95));
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1).filter_map(|text| text.parse::<u32>().ok());
    let (units, items) = (arguments.next().unwrap_or(100), arguments.next().unwrap_or(80) as usize);
    let (scheme, snapshot) = (scheme(items), snapshot(units, items));
    let text = snapshot.to_json();
    let (mut pure, mut read) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let begun = Instant::now();
        let scores = score(&scheme, &snapshot);
        pure.push(begun.elapsed().as_secs_f64() * 1000.0);
        assert_eq!(scores.units.len(), units as usize);
        let begun = Instant::now();
        let again: Snapshot = serde_json::from_str(&text)?;
        assert_eq!(score(&scheme, &again).units.len(), units as usize);
        read.push(begun.elapsed().as_secs_f64() * 1000.0);
    }
    println!("{units} units, {items} items, a snapshot of {} kB", text.len() / 1000);
    told("scoring", &mut pure);
    told("reading the snapshot and scoring", &mut read);
    Ok(())
}
