use database::testing::for_each_backend;

use crate::testing::{id, now, organisation, tell};
use crate::{Inbox, Notice, Notices, NoticesError, Recipient, put};

#[tokio::test]
async fn the_same_notice_put_twice_is_one() {
    for_each_backend(|database| async move {
        let notices = Notices::open(database.clone()).await.unwrap();
        let puts = (0..8).map(|_| {
            let database = database.clone();
            tokio::spawn(async move { tell(&database, now(), 1, Recipient::Person(&id(50))).await })
        });
        for put in puts.collect::<Vec<_>>() {
            put.await.unwrap().unwrap();
        }
        assert_eq!(notices.unread(Inbox::Person(&id(50))).await.unwrap(), 1);
        assert_eq!(notices.backlog(now()).await.unwrap().waiting, 1);
    })
    .await;
}

#[tokio::test]
async fn what_is_not_committed_is_told_to_nobody() {
    for_each_backend(|database| async move {
        let notices = Notices::open(database.clone()).await.unwrap();
        let values = [("reference", "HZ-1"), ("item", "x"), ("reason", "x")];
        let to = Recipient::Organisation(&organisation(9));
        let notice = Notice { id: id(1), template: "case.refused", values: &values, to, link: "/cases/1" };
        let mut write = database.write().await.unwrap();
        put(&mut write, now(), &notice).await.unwrap();
        drop(write);
        assert_eq!(notices.unread(Inbox::Organisation(&organisation(9))).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_link_leads_to_a_page_of_this_site() {
    for_each_backend(|database| async move {
        Notices::open(database.clone()).await.unwrap();
        let values = [("reference", "HZ-1"), ("item", "x"), ("reason", "x")];
        let mut write = database.write().await.unwrap();
        for link in ["https://evil.example", "//evil.example", "/\\evil.example", "cases/1", "", "/a b", "/a\r\nb"] {
            let to = Recipient::Person(&id(2));
            let notice = Notice { id: id(1), template: "case.refused", values: &values, to, link };
            let refused = put(&mut write, now(), &notice).await.unwrap_err();
            assert!(matches!(&refused, NoticesError::Link(_)), "{link}: {refused}");
        }
    })
    .await;
}
