use jiff::civil::date;

use crate::starting;
use crate::testing::contents;

#[test]
fn a_copy_for_the_next_year_keeps_keys_and_links_and_moves_every_day() {
    let before = starting("2024-guideline").unwrap().unwrap();
    let after = before.moved_to(2026);
    assert_eq!((after.from, after.to), (date(2026, 1, 1), date(2026, 12, 31)));
    assert!(after.title.zh.contains("2026") && after.title.en.contains("2026"));
    assert_eq!((after.number.as_str(), after.dated), ("", None), "the document is another's");
    let keys = |plan: &crate::Contents| plan.tasks().map(|placed| placed.task.key.clone()).collect::<Vec<_>>();
    assert_eq!(keys(&before), keys(&after));
    let stock = after.task("8").unwrap().task;
    assert_eq!(stock.milestones[0].due, date(2026, 3, 31));
    assert_eq!((stock.targets[0].period.as_str(), stock.targets[0].figure), ("2026-06", Some(30.0)));
    assert_eq!(stock.tasks[0].due, Some(date(2026, 6, 30)));
    assert_eq!(after.lists, before.lists);
    assert_eq!(after.faults(), []);
}

#[test]
fn the_last_of_february_stays_in_february() {
    let mut plan = contents();
    plan.year = 2024;
    plan.from = date(2024, 2, 29);
    assert_eq!(plan.moved_to(2025).from, date(2025, 2, 28));
}
