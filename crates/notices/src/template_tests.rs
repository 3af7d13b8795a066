use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{Both, Template, places_in, tidy};
use crate::{NoticesError, templates};

/// The keys that the other rooms put.
const KEYS: &[&str] = &[
    "account.confirm-mail",
    "account.mail-changed",
    "account.reset-password",
    "appeal.decided",
    "appeal.made",
    "assessment.called",
    "assessment.decided",
    "assessment.objection",
    "assessment.objections-waiting",
    "assessment.published",
    "assessment.result",
    "assessment.review-due",
    "assessment.self-due",
    "assessment.self-evaluation",
    "case.accepted",
    "case.archived",
    "case.arrived",
    "case.assigned",
    "case.delivered",
    "case.due-soon",
    "case.escalated",
    "case.extended",
    "case.handed-on",
    "case.idle",
    "case.late",
    "case.merged",
    "case.message",
    "case.paused",
    "case.received",
    "case.refused",
    "case.reopened",
    "case.resumed",
    "case.returned",
    "case.set-up",
    "case.status-back",
    "case.supplement",
    "case.supplied",
    "case.transferred",
    "case.withdrawn",
    "credit.objected",
    "credit.objection-decided",
    "credit.repair-asked",
    "credit.repair-decided",
    "follow-up.assigned",
    "follow-up.due-soon",
    "follow-up.late",
    "indicators.returned",
    "plan.due-soon",
    "plan.due-today",
    "plan.late",
    "plan.late-below",
    "plan.report-accepted",
    "plan.report-returned",
    "plan.report-submitted",
    "questionnaire.asked",
    "rating.answered",
    "rating.asked",
    "rating.bad",
    "warning.assigned",
    "warning.fired",
];

#[test]
fn every_key_has_a_template_and_every_template_a_key() {
    assert_eq!(templates().keys().map(String::as_str).collect::<Vec<_>>(), KEYS);
}

#[test]
fn both_languages_say_the_same_places_and_lead_to_the_page() {
    for (key, template) in templates() {
        for Both { zh, en } in [&template.subject, &template.body] {
            let places = |text| places_in(text).collect::<BTreeSet<_>>();
            assert_eq!(places(zh), places(en), "{key}");
            assert!(!zh.trim().is_empty() && !en.trim().is_empty(), "{key}");
            assert_eq!(zh.matches('{').count(), zh.matches('}').count(), "{key}");
            assert!(zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{key} is not Chinese");
            assert!(!en.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{key} is not English");
        }
        assert!(template.body.zh.ends_with("{link}"), "{key}");
        assert!(!template.subject.zh.contains('\n') && !template.subject.en.contains('\n'), "{key}");
        assert!(key.starts_with("account.") != template.is_shown_in_portal(), "{key}");
        assert_eq!(template.is_always_mailed(), !template.is_shown_in_portal(), "{key}");
    }
}

#[test]
fn a_missing_place_and_an_unknown_template_are_told() {
    let lacking = super::checked("case.refused", &[("reference", "HZ-1"), ("item", "检索")]).unwrap_err();
    assert!(matches!(&lacking, NoticesError::Place { place, .. } if place == "reason"), "{lacking}");
    let one = [("reference", "HZ-1"), ("item.zh", "检索"), ("reason", "x")];
    assert!(matches!(super::checked("case.refused", &one), Err(NoticesError::Place { place, .. }) if place == "item"));
    assert!(matches!(super::checked("case.flown", &[]), Err(NoticesError::Template(key)) if key == "case.flown"));
}

#[test]
fn a_place_takes_the_value_of_the_language() {
    let given = [("reference", "HZ-1"), ("item.zh", "检索"), ("item.en", "Search"), ("reason", "{item}")];
    let (template, values) = super::checked("case.refused", &given).unwrap();
    let zh = template.text("zh", &values, "https://example.cn/cases/1");
    assert_eq!(zh.subject, "需求 HZ-1 未予受理");
    assert!(zh.body.starts_with("「检索」未予受理。理由：{item}"), "{}", zh.body);
    assert!(zh.body.ends_with("https://example.cn/cases/1"));
    assert!(template.text("en", &values, "").body.starts_with("“Search” is not accepted"));
}

#[test]
fn an_old_notice_whose_template_has_changed_is_still_readable() {
    let text = super::text("case.refused", "en", &super::Values::new(), "/cases/1");
    assert_eq!(text.subject, "Request … is not accepted");
    assert_eq!(super::text("case.of-old", "zh", &super::Values::new(), "/cases/1").subject, "case.of-old");
}

proptest! {
    #[test]
    fn no_value_breaks_a_line_or_grows_without_end(value in any::<String>()) {
        let tidied = tidy(&value);
        prop_assert!(!tidied.chars().any(char::is_control));
        prop_assert!(tidied.chars().count() <= super::MOST_OF_A_VALUE + 1);
        prop_assert_eq!(tidy(&tidied), tidied);
    }

    #[test]
    fn filling_is_total(text in any::<String>()) {
        let both = || Both { zh: text.clone(), en: text.clone() };
        let template = Template { portal: true, always: false, subject: both(), body: both() };
        template.places();
        template.text("zh", &super::Values::new(), "/");
    }
}
