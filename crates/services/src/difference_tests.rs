use super::*;
use crate::testing::item;
use crate::{Limit, Material, Need, Question, Record};

/// Name, before and after of one difference, in English.
type Told = (String, Option<String>, Option<String>);

fn told(name: &str, before: Option<&str>, after: Option<&str>) -> Told {
    (name.to_owned(), before.map(str::to_owned), after.map(str::to_owned))
}

fn between(change: impl FnOnce(&mut Item)) -> Vec<Told> {
    let before = item("X-1");
    let mut after = before.clone();
    change(&mut after);
    let found = differences(&before, &after);
    assert_eq!(found.len(), differences(&after, &before).len(), "as many back as forth");
    found.into_iter().map(|one| (one.name.en, one.before.map(|text| text.en), one.after.map(|text| text.en))).collect()
}

#[test]
fn what_changed_is_told_in_words() {
    assert_eq!(between(|_| ()), []);
    assert_eq!(between(|item| item.title.en = "New".to_owned()), [told("title", Some("Item X-1"), Some("New"))]);
    assert_eq!(
        between(|item| item.statutory_limit = Some(Limit::working_days(7))),
        [told("statutory limit", None, Some("7 working days"))]
    );
    assert_eq!(between(|item| item.delivery = true), [told("sent by courier", Some("no"), Some("yes"))]);
    assert_eq!(
        between(|item| item.records = vec![Record::Deliverable]),
        [told("records to keep", Some("Consultation archive, Satisfaction survey"), Some("Deliverable"))]
    );
}

#[test]
fn one_more_entry_is_one_difference() {
    let material = Material {
        name: Text::new("身份证明", "identity"),
        issuer: None,
        originals: 0,
        copies: 1,
        need: Need::Required,
        when: None,
        form_link: None,
        field: None,
    };
    assert_eq!(between(|item| item.materials.push(material.clone())).len(), 1);
    let before = Item { materials: vec![material.clone()], ..item("X-1") };
    let mut after = before.clone();
    after.materials[0].copies = 2;
    after.materials.insert(0, Material { name: Text::new("申请书", "application"), ..material });
    let found: Vec<String> = differences(&before, &after).into_iter().map(|one| one.name.zh).collect();
    assert_eq!(found, ["申请材料 · 身份证明 · 复印件份数", "申请材料 · 申请书"]);
}

#[test]
fn paragraphs_are_paired_and_a_new_order_is_told() {
    let new = Text::new("新条件", "A new condition.");
    assert_eq!(between(|item| item.conditions.insert(0, new)), [told("conditions", None, Some("A new condition."))]);
    let ask =
        |n: u8| Question { question: Text::new(format!("问{n}"), format!("Q{n}")), answer: Text::new("答", "A") };
    let before = Item { questions: vec![ask(1), ask(2)], ..item("X-1") };
    let after = Item { questions: vec![ask(2), ask(1)], ..item("X-1") };
    let found = differences(&before, &after);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].after.as_ref().unwrap().en, "Q2 → Q1");
}

#[test]
fn a_change_of_the_form_names_step_and_field() {
    let name = "form · steps · About you · fields · Name of the organisation · required";
    assert_eq!(between(|item| item.form.steps[0].fields[1].required = false), [told(name, Some("yes"), Some("no"))]);
}

#[test]
fn every_element_has_names_and_differences_come_in_the_order_of_the_guide() {
    let items = crate::catalogue().unwrap();
    for pair in items.windows(2) {
        let found = differences(&pair[0], &pair[1]);
        assert!(!found.is_empty());
        let ranks: Vec<usize> = found.iter().map(|one| names::rank(&one.path)).collect();
        assert!(ranks.is_sorted());
        assert!(found.iter().all(|one| one.before != one.after && !one.name.zh.is_empty() && !one.name.en.is_empty()));
    }
}
