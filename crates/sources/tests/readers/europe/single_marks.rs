//! Single marks in ST.66 and ST.96.

use crate::reading::{fixture, read, real};

#[test]
fn a_mark_in_st66_is_read_in_full() {
    insta::assert_snapshot!(fixture("st66/mark.xml").snapshot());
}

#[test]
fn a_mark_in_st96_is_read_in_full() {
    insta::assert_snapshot!(fixture("st96/mark.xml").snapshot());
}

#[test]
fn real_marks_are_read_and_two_forms_of_one_mark_are_one_part() {
    let Some(folder) = real("uspto/trademarks") else { return };
    let one = read(&folder.join("sn76044902.xml"), &sources::Settings::default());
    let part = one.parts().next().expect("a part");
    assert_eq!(part.subject.id().expect("an id").as_str(), "US-T-76044902");
    assert_eq!(part.record.owners[0].name, "PYTHON SOFTWARE FOUNDATION");
    assert_eq!(part.record.applicants[0].name, "Corporation for National Research Initiatives");
    assert!(one.records[0].1.unread.is_empty(), "{:?}", one.records[0].1.unread);
    let [draft, present] = ["rn2178784-ST-961_D3.xml", "rn2178784-ST-962.2.1.xml"].map(|name| {
        let reading = read(&folder.join(name), &sources::Settings::default());
        assert!(reading.codes().is_empty() && reading.refused() == 0);
        assert!(reading.records[0].1.unread.is_empty(), "{:?}", reading.records[0].1.unread);
        reading.parts().next().expect("a part").clone()
    });
    assert_eq!(draft.key, present.key);
    assert_eq!(draft.record.events, present.record.events);
    assert_eq!(present.record.owners[0].name, "Oracle America, Inc.");
}
