use database::testing::for_each_backend;
use jiff::civil::date;

use crate::testing::{enter, id, new, now};
use crate::*;

const OFFICE: (Kind, Level, &str) = (Kind::Administration, Level::Province, "370000");
const BODY: (Kind, Level, &str) = (Kind::PublicServiceBody, Level::Prefecture, "370100");
const OUTLET: (Kind, Level, &str) = (Kind::RecordedOutlet, Level::Outlet, "370100");

/// 1 over 2 and 3; 4 under 2; 5 and 6 under 3.
async fn two_bodies(database: &database::Database) -> Network {
    let network = Network::open(database.clone()).await.unwrap();
    let day = date(2015, 1, 1);
    let laiwu = (BODY.0, BODY.1, "371200");
    let all = [
        new(1, None, day, OFFICE),
        new(2, Some(1), day, BODY),
        new(3, Some(1), day, laiwu),
        new(4, Some(2), day, OUTLET),
        new(5, Some(3), day, OUTLET),
        new(6, Some(3), day, OUTLET),
    ];
    enter(database, &all).await.unwrap();
    network
}

async fn path(network: &Network, number: u16, day: jiff::civil::Date) -> Vec<OrganisationId> {
    network.path(&id(number), day).await.unwrap().into_iter().map(|node| node.id).collect()
}

#[tokio::test]
async fn a_merger_closes_the_old_and_hangs_what_was_under_it_under_the_heir() {
    for_each_backend(|database| async move {
        let network = two_bodies(&database).await;
        let on = date(2018, 12, 26);
        let mut write = database.write().await.unwrap();
        let heir =
            merge(&mut write, now(), &[(id(3), 1)], Heir::Existing(&id(2), 1), on, Some("莱芜并入济南")).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!((heir.id, heir.version), (id(2), 2));
        assert_eq!(path(&network, 5, date(2018, 12, 25)).await, [id(1), id(3), id(5)]);
        assert_eq!(path(&network, 5, on).await, [id(1), id(2), id(5)]);
        assert_eq!(network.organisation(&id(3), on).await.unwrap().unwrap().status, Status::Closed);
        let history = network.history(&id(3)).await.unwrap().unwrap();
        assert_eq!(history.successions.len(), 1);
        assert_eq!((history.successions[0].successor.clone(), history.successions[0].by), (id(2), ChangeKind::Merged));
        assert_eq!(network.history(&id(5)).await.unwrap().unwrap().memberships.len(), 2);
        let mut write = database.write().await.unwrap();
        let late = merge(&mut write, now(), &[(id(4), 1)], Heir::Existing(&id(2), 1), on, None).await;
        assert!(matches!(late, Err(NetworkError::Stale { now }) if now.version == 2));
    })
    .await;
}

#[tokio::test]
async fn an_heir_that_stood_under_the_merged_takes_its_place() {
    for_each_backend(|database| async move {
        let network = two_bodies(&database).await;
        let on = date(2020, 1, 1);
        let mut write = database.write().await.unwrap();
        merge(&mut write, now(), &[(id(3), 1)], Heir::Existing(&id(5), 1), on, None).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(path(&network, 5, on).await, [id(1), id(5)]);
        assert_eq!(path(&network, 6, on).await, [id(1), id(5), id(6)]);
    })
    .await;
}

#[tokio::test]
async fn two_merge_into_a_new_one() {
    for_each_backend(|database| async move {
        let network = two_bodies(&database).await;
        let on = date(2020, 1, 1);
        let heir = new(7, Some(1), on, BODY);
        let mut write = database.write().await.unwrap();
        merge(&mut write, now(), &[(id(2), 1), (id(3), 1)], Heir::New(&heir), on, None).await.unwrap();
        write.commit().await.unwrap();
        let under: Vec<_> = network.children(Some(&id(7)), on).await.unwrap().into_iter().map(|n| n.id).collect();
        assert_eq!(under, [id(4), id(5), id(6)]);
        let history = network.history(&id(7)).await.unwrap().unwrap();
        assert_eq!(history.successions.iter().map(|s| s.predecessor.clone()).collect::<Vec<_>>(), [id(2), id(3)]);
    })
    .await;
}

#[tokio::test]
async fn a_split_gives_each_part_what_it_takes() {
    for_each_backend(|database| async move {
        let network = two_bodies(&database).await;
        let on = date(2017, 1, 1);
        let parts = [
            Part { new: new(7, Some(1), on, BODY), takes: Vec::new() },
            Part { new: new(8, Some(1), on, BODY), takes: vec![id(6)] },
        ];
        let edit = Edit { id: &id(3), version: 1, from: on };
        let mut write = database.write().await.unwrap();
        let stranger = [Part { new: new(9, Some(1), on, BODY), takes: vec![id(4)] }];
        assert!(matches!(split(&mut write, now(), edit, &stranger, false, None).await, Err(NetworkError::Invalid(_))));
        drop(write);
        let mut write = database.write().await.unwrap();
        let made = split(&mut write, now(), edit, &parts, false, Some("分设")).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(made.iter().map(|part| part.id.clone()).collect::<Vec<_>>(), [id(7), id(8)]);
        assert_eq!(path(&network, 5, on).await, [id(1), id(7), id(5)]);
        assert_eq!(path(&network, 6, on).await, [id(1), id(8), id(6)]);
        assert_eq!(network.organisation(&id(3), on).await.unwrap().unwrap().status, Status::Closed);
        let successors = network.history(&id(3)).await.unwrap().unwrap().successions;
        assert_eq!(successors.len(), 2);
    })
    .await;
}

#[tokio::test]
async fn a_split_may_leave_the_old_one_beside_its_parts() {
    for_each_backend(|database| async move {
        let network = two_bodies(&database).await;
        let on = date(2017, 1, 1);
        let parts = [Part { new: new(7, Some(1), on, BODY), takes: vec![id(6)] }];
        let edit = Edit { id: &id(3), version: 1, from: on };
        let mut write = database.write().await.unwrap();
        split(&mut write, now(), edit, &parts, true, None).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(path(&network, 5, on).await, [id(1), id(3), id(5)]);
        assert_eq!(path(&network, 6, on).await, [id(1), id(7), id(6)]);
        assert_eq!(network.organisation(&id(3), on).await.unwrap().unwrap().status, Status::Active);
    })
    .await;
}
