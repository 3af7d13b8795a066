use std::collections::HashMap;

use indicators::{Asked, Period};
use jiff::civil::{Date, date};
use network::{prefectures, provinces};
use records::region::{PROVINCES, cities_named};

use super::{Counts, MEASURES, Place, figure, question, understood};

const TODAY: Date = date(2026, 2, 28);

fn asked(measure: &str, condition: Option<&str>, period: Period) -> Result<String, String> {
    question(Asked { measure, condition, period, today: TODAY })
}

#[test]
fn every_measure_is_a_question_that_parses() {
    for (code, _, _, _) in MEASURES {
        for period in ["2025", "2026", "2026-Q1", "2026-02"] {
            let query = asked(code, None, period.parse().unwrap()).unwrap();
            query::parse(&query).unwrap_or_else(|mistake| panic!("{code}: {query}: {mistake:?}"));
            let narrowed = asked(code, Some("at=university OR tech=4"), period.parse().unwrap()).unwrap();
            assert!(query::has_clause(&narrowed, "at=university OR tech=4"), "{narrowed}");
        }
    }
    assert!(asked("rights.unheard-of", None, "2025".parse().unwrap()).is_err());
    let long = asked("rights.maintained-10-years", None, "2026".parse().unwrap()).unwrap();
    assert!(long.contains("ad<=2016-02-28"), "{long}");
}

#[test]
fn a_condition_is_refused_with_its_place_and_mend() {
    assert_eq!(understood("at=university AND tech=(4 OR 6)"), Ok(()));
    let wrong = understood("tech=4 at=universty").unwrap_err();
    assert!(wrong.zh.contains("第 11—19 字") && wrong.zh.contains("tech=4 at=university"), "{}", wrong.zh);
    assert!(wrong.en.contains("characters 11 to 19") && wrong.en.contains("tech=4 at=university"), "{}", wrong.en);
    assert!(understood("*").unwrap_err().en.contains("narrows nothing"));
    let kept = asked("rights.all", Some("no such field=1 ("), "2025".parse().unwrap());
    assert!(kept.unwrap_err().contains("not understood"), "what is not understood counts nothing");
}

#[test]
fn every_prefecture_of_the_network_is_a_city_that_rights_tell() {
    for region in prefectures(TODAY) {
        let code: u8 = region.code.as_str()[..2].parse().unwrap();
        let named = cities_named(&region.name);
        assert!(named.iter().any(|city| city.province == code && city.full == region.name), "{}", region.name);
    }
    for region in provinces(TODAY) {
        assert!(PROVINCES.iter().any(|province| province.full == region.name), "{}", region.name);
    }
}

#[test]
fn a_city_without_rights_is_zero_only_where_cities_are_told() {
    let map = |counts: &[(&str, u64)]| counts.iter().map(|(name, count)| ((*name).to_owned(), *count)).collect();
    let counts = Counts {
        total: 9,
        provinces: map(&[("广东省", 5), ("四川省", 4)]),
        cities: map(&[("深圳市", 3)]),
        told: std::iter::once(44).collect(),
    };
    let of = |name: &str| {
        let city = cities_named(name)[0];
        let province = PROVINCES.iter().find(|province| province.code == city.province).unwrap();
        figure(&counts, "status=in-force", Place::City(city, province))
    };
    let numbers: HashMap<&str, Result<f64, String>> = ["深圳市", "广州市", "成都市", "西安市"]
        .map(|name| (name, of(name).number.map_err(|why| why.en)))
        .into_iter()
        .collect();
    assert_eq!(numbers["深圳市"], Ok(3.0));
    assert_eq!(numbers["广州市"], Ok(0.0), "other cities of the province are told");
    assert!(numbers["成都市"].as_ref().unwrap_err().contains("do not name the cities"), "{numbers:?}");
    assert_eq!(numbers["西安市"], Ok(0.0), "the province has none");
    let href = of("深圳市").href.unwrap();
    assert_eq!(href, super::address("/search", &[("q", "status=in-force AND city=深圳市")]));
}
