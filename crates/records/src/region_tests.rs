use std::collections::BTreeSet;

use super::*;

fn code(text: &str) -> Option<u8> {
    province_of(text).map(|province| province.code)
}

#[test]
fn every_spelling_of_a_province_is_read() {
    for text in
        ["广东省", "广东", "廣東省", "Guangdong", "GUANGDONG PROVINCE", " guangdong ", "44", "440000", "CN-GD", "CN-44"]
    {
        assert_eq!(code(text), Some(44), "{text}");
    }
    for (text, expected) in [
        ("广西壮族自治区", 45),
        ("Guangxi Zhuang Autonomous Region", 45),
        ("内蒙古", 15),
        ("Nei Mongol", 15),
        ("Hong Kong", 81),
        ("香港", 81),
        ("Macau SAR", 82),
        ("臺灣", 71),
        ("Shanghai Shi", 31),
        ("Shanxi", 14),
        ("Shaanxi", 61),
        ("西藏自治区", 54),
    ] {
        assert_eq!(code(text), Some(expected), "{text}");
    }
}

#[test]
fn addresses_name_their_province() {
    assert_eq!(code("518129 广东省深圳市龙岗区"), Some(44));
    assert_eq!(code("中国北京市海淀区"), Some(11));
    assert_eq!(code("Nanshan District, Shenzhen, Guangdong 518057, China"), Some(44));
    assert_eq!(code("No. 5 Jilin Road, Pudong, Shanghai"), Some(31));
}

#[test]
fn what_is_no_province_is_none() {
    for text in [
        "",
        "CA",
        "GD",
        "SD",
        "California",
        "深圳市",
        "99",
        "4",
        "Jilin Road",
        "CN-ZZ",
        "海南藏族自治州",
        "河南蒙古族自治县",
    ] {
        assert_eq!(code(text), None, "{text}");
    }
}

#[test]
fn a_party_abroad_has_none_and_hong_kong_has_its_own() {
    let party = |country: Option<&str>, region: &str| Party {
        country: country.map(str::to_owned),
        region: Some(region.to_owned()),
        ..Party::named("x")
    };
    let code = |party: &Party| province_of_party(party).map(|province| province.code);
    assert_eq!(code(&party(Some("CN"), "浙江")), Some(33));
    assert_eq!(code(&party(None, "浙江")), Some(33));
    assert_eq!(code(&party(Some("HK"), "")), Some(81));
    assert_eq!(code(&party(Some("US"), "44")), None);
}

#[test]
fn every_name_code_and_label_leads_back_to_its_province_alone() {
    let mut names = BTreeSet::new();
    for province in &PROVINCES {
        for name in province.names().chain([province.en]) {
            assert_eq!(province_of(name), Some(province), "{name}");
            assert!(names.insert(name.to_lowercase()), "{name} twice");
        }
        assert_eq!(province_of(&province.code.to_string()), Some(province));
        assert_eq!(province_of(&format!("CN-{}", province.letters)), Some(province));
    }
}
