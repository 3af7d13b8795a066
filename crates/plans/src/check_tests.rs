use jiff::civil::date;

use crate::testing::{assigned, contents, task};
use crate::{Choice, Contents, Duty, Rule, Text};

fn fields(contents: &Contents) -> Vec<String> {
    contents.faults().into_iter().map(|fault| fault.field).collect()
}

#[test]
fn a_sound_plan_has_no_faults_and_an_empty_one_has() {
    assert_eq!(contents().faults(), []);
    assert_eq!(fields(&Contents::new(Text::new("空", ""), 2026)), ["groups"]);
}

#[test]
fn everything_that_is_wrong_is_named_at_once() {
    let mut plan = contents();
    plan.title.zh.clear();
    plan.to = date(2026, 5, 1);
    plan.groups[0].tasks[0].assignments.push(assigned(Duty::Required, Rule::CitiesOf, "nobody"));
    plan.groups[1].tasks.push(task("3", vec![assigned(Duty::Required, Rule::BatchOf, "cities")]));
    plan.groups[1].tasks[0].targets[0].figure = Some(f64::NAN);
    plan.choices.push(Choice { at_least: 3, tasks: vec!["2".to_owned()] });
    let fields = fields(&plan);
    for field in
        ["title", "tasks.1.assignments", "tasks.3", "tasks.3.assignments", "tasks.3.due", "tasks.2.targets", "choices"]
    {
        assert!(fields.iter().any(|found| found == field), "{field} in {fields:?}");
    }
}

#[test]
fn parts_have_no_parts_and_keys_are_for_machines() {
    let mut plan = contents();
    plan.groups[0].tasks[0].tasks[0].tasks.push(task("x", Vec::new()));
    plan.groups[1].tasks[0].key = "a|b".to_owned();
    let fields = fields(&plan);
    assert!(fields.contains(&"tasks.1-1.tasks".to_owned()) && fields.contains(&"tasks.a|b".to_owned()), "{fields:?}");
}
