use super::*;

#[test]
fn references_between_claims_are_read_in_their_many_spellings() {
    let cases: &[(&str, u32, &[u32])] = &[
        ("根据权利要求1所述的装置", 2, &[1]),
        ("如权利要求1至4中任意一项所述的耳机", 5, &[1, 2, 3, 4]),
        ("按照权利要求1和3中所述的", 4, &[1, 3]),
        ("如权利要求1、2或5任一项", 6, &[1, 2, 5]),
        ("如权利要求1-3,5任一项", 6, &[1, 2, 3, 5]),
        ("根据权利要求书第1项～第3项", 4, &[1, 2, 3]),
        ("权利要求2或权利要求3", 9, &[2, 3]),
        ("the device of claims 1 to 3", 4, &[1, 2, 3]),
        ("如权利要求9所述", 3, &[]),
        ("权利要求书", 3, &[]),
        ("权利要求1至99999999999", 3, &[1]),
    ];
    for (text, number, expected) in cases {
        assert_eq!(claims_referred_to(text, *number), *expected, "{text}");
    }
}

#[test]
fn a_claim_loses_its_number_but_not_a_measure() {
    let read = |number, text: &str| claim(number, 0, &[text.to_owned()], None).map(|c| (c.number, c.text));
    assert_eq!(read(Some(1), "1、一种杯"), Some((1, "一种杯".to_owned())));
    assert_eq!(read(None, "12.一种杯"), Some((12, "一种杯".to_owned())));
    assert_eq!(read(Some(1), "1.5毫米厚的板"), Some((1, "1.5毫米厚的板".to_owned())));
    assert_eq!(read(Some(2), ""), None);
}

#[test]
fn headings_start_sections() {
    let mut description = Description::default();
    for text in ["[0001] 一、技术领域", "[0002] 本发明涉及杯子。", "背景技术：", "杯子会倒。"] {
        add_paragraph(&mut description, text.to_owned());
    }
    let told: Vec<_> = description.sections.iter().map(|s| (s.heading.as_deref(), s.paragraphs.len())).collect();
    assert_eq!(told, [(Some("技术领域"), 1), (Some("背景技术"), 1)]);
    assert_eq!(description.sections[0].paragraphs[0], "本发明涉及杯子。");
}
