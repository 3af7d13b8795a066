use super::Regions;

fn counts(list: &[(&str, u64)]) -> Vec<(String, u64)> {
    list.iter().map(|(value, count)| ((*value).to_owned(), *count)).collect()
}

#[test]
fn spellings_of_a_province_come_together_and_other_regions_stay_apart() {
    let regions = Regions::new(&counts(&[("广东", 3), ("Guangdong", 1), ("CA", 2), ("Bayern", 2)]), 10, 8, 10);
    let guangdong = &regions.provinces[0];
    assert_eq!((guangdong.code, guangdong.count, guangdong.share), (44, 4, 0.4));
    assert_eq!(guangdong.spellings, ["Guangdong", "广东"]);
    assert_eq!(guangdong.province().map(|province| province.zh), Some("广东"));
    let others: Vec<&str> = regions.others.entries.iter().map(|entry| entry.value.as_str()).collect();
    assert_eq!(others, ["Bayern", "CA"]);
    assert_eq!(regions.unknown, 2);
}

#[test]
fn an_american_state_with_the_letters_of_a_province_is_no_province() {
    let regions = Regions::new(&counts(&[("SC", 1), ("HI", 1)]), 10, 2, 2);
    assert!(regions.provinces.is_empty());
    assert_eq!(regions.others.entries.len(), 2);
}

#[test]
fn no_regions_are_all_unknown() {
    assert_eq!(Regions::new(&[], 10, 0, 3), Regions { unknown: 3, others: crate::Ranking::new(&[], 10, 0, 3), ..Regions::default() });
}
