use jiff::civil::{date, time};

use super::*;
use crate::{Confirmation, Hours, OrganisationId, Position, Weekday};

fn profile() -> Profile {
    Profile::new("江北专利代办处", Kind::PatentAgencyOffice, Level::Outlet, "500105".parse().unwrap())
}

fn fields(profile: &Profile) -> Vec<String> {
    faults(profile).into_iter().map(|fault| fault.field).collect()
}

#[test]
fn a_plain_profile_has_no_faults_and_each_bad_field_is_named() {
    assert!(fields(&profile()).is_empty());
    let hours =
        |from, to| Hours { weekday: Weekday::Monday, from: time(from, 0, 0, 0), to: time(to, 0, 0, 0), note: None };
    let cases: [(&str, Profile); 11] = [
        ("name_zh", Profile { name_zh: " ".to_owned(), ..profile() }),
        ("name_zh", Profile { name_zh: "名".repeat(201), ..profile() }),
        ("telephone", Profile { telephone: Some(String::new()), ..profile() }),
        ("website", Profile { website: Some("javascript:alert(1)".to_owned()), ..profile() }),
        ("email", Profile { email: Some("nobody".to_owned()), ..profile() }),
        ("position", Profile { position: Some(Position { latitude: f64::NAN, longitude: 0.0 }), ..profile() }),
        ("region", Profile { level: Level::Province, ..profile() }),
        ("hours", Profile { hours: vec![hours(9, 9)], ..profile() }),
        ("hours", Profile { hours: vec![hours(9, 12), hours(11, 17)], ..profile() }),
        ("services", Profile { services: vec!["a b".to_owned()], ..profile() }),
        ("services", Profile { services: vec!["search".to_owned(), "search".to_owned()], ..profile() }),
    ];
    for (field, profile) in cases {
        assert_eq!(fields(&profile), [field]);
    }
    let noon = Profile { hours: vec![hours(9, 12), hours(12, 17)], ..profile() };
    assert!(fields(&noon).is_empty(), "a break of no length is no overlap");
}

#[test]
fn shortcomings_ask_for_two_full_time_staff_and_a_yearly_confirmation() {
    let mut organisation = Organisation {
        id: OrganisationId::make(jiff::Timestamp::UNIX_EPOCH, [1; 10]),
        version: 1,
        parent: None,
        status: Status::Active,
        since: date(2024, 1, 1),
        until: None,
        opened: date(2024, 1, 1),
        closed: None,
        confirmed: None,
        profile: profile(),
    };
    let named = |organisation: &Organisation, field: &str| {
        shortcomings(organisation, date(2024, 6, 1)).iter().any(|fault| fault.field == field)
    };
    assert!(named(&organisation, "full_time") && named(&organisation, "confirmed") && named(&organisation, "promise"));
    organisation.profile.full_time = Some(1);
    assert!(named(&organisation, "full_time"));
    organisation.profile.full_time = Some(2);
    organisation.profile.code = Some("91110000600037341L".to_owned());
    let at = |text: &str| Some(Confirmation { by: "张三".to_owned(), at: text.parse().unwrap() });
    organisation.confirmed = at("2023-06-03T00:00:00Z");
    assert!(!named(&organisation, "full_time") && !named(&organisation, "confirmed") && !named(&organisation, "code"));
    organisation.confirmed = at("2023-05-01T00:00:00Z");
    organisation.profile.code = Some("91110000600037342L".to_owned());
    assert!(named(&organisation, "confirmed") && named(&organisation, "code"));
    organisation.profile.kind = Kind::Administration;
    assert!(shortcomings(&organisation, date(2024, 6, 1)).is_empty());
}

#[test]
fn credit_codes_that_are_registered_pass() {
    for code in ["91350100M000100Y43", "91110000600037341L", "911101066976941872"] {
        assert!(credit_code_is_sound(code), "{code}");
    }
    for code in ["", "91350100M000100Y44", "91350100M000100Y4", "91350100I000100Y43", "统一社会信用代码"] {
        assert!(!credit_code_is_sound(code), "{code}");
    }
}
