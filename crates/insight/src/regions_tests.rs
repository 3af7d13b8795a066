use super::{Regions, Spelled, spelled};

fn counts(list: &[(&str, u64)]) -> Vec<(String, u64)> {
    list.iter().map(|(value, count)| ((*value).to_owned(), *count)).collect()
}

#[test]
fn spellings_of_a_province_come_together_and_have_to_be_counted() {
    let found = spelled(&counts(&[("广东", 3), ("Guangdong", 1), ("CA", 2), ("云南省", 2)]));
    let province = |code, spellings: &[&str], count| Spelled {
        code,
        spellings: spellings.iter().map(|&spelling| spelling.to_owned()).collect(),
        count,
    };
    assert_eq!(found, [province(44, &["Guangdong", "广东"], 1), province(53, &["云南省"], 2)]);
    assert!(found[0].open() && !found[1].open());
    assert_eq!(found[0].clause(), "(re=Guangdong OR re=广东)");
}

#[test]
fn provinces_and_other_regions_stay_apart() {
    let facet = counts(&[("云南省", 4), ("CA", 2), ("Bayern", 2)]);
    let regions = Regions::new(&spelled(&facet), (&facet, &[]), 10, (7, 10));
    let yunnan = &regions.provinces[0];
    assert_eq!((yunnan.code, yunnan.count, yunnan.share), (53, 4, 0.4));
    assert_eq!(yunnan.province().map(|province| province.zh), Some("云南"));
    assert_eq!(yunnan.clause(), "re=云南省");
    let others: Vec<&str> = regions.others.iter().map(|entry| entry.value.as_str()).collect();
    assert_eq!((others, regions.unknown), (vec!["Bayern", "CA"], 3));
}

#[test]
fn hong_kong_counts_by_its_code_where_more_rights_carry_it() {
    let one = counts(&[("香港", 1)]);
    let countries = counts(&[("CN", 9), ("HK", 4), ("MO", 1)]);
    let regions = Regions::new(&spelled(&one), (&one, &countries), 10, (1, 20));
    let found: Vec<_> = regions.provinces.iter().map(|p| (p.code, p.count, p.clause())).collect();
    assert_eq!(found, [(81, 4, "co=HK".to_owned()), (82, 1, "co=MO".to_owned())]);
    let five = counts(&[("香港", 5)]);
    let named = Regions::new(&spelled(&five), (&five, &countries), 10, (5, 20));
    assert_eq!((named.provinces[0].count, named.provinces[0].country.as_deref()), (5, None));
}

#[test]
fn an_american_state_with_the_letters_of_a_province_is_no_province() {
    let facet = counts(&[("SC", 1), ("HI", 1)]);
    let regions = Regions::new(&spelled(&facet), (&facet, &counts(&[("US", 2)])), 10, (2, 2));
    assert!(regions.provinces.is_empty());
    assert_eq!(regions.others.len(), 2);
}

#[test]
fn no_regions_are_none() {
    assert_eq!(Regions::new(&[], (&[], &[]), 10, (0, 0)), Regions::default());
}
