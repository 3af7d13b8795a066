use jiff::civil::date;

use super::*;

#[test]
fn the_text_of_every_condition_is_a_query() {
    let agents = ["明理\"演示\\事务所".to_owned(), "旧名".to_owned()];
    let whole = Conditions {
        agents: &agents,
        filed: Some((date(2024, 1, 1), date(2024, 12, 31))),
        state: Some(FilingState::Granted),
        inventor: Some("李 \"某\""),
        address: Some("示范市 示范路1号"),
        title: Some("一种智能水杯（"),
    };
    query::parse(&text_of(&whole)).unwrap();
    for state in [FilingState::Pending, FilingState::Refused, FilingState::Withdrawn, FilingState::Unknown] {
        query::parse(&text_of(&Conditions { state: Some(state), ..whole.clone() })).unwrap();
    }
    assert_eq!(text_of(&Conditions::default()), "ag=*");
    assert_eq!(text_of(&Conditions { title: Some("一"), ..Conditions::default() }), "ag=*", "one character is nothing");
}

#[test]
fn filings_are_alike_when_numbers_alone_tell_them_apart() {
    let placed = |title: &str, address: &str| Placed {
        filing: Filing {
            id: String::new(),
            title: title.to_owned(),
            address: address.to_owned(),
            inventors: Vec::new(),
            filed: Some(date(2026, 1, 1)),
            state: FilingState::Pending,
        },
        published: Some(date(2026, 9, 1)),
        province: Some(50),
    };
    let filings =
        [placed("一种水杯1", "甲路"), placed("一种水杯2", "甲路"), placed("一种水杯3", "乙路"), placed("水壶", "")];
    let groups = alike(&filings);
    assert_eq!(groups.len(), 2);
    let both = groups.iter().find(|group| group.days.len() == 2).unwrap();
    assert_eq!((both.title.as_str(), both.address.as_str()), ("一种水杯", "甲路"));
}
