use database::testing::for_each_backend;

use crate::world::*;
use crate::*;

#[tokio::test]
async fn a_person_gets_all_that_is_kept_about_him() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let (_, signed) = signed(&accounts, 1).await;
        let me = accounts.me(&signed.actor).await.unwrap();
        give(&accounts, &me, Role::OutletStaff, Some(4)).await;
        let data = accounts.export(&signed.actor, now()).await.unwrap();
        assert_eq!((data.account.clone(), data.sessions.len(), data.roles.len()), (me, 1, 1));
        let actions: Vec<&str> = data.trail.iter().map(|entry| entry.action.as_str()).collect();
        for action in ["person.sign-up", "session.begin", "role.give"] {
            assert!(actions.contains(&action), "{actions:?}");
        }
        let json = serde_json::to_string(&data).unwrap();
        assert!(json.contains("p1@example.org") && !json.contains("argon2"));
        assert_eq!(serde_json::from_str::<PersonalData>(&json).unwrap(), data);
        assert!(matches!(accounts.export(&Actor::visitor(), now()).await, Err(AccountsError::Denied(_))));
        assert!(dump(&database, "accounts_audit").await.contains("person.export"));
    })
    .await;
}

#[tokio::test]
async fn a_deleted_account_leaves_its_id_and_nothing_else() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let (opened, signed) = signed(&accounts, 1).await;
        let me = accounts.me(&signed.actor).await.unwrap();
        give(&accounts, &me, Role::OutletStaff, Some(4)).await;
        let (present, wrong) = (password(), Password::typed("wrong"));
        let refused = accounts.delete(&signed.actor, &proof(&signed, &wrong), now()).await;
        assert!(matches!(refused, Err(AccountsError::NotProven)));
        accounts.delete(&signed.actor, &proof(&signed, &present), now()).await.unwrap();
        assert!(accounts.actor(&opened.token, now()).await.unwrap().is_none());
        let gone = accounts.sign_in("p1@example.org", &present, &origin(), now(), &mut random(3)).await;
        assert!(matches!(gone, Err(AccountsError::WrongSignIn)));
        let people = dump(&database, "accounts_people").await;
        assert!(people.contains(me.id.as_str()) && !people.contains("测试人员1") && !people.contains("argon2"));
        assert_eq!(dump(&database, "accounts_sessions").await, "");
        assert_eq!(accounts.masked(std::slice::from_ref(&me.id)).await.unwrap(), []);
        let twice = accounts.delete(&signed.actor, &proof(&signed, &present), now()).await;
        assert!(matches!(twice, Err(AccountsError::NotFound(_))));
        // No name of the person is left in the trail, and the trail is whole.
        assert!(!dump(&database, "accounts_audit").await.contains("测试人员1"));
        let system = Actor::system("test");
        assert!(accounts.verify_audit(&system, &[], now()).await.unwrap().is_whole());
        // The address is free for a new account.
        let again = SignUp { key: "another form".to_owned(), ..form(1) };
        accounts.sign_up(&Actor::visitor(), &again, &origin(), now(), &mut random(50)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn the_last_operator_does_not_delete_himself() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let operator = accounts.first_operator(&form(1), now(), &mut random(1)).await.unwrap();
        let opened = session(&accounts, &operator, now(), 2).await;
        let signed = accounts.actor(&opened.token, now()).await.unwrap().unwrap();
        let present = password();
        let refused = accounts.delete(&signed.actor, &proof(&signed, &present), now()).await;
        assert!(matches!(refused, Err(AccountsError::LastOperator)));
        official(&accounts, 2, Role::Operator, None).await;
        accounts.delete(&signed.actor, &proof(&signed, &present), now()).await.unwrap();
    })
    .await;
}
