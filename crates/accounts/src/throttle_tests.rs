use database::testing::for_each_backend;
use jiff::SignedDuration;

use super::*;
use crate::Password;
use crate::world::*;

#[test]
fn the_delay_grows_to_its_longest() {
    let waits: Vec<Option<i64>> =
        [1, 4, 5, 6, 7, 9, 12, 1000].map(|n| Rule::ACCOUNT.wait(n).map(|wait| wait.as_secs())).into();
    assert_eq!(waits, [None, None, Some(30), Some(60), Some(120), Some(480), Some(900), Some(900)]);
}

async fn wrong(accounts: &Accounts, name: &str, at: Timestamp, from: &str) -> AccountsError {
    let origin = crate::Origin { device: String::new(), address: from.to_owned() };
    accounts.sign_in(name, &Password::typed("wrong"), &origin, at, &mut random(9)).await.unwrap_err()
}

#[tokio::test]
async fn after_five_failures_an_account_waits_longer_and_longer_known_or_not() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        person(&accounts, 1).await;
        for name in ["p1@example.org", "nobody@example.org", "13899999999", "no name at all"] {
            for n in 0..5 {
                let error = wrong(&accounts, name, now(), &format!("192.0.2.{n}")).await;
                assert!(matches!(error, AccountsError::WrongSignIn), "{name} {n}: {error}");
            }
            let error = wrong(&accounts, name, now(), "192.0.2.9").await;
            let AccountsError::TryLater { until } = error else { panic!("{name}: {error}") };
            assert_eq!(until, now() + SignedDuration::from_secs(30));
        }
        // The right password waits as well.
        let early = accounts.sign_in("p1@example.org", &password(), &origin(), now(), &mut random(1)).await;
        assert!(matches!(early, Err(AccountsError::TryLater { .. })));
        let later = now() + SignedDuration::from_secs(30);
        assert!(matches!(wrong(&accounts, "p1@example.org", later, "192.0.2.9").await, AccountsError::WrongSignIn));
        let error = wrong(&accounts, "p1@example.org", later, "192.0.2.9").await;
        let AccountsError::TryLater { until } = error else { panic!("{error}") };
        assert_eq!(until, later + SignedDuration::from_secs(60));
        // A restart forgets nothing.
        let again = Accounts::open(database.clone(), secret(), settings()).await.unwrap();
        assert!(matches!(wrong(&again, "p1@example.org", later, "192.0.2.8").await, AccountsError::TryLater { .. }));
        // After the wait the right password opens, and the failures are forgotten.
        let good = accounts.sign_in("p1@example.org", &password(), &origin(), until, &mut random(2)).await;
        good.unwrap();
        for _ in 0..4 {
            assert!(matches!(wrong(&accounts, "p1@example.org", until, "192.0.2.7").await, AccountsError::WrongSignIn));
        }
    })
    .await;
}

#[tokio::test]
async fn one_address_that_tries_many_accounts_waits() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        for n in 0..20 {
            let error = wrong(&accounts, &format!("n{n}@example.org"), now(), "192.0.2.1").await;
            assert!(matches!(error, AccountsError::WrongSignIn), "{n}");
        }
        assert!(matches!(
            wrong(&accounts, "n21@example.org", now(), "192.0.2.1").await,
            AccountsError::TryLater { .. }
        ));
        assert!(matches!(wrong(&accounts, "n21@example.org", now(), "192.0.2.2").await, AccountsError::WrongSignIn));
        let next_day = now() + SignedDuration::from_hours(24);
        accounts.sweep(next_day + SignedDuration::from_hours(2)).await.unwrap();
        assert_eq!(dump(&database, "accounts_attempts").await, "");
    })
    .await;
}

#[tokio::test]
async fn of_many_guesses_at_once_no_more_are_looked_at_than_one_after_another() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        person(&accounts, 1).await;
        let guesses: Vec<_> = (0..24)
            .map(|n| {
                let accounts = accounts.clone();
                tokio::spawn(async move { wrong(&accounts, "p1@example.org", now(), &format!("192.0.2.{n}")).await })
            })
            .collect();
        let mut looked_at = 0;
        for guess in guesses {
            looked_at += usize::from(matches!(guess.await.unwrap(), AccountsError::WrongSignIn));
        }
        assert_eq!(looked_at, 5);
    })
    .await;
}
