use proptest::prelude::*;

use super::*;

fn shown(first: &str, second: &str) -> String {
    let sign = |side| match side {
        Side::Both => "",
        Side::First => "-",
        Side::Second => "+",
    };
    let pieces = differences(first, second);
    pieces.iter().flat_map(|piece| ["[", sign(piece.side), &piece.text, "]"]).collect()
}

#[test]
fn words_and_characters_that_differ_stand_out() {
    assert_eq!(shown("a red cell", "a blue cell"), "[a ][-red][+blue][ cell]");
    assert_eq!(shown("一种固态电池", "一种液态电池"), "[一种][-固][+液][态电池]");
    assert_eq!(shown("same", "same"), "[same]");
    assert_eq!(shown("", "new"), "[+new]");
    assert_eq!(shown("", ""), "");
}

#[test]
fn texts_too_long_to_be_laid_over_each_other_are_shown_one_after_the_other() {
    let (first, second) = ("甲".repeat(3000), "乙".repeat(3000));
    assert_eq!(differences(&first, &second).len(), 2);
}

proptest! {
    #[test]
    fn the_pieces_give_back_both_texts(first in "[a-c 电池，]{0,40}", second in "[a-c 电池，]{0,40}") {
        let pieces = differences(&first, &second);
        let of = |other: Side| -> String {
            pieces.iter().filter(|piece| piece.side != other).map(|piece| piece.text.as_str()).collect()
        };
        prop_assert_eq!(of(Side::Second), first);
        prop_assert_eq!(of(Side::First), second);
    }
}
