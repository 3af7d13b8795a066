use database::testing::for_each_backend;

use super::{Inbox, mark_all_read, mark_read};
use crate::testing::{id, minutes, now, organisation, tell};
use crate::{Notice, Notices, NoticesError, Recipient, forget, put};

#[tokio::test]
async fn an_inbox_is_read_page_by_page_and_in_either_language() {
    for_each_backend(|database| async move {
        let notices = Notices::open(database.clone()).await.unwrap();
        let (mine, other) = (id(100), id(101));
        for number in 0..7 {
            // Three of each moment, so that pages break inside one.
            tell(&database, minutes(i64::from(number) / 3), number, Recipient::Person(&mine)).await.unwrap();
        }
        tell(&database, now(), 20, Recipient::Person(&other)).await.unwrap();
        let (mut seen, mut after) = (Vec::new(), None);
        loop {
            let page = notices.inbox(Inbox::Person(&mine), after.as_deref(), 2).await.unwrap();
            assert!(page.items.len() <= 2);
            seen.extend(page.items);
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!(
            seen.iter().map(|item| item.id.clone()).collect::<Vec<_>>(),
            (0..7).rev().map(id).collect::<Vec<_>>()
        );
        assert_eq!(seen[0].text("zh").subject, "需求 HZ-6 未予受理");
        assert_eq!(seen[0].text("en").subject, "Request HZ-6 is not accepted");
        assert_eq!(seen[0].summary("en"), "“Search” is not accepted. Reason: x");
        assert_eq!(seen[0].link, "/cases/1");
        let wrong = notices.inbox(Inbox::Person(&mine), Some("7-x"), 2).await.unwrap_err();
        assert!(matches!(wrong, NoticesError::Mark(_)));
    })
    .await;
}

#[tokio::test]
async fn reading_counts_once_and_only_in_ones_own_inbox() {
    for_each_backend(|database| async move {
        let notices = Notices::open(database.clone()).await.unwrap();
        let (outlet, staff, stranger) = (organisation(9), id(100), id(101));
        for number in 1..=3 {
            tell(&database, now(), number, Recipient::Organisation(&outlet)).await.unwrap();
        }
        let mut write = database.write().await.unwrap();
        let desk = Inbox::Organisation(&outlet);
        assert!(!mark_read(&mut write, minutes(1), Inbox::Person(&stranger), &id(1), &stranger).await.unwrap());
        assert!(mark_read(&mut write, minutes(1), desk, &id(1), &staff).await.unwrap());
        assert!(!mark_read(&mut write, minutes(2), desk, &id(1), &stranger).await.unwrap());
        write.commit().await.unwrap();
        assert_eq!(notices.unread(desk).await.unwrap(), 2);
        let items = notices.inbox(desk, None, 10).await.unwrap().items;
        let read = items.iter().find(|item| item.id == id(1)).unwrap();
        assert_eq!((read.read_at, read.read_by.clone()), (Some(minutes(1)), Some(staff.clone())));
        let mut write = database.write().await.unwrap();
        assert_eq!(mark_all_read(&mut write, minutes(3), desk, &staff).await.unwrap(), 2);
        write.commit().await.unwrap();
        assert_eq!(notices.unread(desk).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_notice_with_a_secret_is_not_shown_in_the_portal() {
    for_each_backend(|database| async move {
        let notices = Notices::open(database.clone()).await.unwrap();
        let person = id(100);
        let to = Recipient::Person(&person);
        let link = "/account/password?token=abc";
        let notice = Notice { id: id(1), template: "account.reset-password", values: &[("minutes", "30")], to, link };
        let mut write = database.write().await.unwrap();
        put(&mut write, now(), &notice).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(notices.inbox(Inbox::Person(&person), None, 10).await.unwrap().items, []);
        assert_eq!(notices.unread(Inbox::Person(&person)).await.unwrap(), 0);
        assert_eq!(notices.backlog(now()).await.unwrap().waiting, 1, "it is mailed");
    })
    .await;
}

#[tokio::test]
async fn who_leaves_is_forgotten() {
    for_each_backend(|database| async move {
        let notices = Notices::open(database.clone()).await.unwrap();
        let (leaves, stays) = (id(100), id(101));
        for (number, person) in [(1, &leaves), (2, &leaves), (3, &stays)] {
            tell(&database, now(), number, Recipient::Person(person)).await.unwrap();
        }
        let mut write = database.write().await.unwrap();
        assert_eq!(forget(&mut write, &leaves).await.unwrap(), 2);
        write.commit().await.unwrap();
        assert_eq!(notices.unread(Inbox::Person(&leaves)).await.unwrap(), 0);
        assert_eq!(notices.unread(Inbox::Person(&stays)).await.unwrap(), 1);
        assert_eq!(notices.backlog(now()).await.unwrap().waiting, 1);
    })
    .await;
}
