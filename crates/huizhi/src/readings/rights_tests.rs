use jiff::civil::date;

use super::{MEASURES, asked};

#[test]
fn every_measure_is_a_question_that_parses() {
    let today = date(2026, 2, 28);
    for (code, _, _, _) in MEASURES {
        for period in ["2025", "2026", "2026-Q1", "2026-02"] {
            let query = asked(code, period.parse().unwrap(), today).unwrap();
            query::parse(&query).unwrap_or_else(|mistake| panic!("{code}: {query}: {mistake:?}"));
        }
    }
    assert!(asked("rights.unheard-of", "2025".parse().unwrap(), today).is_none());
    let long = asked("rights.maintained-10-years", "2026".parse().unwrap(), today).unwrap();
    assert!(long.contains("ad<=2016-02-28"), "{long}");
}
