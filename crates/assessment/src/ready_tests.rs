use std::collections::BTreeSet;

use crate::{Points, Rule, Snapshot, faults, points_of_items, ready_schemes, score};

#[test]
fn every_ready_scheme_can_be_used() {
    let schemes = ready_schemes().unwrap();
    let codes: Vec<&str> = schemes.iter().map(|scheme| scheme.code.as_str()).collect();
    assert_eq!(codes, ["city-effort", "city-strength", "five-plus-n", "outlet", "business-environment"]);
    for scheme in &schemes {
        assert_eq!(faults(scheme), [], "{}", scheme.code);
        let points = points_of_items(scheme);
        assert_eq!(points.values().copied().sum::<Points>(), Points(10_000), "{}", scheme.code);
        assert!(score(scheme, &Snapshot::default()).units.is_empty());
    }
}

#[test]
fn they_hold_the_facts_of_the_documents() {
    let schemes = ready_schemes().unwrap();
    let rule = |scheme: usize, item: &str| &schemes[scheme].item(item).unwrap().rule;
    let dimensions = |scheme: usize| -> Vec<&str> {
        schemes[scheme].dimensions.iter().map(|dimension| dimension.code.as_str()).collect()
    };
    assert_eq!(dimensions(0), ["thinking", "measures", "input", "process"]);
    assert_eq!(dimensions(1), ["creation", "utilisation", "protection", "management", "service"]);
    let to = |rule: &Rule| match rule {
        Rule::Linear { to, .. } | Rule::Growth { to, .. } => to.at,
        Rule::Steps { steps, .. } => steps.iter().map(|step| step.at).fold(f64::MIN, f64::max),
        _ => f64::NAN,
    };
    // Growth of pledge finance 20 % and of insured firms 30 %, 200 firms surveyed, three enforcers, ten firms at most.
    let facts = [
        ("pledge-growth", 20.0),
        ("insured-growth", 30.0),
        ("survey", 200.0),
        ("enforcers", 3.0),
        ("standard-firms", 10.0),
    ];
    for (item, fact) in facts {
        assert_eq!(to(rule(0, item)).to_bits(), f64::to_bits(fact), "{item}");
    }
    // Two full-time staff; 15 basic services; pledge finance 10 % in the guideline of 2024.
    let counts = [(3, "full-time", 2.0), (3, "basic-services", 15.0), (4, "pledge-growth", 10.0)];
    for (scheme, item, fact) in counts {
        assert_eq!(to(rule(scheme, item)).to_bits(), f64::to_bits(fact), "{item}");
    }
    let five: BTreeSet<&str> = schemes[2].dimensions[0].items.iter().map(|item| item.code.as_str()).collect();
    assert!(["analysis", "standard", "operation", "litigation", "training"].iter().all(|kind| five.contains(kind)));
    assert!(schemes[..2].iter().all(|scheme| scheme.years.as_ref().unwrap().weights.len() == 3));
}
