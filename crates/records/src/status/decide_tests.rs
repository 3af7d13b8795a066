use proptest::prelude::*;

use super::{OfficeStatus, Status, StatusInput, decide};
use crate::{Date, Effect, Event, KindCode, Level, Office, Publication, PublicationNumber, RightKind};

fn d(text: &str) -> Option<Date> {
    crate::read_date(text)
}

fn event(date: &str, code: &str, effect: Effect) -> Event {
    Event { date: d(date), code: code.to_owned(), text: String::new(), effect: Some(effect) }
}

fn publication(date: &str, kind: &str, level: Level) -> Publication {
    let number = PublicationNumber::read(Office::CN, "104751825", Some(kind));
    Publication {
        number: number.unwrap_or_else(|error| panic!("{error}")),
        kind: KindCode::read(kind),
        date: d(date),
        level: Some(level),
    }
}

fn said(date: &str, text: &str, status: Status) -> OfficeStatus {
    OfficeStatus { date: d(date), text: text.to_owned(), status }
}

fn input<'a>(publications: &'a [Publication], events: &'a [Event], said: &'a [OfficeStatus]) -> StatusInput<'a> {
    StatusInput {
        right: RightKind::Invention,
        office: Office::CN,
        publications,
        events,
        office_statuses: said,
        filing_date: d("2015-04-08"),
        grant_date: None,
    }
}

fn of_events(events: &[Event]) -> Status {
    decide(&input(&[], events, &[])).0
}

#[test]
fn nothing_known_is_unknown() {
    assert_eq!(decide(&input(&[], &[], &[])), (Status::Unknown, None));
}

#[test]
fn publications_alone_tell_pending_or_in_force() {
    let application = publication("2015-07-01", "A", Level::Application);
    let grant = publication("2017-10-03", "B", Level::Grant);
    assert_eq!(decide(&input(std::slice::from_ref(&application), &[], &[])).0, Status::Pending);
    let both = [grant, application];
    assert_eq!(decide(&input(&both, &[], &[])), (Status::InForce, Some("CN104751825B".to_owned())));
}

#[test]
fn the_life_of_a_chinese_patent() {
    let life = [
        event("2015-07-01", "PB01", Effect::Published),
        event("2015-08-05", "SE01", Effect::Examination),
        event("2017-10-03", "GR01", Effect::Granted),
        event("2019-05-05", "TR01", Effect::Transferred),
        event("2020-05-05", "CF01", Effect::Lapsed),
        event("2021-01-05", "RR01", Effect::Restored),
        event("2022-01-05", "IP01", Effect::Narrowed),
        event("2023-01-05", "IW01", Effect::Invalidated),
    ];
    let states = [
        Status::Pending,
        Status::Pending,
        Status::InForce,
        Status::InForce,
        Status::Lapsed,
        Status::InForce,
        Status::InForce,
        Status::Lapsed,
    ];
    for (upto, status) in states.into_iter().enumerate() {
        assert_eq!(of_events(&life[..=upto]), status, "{}", life[upto].code);
    }
    assert_eq!(decide(&input(&[], &life, &[])).1.as_deref(), Some("IW01"));
}

#[test]
fn a_restored_application_is_pending_again() {
    let events = [
        event("2015-07-01", "PB01", Effect::Published),
        event("2018-01-05", "WD01", Effect::Withdrawn),
        event("2018-09-05", "RR01", Effect::Restored),
    ];
    assert_eq!(of_events(&events[..2]), Status::Withdrawn);
    assert_eq!(of_events(&events), Status::Pending);
}

#[test]
fn a_grant_after_a_refusal_counts_and_a_grant_record_after_an_end_does_not() {
    let refused = event("2018-01-05", "A02", Effect::Refused);
    let granted = event("2019-01-05", "R150", Effect::Granted);
    let lapsed = event("2018-06-05", "LAPS", Effect::Lapsed);
    assert_eq!(of_events(&[refused, granted.clone()]), Status::InForce);
    assert_eq!(of_events(&[lapsed, granted]), Status::Lapsed);
}

#[test]
fn on_one_day_the_end_comes_after_the_grant() {
    let granted = event("2018-01-05", "GR01", Effect::Granted);
    let given_up = event("2018-01-05", "RGAV", Effect::Surrendered);
    assert_eq!(of_events(&[given_up, granted]), Status::Lapsed);
}

#[test]
fn german_fees_end_an_application_as_withdrawn_and_a_patent_as_lapsed() {
    let published = [publication("2016-07-01", "A1", Level::Application)];
    let both = [published[0].clone(), publication("2018-07-01", "B4", Level::Grant)];
    let events = [event("2019-01-03", "R119", Effect::Lapsed)];
    let german = |publications| StatusInput { office: Office::DE, ..input(publications, &events, &[]) };
    assert_eq!(decide(&german(&published)).0, Status::Withdrawn);
    assert_eq!(decide(&german(&both)).0, Status::Lapsed);
}

#[test]
fn an_international_application_is_never_in_force() {
    let events = [event("2016-01-03", "WWG", Effect::Granted)];
    let published = [publication("2015-10-01", "A1", Level::Application)];
    assert_eq!(decide(&StatusInput { office: Office::WO, ..input(&published, &events, &[]) }).0, Status::Pending);
}

#[test]
fn the_office_has_the_last_word_until_something_happens() {
    let events = [event("2016-01-03", "R.PR", Effect::Granted)];
    let cancelled = [said("2018-01-03", "Cancelled: section 8", Status::Lapsed)];
    let decided = decide(&input(&[], &events, &cancelled));
    assert_eq!(decided, (Status::Lapsed, Some("Cancelled: section 8".to_owned())));

    let registered = [said("2017-01-03", "Registered", Status::InForce), said("2015-06-01", "Filed", Status::Pending)];
    assert_eq!(decide(&input(&[], &[], &registered)).0, Status::InForce);
    let later = [event("2018-01-03", "CAN", Effect::Lapsed)];
    assert_eq!(decide(&input(&[], &later, &registered)), (Status::Lapsed, Some("CAN".to_owned())));

    let undated = [said("", "Design lapsed", Status::Lapsed)];
    assert_eq!(decide(&input(&[], &events, &undated)).0, Status::Lapsed);
    let unmapped = [said("2020-01-01", "Zustand 17", Status::Unknown)];
    assert_eq!(decide(&input(&[], &events, &unmapped)).0, Status::InForce);
}

#[test]
fn an_event_dated_before_the_filing_cannot_come_last() {
    let events = [event("2016-01-03", "GR01", Effect::Granted), event("1916-01-03", "WD01", Effect::Withdrawn)];
    assert_eq!(of_events(&events), Status::InForce);
}

#[test]
fn a_mark_renewed_after_its_term_lives_on() {
    let events = [event("2020-01-03", "", Effect::Expired), event("2020-05-03", "", Effect::Renewed)];
    let mark = StatusInput { right: RightKind::Trademark, ..input(&[], &events, &[]) };
    assert_eq!(decide(&mark).0, Status::InForce);
    assert_eq!(of_events(&events), Status::Expired);
}

#[test]
fn a_registration_date_alone_shows_a_right_in_force() {
    assert_eq!(decide(&StatusInput { grant_date: d("2017-01-01"), ..input(&[], &[], &[]) }), (Status::InForce, None));
}

fn any_date() -> impl Strategy<Value = Option<Date>> {
    // Few days, so that many things fall on the same one; some before the filing.
    prop::option::of((0_i8..8).prop_map(|n| jiff::civil::date(2015, 1 + n, 8)))
}

fn any_event() -> impl Strategy<Value = Event> {
    (any_date(), "[ABC]{0,1}", "[XY]{0,1}", prop::option::of(prop::sample::select(Effect::ALL.to_vec())))
        .prop_map(|(date, code, text, effect)| Event { date, code, text, effect })
}

fn any_publication() -> impl Strategy<Value = Publication> {
    let levels = [Level::Application, Level::Report, Level::Correction, Level::Grant, Level::Amended];
    (
        any_date(),
        prop::sample::select(vec!["A", "B", "B9", "C1"]),
        prop::option::of(prop::sample::select(levels.to_vec())),
    )
        .prop_map(|(date, kind, level)| Publication { date, level, ..publication("", kind, Level::Grant) })
}

fn any_word() -> impl Strategy<Value = OfficeStatus> {
    (any_date(), "[XYZ]", prop::sample::select(Status::ALL.to_vec())).prop_map(|(date, text, status)| OfficeStatus {
        date,
        text,
        status,
    })
}

/// The same things again, in another order and with repetitions.
fn again<T: Clone>(things: &[T], order: &[prop::sample::Index]) -> Vec<T> {
    let mut shuffled = things.to_vec();
    if !things.is_empty() {
        shuffled.extend(order.iter().map(|index| things[index.index(things.len())].clone()));
        for (at, index) in order.iter().enumerate() {
            let length = shuffled.len();
            shuffled.swap(at % length, index.index(length));
        }
    }
    shuffled
}

proptest! {
    #[test]
    fn order_and_repetition_make_no_difference(
        events in prop::collection::vec(any_event(), 0..8),
        publications in prop::collection::vec(any_publication(), 0..4),
        words in prop::collection::vec(any_word(), 0..3),
        right in prop::sample::select(RightKind::ALL.to_vec()),
        office in prop::sample::select(vec![Office::CN, Office::DE, Office::WO]),
        grant_date in any_date(),
        order in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
    ) {
        let one = StatusInput { right, office, grant_date, ..input(&publications, &events, &words) };
        let (publications, events, words) = (again(&publications, &order), again(&events, &order), again(&words, &order));
        let other = StatusInput { right, office, grant_date, ..input(&publications, &events, &words) };
        prop_assert_eq!(decide(&one), decide(&other));
    }

    #[test]
    fn effects_on_use_and_ownership_never_change_the_status(
        events in prop::collection::vec(any_event(), 0..8),
        effect in prop::sample::select(vec![
            Effect::Transferred, Effect::PartyChanged, Effect::Licensed, Effect::LicenceEnded, Effect::Pledged,
            Effect::PledgeEnded, Effect::Frozen, Effect::Unfrozen, Effect::Disputed, Effect::DisputeEnded,
            Effect::Corrected,
        ]),
        date in any_date(),
    ) {
        let mut more = events.clone();
        more.push(Event { date, code: "TR01".to_owned(), text: String::new(), effect: Some(effect) });
        prop_assert_eq!(decide(&input(&[], &events, &[])), decide(&input(&[], &more, &[])));
    }
}
