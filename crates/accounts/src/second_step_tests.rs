use database::testing::for_each_backend;
use jiff::SignedDuration;

use super::*;
use crate::world::*;
use crate::{AccountsError, Password, Role, Signed};

/// The code that an app shows at a moment.
fn code(enrolment: &Enrolment, at: Timestamp) -> String {
    let id = PersonId(network::Id::make(at, [0; 10]));
    Shared::read(&enrolment.secret, &id).unwrap().code_at(at)
}

/// Someone with the second step on: secret, recovery codes.
async fn enrolled(accounts: &Accounts, number: u16) -> (Signed, Enrolment, RecoveryCodes) {
    let (_, signed) = signed(accounts, number).await;
    let present = password();
    let enrolment =
        accounts.begin_second_step(&signed.actor, &proof(&signed, &present), now(), &mut random(2)).await.unwrap();
    let typed = code(&enrolment, now());
    let codes =
        accounts.confirm_second_step(&signed.actor, &signed.session, &typed, now(), &mut random(3)).await.unwrap();
    (signed, enrolment, codes)
}

async fn half(accounts: &Accounts, number: u16, at: Timestamp, seed: u16) -> Opened {
    let name = format!("p{number}@example.org");
    let opened = accounts.sign_in(&name, &password(), &origin(), at, &mut random(seed)).await.unwrap();
    assert!(opened.second_step);
    opened
}

#[tokio::test]
async fn a_code_of_the_app_passes_once_and_the_token_is_another() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let (signed, enrolment, _) = enrolled(&accounts, 1).await;
        assert!(enrolment.address.starts_with("otpauth://totp/"), "{}", enrolment.address);
        assert!(enrolment.address.contains(&format!("secret={}", enrolment.secret)));
        assert!(enrolment.picture.starts_with("<svg"));
        assert!(!dump(&database, "accounts_second_steps").await.contains(&enrolment.secret));
        assert!(accounts.second_step(&signed.actor).await.unwrap().on);
        let later = now() + SignedDuration::from_mins(1);
        let opened = half(&accounts, 1, later, 10).await;
        assert!(accounts.actor(&opened.token, later).await.unwrap().is_none(), "one step is none");
        assert!(accounts.awaits_second_step(&opened.token, later).await.unwrap());
        let typed = code(&enrolment, later);
        let spaced = format!("{} {}", &typed[..3], &typed[3..]);
        let passed = accounts.pass_second_step(&opened.token, &spaced, later, &mut random(11)).await.unwrap();
        assert_ne!(passed.token, opened.token);
        assert!(accounts.actor(&passed.token, later).await.unwrap().is_some());
        assert!(accounts.actor(&opened.token, later).await.unwrap().is_none());
        // The same code a second time.
        let again = half(&accounts, 1, later, 12).await;
        let replayed = accounts.pass_second_step(&again.token, &typed, later, &mut random(13)).await;
        assert!(matches!(replayed, Err(AccountsError::WrongCode)));
    })
    .await;
}

#[tokio::test]
async fn of_many_who_send_one_code_at_once_one_passes() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let (_, enrolment, codes) = enrolled(&accounts, 1).await;
        let later = now() + SignedDuration::from_mins(1);
        for (round, typed) in [code(&enrolment, later), codes.0[0].clone()].into_iter().enumerate() {
            let mut sendings = Vec::new();
            for n in 0..4_u16 {
                let opened = half(&accounts, 1, later, 100 + n + round as u16 * 10).await;
                let (accounts, typed) = (accounts.clone(), typed.clone());
                sendings.push(tokio::spawn(async move {
                    let mut random = random(200 + n + round as u16 * 10);
                    accounts.pass_second_step(&opened.token, &typed, later, &mut random).await
                }));
            }
            let mut passed = 0;
            for sending in sendings {
                match sending.await.unwrap() {
                    Ok(_) => passed += 1,
                    Err(error) => assert!(matches!(error, AccountsError::WrongCode), "{error}"),
                }
            }
            assert_eq!(passed, 1, "round {round}");
        }
    })
    .await;
}

#[tokio::test]
async fn recovery_codes_pass_once_each_and_can_be_renewed() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let (signed, _, codes) = enrolled(&accounts, 1).await;
        assert_eq!(codes.0.len(), 10);
        let stored = dump(&database, "accounts_recovery_codes").await;
        assert!(codes.0.iter().all(|code| !stored.contains(code.as_str()) && !stored.contains(&code.replace('-', ""))));
        let opened = half(&accounts, 1, now(), 10).await;
        let typed = codes.0[3].to_uppercase().replace('-', " ");
        accounts.pass_second_step(&opened.token, &typed, now(), &mut random(11)).await.unwrap();
        assert_eq!(accounts.second_step(&signed.actor).await.unwrap().codes_left, 9);
        let opened = half(&accounts, 1, now(), 12).await;
        let again = accounts.pass_second_step(&opened.token, &typed, now(), &mut random(13)).await;
        assert!(matches!(again, Err(AccountsError::WrongCode)));
        let present = password();
        let proof = proof(&signed, &present);
        accounts.renew_recovery_codes(&signed.actor, &proof, now(), &mut random(14)).await.unwrap();
        let old = accounts.pass_second_step(&opened.token, &codes.0[4], now(), &mut random(15)).await;
        assert!(matches!(old, Err(AccountsError::WrongCode)));
        assert_eq!(accounts.second_step(&signed.actor).await.unwrap().codes_left, 10);
    })
    .await;
}

#[tokio::test]
async fn guesses_wait_and_a_half_sign_in_ends_after_ten_minutes() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let (_, enrolment, _) = enrolled(&accounts, 1).await;
        let opened = half(&accounts, 1, now(), 10).await;
        for n in 0..6 {
            let guess = accounts.pass_second_step(&opened.token, "000000", now(), &mut random(20 + n)).await;
            match guess {
                Err(AccountsError::WrongCode) if n < 5 => {}
                Err(AccountsError::TryLater { .. }) if n == 5 => {}
                other => panic!("{n}: {other:?}"),
            }
        }
        let late = now() + SignedDuration::from_mins(10);
        let typed = code(&enrolment, late);
        let over = accounts.pass_second_step(&opened.token, &typed, late, &mut random(30)).await;
        assert!(matches!(over, Err(AccountsError::SignInOver)));
    })
    .await;
}

#[tokio::test]
async fn it_is_set_up_and_removed_with_the_password_alone() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let (signed, _, _) = enrolled(&accounts, 1).await;
        let (present, wrong) = (password(), Password::typed("wrong"));
        let twice = accounts.begin_second_step(&signed.actor, &proof(&signed, &present), now(), &mut random(5)).await;
        assert!(matches!(twice, Err(AccountsError::SecondStepThere)));
        let refused = accounts.remove_second_step(&signed.actor, &proof(&signed, &wrong), now()).await;
        assert!(matches!(refused, Err(AccountsError::NotProven)));
        accounts.remove_second_step(&signed.actor, &proof(&signed, &present), now()).await.unwrap();
        assert!(!session(&accounts, &accounts.me(&signed.actor).await.unwrap(), now(), 6).await.second_step);
        let (_, client) = official(&accounts, 2, Role::Administrator, Some(1)).await;
        let id = signed.actor.id().unwrap();
        let refused = accounts.lift_second_step(&client, id, "lost", now()).await;
        assert!(matches!(refused, Err(AccountsError::Denied(_))));
    })
    .await;
}
