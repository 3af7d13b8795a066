//! What a form promises whoever fills it in.

use serde_json::json;
use services::{Answers, Form};

use super::{RequestForm, Shown, outline, told};
use crate::language::Lang;

fn form() -> Form {
    serde_json::from_value(json!({ "steps": [{
        "key": "who", "title": ["申请人", "About you"], "fields": [
            { "key": "kind", "label": ["类型", "You are"], "required": true, "kind": { "type": "choice", "options": [
                { "key": "person", "label": ["自然人", "a person"] }, { "key": "firm", "label": ["企业", "a firm"] },
            ] } },
            { "key": "firm", "label": ["单位", "Firm"], "required": true, "kind": { "type": "organisation" },
              "shown_if": [{ "field": "kind", "is": { "one-of": ["firm"] } }] },
            { "key": "region", "label": ["地区", "Region"], "kind": { "type": "region" } },
            { "key": "papers", "label": ["材料", "Papers"], "kind": { "type": "file", "kinds": ["pdf"], "count": 2 } },
            { "key": "marks", "label": ["商标", "Marks"], "kind": { "type": "group", "most": 3, "fields": [
                { "key": "number", "label": ["号码", "Number"], "kind": { "type": "right-number" }, "required": true },
                { "key": "name", "label": ["名称", "Name"], "kind": { "type": "text" },
                  "shown_if": [{ "field": "number", "is": { "answered": true } }] },
            ] } },
        ],
    }] }))
    .unwrap()
}

fn answers(value: serde_json::Value) -> Answers {
    serde_json::from_value(value).unwrap()
}

#[test]
fn what_was_written_stands_in_the_form_and_every_fault_at_its_field() {
    let given =
        answers(json!({ "kind": "firm", "marks": [{ "name": "惠" }, { "number": "1" }], "papers": ["d1", "gone"] }));
    let faults = services::check(&form(), &given);
    let names: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
    assert_eq!(names, ["firm", "marks.0.number"]);
    let documents = |id: &str| (id == "d1").then(|| "a.pdf, 2 KB".to_owned());
    let shown = Shown { lang: Lang::En, faults: &faults, documents: &documents, add: Some("marks") };
    let request = RequestForm::new(&form(), &given, &shown);
    let questions = &request.steps[0].questions;
    assert_eq!(
        questions[0].choices.iter().filter(|one| one.chosen).map(|one| &one.name).collect::<Vec<_>>(),
        ["a firm"]
    );
    assert_eq!(questions[1].fault.as_deref(), Some("fill in «Firm»"));
    assert_eq!(questions[1].when.as_ref().unwrap().words, "«You are» is «a firm»");
    assert_eq!(questions[3].choices.iter().map(|one| one.name.as_str()).collect::<Vec<_>>(), ["a.pdf, 2 KB"]);
    assert_eq!(questions[3].upload(), "upload.papers");
    let rows = &questions[4].rows;
    assert_eq!((rows.len(), questions[4].more), (3, false), "two and the one that was asked for");
    assert_eq!(rows[1][0].value, "1");
    assert!(rows[0][0].fault.is_some());
    let rule = &rows[1][1].when.as_ref().unwrap().rule;
    assert_eq!(rule, r#"[{"is":{"answered":true},"name":"marks.1.number"}]"#, "the field of the same row");
    assert_eq!(request.summary[1].0, "#f-marks.0.number");
    assert!(request.regions.contains(&("500000", "重庆市")));
}

#[test]
fn what_will_be_asked_and_what_was_answered_are_told_in_words() {
    let outline = outline(&form(), Lang::Zh);
    let questions = &outline[0].questions;
    assert_eq!(questions[0].answer, "单选：自然人、企业");
    assert_eq!(questions[1].when, "仅当「类型」为「企业」");
    assert_eq!(questions[3].answer, "上传：PDF，每个不超过 20 MB，最多 2 个");
    assert_eq!(questions[4].inner[1].when, "仅当「号码」已填写");
    // A firm that no longer counts is not told.
    let given = answers(json!({ "kind": "person", "firm": "x", "region": "500000", "marks": [{ "number": "7" }] }));
    let told = told(&form(), &given, &Shown::plain(Lang::Zh));
    let lines: Vec<(&str, &str)> = told[0].answers.iter().map(|one| (one.label.as_str(), one.text.as_str())).collect();
    assert_eq!(lines, [("类型", "自然人"), ("地区", "重庆市 (500000)"), ("商标", "")]);
    assert_eq!(told[0].answers[2].rows[0][0].text, "7");
}
