use super::differences;
use crate::example::{analysis, nothing};

#[test]
fn the_same_figures_do_not_differ() {
    assert_eq!(differences(&analysis(), &analysis()), []);
    assert_eq!(differences(&nothing(), &nothing()), []);
}

#[test]
fn figures_that_differ_are_told_with_both_values() {
    let then = analysis();
    let mut now = then.clone();
    now.total = 12;
    now.applicants.entries[0].count = 7;
    now.status.entries[0].count = 6;
    now.applicants.entries.remove(1);
    let found = differences(&then, &now);
    let told: Vec<(&str, f64, f64)> =
        found.iter().map(|figure| (figure.en.as_str(), figure.then, figure.now)).collect();
    assert_eq!(told, [("Rights", 10.0, 12.0), ("In force", 5.0, 6.0), ("晨光电池有限公司", 5.0, 7.0)]);
}

#[test]
fn from_nothing_to_something_all_figures_differ() {
    let found = differences(&nothing(), &analysis());
    let applicants = found.iter().find(|figure| figure.zh == "申请人数").map(|figure| (figure.then, figure.now));
    assert_eq!(applicants, Some((0.0, 4.0)));
}
