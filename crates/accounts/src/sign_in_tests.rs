use database::testing::for_each_backend;
use jiff::SignedDuration;

use crate::world::*;
use crate::*;

#[tokio::test]
async fn address_or_telephone_with_the_password_begins_a_session() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let person = person(&accounts, 1).await;
        for (n, name) in [" P1@Example.org", "138-0000-0001", "+86 13800000001"].into_iter().enumerate() {
            let opened = accounts.sign_in(name, &password(), &origin(), now(), &mut random(n as u16)).await.unwrap();
            assert_eq!((&opened.person, opened.second_step), (&person.id, false));
            let signed = accounts.actor(&opened.token, now()).await.unwrap().unwrap();
            assert_eq!((signed.actor.id(), signed.actor.name()), (Some(&person.id), "测试人员1"));
        }
        let stored = dump(&database, "accounts_sessions").await;
        let opened = session(&accounts, &person, now(), 7).await;
        assert!(!stored.contains(&opened.token.text()));
    })
    .await;
}

#[tokio::test]
async fn the_answer_does_not_tell_whether_an_account_is_there() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        person(&accounts, 1).await;
        let wrong = Password::typed("wrong password");
        let mut answers = Vec::new();
        for name in ["p1@example.org", "p2@example.org", "13800000002", "???"] {
            let error = accounts.sign_in(name, &wrong, &origin(), now(), &mut random(1)).await.unwrap_err();
            answers.push((error.text("zh"), error.text("en")));
        }
        answers.dedup();
        assert_eq!(answers.len(), 1);
        let trail = dump(&database, "accounts_audit").await;
        assert_eq!(trail.matches("session.refuse").count(), 4);
        assert!(!trail.contains("p1@") && !trail.contains("1380000"));
    })
    .await;
}

#[tokio::test]
async fn unknown_accounts_cost_a_hash_too() {
    let folder = tempfile::tempdir().unwrap();
    let database = database::Database::open(&database::sqlite_url(&folder.path().join("t.db"))).await.unwrap();
    network::Network::open(database.clone()).await.unwrap();
    let hashing = Hashing { memory: 4096, passes: 3, lanes: 1 };
    let accounts = Accounts::open(database, secret(), Settings { hashing, ..settings() }).await.unwrap();
    person(&accounts, 1).await;
    let wrong = Password::typed("wrong password");
    let mut times = Vec::new();
    for name in ["p1@example.org", "p2@example.org"] {
        let begin = std::time::Instant::now();
        for n in 0..4 {
            let origin = Origin { address: format!("192.0.2.{n}"), ..origin() };
            accounts.sign_in(name, &wrong, &origin, now(), &mut random(n)).await.unwrap_err();
        }
        times.push(begin.elapsed().as_secs_f64());
    }
    // Without the hash it would be some hundred times quicker.
    assert!(times[1] > times[0] / 4.0, "{times:?}");
}

#[tokio::test]
async fn another_password_ends_the_other_sessions_and_needs_the_present_one() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let (opened, signed) = signed(&accounts, 1).await;
        let other = accounts.sign_in("p1@example.org", &password(), &origin(), now(), &mut random(5)).await.unwrap();
        let new = Password::typed("gravel teapot 月台 violin");
        let wrong = Password::typed("wrong");
        let refused =
            accounts.change_password(&signed.actor, &proof(&signed, &wrong), &new, now(), &mut random(6)).await;
        assert!(matches!(refused, Err(AccountsError::NotProven)));
        let weak = Password::typed("测试人员1测试人员1");
        let present = password();
        let refused =
            accounts.change_password(&signed.actor, &proof(&signed, &present), &weak, now(), &mut random(6)).await;
        assert!(matches!(refused, Err(AccountsError::Invalid(_))), "{refused:?}");
        accounts.change_password(&signed.actor, &proof(&signed, &present), &new, now(), &mut random(6)).await.unwrap();
        assert!(accounts.actor(&opened.token, now()).await.unwrap().is_some());
        assert!(accounts.actor(&other.token, now()).await.unwrap().is_none());
        let old = accounts.sign_in("p1@example.org", &present, &origin(), now(), &mut random(7)).await;
        assert!(matches!(old, Err(AccountsError::WrongSignIn)));
        accounts.sign_in("p1@example.org", &new, &origin(), now(), &mut random(8)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn guesses_at_the_present_password_wait_too() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let (_, signed) = signed(&accounts, 1).await;
        let (wrong, new) = (Password::typed("wrong"), Password::typed("gravel teapot 月台 violin"));
        for n in 0..6 {
            let asked =
                accounts.change_password(&signed.actor, &proof(&signed, &wrong), &new, now(), &mut random(n)).await;
            match asked {
                Err(AccountsError::NotProven) if n < 5 => {}
                Err(AccountsError::TryLater { .. }) if n == 5 => {}
                other => panic!("{n}: {other:?}"),
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_hash_that_cost_less_is_made_anew_at_the_next_sign_in() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        person(&accounts, 1).await;
        let dearer = Hashing { memory: 16, passes: 2, lanes: 1 };
        let later = Settings { hashing: dearer, ..settings() };
        let accounts = Accounts::open(database.clone(), secret(), later).await.unwrap();
        for n in 0..2 {
            accounts.sign_in("p1@example.org", &password(), &origin(), now(), &mut random(n)).await.unwrap();
            assert!(dump(&database, "accounts_people").await.contains("m=16,t=2,p=1"));
        }
    })
    .await;
}

#[tokio::test]
async fn a_session_ends_when_it_is_not_used_and_at_the_latest_after_two_weeks() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let (opened, _) = signed(&accounts, 1).await;
        assert_eq!(opened.ends_at, now() + SignedDuration::from_hours(14 * 24));
        let mut at = now();
        while at < opened.ends_at {
            assert!(accounts.actor(&opened.token, at).await.unwrap().is_some(), "{at}");
            at += SignedDuration::from_hours(11);
        }
        assert!(accounts.actor(&opened.token, opened.ends_at).await.unwrap().is_none());
        let unused = accounts.sign_in("p1@example.org", &password(), &origin(), now(), &mut random(4)).await.unwrap();
        let noon = now() + SignedDuration::from_hours(12);
        assert!(accounts.actor(&unused.token, noon).await.unwrap().is_none());
        assert!(accounts.sweep(opened.ends_at).await.unwrap() >= 2);
        assert_eq!(dump(&database, "accounts_sessions").await, "");
    })
    .await;
}
