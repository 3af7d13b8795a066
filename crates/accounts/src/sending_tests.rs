use database::testing::for_each_backend;
use notices::{Notice, Notices, Recipient, WebhookChange, Webhooks};

use super::*;
use crate::Role;
use crate::world::*;

fn denied<T: std::fmt::Debug>(answer: Result<T, SendingError>) -> bool {
    match answer {
        Err(SendingError::Denied(_) | SendingError::Accounts(AccountsError::Denied(_))) => true,
        other => panic!("{other:?}"),
    }
}

#[tokio::test]
async fn everyone_reads_his_own_notices_alone() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let notices = Notices::open(database.clone()).await.unwrap();
        let (_, first) = signed(&accounts, 1).await;
        let (_, second) = signed(&accounts, 2).await;
        let person = &first.actor.id().unwrap().0;
        let mut ids = random(5);
        let mut write = database.write().await.unwrap();
        for reference in ["HZ-1", "HZ-2"] {
            let values = [("reference", reference), ("item", "检索"), ("other", "HZ-3")];
            let id = ids.id(now());
            let notice = Notice {
                id,
                template: "case.merged",
                values: &values,
                to: Recipient::Person(person),
                link: "/cases/1",
            };
            notices::put(&mut write, now(), &notice).await.unwrap();
        }
        write.commit().await.unwrap();
        let page = inbox(&notices, &first.actor, None, 10).await.unwrap();
        assert_eq!(page.items.len(), 2);
        assert_eq!(inbox(&notices, &second.actor, None, 10).await.unwrap().items, []);
        // Another's notice is not read by naming it.
        mark_read(&notices, &second.actor, Some(&page.items[0].id), now()).await.unwrap();
        assert_eq!(unread(&notices, &first.actor).await.unwrap(), 2);
        mark_read(&notices, &first.actor, Some(&page.items[0].id), now()).await.unwrap();
        assert_eq!(unread(&notices, &first.actor).await.unwrap(), 1);
        mark_read(&notices, &first.actor, None, now()).await.unwrap();
        assert_eq!(unread(&notices, &first.actor).await.unwrap(), 0);
        let visitor = Actor::visitor();
        assert!(denied(inbox(&notices, &visitor, None, 10).await));
        assert!(denied(mark_read(&notices, &visitor, None, now()).await));
        assert_eq!(unread(&notices, &visitor).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn webhooks_are_set_by_those_who_keep_the_organisation_and_the_outbox_is_the_operators() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let notices = Notices::open(database.clone()).await.unwrap();
        let webhooks = Webhooks::new(&[3; 32], false);
        let (_, here) = official(&accounts, 1, Role::Administrator, Some(2)).await;
        let (_, there) = official(&accounts, 2, Role::Administrator, Some(3)).await;
        let (_, operator) = official(&accounts, 3, Role::Operator, None).await;
        let outlet = organisation(4);
        let change = |version| WebhookChange {
            organisation: &outlet,
            version,
            address: Some("https://hooks.example.cn/in?token=hidden"),
            salt: [1; 16],
        };
        for actor in [&there, &operator, &Actor::visitor()] {
            assert!(denied(set_webhook(&notices, &webhooks, actor, &change(0), now()).await));
            assert!(denied(webhook(&notices, actor, &outlet).await));
        }
        let set = set_webhook(&notices, &webhooks, &here, &change(0), now()).await.unwrap();
        assert_eq!(webhook(&notices, &here, &outlet).await.unwrap(), Some(set.clone()));
        let stale = set_webhook(&notices, &webhooks, &here, &change(0), now()).await;
        assert!(matches!(stale, Err(SendingError::Notices(NoticesError::Stale { .. }))));
        assert_eq!(super::webhooks(&notices, &here).await.unwrap(), [set]);
        assert_eq!(super::webhooks(&notices, &there).await.unwrap(), []);
        assert!(denied(super::webhooks(&notices, &operator).await));
        let trail = dump(&database, "accounts_audit").await;
        assert_eq!((trail.matches("webhook.set").count(), trail.matches("hidden").count()), (1, 0));
        assert!(denied(outbox(&notices, &here, now()).await));
        outbox(&notices, &operator, now()).await.unwrap();
        let id = random(9).id(now());
        assert!(denied(send_again(&notices, &here, (&id, Channel::Mail), now()).await));
        assert!(!send_again(&notices, &operator, (&id, Channel::Mail), now()).await.unwrap());
    })
    .await;
}
