use jiff::civil::date;

use super::*;

pub(crate) fn filing(number: u32, year: i16, state: FilingState) -> Filing {
    Filing {
        id: format!("CN-P-{number}"),
        title: format!("一种装置{number}"),
        address: String::new(),
        inventors: Vec::new(),
        filed: Some(date(year, 3, 1)),
        state,
    }
}

#[test]
fn shares_are_of_what_is_decided_and_beside_peers_of_the_same_years() {
    let mut filings: Vec<Filing> = (0..3).map(|n| filing(n, 2022, FilingState::Granted)).collect();
    filings.push(filing(3, 2022, FilingState::Refused));
    filings.push(filing(4, 2024, FilingState::Pending));
    filings.push(Filing { filed: None, ..filing(5, 2024, FilingState::Granted) });
    let year = Year { filed: 10, granted: 5, refused: 3, withdrawn: 2 };
    let peers = Peers { years: [(2022, year), (1999, Year { granted: 99, ..year })].into() };
    let found = profile(&filings, &peers);
    assert_eq!(found.years.keys().copied().collect::<Vec<_>>(), [2022, 2023, 2024], "without gaps");
    assert_eq!((found.undated, found.total().filed), (1, 5));
    let granted = found.shares[0];
    assert_eq!((granted.count, granted.of, granted.own, granted.peers), (3, 4, Some(0.75), Some(0.5)));
}

#[test]
fn without_decisions_there_is_no_share() {
    let found = profile(&[filing(1, 2024, FilingState::Pending)], &Peers::default());
    assert!(found.shares.iter().all(|share| share.own.is_none() && share.peers.is_none()));
    assert_eq!(profile(&[], &Peers::default()).years.len(), 0);
}
