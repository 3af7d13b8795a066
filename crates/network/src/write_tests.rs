use database::testing::for_each_backend;
use jiff::civil::date;

use crate::testing::{edit, enter, id, new, now, seen};
use crate::*;

const NATION: (Kind, Level, &str) = (Kind::Administration, Level::Nation, "000000");
const PROVINCE: (Kind, Level, &str) = (Kind::PublicServiceBody, Level::Province, "500000");
const OUTLET: (Kind, Level, &str) = (Kind::Tisc, Level::Outlet, "500106");

/// 1 nation, 2 and 3 provinces under it, 4 outlet under 2.
async fn small(database: &database::Database) -> Network {
    let network = Network::open(database.clone()).await.unwrap();
    let day = date(2020, 1, 1);
    let sichuan = (PROVINCE.0, PROVINCE.1, "510000");
    let all = [
        new(1, None, day, NATION),
        new(2, Some(1), day, PROVINCE),
        new(3, Some(1), day, sichuan),
        new(4, Some(2), day, OUTLET),
    ];
    enter(database, &all).await.unwrap();
    network
}

#[tokio::test]
async fn what_was_entered_is_read_as_of_any_day() {
    for_each_backend(|database| async move {
        let network = small(&database).await;
        assert_eq!(network.organisation(&id(4), date(2019, 12, 31)).await.unwrap(), None);
        let outlet = network.organisation(&id(4), date(2024, 1, 1)).await.unwrap().unwrap();
        assert_eq!((outlet.version, outlet.status, outlet.parent), (1, Status::Active, Some(id(2))));
        let path: Vec<_> = network.path(&id(4), date(2024, 1, 1)).await.unwrap().into_iter().map(|n| n.id).collect();
        assert_eq!(path, [id(1), id(2), id(4)]);
        let top = network.children(None, date(2024, 1, 1)).await.unwrap();
        assert_eq!(top.iter().map(|node| node.id.clone()).collect::<Vec<_>>(), [id(1)]);
        let under = network.descendants(&id(1), date(2024, 1, 1)).await.unwrap();
        assert_eq!(
            under.iter().map(|n| (n.id.clone(), n.depth)).collect::<Vec<_>>(),
            [(id(1), 0), (id(2), 1), (id(3), 1), (id(4), 2)]
        );
        let mut read = database.read().await.unwrap();
        let mut ids = descendant_ids(&mut read, &id(1), date(2024, 1, 1)).await.unwrap();
        ids.sort();
        assert_eq!(ids, [id(1), id(2), id(3), id(4)]);
        assert_eq!(network.tree(date(2019, 1, 1)).await.unwrap(), []);
        assert!(network.history(&id(9)).await.unwrap().is_none());
    })
    .await;
}

#[tokio::test]
async fn the_version_of_the_tree_tells_whether_who_stands_under_whom_is_as_it_was() {
    for_each_backend(|database| async move {
        let network = small(&database).await;
        let version = || async { tree_version(&mut database.read().await.unwrap()).await.unwrap() };
        let before = version().await;
        let outlet = seen(&network, 4, date(2024, 1, 1)).await;
        let mut write = database.write().await.unwrap();
        let renamed = Profile { name_zh: "新名".to_owned(), ..outlet.0.profile.clone() };
        update(&mut write, now(), edit(&outlet), &renamed).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(version().await, before, "a name is no matter of the tree");
        let outlet = seen(&network, 4, date(2024, 1, 1)).await;
        let mut write = database.write().await.unwrap();
        move_to(&mut write, now(), edit(&outlet), Some(&id(3)), None).await.unwrap();
        write.commit().await.unwrap();
        let moved = version().await;
        assert_ne!(moved, before);
        let outlet = seen(&network, 4, date(2024, 1, 1)).await;
        let mut write = database.write().await.unwrap();
        close(&mut write, now(), edit(&outlet), None, &[]).await.unwrap();
        write.commit().await.unwrap();
        assert_ne!(version().await, moved);
    })
    .await;
}

#[tokio::test]
async fn a_change_holds_from_its_day_and_the_past_stays() {
    for_each_backend(|database| async move {
        let network = small(&database).await;
        let before = seen(&network, 4, date(2023, 5, 1)).await;
        let renamed = Profile {
            name_zh: "新名".to_owned(),
            telephone: Some("023-12345678".to_owned()),
            ..before.0.profile.clone()
        };
        let mut write = database.write().await.unwrap();
        let after = update(&mut write, now(), edit(&before), &renamed).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!((after.version, after.since, after.profile.clone()), (2, date(2023, 5, 1), renamed));
        let earlier = network.organisation(&id(4), date(2023, 4, 30)).await.unwrap().unwrap();
        assert_eq!((earlier.profile, earlier.until), (before.0.profile, Some(date(2023, 5, 1))));
        let history = network.history(&id(4)).await.unwrap().unwrap();
        assert_eq!(
            history.changes.iter().map(|c| c.change).collect::<Vec<_>>(),
            [ChangeKind::Created, ChangeKind::Updated]
        );
    })
    .await;
}

#[tokio::test]
async fn a_correction_of_the_past_reaches_the_present_through_what_came_between() {
    for_each_backend(|database| async move {
        let network = small(&database).await;
        let mut write = database.write().await.unwrap();
        let at = |version, from| (version, from);
        for (version, from) in [at(1, date(2021, 1, 1)), at(2, date(2022, 1, 1))] {
            let edit = Edit { id: &id(4), version, from };
            if version == 1 {
                confirm(&mut write, now(), edit, "张三").await.unwrap();
            } else {
                suspend(&mut write, now(), edit, Some("装修")).await.unwrap();
            }
        }
        let old = organisation(&mut write, &id(4), date(2020, 6, 1)).await.unwrap().unwrap();
        let mended = Profile { address: Some("石桥铺 1 号".to_owned()), ..old.profile };
        let edit = Edit { id: &id(4), version: 3, from: date(2020, 6, 1) };
        update(&mut write, now(), edit, &mended).await.unwrap();
        write.commit().await.unwrap();
        for day in [date(2020, 6, 1), date(2021, 6, 1), date(2022, 6, 1)] {
            assert_eq!(network.organisation(&id(4), day).await.unwrap().unwrap().profile, mended, "{day}");
        }
        let last = network.organisation(&id(4), date(2022, 6, 1)).await.unwrap().unwrap();
        assert_eq!((last.status, last.confirmed.unwrap().by), (Status::Suspended, "张三".to_owned()));
        let first = network.organisation(&id(4), date(2020, 5, 31)).await.unwrap().unwrap();
        assert_eq!(first.profile.address, None);
    })
    .await;
}

#[tokio::test]
async fn of_two_who_change_the_same_version_one_wins_and_one_is_told() {
    for_each_backend(|database| async move {
        let network = small(&database).await;
        for round in 0..8 {
            let before = network.organisation(&id(4), date(2024, 1, 1)).await.unwrap().unwrap();
            let tasks = (0..4).map(|who| {
                let (database, before) = (database.clone(), before.clone());
                tokio::spawn(async move {
                    let mut write = database.write().await.unwrap();
                    let profile = Profile { name_zh: format!("名{round}-{who}"), ..before.profile };
                    let edit = Edit { id: &before.id, version: before.version, from: date(2024, 1, 1) };
                    let outcome = update(&mut write, now(), edit, &profile).await;
                    if outcome.is_ok() {
                        write.commit().await.unwrap();
                    }
                    outcome
                })
            });
            let mut won = Vec::new();
            let mut told = Vec::new();
            for task in tasks.collect::<Vec<_>>() {
                match task.await.unwrap() {
                    Ok(after) => won.push(after),
                    Err(NetworkError::Stale { now }) => told.push(*now),
                    Err(other) => panic!("{other}"),
                }
            }
            assert_eq!((won.len(), told.len()), (1, 3));
            assert!(told.iter().all(|now| *now == won[0]), "the others see what won");
            assert_eq!(won[0].version, before.version + 1);
        }
    })
    .await;
}

#[tokio::test]
async fn two_moves_at_once_do_not_close_a_ring() {
    for_each_backend(|database| async move {
        let network = Network::open(database.clone()).await.unwrap();
        let day = date(2020, 1, 1);
        enter(&database, &[new(1, None, day, OUTLET), new(2, None, day, OUTLET)]).await.unwrap();
        let tasks = [(1, 2), (2, 1)].map(|(child, parent)| {
            let database = database.clone();
            tokio::spawn(async move {
                let mut write = database.write().await.unwrap();
                let edit = Edit { id: &id(child), version: 1, from: date(2024, 1, 1) };
                let outcome = move_to(&mut write, now(), edit, Some(&id(parent)), None).await;
                if outcome.is_ok() {
                    write.commit().await.unwrap();
                }
                outcome.map(|_| ())
            })
        });
        let mut outcomes = Vec::new();
        for task in tasks {
            outcomes.push(task.await.unwrap());
        }
        assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 1);
        assert!(outcomes.iter().any(|outcome| matches!(outcome, Err(NetworkError::Cycle { .. }))));
        assert_eq!(network.tree(date(2024, 1, 1)).await.unwrap().len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_move_holds_from_its_day_and_takes_what_stands_below_with_it() {
    for_each_backend(|database| async move {
        let network = small(&database).await;
        enter(&database, &[new(5, Some(4), date(2021, 1, 1), OUTLET)]).await.unwrap();
        let before = seen(&network, 4, date(2023, 1, 1)).await;
        let mut write = database.write().await.unwrap();
        let moved = move_to(&mut write, now(), edit(&before), Some(&id(3)), Some("区划调整")).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(moved.parent, Some(id(3)));
        let path = |day| {
            let network = network.clone();
            async move { network.path(&id(5), day).await.unwrap().into_iter().map(|n| n.id).collect::<Vec<_>>() }
        };
        assert_eq!(path(date(2022, 12, 31)).await, [id(1), id(2), id(4), id(5)]);
        assert_eq!(path(date(2023, 1, 1)).await, [id(1), id(3), id(4), id(5)]);
        let history = network.history(&id(4)).await.unwrap().unwrap();
        assert_eq!(history.memberships.len(), 2);
        assert_eq!(history.changes[1].reason.as_deref(), Some("区划调整"));
    })
    .await;
}

#[tokio::test]
async fn what_closes_leaves_the_tree_but_not_the_records() {
    for_each_backend(|database| async move {
        let network = small(&database).await;
        let mut write = database.write().await.unwrap();
        let error = close(&mut write, now(), Edit { id: &id(2), version: 1, from: date(2024, 1, 1) }, None, &[]).await;
        assert!(matches!(error, Err(NetworkError::HasChildren { child, .. }) if child == id(4)));
        drop(write);
        let mut write = database.write().await.unwrap();
        let edit = Edit { id: &id(4), version: 1, from: date(2024, 1, 1) };
        let closed = close(&mut write, now(), edit, Some("并入"), &[id(3)]).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!((closed.status, closed.closed, closed.parent), (Status::Closed, Some(date(2024, 1, 1)), None));
        assert_eq!(network.path(&id(4), date(2024, 1, 1)).await.unwrap(), []);
        let last = network.last_path(&id(4), date(2024, 6, 1)).await.unwrap();
        assert_eq!(last.iter().map(|node| node.id.clone()).collect::<Vec<_>>(), [id(1), id(2), id(4)]);
        let day_before = network.organisation(&id(4), date(2023, 12, 31)).await.unwrap().unwrap();
        assert_eq!((day_before.status, day_before.parent), (Status::Active, Some(id(2))));
        let history = network.history(&id(3)).await.unwrap().unwrap();
        assert_eq!(history.successions[0].predecessor, id(4));
        let mut write = database.write().await.unwrap();
        let again = Edit { id: &id(4), version: 2, from: date(2024, 2, 1) };
        assert!(matches!(resume(&mut write, now(), again, None).await, Err(NetworkError::Closed { .. })));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_is_refused_with_its_reason() {
    for_each_backend(|database| async move {
        let network = small(&database).await;
        let day = date(2024, 1, 1);
        let wrong = [
            (new(4, None, day, OUTLET), "there already"),
            (new(9, Some(8), day, OUTLET), "no organisation"),
            (new(9, Some(4), day, PROVINCE), "lower level"),
            (new(9, Some(2), date(2019, 1, 1), OUTLET), "does not exist all that time"),
            (new(9, Some(2), day, (Kind::Tisc, Level::Outlet, "990000")), "no region had the code 990000"),
            (new(9, Some(2), date(1990, 1, 1), (Kind::Tisc, Level::Outlet, "500000")), "no region had the code 500000"),
            (new(9, Some(2), day, (Kind::Tisc, Level::Province, "500106")), "not the code of a region of the level"),
            (new(9, Some(2), date(1, 1, 1), OUTLET), "1900"),
        ];
        for (new, reason) in wrong {
            let error = enter(&database, &[new]).await.unwrap_err().to_string();
            assert!(error.contains(reason), "{error}");
        }
        let mut write = database.write().await.unwrap();
        let early = Edit { id: &id(4), version: 1, from: date(2019, 1, 1) };
        assert!(matches!(suspend(&mut write, now(), early, None).await, Err(NetworkError::BeforeOpened { .. })));
        drop(write);
        assert_eq!(network.tree(day).await.unwrap().len(), 4, "nothing was left behind");
    })
    .await;
}
