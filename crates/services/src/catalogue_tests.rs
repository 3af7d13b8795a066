use std::collections::{BTreeMap, BTreeSet};

use accounts::Role;
use database::testing::for_each_backend;
use jiff::civil::date;

use super::*;
use crate::testing::{administrator, now, open, person};
use crate::{Group, ItemCode, ItemQuery, LimitUnit, Record};

fn by_code() -> BTreeMap<String, Item> {
    catalogue().unwrap().into_iter().map(|item| (item.code.to_string(), item)).collect()
}

#[test]
fn all_52_items_are_there_and_sound() {
    let items = catalogue().unwrap();
    let count = |group| items.iter().filter(|item| item.group == group).count();
    assert_eq!([Group::Basic, Group::ValueAdded, Group::OneWindow].map(count), [15, 4, 33]);
    assert_eq!(items.iter().map(|item| &item.code).collect::<BTreeSet<_>>().len(), 52);
    for item in &items {
        assert_eq!(crate::faults(item), [], "{}", item.code);
        assert!(!item.basis.is_empty() && !item.records.is_empty(), "{}", item.code);
        assert!(item.promised_limit.is_some(), "{} promises no limit", item.code);
        assert!(item.supervision.is_some() && item.access.is_some() && !item.quality.is_empty(), "{}", item.code);
    }
    let expected = |prefix: &str, count: usize| (1..=count).map(|n| format!("{prefix}{n:02}")).collect::<Vec<_>>();
    let codes = [("B", 15), ("V", 4), ("W-P", 10), ("W-T", 14), ("W-G", 1), ("W-L", 1), ("W-R", 3), ("W-C", 4)];
    let expected: BTreeSet<String> = codes.into_iter().flat_map(|(prefix, count)| expected(prefix, count)).collect();
    assert_eq!(items.iter().map(|item| item.code.to_string()).collect::<BTreeSet<_>>(), expected);
}

/// Every pair of words in a value.
fn texts(value: &serde_json::Value, found: &mut Vec<(String, String)>) {
    match value {
        serde_json::Value::Object(map) => {
            if let (Some(zh), Some(en)) =
                (map.get("zh").and_then(|v| v.as_str()), map.get("en").and_then(|v| v.as_str()))
            {
                found.push((zh.to_owned(), en.to_owned()));
            }
            map.values().for_each(|value| texts(value, found));
        }
        serde_json::Value::Array(list) => list.iter().for_each(|value| texts(value, found)),
        _ => (),
    }
}

#[test]
fn chinese_is_chinese_and_english_is_english() {
    let han = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    for item in catalogue().unwrap() {
        let mut found = Vec::new();
        texts(&serde_json::to_value(&item).unwrap(), &mut found);
        assert!(found.len() > 30, "{}", item.code);
        for (zh, en) in found {
            assert!(zh.contains(han) || zh.is_ascii(), "{}: {zh}", item.code);
            assert!(!en.contains(han), "{}: {en}", item.code);
        }
    }
}

#[test]
fn the_limits_that_documents_set_are_kept() {
    let items = by_code();
    let limit = |limit: &Option<crate::Limit>| limit.as_ref().map(|limit| (limit.number, limit.unit));
    let days = |number| Some((number, LimitUnit::WorkingDay));
    assert_eq!(limit(&items["W-P06"].statutory_limit), days(7), "licence recordal");
    assert_eq!(limit(&items["W-P08"].statutory_limit), days(5), "patent pledge");
    assert_eq!(limit(&items["W-T14"].promised_limit), days(5), "trade-mark pledge, three to five");
    assert_eq!(limit(&items["W-T01"].statutory_limit), Some((9, LimitUnit::Month)), "trade-mark examination");
    assert_eq!(limit(&items["W-R01"].acceptance_limit), days(3), "rights aid");
    assert_eq!(limit(&items["W-R02"].acceptance_limit), days(5), "overseas");
    assert_eq!(limit(&items["W-R02"].supplement_limit), days(5), "overseas, supplement");
}

#[test]
fn the_steps_that_must_leave_a_record_are_named() {
    let items = by_code();
    let keeps = |code: &str, record| items[code].records.contains(&record);
    assert!(keeps("B08", Record::ConsultationArchive) && keeps("B08", Record::Satisfaction));
    assert!(keeps("B09", Record::Outcome) && keeps("B09", Record::CaseStudy));
    assert!(keeps("B07", Record::RightsLedger));
    assert!(keeps("B12", Record::Financing));
    assert!(keeps("B10", Record::Attendance) && keeps("B10", Record::Satisfaction));
}

#[test]
fn every_material_has_a_place_in_the_form() {
    for item in catalogue().unwrap() {
        assert!(item.materials.iter().all(|material| material.field.is_some()), "{}", item.code);
    }
}

#[tokio::test]
async fn installing_twice_brings_nothing_new_and_changes_nothing() {
    for_each_backend(|database| async move {
        let services = open(&database).await;
        let from = date(2024, 1, 1);
        for expected in [52, 0] {
            let mut write = database.write().await.unwrap();
            let came = install(&mut write, now(), &Actor::system("demonstration"), None, from).await.unwrap();
            write.commit().await.unwrap();
            assert_eq!(came, expected);
        }
        let items = services.items_on(from, &ItemQuery::default()).await.unwrap();
        assert_eq!(items.len(), 52);
        assert!(items.iter().all(|version| version.number == 1 && version.from == Some(from)));
        assert_eq!(items[0].code.as_str(), "B01");
        assert_eq!(services.items_on(date(2023, 12, 31), &ItemQuery::default()).await.unwrap(), []);
        let code: ItemCode = "w-t14".parse().unwrap();
        assert_eq!(services.version_on(&code, from).await.unwrap().unwrap().item, by_code()["W-T14"]);
        let asked =
            ItemQuery { text: Some("质押 Pledge".to_owned()), group: Some(Group::OneWindow), ..ItemQuery::default() };
        let found = services.items_on(from, &asked).await.unwrap();
        assert_eq!(found.iter().map(|version| version.code.as_str()).collect::<Vec<_>>(), ["W-P08", "W-T14"]);
    })
    .await;
}

#[tokio::test]
async fn two_who_install_at_once_bring_each_item_once() {
    for_each_backend(|database| async move {
        let services = open(&database).await;
        let tasks: Vec<_> = (0..3)
            .map(|_| {
                let database = database.clone();
                tokio::spawn(async move {
                    let mut write = database.write().await.unwrap();
                    let came = install(&mut write, now(), &administrator(), None, date(2024, 1, 1)).await.unwrap();
                    write.commit().await.unwrap();
                    came
                })
            })
            .collect();
        let mut came = Vec::new();
        for task in tasks {
            came.push(task.await.unwrap());
        }
        came.sort_unstable();
        assert_eq!(came, [0, 0, 52]);
        assert_eq!(services.items_on(date(2024, 1, 1), &ItemQuery::default()).await.unwrap().len(), 52);
    })
    .await;
}

#[tokio::test]
async fn a_city_does_not_install_for_the_country() {
    for_each_backend(|database| async move {
        open(&database).await;
        let mut write = database.write().await.unwrap();
        let city = person(1, Role::Administrator, &[1]);
        let error = install(&mut write, now(), &city, None, date(2024, 1, 1)).await.unwrap_err();
        assert!(matches!(error, ServicesError::Denied(_)));
    })
    .await;
}
