use super::{Marked, grouped};

#[test]
fn thousands_stand_apart() {
    for (number, text) in [(0, "0"), (999, "999"), (1_000, "1,000"), (1_234_567, "1,234,567")] {
        assert_eq!(grouped(number), text);
    }
}

#[test]
fn marked_text_is_escaped_inside_and_outside_the_marks() {
    let marked = Marked::new("a<b>石墨烯\"&'", vec![1..4, 4..13]);
    assert_eq!(marked.to_string(), "a<mark>&#60;b&#62;</mark><mark>石墨烯</mark>&#34;&#38;&#39;");
}

#[test]
fn places_that_do_not_fit_a_text_are_passed_over() {
    assert_eq!(Marked::new("电池", vec![1..2, 0..3, 2..99]).to_string(), "<mark>电</mark>池");
}
