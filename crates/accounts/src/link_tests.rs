use database::testing::for_each_backend;
use jiff::SignedDuration;

use crate::world::*;
use crate::*;

fn new() -> Password {
    Password::typed("gravel teapot 月台 violin")
}

#[tokio::test]
async fn a_forgotten_password_is_set_by_a_link_once() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let (opened, _) = signed(&accounts, 1).await;
        let link = accounts.forgot_password("13800000001", &origin(), now(), &mut random(1)).await.unwrap().unwrap();
        assert_eq!(link.to.as_ref().unwrap().email.as_str(), "p1@example.org");
        assert!(!dump(&database, "accounts_links").await.contains(&link.token.text()));
        let weak = accounts.reset_password(&link.token, &Password::typed("short"), now(), &mut random(2)).await;
        assert!(matches!(weak, Err(AccountsError::Invalid(_))));
        let tries: Vec<_> = (0..4)
            .map(|n| {
                let (accounts, token) = (accounts.clone(), link.token.clone());
                tokio::spawn(async move { accounts.reset_password(&token, &new(), now(), &mut random(3 + n)).await })
            })
            .collect();
        let mut set = 0;
        for tried in tries {
            match tried.await.unwrap() {
                Ok(_) => set += 1,
                Err(error) => assert!(matches!(error, AccountsError::LinkSpent), "{error}"),
            }
        }
        assert_eq!(set, 1);
        assert!(accounts.actor(&opened.token, now()).await.unwrap().is_none(), "all sessions end");
        let again = accounts.sign_in("p1@example.org", &new(), &origin(), now(), &mut random(9)).await.unwrap();
        let signed = accounts.actor(&again.token, now()).await.unwrap().unwrap();
        assert!(accounts.me(&signed.actor).await.unwrap().email_confirmed);
    })
    .await;
}

#[tokio::test]
async fn links_end_and_the_last_one_counts() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        person(&accounts, 1).await;
        let first =
            accounts.forgot_password("p1@example.org", &origin(), now(), &mut random(1)).await.unwrap().unwrap();
        let second =
            accounts.forgot_password("p1@example.org", &origin(), now(), &mut random(2)).await.unwrap().unwrap();
        for (token, at) in
            [(&first.token, now()), (&second.token, second.ends_at), (&Token::make(&mut random(7)), now())]
        {
            let spent = accounts.reset_password(token, &new(), at, &mut random(3)).await;
            assert!(matches!(spent, Err(AccountsError::LinkSpent)));
        }
        accounts.reset_password(&second.token, &new(), now(), &mut random(4)).await.unwrap();
        // A link of one purpose does nothing else.
        let third =
            accounts.forgot_password("p1@example.org", &origin(), now(), &mut random(5)).await.unwrap().unwrap();
        assert!(matches!(accounts.confirm_email(&third.token, now()).await, Err(AccountsError::LinkSpent)));
    })
    .await;
}

#[tokio::test]
async fn unknown_accounts_get_no_link_and_leave_the_same_traces() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let mut asked = Vec::new();
        for n in 0..6 {
            asked.push(accounts.forgot_password("p1@example.org", &origin(), now(), &mut random(n)).await);
        }
        assert!(asked[..5].iter().all(|link| matches!(link, Ok(None))));
        assert!(matches!(asked[5], Err(AccountsError::TryLater { .. })));
        accounts.sweep(now() + SignedDuration::from_hours(2)).await.unwrap();
        assert_eq!(dump(&database, "accounts_links").await, "");
    })
    .await;
}

/// Someone makes an account with an address that is not his, and waits for its owner.
#[tokio::test]
async fn whoever_proves_the_address_first_gets_the_account_without_what_others_put_there() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let (_, squatter) = signed(&accounts, 1).await;
        let id = squatter.actor.id().unwrap().clone();
        let mut write = database.write().await.unwrap();
        crate::sql::second::begin(&mut write, accounts.secret(), &id, "AAAA").await.unwrap();
        crate::sql::second::confirm(&mut write, &id, now()).await.unwrap();
        crate::sql::flow::link(&mut write, ("https://idp.example", "squatter"), &id, now()).await.unwrap();
        write.commit().await.unwrap();
        let link = accounts.forgot_password("p1@example.org", &origin(), now(), &mut random(1)).await.unwrap().unwrap();
        accounts.reset_password(&link.token, &new(), now(), &mut random(2)).await.unwrap();
        let opened = accounts.sign_in("p1@example.org", &new(), &origin(), now(), &mut random(3)).await.unwrap();
        assert!(!opened.second_step);
        let owner = accounts.actor(&opened.token, now()).await.unwrap().unwrap();
        assert_eq!(accounts.identities(&owner.actor).await.unwrap(), []);
    })
    .await;
}

#[tokio::test]
async fn an_address_is_confirmed_by_the_link_that_was_sent_there() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let (_, signed) = signed(&accounts, 1).await;
        let link = accounts.confirmation(&signed.actor, now(), &mut random(1)).await.unwrap().unwrap();
        let me = accounts.me(&signed.actor).await.unwrap();
        let moved = Particulars {
            version: me.version,
            name: me.name.clone(),
            email: "new@example.org".to_owned(),
            telephone: String::new(),
            address: String::new(),
            language: me.language,
            wants_mail: true,
        };
        let present = password();
        let proof = proof(&signed, &present);
        let changed = accounts.change(&signed.actor, &moved, Some(&proof), now()).await.unwrap().person;
        // The first link went to another address.
        assert!(matches!(accounts.confirm_email(&link.token, now()).await, Err(AccountsError::LinkSpent)));
        assert!(!accounts.me(&signed.actor).await.unwrap().email_confirmed);
        let link = accounts.confirmation(&signed.actor, now(), &mut random(2)).await.unwrap().unwrap();
        assert_eq!(link.to.unwrap().email, changed.email.unwrap());
        accounts.confirm_email(&link.token, now()).await.unwrap();
        assert!(accounts.me(&signed.actor).await.unwrap().email_confirmed);
        assert_eq!(accounts.confirmation(&signed.actor, now(), &mut random(3)).await.unwrap(), None);
    })
    .await;
}

#[tokio::test]
async fn an_operator_hands_a_link_to_someone_without_mail() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let asked = SignUp { email: None, ..form(1) };
        let person = accounts.sign_up(&Actor::visitor(), &asked, &origin(), now(), &mut random(1)).await.unwrap();
        let by_mail = accounts.forgot_password("13800000001", &origin(), now(), &mut random(2)).await.unwrap();
        assert_eq!(by_mail, None);
        let (_, administrator) = official(&accounts, 2, Role::Administrator, Some(1)).await;
        let refused = accounts.reset_link(&administrator, &person.id, now(), &mut random(3)).await;
        assert!(matches!(refused, Err(AccountsError::Denied(_))));
        let (_, operator) = official(&accounts, 3, Role::Operator, None).await;
        let link = accounts.reset_link(&operator, &person.id, now(), &mut random(4)).await.unwrap();
        assert_eq!(accounts.reset_password(&link.token, &new(), now(), &mut random(5)).await.unwrap(), person.id);
        accounts.sign_in("13800000001", &new(), &origin(), now(), &mut random(6)).await.unwrap();
    })
    .await;
}
