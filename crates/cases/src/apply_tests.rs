use proptest::prelude::*;
use services::Calendar;

use super::*;
use crate::flow::{actions, next};
use crate::testing::{day, now, on, person};
use crate::{Plan, State, Terms};

/// A case without a database.
fn fresh() -> Case {
    let file = serde_json::json!({
        "id": "00000000000000000000000001", "reference": crate::Reference::make(2026, 1), "version": 1, "state": "received",
        "paused": null, "item": "T01", "item_version": 1, "item_title": { "zh": "咨询", "en": "Consultation" },
        "title": "年费", "channel": "web", "outlet": "00000000000000000000000001",
        "outlet_name": { "zh": "站", "en": "Outlet" }, "assignee": null, "client": null, "client_name": "张*", "lang": "zh",
        "terms": Terms::default(), "records": [], "received_at": now(), "accepted_at": null, "delivered_at": null,
        "closed_at": null, "touched_at": now(), "due_on": null, "plan": null, "handed_on": null, "missing": null,
        "extension": null, "escalated": false, "result": null, "outcome": null, "answer": null, "settlement": null,
        "summary": null, "parent": null, "merged_into": null, "measured": null, "on_time": null,
    });
    let mut case: Case = serde_json::from_value(file).unwrap();
    case.clock_on = Some(day("2026-06-01"));
    case
}

fn facts(now: Timestamp, stands: &[Stand]) -> Facts {
    Facts {
        now,
        calendar: Calendar::weekends_only(),
        stands: stands.to_vec(),
        person: Some(person(1)),
        outlet_name: Some(services::Text::new("另一站", "Other")),
        has_deliverable: true,
        brought: true,
        records: Vec::new(),
    }
}

fn text() -> impl Strategy<Value = String> {
    prop_oneof![Just(String::new()), Just("理由".to_owned())]
}

fn any_act() -> impl Strategy<Value = Act> {
    let plan = |deadline: &str| Plan {
        staff: vec![person(1)],
        plan: "方案".to_owned(),
        deadline: day(deadline),
        contact: "王工".to_owned(),
    };
    prop_oneof![
        Just(Act::Accept),
        text().prop_map(|reason| Act::Refuse { reason }),
        Just(Act::AskSupplement { missing: vec!["缺".to_owned()] }),
        Just(Act::Supplement { answers: services::Answers::new(), note: "补".to_owned() }),
        Just(Act::DeemWithdrawn),
        Just(Act::SetUp(plan("2026-06-20"))),
        Just(Act::Begin),
        Just(Act::Assign { to: person(2) }),
        Just(Act::Take),
        text().prop_map(|reason| Act::Pause { reason }),
        Just(Act::Resume),
        (0_u32..8).prop_map(|days| Act::Extend { ground: crate::Ground::Client, days, reason: "因".to_owned() }),
        text().prop_map(|reason| Act::Escalate { reason }),
        text().prop_map(|reason| Act::Transfer { outlet: crate::testing::outlet(7), reason }),
        Just(Act::HandOn { office: "局".to_owned(), reference: "1".to_owned() }),
        Just(Act::TakeBack { status: "毕".to_owned() }),
        text().prop_map(|result| Act::Deliver { result }),
        Just(Act::Confirm { solved: Solved::No, words: String::new() }),
        text().prop_map(|reason| Act::Return { reason }),
        text().prop_map(|note| Act::FollowUp { note, solved: Some(Solved::Yes) }),
        prop_oneof![Just(Outcome::Solved), Just(Outcome::NotSolved), Just(Outcome::Merged)]
            .prop_map(|outcome| Act::Archive { outcome, settlement: None, attended: None, summary: String::new() }),
        text().prop_map(|reason| Act::Withdraw { reason }),
        text().prop_map(|reason| Act::Reopen { reason }),
    ]
}

proptest! {
    /// Whatever is done in whatever order: the table is kept, a closed case has an outcome and a closing time and no
    /// deadline, an open one has none of the first two, and what is due where a clock runs is a working day.
    #[test]
    fn every_walk_keeps_the_promises(acts in proptest::collection::vec((any_act(), 0_i64..4), 1..40)) {
        let (mut case, mut stands, mut at) = (fresh(), Vec::new(), now());
        for (act, days) in acts {
            at += jiff::SignedDuration::from_hours(24 * days);
            let facts = facts(at, &stands);
            let mut after = case.clone();
            let Ok(effect) = apply(&mut after, &act, &facts) else { continue };
            let rule = flow::rule_of(act.action()).unwrap();
            prop_assert!(rule.from.contains(&case.state));
            prop_assert_eq!(after.state, next(rule, case.state, case.accepted_at.is_some()));
            stands = super::after(&stands, &effect, office_day(at));
            case = after;
            let closed = case.state.is_final();
            prop_assert_eq!(closed, case.outcome.is_some());
            prop_assert_eq!(closed, case.closed_at.is_some());
            prop_assert_eq!(closed && actions(case.state, false).count() > 1, false);
            if closed || matches!(case.state, State::Delivered | State::FollowUp) {
                prop_assert_eq!(case.due_on, None);
            }
            if case.state == State::Received {
                prop_assert!(case.due_on.is_some_and(|due| facts.calendar.is_working(due)));
            }
            let standing = stands.iter().filter(|stand| stand.to.is_none()).count();
            let stopped = case.is_standing() || matches!(case.state, State::Delivered | State::FollowUp);
            prop_assert_eq!(standing, usize::from(stopped), "one open stretch where the clock stands, none where it runs");
        }
    }
}

#[test]
fn a_case_reads_back_from_json_without_what_is_inside() {
    let case = fresh();
    let read: Case = serde_json::from_value(serde_json::to_value(&case).unwrap()).unwrap();
    assert_eq!(read.reference, case.reference);
    assert_eq!(on("2026-06-01"), case.received_at);
}
