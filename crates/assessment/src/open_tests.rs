use database::testing::for_each_backend;
use network::OrganisationId;

use crate::testing::{World, city, given, keeper, now, scheme, unit};
use crate::{
    Assessment, AssessmentError, Given, NewAssessment, NoInputs, Origin, State, Step, Text, copy_again, gather,
    open_assessment,
};

async fn open(
    world: &World,
    by: &accounts::Actor,
    (key, units): (&str, &[OrganisationId]),
    given: &[Given],
) -> Result<Assessment, AssessmentError> {
    let (province, title) = (unit(2), Text::new("年度考核", ""));
    let scheme = ("every-rule", 1);
    let new = NewAssessment { key, keeper: &province, title: &title, scheme, year: 2025, units };
    let mut write = world.database.write().await?;
    let made = open_assessment(&mut write, now(), by, &new, given).await?;
    write.commit().await?;
    Ok(made)
}

#[tokio::test]
async fn opening_copies_what_indicators_say() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let made = world.opened().await;
        assert_eq!((made.state, made.snapshots), (State::Prepared, 0));
        let found = world.assessments.unit(&keeper(), &made.id, &unit(11)).await.unwrap();
        let values: Vec<(&str, f64, Option<f64>)> =
            found.values.iter().map(|it| (it.item.as_str(), it.value, it.before)).collect();
        assert_eq!(values, [("growth", 1200.0, Some(1000.0)), ("rank", 120.0, None)]);
        assert!(found.values.iter().all(|value| value.origin == Origin::Indicator && value.note == "登记数据"));
        let third = world.assessments.unit(&keeper(), &made.id, &unit(13)).await.unwrap();
        let items: Vec<&str> = third.values.iter().map(|value| value.item.as_str()).collect();
        assert_eq!(items, ["rank"], "growth without the year before is missing");
    })
    .await;
}

#[tokio::test]
async fn a_form_sent_twice_opens_one_assessment() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let first = world.opened().await;
        let units = [unit(11), unit(12), unit(13)];
        let again = open(&world, &keeper(), ("key-of-an-assessment", &units), &[]).await.unwrap();
        assert_eq!(again, first);
        let by = keeper();
        let (one, two) = tokio::join!(
            open(&world, &by, ("key-of-another-one-1", &units), &[]),
            open(&world, &by, ("key-of-another-one-1", &units), &[])
        );
        assert_eq!(one.unwrap().id, two.unwrap().id);
        assert_eq!(world.assessments.list(&keeper()).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn units_stand_under_the_keeper() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        world.scheme().await;
        let open = |units: Vec<OrganisationId>| {
            let world = world.clone();
            async move { open(&world, &keeper(), ("key-of-an-assessment", &units), &[]).await }
        };
        assert!(matches!(open(vec![unit(2)]).await, Err(AssessmentError::NotUnder(_))), "nobody assesses itself");
        assert!(matches!(open(vec![unit(11), unit(1)]).await, Err(AssessmentError::NotUnder(_))));
        assert!(matches!(open(vec![]).await, Err(AssessmentError::Invalid(_))));
        let made = open(vec![unit(21), unit(11), unit(11)]).await.unwrap();
        assert_eq!(world.assessments.progress(&keeper(), &made.id).await.unwrap().len(), 2, "each once");
    })
    .await;
}

#[tokio::test]
async fn assessments_are_opened_by_those_who_keep_them() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        world.scheme().await;
        for actor in [city(11), accounts::Actor::visitor()] {
            let refused = open(&world, &actor, ("key-of-an-assessment", &[unit(11)]), &[]).await;
            assert!(matches!(refused, Err(AssessmentError::Denied(_))));
        }
    })
    .await;
}

#[tokio::test]
async fn indicators_are_copied_anew_until_there_is_a_result() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let id = world.told().await.id;
        let mut write = world.database.write().await.unwrap();
        let refused = copy_again(&mut write, now(), &keeper(), &id, &given()).await;
        assert!(matches!(refused, Err(AssessmentError::State(State::Objection))));
        drop(write);
        let other = open(&world, &keeper(), ("key-of-another-one-1", &[unit(11), unit(12)]), &given()).await.unwrap();
        let mut write = world.database.write().await.unwrap();
        let mut newer = given();
        newer.retain(|given| given.code == "R-INV-10Y");
        newer[0].value = 150.0;
        assert_eq!(copy_again(&mut write, now(), &keeper(), &other.id, &newer).await.unwrap(), 2);
        write.commit().await.unwrap();
        let found = world.assessments.unit(&keeper(), &other.id, &unit(11)).await.unwrap();
        assert_eq!(found.values.iter().map(|it| (it.item.as_str(), it.value)).collect::<Vec<_>>(), [("rank", 150.0)]);
        let _ = Step::MakeResult;
    })
    .await;
}

#[tokio::test]
async fn a_scheme_asks_for_the_years_that_it_needs() {
    let units = [unit(11), unit(12), unit(13)];
    let all = gather(&given(), &scheme(), &units, 2025).await.unwrap();
    assert_eq!(all.len(), given().len());
    assert!(gather(&given(), &scheme(), &units, 2019).await.unwrap().is_empty());
    assert!(gather(&NoInputs, &scheme(), &units, 2025).await.unwrap().is_empty());
}
