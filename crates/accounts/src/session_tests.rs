use std::collections::BTreeSet;

use database::testing::for_each_backend;
use jiff::SignedDuration;

use super::*;
use crate::world::*;
use crate::{Cover, NewGrant, Permission, Role};

fn at(numbers: &[u8]) -> Cover {
    Cover::At(numbers.iter().map(|number| organisation(*number)).collect::<BTreeSet<_>>())
}

#[tokio::test]
async fn a_role_holds_at_the_organisation_and_all_under_it() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        for (number, role, place, permission, cover) in [
            (1, Role::Administrator, Some(1), Permission::EditNetwork, at(&[1, 2, 3, 4, 5, 6])),
            (2, Role::Administrator, Some(2), Permission::EditNetwork, at(&[2, 4, 5])),
            (3, Role::OutletStaff, Some(4), Permission::WorkCases, at(&[4])),
            (4, Role::Operator, None, Permission::Operate, Cover::Everywhere),
        ] {
            let (person, actor) = official(&accounts, number, role, place).await;
            assert_eq!(actor.cover(permission), Some(cover), "{role}");
            let opened = session(&accounts, &person, now(), number + 50).await;
            let signed = accounts.actor(&opened.token, now()).await.unwrap().unwrap();
            assert_eq!(signed.actor, actor);
        }
    })
    .await;
}

#[tokio::test]
async fn roles_are_seen_at_once_and_end_on_their_day() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let (opened, signed) = signed(&accounts, 1).await;
        let me = accounts.me(&signed.actor).await.unwrap();
        assert!(!signed.rotate && !signed.actor.may(Permission::WorkCases));
        let system = Actor::system("test");
        let tomorrow = today().tomorrow().unwrap();
        let short = NewGrant { to: Some(tomorrow), ..role(&me, Role::OutletStaff, Some(4)) };
        accounts.give(&system, &short, now(), &mut random(2)).await.unwrap();
        let after = accounts.actor(&opened.token, now()).await.unwrap().unwrap();
        assert!(after.actor.may_at(Permission::WorkCases, &organisation(4)) && after.rotate);
        // In China the day ends at 16:00 UTC.
        let evening: Timestamp = "2026-03-02T15:59:59Z".parse().unwrap();
        let midnight: Timestamp = "2026-03-02T16:00:00Z".parse().unwrap();
        accounts.actor(&opened.token, now() + SignedDuration::from_hours(10)).await.unwrap().unwrap();
        assert!(accounts.actor(&opened.token, evening).await.unwrap().unwrap().actor.may(Permission::WorkCases));
        assert!(!accounts.actor(&opened.token, midnight).await.unwrap().unwrap().actor.may(Permission::WorkCases));
    })
    .await;
}

#[tokio::test]
async fn a_moved_organisation_is_covered_elsewhere_after_some_seconds() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let (_, administrator) = official(&accounts, 1, Role::Administrator, Some(2)).await;
        let id = administrator.id().unwrap().clone();
        let (outlet, heir) = (organisation(6), organisation(2));
        let mut write = database.write().await.unwrap();
        let edit = network::Edit { id: &outlet, version: 1, from: today() };
        network::move_to(&mut write, now(), edit, Some(&heir), None).await.unwrap();
        write.commit().await.unwrap();
        let later = now() + SignedDuration::from_secs(5);
        assert!(accounts.actor_of(&id, later).await.unwrap().may_at(Permission::EditNetwork, &outlet));
    })
    .await;
}

#[tokio::test]
async fn a_replaced_token_is_honoured_for_half_a_minute() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let (opened, first) = signed(&accounts, 1).await;
        let new = accounts.rotate(&opened.token, now(), &mut random(3)).await.unwrap().unwrap();
        assert_eq!(accounts.rotate(&opened.token, now(), &mut random(4)).await.unwrap(), None);
        let second = accounts.actor(&new, now()).await.unwrap().unwrap();
        assert_eq!(second.session, first.session);
        assert_ne!(second.form_key, first.form_key);
        let soon = now() + SignedDuration::from_secs(29);
        assert!(accounts.actor(&opened.token, soon).await.unwrap().is_some());
        let late = now() + SignedDuration::from_secs(30);
        assert!(accounts.actor(&opened.token, late).await.unwrap().is_none());
        assert!(accounts.actor(&new, late).await.unwrap().is_some());
    })
    .await;
}

#[tokio::test]
async fn one_sees_and_ends_ones_own_sessions_alone() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let (opened, mine) = signed(&accounts, 1).await;
        let (theirs_opened, theirs) = signed(&accounts, 2).await;
        let phone = Origin { device: "Telephone\u{7} browser".to_owned(), address: "2001:db8::1".to_owned() };
        let second = accounts.sign_in("p1@example.org", &password(), &phone, now(), &mut random(7)).await.unwrap();
        let listed = accounts.sessions(&mine.actor, now()).await.unwrap();
        assert_eq!(listed.len(), 2);
        let other = listed.iter().find(|session| session.id != mine.session).unwrap();
        assert_eq!((other.device.as_str(), other.address.as_str()), ("Telephone browser", "2001:db8::1"));
        accounts.end_session(&mine.actor, &theirs.session, now()).await.unwrap();
        assert!(accounts.actor(&theirs_opened.token, now()).await.unwrap().is_some());
        accounts.end_session(&mine.actor, &other.id, now()).await.unwrap();
        assert!(accounts.actor(&second.token, now()).await.unwrap().is_none());
        for n in 0..3 {
            accounts.sign_in("p1@example.org", &password(), &origin(), now(), &mut random(20 + n)).await.unwrap();
        }
        assert_eq!(accounts.end_other_sessions(&mine.actor, &mine.session, now()).await.unwrap(), 3);
        assert_eq!(accounts.sessions(&mine.actor, now()).await.unwrap().len(), 1);
        assert!(accounts.actor(&opened.token, now()).await.unwrap().is_some());
        assert!(matches!(accounts.sessions(&Actor::visitor(), now()).await, Err(AccountsError::Denied(_))));
    })
    .await;
}

#[tokio::test]
async fn the_program_alone_begins_a_session_without_a_password() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let person = person(&accounts, 1).await;
        let demonstration = Actor::system("demonstration");
        let opened = accounts.open_for(&demonstration, &person.id, &origin(), now(), &mut random(1)).await.unwrap();
        let signed = accounts.actor(&opened.token, now()).await.unwrap().unwrap();
        let refused = accounts.open_for(&signed.actor, &person.id, &origin(), now(), &mut random(2)).await;
        assert!(matches!(refused, Err(AccountsError::Denied(_))));
    })
    .await;
}

#[tokio::test]
async fn forged_tokens_open_nothing() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let (opened, _) = signed(&accounts, 1).await;
        assert_eq!(opened.token.text().len(), 43);
        assert_eq!(opened.token.text().parse::<Token>().unwrap(), opened.token);
        assert!(accounts.actor(&Token::make(&mut random(99)), now()).await.unwrap().is_none());
        for text in ["", "x", "' OR 1=1 --", &"A".repeat(44)] {
            assert!(text.parse::<Token>().is_err(), "{text}");
        }
        assert_eq!(format!("{:?}", opened.token), "Token(…)");
    })
    .await;
}
