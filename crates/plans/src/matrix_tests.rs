use database::testing::for_each_backend;
use jiff::civil::date;

use crate::day::office_day;
use crate::testing::{World, act, contents, days, keeper, now, said, unit};
use crate::{Asked, Matrix, Plan, Progress, Seen, Standing};

async fn matrix(world: &World, by: u32, plan: &Plan, asked: &Asked) -> Matrix {
    world.plans.matrix(&keeper(by), &plan.id, office_day(now()), asked).await.unwrap()
}

fn standing(matrix: &Matrix, of: u32, task: &str) -> Standing {
    let at = matrix.tasks.iter().position(|head| head.key == task).unwrap();
    matrix.units.iter().find(|row| row.unit == unit(of)).unwrap().cells[at].standing
}

#[tokio::test]
async fn the_matrix_tells_how_every_task_stands_at_every_unit() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let plan = world.issued(&contents()).await;
        world.accepted(&plan, (1, 4, "1"), &said(Progress::Done, "做完")).await;
        world.accepted(&plan, (2, 3, "1"), &said(Progress::UnderWay, "在做")).await;
        world.submitted(&plan, (3, 6, "1"), &said(Progress::UnderWay, "在做")).await;
        world.submitted(&plan, (4, 5, "3"), &said(Progress::UnderWay, "在做")).await;
        let today = matrix(&world, 1, &plan, &Asked::default()).await;
        let order: Vec<_> = today.units.iter().map(|row| row.unit.clone()).collect();
        assert_eq!(order, [1, 2, 3, 5, 4, 6].map(unit), "in the order of the tree, by region");
        assert_eq!(standing(&today, 4, "1"), Standing::Done);
        assert_eq!(standing(&today, 3, "1"), Standing::UnderWay);
        assert_eq!(standing(&today, 6, "1"), Standing::Submitted);
        assert_eq!(standing(&today, 2, "1"), Standing::Open);
        assert_eq!(standing(&today, 2, "2"), Standing::Offered);
        assert_eq!(standing(&today, 6, "3"), Standing::NotConcerned);
        let july = matrix(&world, 1, &plan, &Asked { day: Some(date(2026, 7, 1)), ..Asked::default() }).await;
        assert_eq!((standing(&july, 4, "3"), standing(&july, 5, "3")), (Standing::Missing, Standing::Late));
        let tally = july.tally();
        assert_eq!((tally.of(Standing::Done), tally.late(), tally.of(Standing::Offered)), (1, 2, 2));
        assert_eq!(tally.bound(), 9);
        assert_eq!(july.tally_of_group("b").bound(), 2);
        assert_eq!(july.tally_of_unit(&unit(4)).done_percent(), Some(50));
        assert_eq!(july.tally_of_task("2").done_percent(), None, "nobody must: that is not zero");
    })
    .await;
}

#[tokio::test]
async fn everyone_sees_the_own_part_of_the_country() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let plan = world.issued(&contents()).await;
        let rows = |matrix: Matrix| matrix.units.into_iter().map(|row| row.unit).collect::<Vec<_>>();
        assert_eq!(rows(matrix(&world, 2, &plan, &Asked::default()).await), [2, 5, 4].map(unit));
        assert_eq!(rows(matrix(&world, 6, &plan, &Asked::default()).await), [unit(6)]);
        let asked = Asked { region: Some("330000".parse().unwrap()), ..Asked::default() };
        assert_eq!(rows(matrix(&world, 1, &plan, &asked).await), [3, 6].map(unit));
        let asked = Asked { unit: Some(unit(3)), ..Asked::default() };
        assert_eq!(rows(matrix(&world, 2, &plan, &asked).await), [], "a neighbour is not told by name either");
    })
    .await;
}

#[tokio::test]
async fn what_is_due_late_or_waiting_finds_those_who_care() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let plan = world.issued(&contents()).await;
        let july = date(2026, 7, 5);
        let report = world.submitted(&plan, (1, 5, "3"), &said(Progress::UnderWay, "在做")).await;
        let mine = world.plans.mine(&keeper(2), july, false).await.unwrap();
        assert_eq!(mine.due.iter().map(|due| due.task.as_str()).collect::<Vec<_>>(), ["1", "1-1"]);
        assert_eq!((mine.offered.len(), mine.lacks.len()), (1, 1));
        let below = world.plans.mine(&keeper(2), july, true).await.unwrap();
        let late: Vec<_> = below.due.iter().take(2).map(|due| (due.task.as_str(), due.days)).collect();
        assert_eq!(late, [("3", -5), ("3", -5)], "late ones come first");
        let cover = keeper(1).cover(accounts::Permission::ReadGovernance).unwrap();
        let late = world.plans.late(&cover, july).await.unwrap();
        let told: Vec<_> = late.iter().map(|late| (late.standing, late.days)).collect();
        assert_eq!(told, [(Standing::Late, 5), (Standing::Missing, 5)]);
        assert!(late[0].link().starts_with("/governance/plans/"));
        let cover = keeper(3).cover(accounts::Permission::ReadGovernance).unwrap();
        assert_eq!(world.plans.late(&cover, july).await.unwrap(), []);
        for (who, count) in [(1, 1), (2, 1), (3, 0), (5, 0)] {
            let waiting = world.plans.waiting(&keeper(who), july).await.unwrap();
            assert_eq!(waiting.len(), count, "{who}");
            assert!(waiting.iter().all(|one| one.report.id == report.id && one.task.zh == "任务3"));
        }
    })
    .await;
}

#[tokio::test]
async fn a_unit_that_merged_keeps_its_history_and_its_heir_goes_on() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let plan = world.issued(&contents()).await;
        world.accepted(&plan, (1, 4, "3"), &said(Progress::UnderWay, "在做")).await;
        let mut write = world.database.write().await.unwrap();
        let outlet = network::organisation(&mut write, &unit(7), date(2026, 6, 10)).await.unwrap().unwrap();
        let edit = network::Edit { id: &unit(7), version: outlet.version, from: date(2026, 6, 10) };
        network::move_to(&mut write, now(), edit, Some(&unit(5)), None).await.unwrap();
        let four = network::organisation(&mut write, &unit(4), date(2026, 6, 15)).await.unwrap().unwrap();
        let five = network::organisation(&mut write, &unit(5), date(2026, 6, 15)).await.unwrap().unwrap();
        let edit = network::Edit { id: &unit(4), version: four.version, from: date(2026, 6, 15) };
        network::close(&mut write, now(), edit, Some("并入"), std::slice::from_ref(&five.id)).await.unwrap();
        write.commit().await.unwrap();
        let before = matrix(&world, 1, &plan, &Asked { day: Some(date(2026, 6, 10)), ..Asked::default() }).await;
        assert_eq!(standing(&before, 4, "3"), Standing::UnderWay);
        assert!(before.units.iter().all(|row| row.level.is_some()));
        let after = matrix(&world, 1, &plan, &Asked { day: Some(date(2026, 7, 1)), ..Asked::default() }).await;
        let gone = after.units.last().unwrap();
        assert_eq!((gone.unit.clone(), gone.level, gone.name.zh.as_str()), (unit(4), None, "第4单位"));
        assert_eq!(standing(&after, 4, "3"), Standing::UnderWay, "whoever is gone is not late");
        assert_eq!(standing(&after, 5, "3"), Standing::Missing);
        let words = said(Progress::UnderWay, "在做");
        let (key, four) = (crate::testing::key(77), unit(4));
        let new = crate::NewReport { key: &key, plan: &plan.id, task: "3", unit: &four, said: &words, public: false };
        let refused = act!(world, begin(days(30), &keeper(4), &new));
        assert!(matches!(refused, Err(crate::PlansError::NotConcerned { .. })), "{refused:?}");
    })
    .await;
}

#[tokio::test]
async fn after_its_end_a_plan_stands_as_on_its_last_day() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let plan = world.issued(&contents()).await;
        act!(world, close(now(), &keeper(1), Seen::new(&plan.id, plan.version), "")).unwrap();
        let later = matrix(&world, 1, &plan, &Asked { day: Some(date(2030, 1, 1)), ..Asked::default() }).await;
        assert_eq!((later.as_of, later.day), (date(2026, 12, 31), date(2030, 1, 1)));
        assert_eq!(later.units.len(), 6);
    })
    .await;
}
