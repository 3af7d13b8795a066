use std::collections::BTreeMap;
use std::sync::atomic::Ordering;
use std::time::Duration;

use database::Database;
use database::testing::for_each_backend;
use jiff::SignedDuration;

use super::{Claimed, GIVE_UP_AFTER, LEASE, LONGEST_WAIT, wait};
use crate::testing::{
    Behaviour, KEY, MailServer, People, Receiver, id, minutes, nobody, now, organisation, senders, tell,
};
use crate::{Backlog, Channel, Delivered, Notice, Notices, Recipient, State, WebhookChange, Webhooks, put, send_again};

/// Notices to people 1 to `count`, each with the number of the person plus 1000.
async fn tell_people(database: &Database, count: u32) {
    for n in 1..=count {
        tell(database, now(), 1000 + n, Recipient::Person(&id(n))).await.unwrap();
    }
}

#[tokio::test]
async fn a_mail_goes_out_once_in_the_language_of_its_reader() {
    for_each_backend(|database| async move {
        let notices = Notices::open(database.clone()).await.unwrap();
        let server = MailServer::start(Behaviour::default());
        let mut people = People::many(2);
        people.0.get_mut(&id(2)).unwrap().lang = "en".to_owned();
        let senders = senders(server.address, people);
        tell_people(&database, 2).await;
        let delivered = notices.deliver_once(now(), &senders).await.unwrap();
        assert_eq!(delivered, Delivered { sent: 2, ..Delivered::default() });
        assert_eq!(notices.deliver_once(minutes(60), &senders).await.unwrap(), Delivered::default());
        let came: BTreeMap<_, _> = server.came().into_iter().map(|mail| (mail.to.clone(), mail)).collect();
        assert_eq!(came.len(), 2);
        assert_eq!(came["p1@example.cn"].notice(), id(1001));
        assert!(came["p2@example.cn"].message.contains("Subject: Request HZ-1002 is not accepted"));
        assert!(came["p2@example.cn"].message.contains("https://ip.example.cn/cases/1"));
        assert_eq!(notices.backlog(minutes(1)).await.unwrap(), Backlog { sent: 2, ..Backlog::default() });
    })
    .await;
}

#[tokio::test]
async fn who_wants_no_mail_gets_none_save_what_keeps_the_account() {
    for_each_backend(|database| async move {
        let notices = Notices::open(database.clone()).await.unwrap();
        let server = MailServer::start(Behaviour::default());
        let mut people = People::many(2);
        let spared = people.0.get_mut(&id(1)).unwrap();
        (spared.wants_mail, spared.lang) = (false, "en".to_owned());
        people.0.get_mut(&id(2)).unwrap().address = None;
        tell_people(&database, 3).await;
        let (values, link) = ([("minutes", "30")], "/account/password?token=abc");
        let to = Recipient::Person(&id(1));
        let mut write = database.write().await.unwrap();
        let reset = Notice { id: id(5), template: "account.reset-password", values: &values, to, link };
        put(&mut write, now(), &reset).await.unwrap();
        write.commit().await.unwrap();
        let delivered = notices.deliver_once(now(), &senders(server.address, people)).await.unwrap();
        assert_eq!((delivered.sent, delivered.unwanted), (1, 3));
        assert_eq!(server.came().len(), 1);
        assert!(server.came()[0].message.contains("token=3Dabc") || server.came()[0].message.contains("token=abc"));
    })
    .await;
}

#[tokio::test]
async fn an_address_left_without_an_account_is_erased_when_the_mail_is_sent() {
    for_each_backend(|database| async move {
        let notices = Notices::open(database.clone()).await.unwrap();
        let server = MailServer::start(Behaviour::default());
        let to = || Recipient::Mail { address: "guest@example.cn", lang: "zh" };
        tell(&database, now(), 1, to()).await.unwrap();
        notices.deliver_once(now(), &senders(server.address, People::default())).await.unwrap();
        assert_eq!(server.came()[0].to, "guest@example.cn");
        assert!(!dump(&database).await.contains("guest"));
        assert_eq!(notices.tidy(minutes(91 * 24 * 60)).await.unwrap(), 1);
        assert_eq!(dump(&database).await, "");
    })
    .await;
}

/// All that is stored of notices.
async fn dump(database: &Database) -> String {
    use sqlx::Row as _;
    let statement = "SELECT id || ' ' || fields || ' ' || link || ' ' || COALESCE(address, '') FROM notices_notices";
    let rows = database::query(statement).fetch_all(&mut *database.read().await.unwrap()).await.unwrap();
    rows.iter().map(|row| row.get::<String, _>(0)).collect()
}

#[tokio::test]
async fn while_the_mail_server_is_down_nothing_is_lost_and_the_waits_grow() {
    for_each_backend(|database| async move {
        let notices = Notices::open(database.clone()).await.unwrap();
        let address = nobody();
        let down = senders(address, People::many(20));
        tell_people(&database, 20).await;
        let delivered = notices.deliver_once(now(), &down).await.unwrap();
        assert_eq!((delivered.sent, delivered.postponed), (0, 20));
        assert_eq!(notices.deliver_once(now(), &down).await.unwrap(), Delivered::default(), "not before the wait ends");
        let troubles = notices.troubles(100).await.unwrap();
        assert_eq!(troubles.len(), 4, "one try a lane tells that the server is down");
        assert!(troubles.iter().all(|trouble| trouble.attempts == 1 && trouble.state == State::Waiting));
        for hour in 1..5 {
            notices.deliver_once(minutes(hour * 60), &down).await.unwrap();
        }
        let backlog = notices.backlog(minutes(300)).await.unwrap();
        assert_eq!((backlog.waiting, backlog.oldest), (20, Some(now())));

        let server = MailServer::start_at(address, Behaviour::default());
        let up = senders(address, People::many(20));
        let delivered = notices.deliver_once(minutes(12 * 60), &up).await.unwrap();
        assert_eq!((delivered.sent, server.came().len()), (20, 20));
    })
    .await;
}

#[tokio::test]
async fn what_cannot_be_sent_is_given_up_and_said_and_may_be_tried_again() {
    for_each_backend(|database| async move {
        let notices = Notices::open(database.clone()).await.unwrap();
        let down = senders(nobody(), People::many(1));
        tell_people(&database, 1).await;
        let (mut at, mut given_up) = (now(), Vec::new());
        while given_up.is_empty() {
            given_up = notices.deliver_once(at, &down).await.unwrap().given_up;
            at += SignedDuration::from_mins(30);
            assert!(at.duration_since(now()) <= GIVE_UP_AFTER + LONGEST_WAIT, "it ends");
        }
        assert!(at.duration_since(now()) > GIVE_UP_AFTER - LONGEST_WAIT - LONGEST_WAIT, "not before its time");
        assert_eq!((given_up.len(), &given_up[0].0, given_up[0].1), (1, &id(1001), Channel::Mail));
        assert_eq!(notices.backlog(at).await.unwrap(), Backlog { given_up: 1, ..Backlog::default() });
        assert_eq!(notices.troubles(9).await.unwrap()[0].state, State::GivenUp);

        let server = MailServer::start(Behaviour::default());
        let mut write = database.write().await.unwrap();
        assert!(send_again(&mut write, at, &id(1001), Channel::Mail).await.unwrap());
        assert!(!send_again(&mut write, at, &id(1001), Channel::Mail).await.unwrap());
        write.commit().await.unwrap();
        assert_eq!(notices.deliver_once(at, &senders(server.address, People::many(1))).await.unwrap().sent, 1);
    })
    .await;
}

#[tokio::test]
async fn a_refused_address_is_given_up_at_once_and_holds_up_nobody() {
    for_each_backend(|database| async move {
        let notices = Notices::open(database.clone()).await.unwrap();
        let refuses = Some(("p3@", "550 no such user"));
        let server = MailServer::start(Behaviour { refuses, ..Behaviour::default() });
        tell_people(&database, 9).await;
        let delivered = notices.deliver_once(now(), &senders(server.address, People::many(9))).await.unwrap();
        assert_eq!((delivered.sent, delivered.given_up.len()), (8, 1));
        assert_eq!(delivered.given_up[0].0, id(1003));
    })
    .await;
}

#[tokio::test]
async fn a_process_that_dies_in_the_middle_leaves_its_claims_to_the_next() {
    for_each_backend(|database| async move {
        let notices = Notices::open(database.clone()).await.unwrap();
        let stuck = MailServer::start(Behaviour::default());
        stuck.behaviour.hangs.store(true, Ordering::SeqCst);
        tell_people(&database, 6).await;
        let (dying, senders_of_dying) = (notices.clone(), senders(stuck.address, People::many(6)));
        let process = tokio::spawn(async move { dying.deliver_once(now(), &senders_of_dying).await });
        // All six are claimed, and some are on their way, when the process dies.
        while stuck.conversations() == 0 {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        process.abort();
        stuck.behaviour.hangs.store(false, Ordering::SeqCst);

        let server = MailServer::start(Behaviour::default());
        let next = senders(server.address, People::many(6));
        assert_eq!(notices.deliver_once(minutes(1), &next).await.unwrap(), Delivered::default(), "the lease holds");
        let delivered = notices.deliver_once(now() + LEASE, &next).await.unwrap();
        assert_eq!((delivered.sent, server.came().len()), (6, 6));
    })
    .await;
}

#[tokio::test]
async fn who_comes_back_after_the_lease_changes_nothing() {
    for_each_backend(|database| async move {
        Notices::open(database.clone()).await.unwrap();
        tell_people(&database, 1).await;
        let claim = async |at| -> Vec<Claimed> {
            let mut write = database.write().await.unwrap();
            let claimed = crate::sql::outbox::claim(&mut write, at, at + LEASE, 10).await.unwrap();
            write.commit().await.unwrap();
            claimed
        };
        let (slow, next) = (claim(now()).await, claim(now() + LEASE).await);
        assert_eq!((slow.len(), next.len()), (1, 1));
        let mut write = database.write().await.unwrap();
        let late = super::Settled::Again(minutes(1), "late".to_owned());
        assert!(!crate::sql::outbox::settle(&mut write, minutes(6), &slow[0], &late).await.unwrap());
        assert!(crate::sql::outbox::settle(&mut write, minutes(6), &next[0], &super::Settled::Sent).await.unwrap());
    })
    .await;
}

#[tokio::test]
async fn two_deliverers_send_every_notice_once() {
    for_each_backend(|database| async move {
        let notices = Notices::open(database.clone()).await.unwrap();
        let server = MailServer::start(Behaviour::default());
        tell_people(&database, 150).await;
        let deliverers = (0..3).map(|_| {
            let (notices, senders) = (notices.clone(), senders(server.address, People::many(150)));
            tokio::spawn(async move {
                let mut sent = 0;
                loop {
                    let delivered = notices.deliver_once(now(), &senders).await.unwrap();
                    sent += delivered.sent;
                    if !delivered.more {
                        return sent;
                    }
                }
            })
        });
        let mut sent = 0;
        for deliverer in deliverers.collect::<Vec<_>>() {
            sent += deliverer.await.unwrap();
        }
        // The last batch of one may have been short while another still sent.
        let mut came: Vec<_> = server.came().iter().map(crate::testing::Came::notice).collect();
        came.sort();
        assert_eq!((sent, came), (150, (1001..=1150).map(id).collect::<Vec<_>>()));
    })
    .await;
}

#[tokio::test]
async fn an_organisation_is_told_by_its_webhook_and_a_broken_one_holds_up_no_other() {
    for_each_backend(|database| async move {
        let notices = Notices::open(database.clone()).await.unwrap();
        let (sound, broken, none) = (organisation(1), organisation(2), organisation(3));
        let receiver = Receiver::start(&["500 Broken"]);
        let webhooks = Webhooks::new(&KEY, true);
        let mut write = database.write().await.unwrap();
        for (organisation, address) in [(&sound, receiver.address.clone()), (&broken, format!("http://{}/", nobody()))]
        {
            let change = WebhookChange { organisation, version: 0, address: Some(&address), salt: [1; 16] };
            webhooks.set(&mut write, now(), &change).await.unwrap();
        }
        write.commit().await.unwrap();
        for (number, to) in [(1, &broken), (2, &sound), (3, &none), (4, &broken)] {
            tell(&database, now(), number, Recipient::Organisation(to)).await.unwrap();
        }
        let senders = senders(nobody(), People::default());
        let first = notices.deliver_once(now(), &senders).await.unwrap();
        assert_eq!((first.sent, first.postponed), (0, 3));
        let second = notices.deliver_once(minutes(1), &senders).await.unwrap();
        assert_eq!((second.sent, second.postponed), (1, 2));
        let posted = receiver.posted();
        assert_eq!(posted[0].headers["webhook-id"], posted[1].headers["webhook-id"]);
        let body: serde_json::Value = serde_json::from_str(&posted[1].body).unwrap();
        assert_eq!(body["type"], "case.refused");
        assert_eq!(body["link"], "https://ip.example.cn/cases/1");
        assert_eq!(body["en"]["subject"], "Request HZ-2 is not accepted");
        assert_eq!(body["organisation"], sound.as_str());

        let mut write = database.write().await.unwrap();
        let end = WebhookChange { organisation: &broken, version: 1, address: None, salt: [2; 16] };
        webhooks.set(&mut write, minutes(2), &end).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(notices.deliver_once(minutes(30), &senders).await.unwrap().unwanted, 2, "ended, not tried for ever");
    })
    .await;
}

#[tokio::test]
async fn without_a_mail_server_nothing_piles_up() {
    for_each_backend(|database| async move {
        let notices = Notices::open(database.clone()).await.unwrap();
        tell_people(&database, 3).await;
        let senders = crate::Senders { mailer: None, ..senders(nobody(), People::many(3)) };
        assert_eq!(notices.deliver_once(now(), &senders).await.unwrap().unwanted, 3);
        assert_eq!(notices.backlog(now()).await.unwrap(), Backlog { unwanted: 3, ..Backlog::default() });
    })
    .await;
}

#[test]
fn waits_double_up_to_six_hours() {
    let waits: Vec<i64> = (0..=12).map(|failures| wait(failures).as_mins()).collect();
    assert_eq!(waits, [1, 1, 2, 4, 8, 16, 32, 64, 128, 256, 360, 360, 360]);
    assert_eq!(wait(i64::MAX), LONGEST_WAIT);
}
