//! What the fold of parts promises.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

use crate::event::inpadoc::CodeTable;
use crate::{
    ApplicationNumber, Authority, Citation, Date, Effect, Event, KindCode, Level, Office, Part, PartKey, Party,
    Publication, PublicationNumber, RightKind, Status, Subject, Text, assemble, assemble_with,
};

fn application() -> ApplicationNumber {
    ApplicationNumber::read(Office::CN, "201510163325.6", RightKind::Invention).unwrap()
}

fn day(year: i16, month: i8, day: i8) -> Date {
    Date::constant(year, month, day)
}

fn publication(kind: &str, level: Level, date: Date) -> Publication {
    Publication {
        number: PublicationNumber::read(Office::CN, "104751825", Some(kind)).unwrap(),
        kind: KindCode::read(kind),
        date: Some(date),
        level: Some(level),
    }
}

/// A part that publishes the application as `kind`.
fn published(kind: &str, level: Level, date: Date) -> Part {
    let publication = publication(kind, level, date);
    let subject = Subject { application: Some(application()), publications: vec![publication.number.clone()] };
    let mut part = Part::new(PartKey::new("test", kind), subject, Authority::Office);
    part.as_of = Some(date);
    part.record.right = Some(RightKind::Invention);
    part.record.titles = vec![Text::new(Some("zh"), format!("方法 {kind}"))];
    part.record.publications = vec![publication];
    part
}

fn a_and_b() -> Vec<Part> {
    vec![published("A", Level::Application, day(2015, 7, 1)), published("B", Level::Grant, day(2017, 10, 3))]
}

#[test]
fn a_and_b_publications_of_one_application_are_one_right_with_two_publications() {
    let right = assemble(&a_and_b()).unwrap();
    assert_eq!(right.id.as_str(), "CN-P-201510163325");
    let kinds: Vec<_> = right.publications.iter().map(|p| p.kind.as_ref().unwrap().as_str()).collect();
    assert_eq!(kinds, ["A", "B"]);
    assert_eq!(right.title("zh"), Some("方法 B"), "the grant's words hold");
    assert_eq!(right.publication_date, Some(day(2015, 7, 1)));
    assert_eq!(right.grant_date, Some(day(2017, 10, 3)));
    assert_eq!(right.status, Status::InForce);
}

#[test]
fn a_withdrawal_removes_exactly_its_part() {
    let mut parts = a_and_b();
    let mut withdrawal = Part::new(parts[1].key.clone(), parts[1].subject.clone(), Authority::Office);
    withdrawal.as_of = parts[1].as_of;
    withdrawal.withdrawn = true;
    parts.push(withdrawal);
    assert_eq!(assemble(&parts), assemble(&a_and_b()[..1]));
}

#[test]
fn when_all_parts_are_withdrawn_there_is_no_right() {
    let mut parts = a_and_b();
    for part in &mut parts {
        part.withdrawn = true;
    }
    assert_eq!(assemble(&parts), None);
}

#[test]
fn an_older_delivery_of_a_record_does_not_replace_a_newer_one() {
    let newer = published("B", Level::Grant, day(2017, 10, 3));
    let mut older = newer.clone();
    older.as_of = Some(day(2016, 1, 1));
    older.record.titles = vec![Text::new(Some("zh"), "旧")];
    assert_eq!(assemble(&[newer.clone(), older.clone()]), assemble(std::slice::from_ref(&newer)));
    assert_eq!(assemble(&[older, newer.clone()]), assemble(&[newer]));
}

#[test]
fn the_office_is_believed_before_a_list() {
    let mut list = published("A", Level::Application, day(2020, 1, 1));
    list.key = PartKey::new("table", "1");
    list.authority = Authority::Reference;
    list.record.titles = vec![Text::new(Some("zh"), "清单里的名称"), Text::new(Some("en"), "Method")];
    let mut parts = a_and_b();
    parts.push(list);
    let right = assemble(&parts).unwrap();
    assert_eq!(right.title("zh"), Some("方法 B"));
    assert_eq!(right.title("en"), Some("Method"), "but the list adds what the office does not say");
}

#[test]
fn spellings_of_the_same_people_stand_together() {
    let mut office = published("A", Level::Application, day(2015, 7, 1));
    office.record.applicants = vec![Party::named("武汉大学")];
    let mut exchange = published("A", Level::Application, day(2015, 7, 1));
    exchange.key = PartKey::new("docdb", "1");
    exchange.authority = Authority::Exchange;
    exchange.record.applicants = vec![Party { country: Some("CN".to_owned()), ..Party::named("UNIV WUHAN") }];
    let right = assemble(&[exchange, office]).unwrap();
    assert_eq!(right.applicants.len(), 1);
    assert_eq!(right.applicants[0].name, "武汉大学");
    assert_eq!(right.applicants[0].other_names, ["UNIV WUHAN"]);
    assert_eq!(right.applicants[0].country.as_deref(), Some("CN"));
}

#[test]
fn a_loaded_code_tells_what_an_event_does_where_its_reader_did_not_know() {
    let mut part = published("B", Level::Grant, day(2017, 10, 3));
    part.record.events =
        vec![Event { date: Some(day(2020, 1, 1)), code: "QQ99".to_owned(), text: String::new(), effect: None }];
    let codes = CodeTable::from_entries([(Office::CN, "QQ99".to_owned(), "lapse".to_owned(), Some(Effect::Lapsed))]);
    let parts = [part];
    assert_eq!(assemble(&parts).unwrap().status, Status::InForce);
    let right = assemble_with(&parts, &codes).unwrap();
    assert_eq!(right.events[0].effect, Some(Effect::Lapsed));
    assert_eq!(right.status, Status::Lapsed);
}

prop_compose! {
    /// A part of one right with random key, version, source and content.
    fn any_part()(
        key in 0..6_u8,
        year in 2010..2014_i16,
        dated in any::<bool>(),
        withdrawn in prop::bool::weighted(0.15),
        authority in select(vec![Authority::Office, Authority::Exchange, Authority::Export, Authority::Reference]),
        level in select(vec![Level::Application, Level::Grant, Level::Correction]),
        kind in select(vec!["A", "B", "B8"]),
        title in select(vec!["一", "二", "three"]),
        lang in select(vec![None, Some("zh"), Some("en")]),
        names in vec(select(vec!["甲", "乙", "Alpha"]), 0..3),
        cited in vec(0..4_u8, 0..3),
        effect in select(vec![None, Some(Effect::Granted), Some(Effect::Lapsed), Some(Effect::Restored)]),
    ) -> Part {
        let mut part = published(kind, level, day(year, 3, 1));
        part.key = PartKey::new("any", key);
        part.authority = authority;
        part.as_of = dated.then(|| day(year, 5, 1));
        part.withdrawn = withdrawn;
        part.record.titles = vec![Text::new(lang, title)];
        part.record.applicants = names.into_iter().map(Party::named).collect();
        part.record.citations = cited
            .into_iter()
            .map(|n| Citation { number: Some(format!("CN{n}A")), by: lang.map(str::to_owned), ..Citation::default() })
            .collect();
        part.record.events = effect
            .map(|effect| Event { date: Some(day(year, 8, 8)), code: "X".to_owned(), text: title.to_owned(), effect: Some(effect) })
            .into_iter()
            .collect();
        part
    }
}

proptest! {
    #[test]
    fn order_and_repetition_of_parts_do_not_matter(
        (parts, shuffled) in vec(any_part(), 1..10).prop_flat_map(|parts| {
            let twice: Vec<Part> = parts.iter().chain(&parts).cloned().collect();
            (Just(parts), Just(twice).prop_shuffle())
        })
    ) {
        prop_assert_eq!(assemble(&parts), assemble(&shuffled));
    }

    #[test]
    fn a_withdrawn_part_says_nothing(parts in vec(any_part(), 1..10), at in any::<prop::sample::Index>()) {
        let key = parts[at.index(parts.len())].key.clone();
        let mut withdrawal = Part::new(key.clone(), parts[0].subject.clone(), Authority::Office);
        withdrawal.as_of = Some(day(2030, 1, 1));
        withdrawal.withdrawn = true;
        let without: Vec<Part> = parts.iter().filter(|part| part.key != key).cloned().collect();
        let with: Vec<Part> = parts.into_iter().chain([withdrawal]).collect();
        prop_assert_eq!(assemble(&with), assemble(&without));
    }

    #[test]
    fn every_live_publication_is_kept(parts in vec(any_part(), 1..10)) {
        if let Some(right) = assemble(&parts) {
            let mut held: std::collections::BTreeMap<&PartKey, &Part> = std::collections::BTreeMap::new();
            for part in &parts {
                held.entry(&part.key).and_modify(|h| if part.supersedes(h) { *h = part }).or_insert(part);
            }
            for publication in held.values().filter(|p| !p.withdrawn).flat_map(|p| &p.record.publications) {
                prop_assert!(right.publications.iter().any(|p| p.kind == publication.kind));
            }
        }
    }
}
