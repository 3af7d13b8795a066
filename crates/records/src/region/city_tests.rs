use std::collections::BTreeSet;

use proptest::prelude::*;

use super::*;
use crate::region::PROVINCES;

fn party(region: &str, city: &str, address: &str) -> Party {
    let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    Party {
        country: Some("CN".to_owned()),
        region: some(region),
        city: some(city),
        address: some(address),
        ..Party::named("x")
    }
}

fn found(region: &str, city: &str, address: &str) -> Option<&'static str> {
    city_of_party(&party(region, city, address)).map(|city| city.full)
}

#[test]
fn a_chinese_address_tells_its_city() {
    for (address, city) in [
        ("430072 湖北省武汉市武昌区珞珈山街道", "武汉市"),
        ("５１００００　广东省 广州市 天河区", "广州市"),
        ("510000 广东省广州高新技术产业开发区科学城", "广州市"),
        ("江苏省苏州工业园区星湖街", "苏州市"),
        ("中国广东深圳南山区科技园", "深圳市"),
        ("深圳市南山区科技园", "深圳市"),
        ("吉林市丰满区", "吉林市"),
        ("吉林省吉林市丰满区", "吉林市"),
        ("吉林省延边朝鲜族自治州延吉市", "延边朝鲜族自治州"),
        ("吉林省延边州延吉市", "延边朝鲜族自治州"),
        ("内蒙古自治区锡林郭勒盟锡林浩特市", "锡林郭勒盟"),
        ("青海省海南藏族自治州共和县", "海南藏族自治州"),
        ("新疆维吾尔自治区阿克苏地区库车市", "阿克苏地区"),
        ("云南省大理市下关镇", "大理白族自治州"),
        ("湖北省襄樊市樊城区", "襄阳市"),
        ("河南省济源市", "济源市"),
        ("北京市海淀区中关村", "海淀区"),
        ("北京市北京市海淀区", "海淀区"),
        ("重庆市市辖区渝北区", "渝北区"),
        ("重庆石柱土家族自治县南宾镇", "石柱土家族自治县"),
        ("上海市南汇区康桥镇", "浦东新区"),
        ("北京市密云县", "密云区"),
        ("辽宁省朝阳市双塔区", "朝阳市"),
        ("北京市朝阳区建国路", "朝阳区"),
    ] {
        assert_eq!(found("", "", address), Some(city), "{address}");
    }
}

#[test]
fn a_latin_address_tells_its_city() {
    for (address, city) in [
        ("Nanshan District, Shenzhen, Guangdong 518057, China", "深圳市"),
        ("Changchun, Jilin, China", "长春市"),
        ("No. 30 Shuangqing Road, Haidian District, Beijing 100084", "海淀区"),
        ("Pudong New Area, Shanghai", "浦东新区"),
        ("SIP, SUZHOU CITY, JIANGSU", "苏州市"),
        ("Yongqiao, Suzhou, Anhui", "宿州市"),
        ("Xi'an, Shaanxi", "西安市"),
        ("Urumqi, Xinjiang", "乌鲁木齐市"),
    ] {
        assert_eq!(found("", "", address), Some(city), "{address}");
    }
}

#[test]
fn the_city_field_counts_before_the_address_and_needs_its_province() {
    assert_eq!(found("广东省", "深圳市", "广东省广州市"), Some("深圳市"));
    assert_eq!(found("广东", "深圳", ""), Some("深圳市"));
    assert_eq!(found("Guangdong", "SHENZHEN", ""), Some("深圳市"));
    assert_eq!(found("重庆市", "渝北区", ""), Some("渝北区"));
    assert_eq!(found("上海市", "上海市", "200120 浦东新区张江路"), Some("浦东新区"));
    assert_eq!(found("江苏省", "昆山市", "江苏省苏州市昆山市"), Some("苏州市"));
    assert_eq!(found("江苏省", "Suzhou", ""), Some("苏州市"));
    assert_eq!(found("广东省深圳市", "", ""), Some("深圳市"));
}

#[test]
fn what_cannot_be_told_surely_is_none() {
    for (region, city, address) in [
        ("", "", ""),
        ("广东省", "", ""),
        ("吉林", "", ""),
        ("Jilin", "", ""),
        ("", "", "Jilin, China"),
        ("江苏省", "昆山市", "江苏省昆山市玉山镇"),
        ("", "", "上海市长宁路100号"),
        ("", "", "上海市"),
        ("", "", "朝阳区建国路"),
        ("", "Suzhou", ""),
        ("广东省", "", "湖北省武汉市"),
        ("浙江省", "深圳市", ""),
        ("", "", "Suzhou Road, Shanghai"),
    ] {
        assert_eq!(found(region, city, address), None, "{region} {city} {address}");
    }
    let at = |country: Option<&str>, city: &str| {
        city_of_party(&Party { country: country.map(str::to_owned), ..party("", city, "") }).map(|city| city.full)
    };
    assert_eq!(at(None, "深圳市"), Some("深圳市"));
    assert_eq!(at(None, "Dalian"), None, "no country is told");
    assert_eq!(at(Some("TW"), "深圳市"), None);
    assert_eq!(at(Some("US"), "Aba"), None);
}

#[test]
fn every_name_leads_back_to_its_city() {
    let mut fulls = BTreeSet::new();
    for city in cities() {
        assert!(fulls.insert(city.full), "{} twice", city.full);
        let province = PROVINCES.iter().find(|province| province.code == city.province).unwrap();
        for name in [city.full, city.zh, city.en] {
            assert!(cities_named(name).contains(&city), "{name}");
        }
        for name in city.whole_names() {
            assert_eq!(found("", "", &format!("{}{name}某地", province.full)), Some(city.full), "{name}");
        }
        assert_eq!(found(province.full, city.en, ""), Some(city.full), "{}", city.en);
    }
    let names = |name: &str| cities_named(name).iter().map(|city| city.full).collect::<Vec<_>>();
    assert_eq!(names("朝阳"), ["朝阳区", "朝阳市"]);
    assert_eq!(names("suzhou"), ["苏州市", "宿州市"]);
    assert_eq!(names(" 深圳 市 "), ["深圳市"]);
    assert!(names("昆山市").is_empty() && names("").is_empty());
}

proptest! {
    #[test]
    fn no_text_is_too_strange(region in "\\PC{0,8}", city in "\\PC{0,8}", address in "(\\PC|省|市|广|东|,){0,20}") {
        let _ = city_of_party(&party(&region, &city, &address));
    }
}
