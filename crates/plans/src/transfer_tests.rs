use jiff::civil::date;
use proptest::prelude::*;

use crate::testing::contents;
use crate::{Bound, Contents, Duty, Rule, STARTING, Target, starting};

fn plan(key: &str) -> Contents {
    starting(key).unwrap().unwrap()
}

fn whole(plan: &Contents) -> usize {
    plan.groups.iter().map(|group| group.tasks.len()).sum()
}

fn target<'a>(plan: &'a Contents, task: &str, key: &str) -> &'a Target {
    let task = plan.task(task).unwrap().task;
    task.targets.iter().find(|target| target.key == key).unwrap()
}

#[test]
fn every_starting_plan_is_sound_and_complete_in_both_languages() {
    for starting in STARTING {
        let plan = plan(starting.key);
        assert_eq!(plan.faults(), [], "{}", starting.key);
        assert!(plan.tasks().all(|placed| !placed.task.title.en.is_empty()), "{}", starting.key);
        assert!(plan.groups.iter().all(|group| !group.title.en.is_empty()), "{}", starting.key);
        let cjk = |text: &str| text.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c));
        assert!(
            !plan.tasks().any(|placed| cjk(&placed.task.title.en) || cjk(&placed.task.text.en)),
            "{}",
            starting.key
        );
        assert_eq!(Contents::from_toml(&plan.to_toml().unwrap()).unwrap(), plan, "{}", starting.key);
    }
}

#[test]
fn the_plan_of_2021_has_39_tasks_with_their_departments_and_figures() {
    let plan = plan("2021-plan");
    assert_eq!(plan.groups.iter().map(|group| group.tasks.len()).collect::<Vec<_>>(), [6, 10, 11, 7, 5]);
    assert_eq!(whole(&plan), 39);
    assert!(plan.tasks().all(|placed| !placed.task.responsible.is_empty()), "each has who answers for it");
    assert_eq!(target(&plan, "10", "prefecture").figure, Some(30.0));
    assert_eq!(target(&plan, "10", "prefecture").period, "2021-12");
    assert_eq!(target(&plan, "10", "province").figure, Some(100.0));
    assert_eq!(target(&plan, "13", "tisc").figure, Some(100.0));
    assert_eq!(target(&plan, "24", "kinds").figure, Some(10.0));
    assert_eq!(plan.task("24").unwrap().task.due, Some(date(2021, 8, 31)));
    let local = plan.tasks().filter(|placed| placed.task.responsible.iter().any(|name| name == "地方知识产权局"));
    assert_eq!(local.count(), 32);
    let november = |placed: &crate::Placed<'_>| placed.task.milestones.iter().any(|due| due.due == date(2021, 11, 30));
    assert_eq!(plan.tasks().filter(november).count(), 32, "provinces report by the end of November");
    assert_eq!(plan.task("2").unwrap().task.responsible.len(), 6);
}

#[test]
fn the_guideline_of_2024_has_23_tasks_and_says_who_must() {
    let plan = plan("2024-guideline");
    assert_eq!(plan.groups.iter().map(|group| group.tasks.len()).collect::<Vec<_>>(), [3, 3, 5, 3, 3, 3, 3]);
    assert_eq!(whole(&plan), 23);
    let duty = |key: &str, rule: Rule| {
        let assignments = &plan.task(key).unwrap().task.assignments;
        assignments.iter().find(|assignment| assignment.rule == rule).map(|assignment| assignment.duty)
    };
    let all_provinces = |duty_asked| {
        let keys = plan.groups.iter().flat_map(|group| &group.tasks).map(|task| task.key.clone());
        keys.filter(|key| duty(key, Rule::Provinces) == Some(duty_asked)).collect::<Vec<_>>()
    };
    let required = ["1", "2", "4", "7", "8", "9", "10", "11", "13", "14", "15", "16", "17", "21", "22", "23"];
    assert_eq!(all_provinces(Duty::Required), required);
    assert_eq!(all_provinces(Duty::Optional), ["20"]);
    assert_eq!(duty("3", Rule::ProvincesOf), Some(Duty::Required));
    assert_eq!(duty("3", Rule::CitiesOf), Some(Duty::Required));
    assert_eq!(duty("4-1", Rule::ProvincesOf), Some(Duty::Required));
    assert_eq!(duty("4-2", Rule::CitiesOf), Some(Duty::Optional));
    assert_eq!(duty("7", Rule::CitiesOf), Some(Duty::Required));
    assert_eq!(duty("12", Rule::BatchOf), Some(Duty::Required));
    assert_eq!(duty("18", Rule::Provinces), None);
    let figure = |key: &str| plan.targets.iter().find(|target| target.key == key).unwrap().figure;
    assert_eq!(figure("invention-examination"), Some(15.5));
    assert_eq!(figure("trademark-examination"), Some(4.0));
    assert_eq!((figure("pledge"), figure("pledge-firms")), (Some(10.0), Some(10.0)));
    assert_eq!((figure("bodies"), figure("outlets"), figure("clusters")), (Some(172.0), Some(460.0), Some(10.0)));
    assert_eq!((figure("stock"), figure("density")), (Some(100.0), None));
    assert_eq!(target(&plan, "16", "topics").figure, Some(5.0));
    let stock: Vec<_> = plan.task("8").unwrap().task.milestones.iter().map(|milestone| milestone.due).collect();
    assert_eq!(stock, [date(2024, 3, 31), date(2024, 6, 30), date(2024, 12, 31)]);
    assert_eq!(target(&plan, "8", "june").figure, Some(30.0));
    assert_eq!(plan.task("8-1").unwrap().task.due, Some(date(2024, 6, 30)));
    assert_eq!((plan.number.as_str(), plan.dated), ("国知发运字〔2024〕7号", Some(date(2024, 3, 29))));
}

#[test]
fn the_city_plan_of_2015_has_9_tasks_of_which_4_or_6_must_be_done() {
    let plan = plan("2015-cities");
    assert_eq!(whole(&plan), 9);
    let must = |key: &str, rule: Rule| {
        let assignments = &plan.task(key).unwrap().task.assignments;
        assignments.iter().any(|assignment| assignment.rule == rule && assignment.duty == Duty::Required)
    };
    let keys = ["1", "2", "3", "4", "5", "6", "7", "8", "9"];
    assert_eq!(keys.iter().filter(|key| must(key, Rule::CitiesOf)).count(), 4);
    let third = |key: &&&str| must(key, Rule::BatchOf) || must(key, Rule::CitiesOf);
    assert_eq!(keys.iter().filter(third).count(), 6);
    assert_eq!(plan.choices.len(), 1);
    assert_eq!((target(&plan, "4", "pledge").figure, target(&plan, "4", "insured").figure), (Some(20.0), Some(30.0)));
    assert_eq!(target(&plan, "4", "surveyed").figure, Some(200.0));
    assert_eq!(
        (target(&plan, "2", "city-staff").figure, target(&plan, "2", "county-staff").figure),
        (Some(3.0), Some(1.0))
    );
    assert_eq!(plan.task("9").unwrap().task.targets.len(), 5, "5+n");
    let named = |key: &str| plan.list(key).unwrap().members.len();
    assert_eq!((named("navigation-zones"), named("service-clusters")), (5, 5));
    assert!(plan.groups[0].tasks.iter().all(|task| !task.support.is_empty()), "each says what it is supported with");
}

#[test]
fn the_table_of_the_fourteenth_plan_leaves_open_what_the_draft_leaves_open() {
    let plan = plan("2021-2025-indicators");
    assert_eq!(whole(&plan), 8);
    let value = |key: &str| (target(&plan, key, "value").baseline, target(&plan, key, "value").figure);
    assert_eq!(value("3"), (Some(60.0), Some(180.0)));
    assert_eq!(value("6"), (Some(15.0), Some(30.0)));
    assert_eq!(value("7"), (Some(70.0), Some(80.0)));
    for open in ["1", "2", "4", "5", "8"] {
        assert_eq!(value(open), (None, None), "{open}");
    }
}

#[test]
fn what_is_no_plan_is_refused_with_its_place() {
    let error = Contents::from_toml("title = { zh = \"一\" }\nyear = 2026\ncolour = 1\n").unwrap_err();
    assert!(error.message.contains("colour") || error.message.contains("missing"), "{error}");
    assert!(error.text("zh").contains("TOML"));
}

proptest! {
    #[test]
    fn toml_comes_back_as_it_went(
        title in "[^\\p{Cc}]{0,20}", words in "(?s).{0,60}", figure in prop::option::of(-1e9..1e9_f64),
        batch in prop::option::of(0..9_u32), bound in prop::sample::select(Bound::ALL), reminders in prop::collection::vec(-60..60_i64, 0..4),
    ) {
        let mut plan = contents();
        plan.title.zh = title;
        plan.purpose.en = words.clone();
        plan.reminders = reminders;
        plan.lists[0].members[0].batch = batch;
        let task = &mut plan.groups[1].tasks[0];
        task.text.zh = words;
        task.targets[0].figure = figure;
        task.targets[0].bound = bound;
        prop_assert_eq!(Contents::from_toml(&plan.to_toml().unwrap()).unwrap(), plan);
    }
}
