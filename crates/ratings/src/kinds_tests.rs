use super::*;

#[test]
fn one_is_the_best_in_the_standard_and_the_worst_in_stars() {
    assert_eq!(Level::VerySatisfied.gb_code(), 1);
    assert_eq!(Level::VerySatisfied.stars(), 5);
    assert_eq!(Level::VeryDissatisfied.gb_code(), 5);
    assert_eq!(Level::VeryDissatisfied.stars(), 1);
    for level in Level::ALL {
        assert_eq!(Level::from_gb_code(level.gb_code()), Some(*level));
        assert_eq!(Level::from_stars(level.stars()), Some(*level));
    }
    for number in [0, 6, 7, 255] {
        assert_eq!((Level::from_gb_code(number), Level::from_stars(number)), (None, None));
    }
}

#[test]
fn two_of_five_are_bad() {
    let bad: Vec<&str> = Level::ALL.iter().filter(|level| level.is_bad()).map(|level| level.label("zh")).collect();
    assert_eq!(bad, ["不满意", "非常不满意"]);
}
