use super::*;

/// What is typed where the text has `|`: field code, value, and what a suggestion replaces.
fn at(marked: &str) -> (&'static str, String, String) {
    let cursor = marked.find('|').unwrap();
    let text = marked.replace('|', "");
    let Some(typing) = Typing::at(&text, cursor) else { return ("none", String::new(), String::new()) };
    (typing.field.map_or("", Field::code), typing.typed, text[typing.place].to_owned())
}

fn is(marked: &str, field: &str, typed: &str, replaced: &str) {
    let (found_field, found_typed, found_replaced) = at(marked);
    assert_eq!((found_field, found_typed.as_str(), found_replaced.as_str()), (field, typed, replaced), "{marked}");
}

#[test]
fn words_and_values_are_told_apart() {
    is("|", "none", "", "");
    is("申请|", "", "申请", "申请");
    is("电池 华|为", "", "华", "华为");
    is("电池 pa=华|", "pa", "华", "pa=华");
    is("电池 申请人：华| ad=2020", "pa", "华", "申请人：华");
    is("pa==\"华为 技|术\" 电池", "pa", "华为 技", "pa==\"华为 技术\"");
    is("pa=\"Co (1|", "pa", "Co (1", "pa=\"Co (1");
    is("(电池 OR 石|墨)", "", "石", "石墨");
    is("nosuch=x|", "none", "", "");
}

#[test]
fn brackets_give_their_field_to_what_is_inside() {
    is("pa=(华为 OR 中|", "pa", "中", "中");
    is("pa=((华为 OR 中|", "pa", "中", "中");
    is("pa=(华为) 中|", "", "中", "中");
    is("ti=(a) (b|", "", "b", "b");
}

#[test]
fn any_place_of_any_text_is_answered() {
    for text in ["电池 pa=\"华\\\"为", "((((", "=：：\"", "“”“é́", ")))"] {
        for cursor in 0..text.len() + 3 {
            let place = Typing::at(text, cursor).map_or(0..0, |typing| typing.place);
            assert!(text.get(place).is_some());
        }
    }
}
