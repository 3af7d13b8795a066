use proptest::prelude::*;

use super::{FIELDS, Finding, RULES, Severity, check, completeness};
use crate::{
    ApplicationNumber, Authority, Claim, Date, Event, KindCode, Level, Locarno, NiceClass, Office, OfficeStatus, Part,
    PartKey, Party, Priority, Publication, PublicationNumber, Record, RightKind, Status, Subject, Text, read_date,
};

fn today() -> Date {
    jiff::civil::date(2024, 1, 1)
}

fn application(office: Office, serial: &str, right: RightKind) -> ApplicationNumber {
    ApplicationNumber { office, right, serial: serial.to_owned(), check: None }
}

fn publication(office: Office, number: &str, kind: &str, date: &str, level: Level) -> Publication {
    let read = PublicationNumber::read(office, number, Some(kind));
    Publication {
        number: read.unwrap_or_else(|error| panic!("{error}")),
        kind: KindCode::read(kind),
        date: read_date(date),
        level: Some(level),
    }
}

/// A Chinese invention as its office publishes it, with nothing wrong.
fn invention() -> Part {
    let number = application(Office::CN, "201510163325", RightKind::Invention);
    let subject = Subject { application: Some(number), publications: Vec::new() };
    let mut part = Part::new(PartKey::new("test", 1), subject, Authority::Office);
    part.record = Record {
        right: Some(RightKind::Invention),
        publications: vec![publication(Office::CN, "104751825", "B", "2017-10-03", Level::Grant)],
        titles: vec![Text::new(Some("zh"), "一种装置")],
        applicants: vec![Party { country: Some("CN".to_owned()), ..Party::named("甲公司") }],
        inventors: vec![Party::named("张三")],
        filing_date: read_date("2015-04-08"),
        ipc: crate::Ipc::read("H01M 10/0525").into_iter().collect(),
        claims: vec![
            Claim { number: 1, text: "一种装置。".to_owned(), ..Claim::default() },
            Claim { number: 2, text: "如权利要求1所述的装置。".to_owned(), depends_on: vec![1], lang: None },
        ],
        ..Record::default()
    };
    part
}

fn rules(part: &Part) -> Vec<(&'static str, &'static str)> {
    check(part, today()).iter().map(|finding| (finding.rule, finding.field)).collect()
}

fn with(change: impl FnOnce(&mut Part)) -> Part {
    let mut part = invention();
    change(&mut part);
    part
}

#[test]
fn a_good_record_has_no_findings() {
    assert_eq!(check(&invention(), today()), Vec::<Finding>::new());
}

#[test]
fn each_rule_finds_its_mistake() {
    let cases: Vec<(Part, &str, &str)> = vec![
        (with(|p| p.subject = Subject::default()), "subject", "application_number"),
        (with(|p| p.record.titles.clear()), "required", "titles"),
        (with(|p| p.record.ipc.clear()), "required", "ipc"),
        (with(|p| p.record.filing_date = None), "required", "filing_date"),
        (with(|p| p.record.filing_date = read_date("2018-01-01")), "date-order", "publications"),
        (with(|p| p.record.grant_date = read_date("2014-01-01")), "date-order", "grant_date"),
        (with(|p| p.record.expiry_date = read_date("2014-01-01")), "date-order", "expiry_date"),
        (
            with(|p| {
                p.record.priorities = vec![Priority {
                    office: Some(Office::US),
                    number: "US1".to_owned(),
                    date: read_date("2016-01-01"),
                }];
            }),
            "date-order",
            "filing_date",
        ),
        (with(|p| p.record.grant_date = read_date("2024-01-02")), "date-future", "grant_date"),
        (with(|p| p.record.applicants[0].country = Some("C1".to_owned())), "country-code", "applicants"),
        (
            with(|p| {
                p.record.publications.push(publication(Office::CN, "104751825", "T3", "2017-10-03", Level::Grant));
            }),
            "kind-code",
            "publications",
        ),
        (with(|p| p.record.titles[0].lang = Some("zho".to_owned())), "language-code", "titles"),
        (with(|p| p.record.nice = vec![NiceClass { class: 46, lang: None, terms: Vec::new() }]), "class-range", "nice"),
        (
            with(|p| {
                let text = "Zustand 17".to_owned();
                p.record.office_status = Some(OfficeStatus { date: None, text, status: Status::Unknown });
            }),
            "status-code",
            "office_status",
        ),
        (with(|p| p.record.claims[1].number = 1), "claim-number", "claims"),
        (with(|p| p.record.claims[1].number = 3), "claim-number", "claims"),
        (with(|p| p.record.claims[1].depends_on = vec![2]), "claim-reference", "claims"),
        (with(|p| p.record.claims[0].depends_on = vec![2]), "claim-reference", "claims"),
        (with(|p| p.record.inventors[0].name = " ".to_owned()), "empty-text", "inventors"),
        (with(|p| p.record.titles[0].text = "一种\u{1}装置".to_owned()), "control-character", "titles"),
        (with(|p| p.record.titles[0].text = "一种\u{fffd}装置".to_owned()), "lost-character", "titles"),
        (
            with(|p| {
                p.subject.application =
                    p.subject.application.take().map(|n| ApplicationNumber { check: Some('5'), ..n });
            }),
            "check-digit",
            "application_number",
        ),
        (
            with(|p| p.record.registration_number = Some("ZL201510163325.7".to_owned())),
            "check-digit",
            "registration_number",
        ),
    ];
    for (part, rule, field) in cases {
        assert!(rules(&part).contains(&(rule, field)), "{rule} {field}: {:?}", check(&part, today()));
    }
}

#[test]
fn right_check_digits_pass() {
    let part = with(|p| {
        p.subject.application = p.subject.application.take().map(|n| ApplicationNumber { check: Some('6'), ..n });
        p.record.registration_number = Some("ZL201510163325.6".to_owned());
    });
    assert_eq!(rules(&part), []);
}

#[test]
fn sources_far_from_the_office_need_less() {
    let bare = |authority| {
        with(|p| {
            p.authority = authority;
            p.record = Record { right: Some(RightKind::Invention), ..Record::default() };
            p.record.publications = vec![publication(Office::CN, "104751825", "B", "2017-10-03", Level::Grant)];
        })
    };
    let worst = |authority| check(&bare(authority), today()).iter().filter(|f| f.severity == Severity::Error).count();
    assert_eq!(rules(&bare(Authority::Reference)), []);
    assert_eq!(worst(Authority::Export), 1);
    assert_eq!(worst(Authority::Exchange), 1);
    assert!(worst(Authority::Office) > 3);
}

#[test]
fn each_kind_of_right_has_its_own_needs() {
    let empty = |right, authority| {
        let number = application(Office::CN, "1", right);
        let subject = Subject { application: Some(number), publications: Vec::new() };
        let mut part = Part::new(PartKey::new("test", 1), subject, authority);
        part.record.right = Some(right);
        let missing = check(&part, today());
        missing.into_iter().filter(|f| f.severity == Severity::Error).map(|f| f.field).collect::<Vec<_>>()
    };
    let office = Authority::Office;
    assert!(empty(RightKind::Design, office).contains(&"locarno"));
    assert_eq!(empty(RightKind::Trademark, office), ["titles", "nice", "applicants", "filing_date"]);
    assert_eq!(empty(RightKind::Gi, office), ["titles", "area", "publications"]);
    assert_eq!(empty(RightKind::Layout, office), ["titles", "owners", "filing_date"]);
}

#[test]
fn a_mark_may_be_a_picture_without_words() {
    let number = application(Office::EM, "018225677", RightKind::Trademark);
    let mut part = Part::new(
        PartKey::new("test", 1),
        Subject { application: Some(number), publications: Vec::new() },
        Authority::Office,
    );
    part.record = Record {
        right: Some(RightKind::Trademark),
        images: vec![crate::Image { file: "a.jpg".to_owned(), kind: crate::ImageKind::Mark }],
        nice: vec![NiceClass { class: 9, lang: Some("en".to_owned()), terms: vec!["software".to_owned()] }],
        applicants: vec![Party { identifier: Some("17".to_owned()), ..Party::default() }],
        filing_date: read_date("2020-04-20"),
        office_status: Some(OfficeStatus { date: None, text: "Registered".to_owned(), status: Status::InForce }),
        ..Record::default()
    };
    assert_eq!(check(&part, today()), []);
}

#[test]
fn statutory_exceptions_are_warnings() {
    let international = with(|p| {
        p.subject.application = Some(application(Office::WO, "CN2015071234", RightKind::Invention));
        p.record.publications = vec![publication(Office::WO, "2015123456", "A1", "2015-08-20", Level::Application)];
        p.record.ipc.clear();
    });
    let found = check(&international, today());
    assert!(found.iter().all(|finding| finding.severity == Severity::Warning) && found.len() == 1, "{found:?}");
}

#[test]
fn an_eu_applicant_may_be_withheld() {
    let number = application(Office::EM, "018222204", RightKind::Trademark);
    let subject = Subject { application: Some(number), publications: Vec::new() };
    let part = Part::new(PartKey::new("test", 1), subject, Authority::Office);
    let missing = check(&part, today());
    assert!(missing.iter().any(|f| f.field == "applicants" && f.severity == Severity::Warning), "{missing:?}");
}

#[test]
fn a_record_of_events_alone_needs_no_title() {
    let mut part = invention();
    let event = Event { date: None, code: "CF01".to_owned(), text: String::new(), effect: None };
    part.record = Record { events: vec![event], ..Record::default() };
    assert_eq!(rules(&part), [("required", "events")]);
    part.record.events[0].date = read_date("2020-01-01");
    assert_eq!(rules(&part), []);
}

#[test]
fn a_withdrawal_says_nothing_and_lacks_nothing() {
    let mut part = with(|p| p.record = Record::default());
    part.withdrawn = true;
    assert_eq!(rules(&part), []);
}

#[test]
fn claims_in_several_languages_are_counted_apart() {
    let part = with(|p| {
        let twice = p.record.claims.clone();
        p.record.claims.extend(twice.into_iter().map(|claim| Claim { lang: Some("en".to_owned()), ..claim }));
    });
    assert_eq!(rules(&part), []);
}

#[test]
fn completeness_counts_every_field_once() {
    let counted = completeness(&invention());
    assert_eq!(counted.len(), FIELDS.len());
    let there: Vec<_> = counted.iter().filter(|(_, present)| *present).map(|(name, _)| *name).collect();
    let expected = [
        "application_number",
        "publications",
        "titles",
        "claims",
        "applicants",
        "inventors",
        "filing_date",
        "publication_date",
        "ipc",
    ];
    assert_eq!(there, expected);
}

#[test]
fn rules_have_unique_ids_and_both_languages() {
    let mut ids: Vec<_> = RULES.iter().map(|rule| rule.id).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), RULES.len());
    assert!(RULES.iter().all(|rule| !rule.chinese.is_ascii() && !rule.english.is_empty()));
}

proptest! {
    #[test]
    fn every_finding_belongs_to_a_rule_and_nothing_panics(
        title in "\\PC{0,12}|[\u{0}-\u{1f}]{1,3}",
        days in prop::collection::vec(prop::option::of(0_i16..30_000), 4),
        numbers in prop::collection::vec((0_u32..5, prop::collection::vec(0_u32..6, 0..3)), 0..5),
        country in "[A-Z0-9]{0,3}",
        authority in prop::sample::select(vec![Authority::Reference, Authority::Export, Authority::Exchange, Authority::Office]),
        right in prop::option::of(prop::sample::select(RightKind::ALL.to_vec())),
    ) {
        let date = |n: usize| days[n].map(|day| jiff::civil::date(1950, 1, 1) + jiff::Span::new().days(i64::from(day)));
        let mut part = invention();
        part.authority = authority;
        part.record.right = right;
        part.record.titles = vec![Text::new(Some(&country), title)];
        part.record.applicants = vec![Party { country: Some(country), ..Party::default() }];
        part.record.filing_date = date(0);
        part.record.grant_date = date(1);
        part.record.expiry_date = date(2);
        part.record.publications[0].date = date(3);
        part.record.locarno = Locarno::read("14-02").into_iter().collect();
        part.record.claims = numbers
            .into_iter()
            .map(|(number, depends_on)| Claim { number, depends_on, ..Claim::default() })
            .collect();
        for finding in check(&part, today()) {
            prop_assert!(RULES.iter().any(|rule| rule.id == finding.rule));
            prop_assert!(!finding.message("zh").is_empty() && !finding.message("en").is_empty());
        }
    }
}
