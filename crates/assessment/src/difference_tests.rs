use crate::differences;
use crate::testing::scheme;

#[test]
fn what_changed_is_told_with_both_sides() {
    let (old, mut new) = (scheme(), scheme());
    assert_eq!(differences(&old, &new, "zh"), []);
    new.dimensions[0].weight = 55.0;
    new.dimensions[0].items.remove(1);
    new.dimensions[1].items[1].title.en = "Tasks of choice".to_owned();
    let told: Vec<(String, &str, String, String)> =
        differences(&old, &new, "en").into_iter().map(|it| (it.place, it.part, it.was, it.is)).collect();
    let row =
        |place: &str, part: &'static str, was: &str, is: &str| (place.to_owned(), part, was.to_owned(), is.to_owned());
    assert_eq!(
        told[..3],
        [
            row("Figures", "Weight of the dimension", "60", "55"),
            row("Tasks of choice", "Item", "Chosen tasks", "Tasks of choice"),
            row("Enforcers", "Item", "Enforcers", ""),
        ]
    );
    assert!(told[3..].iter().all(|(place, _, _, is)| place == "Enforcers" && is.is_empty()));
}
