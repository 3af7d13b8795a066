use query::Field;
use records::Office;

use super::{Marked, field_name, grouped, short, with_office};
use crate::language::Lang;

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

#[test]
fn the_office_stands_once_before_a_number() {
    for (office, number, written) in [
        (Office::CN, "CN201910302430", "CN201910302430"),
        (Office::DE, "10 2015 001 234.7", "DE10 2015 001 234.7"),
        (Office::WO, "PCT/CN2015/071234", "PCT/CN2015/071234"),
    ] {
        assert_eq!(with_office(office, number), written);
    }
}

#[test]
fn fields_have_names_that_people_read() {
    assert_eq!(field_name(Field::FilingDate, Lang::En), "Filing date");
    assert_eq!(field_name(Field::Ipc, Lang::En), "IPC");
    assert_eq!(field_name(Field::Ipc, Lang::Zh), "国际专利分类");
}

#[test]
fn long_titles_of_classes_are_cut_after_their_first_part() {
    assert_eq!(short("二次电池；及其制造"), "二次电池");
    assert_eq!(short(&"长".repeat(80)).chars().count(), 61);
}
