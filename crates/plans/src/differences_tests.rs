use crate::testing::{contents, task};
use crate::{Fate, differences};

#[test]
fn nothing_differs_from_itself() {
    assert_eq!(differences(&contents(), &contents()), []);
}

#[test]
fn what_was_added_removed_or_changed_is_told_field_by_field() {
    let (before, mut after) = (contents(), contents());
    after.title.zh = "另一计划".to_owned();
    after.groups[0].tasks[0].title.zh = "改过".to_owned();
    after.groups[1].tasks.remove(1);
    after.groups[1].tasks.push(task("4", Vec::new()));
    let found = differences(&before, &after);
    let told: Vec<_> = found.iter().map(|one| (one.task.as_str(), one.fate)).collect();
    assert_eq!(told, [("", Fate::Changed), ("1", Fate::Changed), ("4", Fate::Added), ("3", Fate::Removed)]);
    assert_eq!(found[1].fields.len(), 1);
    assert_eq!((found[1].fields[0].before.as_str(), found[1].fields[0].after.as_str()), ("任务1", "改过"));
    assert!(found[2].fields.iter().any(|field| field.field == "title.zh" && field.after == "任务4"));
    assert!(found[3].fields.iter().all(|field| field.after.is_empty()));
}
