use accounts::Actor;
use database::testing::for_each_backend;

use crate::testing::{World, administrator, city, code, nation, now, period, province, today, unit};
use crate::{IndicatorsError, Missing, Reader, Reading, TableQuery, Verdict};

#[tokio::test]
async fn a_table_has_a_row_a_unit_and_a_column_a_period() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        world.accepted(4, "A", "2025-11", 1.0).await;
        world.accepted(5, "A", "2025-11", 2.0).await;
        world.accepted(4, "A", "2025-12", 3.0).await;
        let units: Vec<_> = [4, 5, 6, 99].map(unit).into();
        let periods = period("2025-12").row(2);
        let what = code("A");
        let asked = TableQuery { code: &what, units: &units, periods: &periods, as_of: None, today: today() };
        let table = world.indicators.table(Reader::Settled, &asked).await.unwrap();
        let numbers: Vec<_> = table.readings.iter().map(Reading::number).collect();
        assert_eq!(numbers, [Some(1.0), Some(3.0), Some(2.0), None, None, None, None, None]);
        assert_eq!(table.row(3)[0].missing(), Some(&Missing::NoUnit));
        let mixed = [period("2025"), period("2025-12")];
        let asked = TableQuery { periods: &mixed, ..asked };
        assert!(matches!(
            world.indicators.table(Reader::Settled, &asked).await.unwrap_err(),
            IndicatorsError::Invalid(_)
        ));
    })
    .await;
}

#[tokio::test]
async fn a_table_of_a_moment_shows_what_stood_then() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let old = world.accepted(4, "A", "2025", 1.0).await;
        let later = now() + jiff::SignedDuration::from_hours(24);
        let seen = [old.seen()];
        let opened = world.indicators.review(later, &province(), &seen, Verdict::Reopen("更正")).await.unwrap().remove(0);
        let entry = crate::testing::entry(4, "A", "2025", Some(2.0));
        let draft = world.indicators.save(later, &city(), &entry, opened.version).await.unwrap();
        let sent = world.indicators.submit(later, &city(), &[draft.seen()]).await.unwrap().remove(0);
        world.indicators.review(later, &province(), &[sent.seen()], Verdict::Accept).await.unwrap();
        let at = |moment| {
            let world = world.clone();
            async move {
                world.indicators.value_of(&unit(4), &code("A"), period("2025"), moment, today()).await.unwrap()
            }
        };
        assert_eq!(at(None).await, Reading::settled(2.0));
        assert_eq!(at(Some(now())).await, Reading::settled(1.0));
    })
    .await;
}

#[tokio::test]
async fn a_visitor_sees_what_is_public_and_settled() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        world.draft(&city(), 4, "A", "2025", 1.0).await;
        world.accepted(5, "A", "2025", 2.0).await;
        world.accepted(5, "B", "2025", 4.0).await;
        let visitor = Actor::visitor();
        let read = |by: &Actor, what: &str| {
            let (world, by, what) = (world.clone(), by.clone(), code(what));
            async move {
                let (units, periods) = ([unit(4), unit(5)], [period("2025")]);
                let asked = TableQuery { code: &what, units: &units, periods: &periods, as_of: None, today: today() };
                world.indicators.table(Reader::For(&by), &asked).await
            }
        };
        let table = read(&visitor, "A").await.unwrap();
        assert_eq!(table.readings[0].missing(), Some(&Missing::NotReported));
        assert_eq!(table.readings[1].settled_number(), Some(2.0));
        assert!(matches!(read(&visitor, "B").await.unwrap_err(), IndicatorsError::NoIndicator(_)));
        let table = read(&city(), "B").await.unwrap();
        assert_eq!(table.readings[1].missing(), Some(&Missing::NotPublic), "another city's secret");
        assert!(read(&city(), "A").await.unwrap().readings[0].is_provisional());
        let made_of = world.explained(&visitor, 5, "A-PER-B").await;
        assert_eq!(made_of.reading.settled_number(), Some(50.0));
        assert_eq!(made_of.parts[1].reading.missing(), Some(&Missing::NotPublic));
        let codes: Vec<_> = world.indicators.list(&visitor, today()).await.unwrap();
        assert!(!codes.iter().any(|definition| definition.code == code("B")));
        let origins = world.indicators.origins(&visitor, &code("A"), period("2025")).await.unwrap();
        assert!(origins.len() == 1 && origins[0].person.is_none());
        assert!(world.indicators.origins(&visitor, &code("B"), period("2025")).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn a_sum_is_explained_by_its_units_and_an_index_by_its_weights() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        world.accepted(4, "A", "2025", 40.0).await;
        world.accepted(4, "B", "2025", 25.0).await;
        let by = nation();
        let sum = world.explained(&by, 2, "A-SUM").await;
        assert_eq!(sum.parts.iter().map(|part| part.unit.clone()).collect::<Vec<_>>(), [unit(4), unit(5)]);
        assert!(matches!(sum.reading.missing(), Some(Missing::Parts { missing: 1, of: 2, .. })));
        let index = world.explained(&by, 4, "A-X").await;
        let weights: Vec<_> = index.parts.iter().map(|part| part.weight).collect();
        assert_eq!(weights, [Some((3.0, Some(0.4))), Some((1.0, Some(0.75)))]);
        let far = administrator(3, &[3, 6]);
        assert!(world.indicators.completeness(&far, &unit(2), period("2025"), today()).await.is_err());
    })
    .await;
}
