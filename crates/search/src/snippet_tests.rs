use records::{Claim, Description, NiceClass, Office, Part, PartKey, RightKind, Subject, Text};

use super::*;

fn right(change: impl FnOnce(&mut Right)) -> Right {
    let application = records::ApplicationNumber::verbatim(Office::DEMO, "2020001", RightKind::Invention);
    let subject = Subject { application, publications: Vec::new() };
    let mut part = Part::new(PartKey::new("test", 1), subject, records::Authority::Office);
    part.record.right = Some(RightKind::Invention);
    part.record.titles = vec![Text::new(Some("zh"), "石墨烯电池")];
    let mut right = records::assemble(&[part]).unwrap();
    change(&mut right);
    right
}

fn shown(query: &str, right: &Right) -> Option<(&'static str, Vec<String>)> {
    let snippet = snippet(right, &Marker::of(&query::parse(query).unwrap()))?;
    let marks = snippet.marks.iter().map(|mark| snippet.text[mark.clone()].to_owned());
    Some((snippet.field, marks.collect()))
}

#[test]
fn a_title_that_shows_everything_needs_no_passage() {
    let right = right(|right| right.abstracts = vec![Text::new(Some("zh"), "石墨烯电池。")]);
    assert_eq!(shown("石墨烯 电池", &right), None);
    assert_eq!(shown("ad=2020", &right), None);
}

#[test]
fn the_sentence_with_most_of_what_is_hidden_is_shown() {
    let right = right(|right| {
        right.abstracts = vec![Text::new(Some("zh"), "涉及隔膜。隔膜与涂层一起抑制枝晶。还有涂层。")];
    });
    let snippet = snippet(&right, &Marker::of(&query::parse("隔膜 涂层").unwrap())).unwrap();
    assert_eq!((snippet.field, snippet.text.as_str()), ("ab", "隔膜与涂层一起抑制枝晶。"));
    assert_eq!(shown("隔膜 涂层", &right), Some(("ab", vec!["隔膜".to_owned(), "涂层".to_owned()])));
}

#[test]
fn claims_goods_and_descriptions_are_looked_through_in_turn() {
    let mut description = Description::default();
    description.paragraph("第一段。");
    description.paragraph("这里说到坩埚。");
    let right = right(|right| {
        right.claims = vec![
            Claim { number: 1, text: "一种电池。".into(), ..Claim::default() },
            Claim { number: 2, text: "如权利要求1，其中有银浆。".into(), ..Claim::default() },
        ];
        right.nice = vec![NiceClass { class: 9, lang: None, terms: vec!["电缆".into(), "插头".into()] }];
        right.description = Some(description);
    });
    let marker = Marker::of(&query::parse("银浆").unwrap());
    let snippet = snippet(&right, &marker).unwrap();
    assert_eq!((snippet.field, snippet.claim), ("cl", Some(2)));
    assert_eq!(shown("插头", &right).unwrap().0, "gs");
    assert_eq!(shown("坩埚", &right), None, "descriptions are searched by name alone");
    assert_eq!(shown("de=坩埚", &right).unwrap().0, "de");
}

#[test]
fn long_sentences_are_cut_round_the_first_mark() {
    for (text, word) in [
        (format!("{}银浆{}", "甲".repeat(500), "乙".repeat(500)), "银浆"),
        (format!("{} paste {}", "filler ".repeat(100), "more ".repeat(100)), "paste"),
        (format!("{}银浆", "甲".repeat(500)), "银浆"),
        (format!("银浆{}", "乙".repeat(500)), "银浆"),
    ] {
        let right = right(|right| right.abstracts = vec![Text::new(None, text)]);
        let snippet = snippet(&right, &Marker::of(&query::parse(word).unwrap())).unwrap();
        let length = snippet.text.chars().count();
        assert!((100..=LONGEST + 2).contains(&length), "{length} {}", snippet.text);
        assert_eq!(&snippet.text[snippet.marks[0].clone()], word);
        assert!(snippet.text.starts_with('…') || snippet.text.ends_with('…'));
    }
}
