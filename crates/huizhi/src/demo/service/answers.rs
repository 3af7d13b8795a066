//! Plausible answers to any request form.

use fastrand::Rng;
use serde_json::{Map, Value, json};
use services::{Answers, Field, FieldKind, Form};

use super::words::QUESTIONS;

/// Rounds in which answers to what is still missing are added: an answer may show further fields.
const ROUNDS: usize = 6;

/// Answers that the form takes; none where it asks for what cannot be made up here, such as files.
pub(super) fn of(form: &Form, name: &str, dice: &mut Rng) -> Option<Answers> {
    let mut answers = Answers::new();
    for _ in 0..ROUNDS {
        let faults = services::check(form, &answers);
        if faults.is_empty() {
            return Some(answers);
        }
        for fault in faults {
            let key = fault.field.split('.').next()?;
            let field = form.field(key)?;
            answers.insert(field.key.clone(), answer(field, name, dice)?);
        }
    }
    None
}

fn answer(field: &Field, name: &str, dice: &mut Rng) -> Option<Value> {
    Some(match &field.kind {
        FieldKind::Text { .. } if field.personal => json!(name),
        FieldKind::Text { .. } => json!(dice.choice(TITLES)?),
        FieldKind::LongText { .. } => json!(dice.choice(QUESTIONS)?.0),
        FieldKind::Number { least, .. } => json!(least.unwrap_or(1.0).max(1.0).ceil()),
        FieldKind::Date { from, to } => {
            json!((*from).or(*to).map_or_else(|| "2026-06-30".to_owned(), |day| day.to_string()))
        }
        FieldKind::Choice { options } => json!(dice.choice(options)?.key),
        FieldKind::Choices { options, least, .. } => {
            let keys: Vec<&str> =
                options.iter().take(least.unwrap_or(1).max(1) as usize).map(|o| o.key.as_str()).collect();
            json!(keys)
        }
        FieldKind::YesNo { .. } => json!(true),
        FieldKind::RightNumber => json!("CN201910302430.1"),
        FieldKind::Organisation => json!("云岭演示电池有限公司"),
        FieldKind::Region => json!("500103"),
        FieldKind::Telephone => json!("13800000000"),
        FieldKind::Email => json!("client@demo.example"),
        FieldKind::CreditCode => json!("911101066976941872"),
        FieldKind::Group { fields, least, .. } => {
            let mut row = Map::new();
            for field in fields.iter().filter(|field| field.required || !field.required_if.is_empty()) {
                row.insert(field.key.clone(), answer(field, name, dice)?);
            }
            json!(vec![Value::Object(row); least.unwrap_or(1).max(1) as usize])
        }
        FieldKind::File(_) => return None,
    })
}

const TITLES: &[&str] = &["固态电池隔膜", "石墨烯散热膜", "茶饮品牌", "园区企业", "智能巡检机器人"];
