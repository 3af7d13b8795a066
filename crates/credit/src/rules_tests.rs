use jiff::civil::date;

use super::*;

#[test]
fn the_starting_edition_is_sound_and_tells_levels() {
    let (edition, _) = starting_edition().unwrap();
    assert_eq!(edition.rules.len(), 17);
    for (score, grade) in [
        (120, Grade::APlus),
        (101, Grade::APlus),
        (100, Grade::A),
        (90, Grade::A),
        (89, Grade::B),
        (79, Grade::C),
        (59, Grade::D),
        (0, Grade::D),
    ] {
        assert_eq!(edition.grade(score), grade, "{score}");
    }
}

#[test]
fn an_edition_with_faults_is_refused_with_all_of_them() {
    let (_, text) = starting_edition().unwrap();
    let wrong = text
        .replace("objection_days = 15", "objection_days = 0")
        .replace("at_least = 80", "at_least = 95")
        .replace("code = \"M02\"", "code = \"M01\"")
        .replace("points = 3\nmonths = 12\nmost = 6", "points = 0\nmonths = 12\nmost = 6");
    let Err(CreditError::Invalid(faults)) = Edition::read(&wrong) else { panic!("it was taken") };
    assert_eq!(faults.len(), 4, "{faults:?}");
    let Err(CreditError::Invalid(faults)) = Edition::read("edition = \n") else { panic!("it was taken") };
    assert!(faults[0].zh.contains('行'), "{faults:?}");
}

#[test]
fn a_day_before_the_first_edition_has_the_first() {
    let (first, _) = starting_edition().unwrap();
    let second = Edition { edition: 2, from: date(2026, 7, 1), base: 95, ..first.clone() };
    let book = Book::new(vec![second, first]);
    assert_eq!(book.on(date(2000, 1, 1)).unwrap().edition, 1);
    assert_eq!(book.on(date(2026, 6, 30)).unwrap().edition, 1);
    assert_eq!(book.on(date(2026, 7, 1)).unwrap().edition, 2);
}
