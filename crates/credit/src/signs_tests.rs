use jiff::civil::date;

use super::*;
use crate::{Peers, Year, profile};

fn filing(number: usize, day: Date) -> Filing {
    Filing {
        id: format!("CN-P-{number}"),
        title: format!(
            "各不相同的第{number}个题目{}",
            "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申酉戌亥".chars().nth(number % 22).unwrap()
        ),
        address: String::new(),
        inventors: vec![format!("发明人{number}")],
        filed: Some(day),
        state: FilingState::Pending,
    }
}

fn found(filings: &[Filing], peers: &Peers) -> Vec<Sign> {
    signs(filings, &profile(filings, peers), &Limits::default())
}

#[test]
fn a_jump_is_large_and_many_times_the_year_before() {
    let of = |before: usize, after: usize| {
        let mut filings: Vec<Filing> = (0..before).map(|n| filing(n, date(2023, 1, 5))).collect();
        filings.extend((0..after).map(|n| filing(n, date(2024, 1, 5))));
        let kinds: Vec<LeadKind> = found(&filings, &Peers::default()).into_iter().map(|sign| sign.kind).collect();
        kinds.contains(&LeadKind::Jump)
    };
    assert!(of(10, 30));
    assert!(!of(10, 29), "less than three times");
    assert!(!of(5, 19), "few");
    assert!(!of(0, 40), "an agency that begins has no year before");
}

#[test]
fn titles_that_differ_by_numbers_alone_are_alike() {
    let mut filings: Vec<Filing> = (1..=6)
        .map(|n| Filing {
            title: format!("一种智能水杯（{n}）"),
            address: "示范市示范路1号".to_owned(),
            ..filing(n, date(2024, 1, i8::try_from(n).unwrap()))
        })
        .collect();
    let signs = found(&filings, &Peers::default());
    assert_eq!(signs.len(), 1, "{signs:?}");
    let sign = &signs[0];
    assert_eq!(
        (sign.kind, sign.figure, sign.title.as_deref()),
        (LeadKind::AlikeAtAddress, 6.0, Some("一种智能水杯（"))
    );
    assert_eq!(sign.filed, Some((date(2024, 1, 1), date(2024, 1, 6))));
    filings[0].address = "另一处".to_owned();
    filings[1].address = "另一处".to_owned();
    assert!(found(&filings, &Peers::default()).is_empty(), "four at one address are few");
}

#[test]
fn one_inventor_with_many_filings_in_a_day_is_a_sign() {
    let day = date(2024, 5, 20);
    let filings: Vec<Filing> =
        (0..5).map(|n| Filing { inventors: vec!["李某".to_owned(), "李某".to_owned()], ..filing(n, day) }).collect();
    let signs = found(&filings, &Peers::default());
    assert_eq!(signs.len(), 1);
    assert_eq!((signs[0].kind, signs[0].figure), (LeadKind::InventorDay, 5.0), "a name that stands there twice is one");
}

#[test]
fn shares_far_from_peers_are_signs_when_enough_is_decided() {
    let state = |n: usize| if n < 15 { FilingState::Withdrawn } else { FilingState::Granted };
    let of = |count: usize| -> Vec<Filing> {
        (0..count).map(|n| Filing { state: state(n * 20 / count), ..filing(n, date(2024, 1, 5)) }).collect()
    };
    let year = Year { filed: 100, granted: 80, refused: 10, withdrawn: 10 };
    let peers = Peers { years: [(2024, year)].into() };
    let kinds: Vec<LeadKind> = found(&of(20), &peers).into_iter().map(|sign| sign.kind).collect();
    assert_eq!(kinds, [LeadKind::FewGrants, LeadKind::ManyWithdrawals]);
    assert!(found(&of(19), &peers).is_empty());
    assert!(found(&of(20), &Peers::default()).is_empty(), "without peers nothing is far from them");
}

#[test]
fn a_skeleton_leaves_out_what_counts() {
    assert_eq!(skeleton("一种 水杯 A-12"), skeleton("二种水杯a 13"));
    assert_ne!(skeleton("一种水杯"), skeleton("一种水壶"));
}
