use std::collections::BTreeMap;

use accounts::Role;
use database::testing::for_each_backend;
use jiff::civil::date;

use super::*;
use crate::testing::{administrator, now, open, person};
use crate::{Limit, shipped_calendar};

const YEAR: &[u8] = b"\xEF\xBB\xBFfrom,to,kind,name_zh,name_en\n2027-01-01,2027-01-03,holiday,\xE5\x85\x83\xE6\x97\xA6,New Year\n2027-01-09,,working-day,\xE8\xB0\x83\xE4\xBC\x91,Make-up\n";

fn import(seen: &BTreeMap<i16, i64>, dry_run: bool) -> CalendarImport<'_> {
    CalendarImport { source: "国办发明电〔2026〕1号", seen, dry_run }
}

#[tokio::test]
async fn a_year_is_loaded_and_deadlines_know_it() {
    for_each_backend(|database| async move {
        let services = open(&database).await;
        let seen = BTreeMap::new();
        for dry_run in [true, false] {
            let mut write = database.write().await.unwrap();
            let done =
                import_calendar(&mut write, now(), &administrator(), YEAR, &import(&seen, dry_run)).await.unwrap();
            write.commit().await.unwrap();
            assert_eq!((done.stored, done.years, done.days), (!dry_run, vec![2027], 4));
            assert_eq!(services.calendar().await.unwrap().knows(2027), !dry_run);
        }
        let calendar = services.calendar().await.unwrap();
        assert!(!calendar.is_working(date(2027, 1, 1)) && calendar.is_working(date(2027, 1, 9)));
        assert_eq!(calendar.deadline(date(2026, 12, 30), &Limit::working_days(2), &[]).on, date(2027, 1, 4));
        assert_eq!(calendar.days(2026).count(), shipped_calendar().days(2026).count(), "shipped years stay");
        let years = services.calendar_years().await.unwrap();
        assert_eq!(
            years.iter().map(|year| (year.year, year.revision)).collect::<Vec<_>>(),
            [(2024, 0), (2025, 0), (2026, 0), (2027, 1)]
        );
    })
    .await;
}

#[tokio::test]
async fn two_who_load_the_same_year_do_not_overwrite_each_other() {
    for_each_backend(|database| async move {
        open(&database).await;
        let tasks: Vec<_> = (0..4)
            .map(|_| {
                let database = database.clone();
                tokio::spawn(async move {
                    let seen = BTreeMap::new();
                    let mut write = database.write().await.unwrap();
                    let done = import_calendar(&mut write, now(), &administrator(), YEAR, &import(&seen, false)).await;
                    if done.is_ok() {
                        write.commit().await.unwrap();
                    }
                    done.map(|done| done.stored)
                })
            })
            .collect();
        let mut outcomes = Vec::new();
        for task in tasks {
            outcomes.push(task.await.unwrap());
        }
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        assert!(
            outcomes
                .iter()
                .all(|outcome| matches!(outcome, Ok(true) | Err(ServicesError::StaleYear { year: 2027, revision: 1 })))
        );
    })
    .await;
}

#[tokio::test]
async fn a_shipped_year_can_be_corrected() {
    for_each_backend(|database| async move {
        let services = open(&database).await;
        let file = b"from,to,kind,name_zh,name_en\n2026-12-25,,holiday,x,x\n";
        let seen = BTreeMap::from([(2026, 0)]);
        let mut write = database.write().await.unwrap();
        import_calendar(&mut write, now(), &administrator(), file, &import(&seen, false)).await.unwrap();
        write.commit().await.unwrap();
        let calendar = services.calendar().await.unwrap();
        assert_eq!(calendar.days(2026).map(|day| day.day).collect::<Vec<_>>(), [date(2026, 12, 25)]);
        assert_eq!(calendar.days(2025).count(), shipped_calendar().days(2025).count());
    })
    .await;
}

#[tokio::test]
async fn only_those_who_may_publish_everywhere_load_a_calendar() {
    for_each_backend(|database| async move {
        open(&database).await;
        let seen = BTreeMap::new();
        let others = [Actor::visitor(), person(1, Role::OutletLead, &[1]), person(2, Role::Administrator, &[1])];
        for actor in others {
            let mut write = database.write().await.unwrap();
            let error = import_calendar(&mut write, now(), &actor, YEAR, &import(&seen, true)).await.unwrap_err();
            assert!(matches!(error, ServicesError::Denied(_)), "{error}");
        }
    })
    .await;
}

#[test]
fn every_wrong_row_is_told_with_its_line() {
    let file = "from,to,kind,name_zh,name_en\n2027-13-01,,holiday,元旦,New Year\n2027-01-04,,working-day,调休,Make-up\n\
                2027-02-01,2027-01-01,holiday,春节,Spring\n2027-03-01,,feast,节,Feast\n2027-04-04,,holiday,,\n\
                2027-05-01,,holiday,节,May\n2027-05-01,,holiday,节,May\n2027-06-01,2028-06-01,holiday,节,Long\n";
    let problems = read(file.as_bytes()).unwrap_err();
    let lines: Vec<u64> = problems.iter().map(|problem| problem.line).collect();
    assert_eq!(lines, [2, 3, 4, 5, 6, 6, 8, 9]);
    assert!(read(b"").is_err() && read(b"\xFF\xFE").is_err() && read(b"a,b\n1,2\n").is_err());
    assert!(read(b"from,to,kind,name_zh,name_en\n").is_err(), "no days are no calendar");
}

#[test]
fn what_is_exported_can_be_read_again() {
    let calendar = shipped_calendar();
    let years: Vec<i16> = calendar.years().collect();
    let days = read(&export_calendar(calendar, &years).unwrap()).unwrap();
    assert_eq!(Calendar::new(years, days), *calendar);
}
