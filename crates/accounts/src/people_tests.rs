use database::testing::for_each_backend;

use crate::world::*;
use crate::*;

#[tokio::test]
async fn whoever_signs_up_is_told_everything_that_is_wrong_at_once() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let asked = SignUp {
            key: String::new(),
            name: "  ".to_owned(),
            email: Some("nonsense".to_owned()),
            telephone: Some("12".to_owned()),
            password: Password::typed("short"),
            agrees: false,
            ..form(1)
        };
        let visitor = Actor::visitor();
        let error = accounts.sign_up(&visitor, &asked, &origin(), now(), &mut random(1)).await.unwrap_err();
        let AccountsError::Invalid(faults) = error else { panic!("{error}") };
        let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["email", "telephone", "agrees", "key", "name", "password"]);
        let neither = SignUp { email: None, telephone: Some(String::new()), ..form(1) };
        let error = accounts.sign_up(&visitor, &neither, &origin(), now(), &mut random(1)).await.unwrap_err();
        assert_eq!(error.field(), "email");
        assert_eq!(dump(&database, "accounts_people").await, "");
    })
    .await;
}

#[tokio::test]
async fn a_form_sent_again_makes_no_second_account() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let sendings: Vec<_> = (0..8)
            .map(|n| {
                let accounts = accounts.clone();
                let visitor = Actor::visitor();
                tokio::spawn(
                    async move { accounts.sign_up(&visitor, &form(1), &origin(), now(), &mut random(n)).await },
                )
            })
            .collect();
        let mut made = Vec::new();
        for sending in sendings {
            made.push(sending.await.unwrap().unwrap());
        }
        made.dedup();
        assert_eq!(made.len(), 1);
        // The same form with another password is someone else's.
        let other = SignUp { password: Password::typed("gravel teapot 月台 violin"), ..form(1) };
        let error = accounts.sign_up(&Actor::visitor(), &other, &origin(), now(), &mut random(20)).await.unwrap_err();
        assert!(matches!(error, AccountsError::Taken { .. }), "{error}");
    })
    .await;
}

#[tokio::test]
async fn an_address_and_a_number_open_one_account_each() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        person(&accounts, 1).await;
        let visitor = Actor::visitor();
        for (asked, field) in [
            (SignUp { telephone: None, email: Some("P1@EXAMPLE.ORG".to_owned()), ..form(2) }, "email"),
            (SignUp { email: None, telephone: Some("+86 138 0000 0001".to_owned()), ..form(3) }, "telephone"),
        ] {
            let error = accounts.sign_up(&visitor, &asked, &origin(), now(), &mut random(2)).await.unwrap_err();
            assert_eq!(error.field(), field, "{error}");
        }
        // Of several at once one gets it.
        let rivals: Vec<_> = (10..16)
            .map(|n| {
                let (accounts, visitor) = (accounts.clone(), visitor.clone());
                let asked = SignUp { email: Some("same@example.org".to_owned()), ..form(n) };
                tokio::spawn(async move { accounts.sign_up(&visitor, &asked, &origin(), now(), &mut random(n)).await })
            })
            .collect();
        let mut made = 0;
        for rival in rivals {
            match rival.await.unwrap() {
                Ok(_) => made += 1,
                Err(error) => assert_eq!(error.field(), "email", "{error}"),
            }
        }
        assert_eq!(made, 1);
    })
    .await;
}

#[tokio::test]
async fn what_names_or_reaches_a_person_is_not_at_rest_in_clear() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let (_, signed) = signed(&accounts, 1).await;
        let me = accounts.me(&signed.actor).await.unwrap();
        accounts.change(&signed.actor, &edit(&me, "渝北区某路一号"), None, now()).await.unwrap();
        let me = accounts.me(&signed.actor).await.unwrap();
        assert_eq!(me.address.as_deref(), Some("渝北区某路一号"));
        assert_eq!(me.email.unwrap().as_str(), "p1@example.org");
        let mut all = String::new();
        for table in ["accounts_people", "accounts_audit", "accounts_attempts", "accounts_sessions"] {
            all.push_str(&dump(&database, table).await);
        }
        for open in ["p1@example", "13800000001", "渝北区", PASSWORD] {
            assert!(!all.contains(open), "{open}");
        }
        // With another key nothing is opened at all, and the message says why.
        let other = Accounts::open(database.clone(), Secret::new([1; 32]), settings()).await.unwrap_err();
        assert!(matches!(other, AccountsError::OtherKey) && other.to_string().contains("HUIZHI_SECRET"));
        Accounts::open(database.clone(), secret(), settings()).await.unwrap();
    })
    .await;
}

fn edit(me: &Person, address: &str) -> Particulars {
    Particulars {
        version: me.version,
        name: me.name.clone(),
        email: me.email.as_ref().map(ToString::to_string).unwrap_or_default(),
        telephone: me.telephone.as_ref().map(ToString::to_string).unwrap_or_default(),
        address: address.to_owned(),
        language: me.language,
        wants_mail: me.wants_mail,
    }
}

#[tokio::test]
async fn of_two_windows_that_change_the_account_one_is_told() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let (_, signed) = signed(&accounts, 1).await;
        let me = accounts.me(&signed.actor).await.unwrap();
        let windows: Vec<_> = ["甲路", "乙路", "丙路"]
            .map(|address| {
                let (accounts, actor, edit) = (accounts.clone(), signed.actor.clone(), edit(&me, address));
                tokio::spawn(async move { accounts.change(&actor, &edit, None, now()).await })
            })
            .into();
        let (mut done, mut stale) = (Vec::new(), Vec::new());
        for window in windows {
            match window.await.unwrap() {
                Ok(changed) => done.push(changed.person),
                Err(AccountsError::Stale { now }) => stale.push(*now),
                Err(error) => panic!("{error}"),
            }
        }
        assert_eq!((done.len(), stale.len()), (1, 2));
        assert!(stale.iter().all(|now| *now == done[0]));
        assert_eq!(accounts.me(&signed.actor).await.unwrap(), done[0]);
    })
    .await;
}

#[tokio::test]
async fn another_address_needs_the_password_is_unconfirmed_and_must_be_free() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        person(&accounts, 2).await;
        let (_, signed) = signed(&accounts, 1).await;
        let me = accounts.me(&signed.actor).await.unwrap();
        let present = password();
        let moved = Particulars { email: "new@example.org".to_owned(), ..edit(&me, "") };
        let refused = accounts.change(&signed.actor, &moved, None, now()).await;
        assert!(matches!(refused, Err(AccountsError::NotProven)));
        let proof = proof(&signed, &present);
        let taken = Particulars { email: "p2@example.org".to_owned(), ..edit(&me, "") };
        let refused = accounts.change(&signed.actor, &taken, Some(&proof), now()).await;
        assert!(matches!(refused, Err(AccountsError::Taken { field: "email" })), "{refused:?}");
        let changed = accounts.change(&signed.actor, &moved, Some(&proof), now()).await.unwrap();
        assert_eq!(changed.email_before.unwrap().as_str(), "p1@example.org");
        assert!(!changed.person.email_confirmed);
        let none = Particulars { email: String::new(), telephone: String::new(), ..edit(&changed.person, "") };
        assert!(matches!(
            accounts.change(&signed.actor, &none, Some(&proof), now()).await,
            Err(AccountsError::Invalid(_))
        ));
        accounts.sign_in("new@example.org", &present, &origin(), now(), &mut random(3)).await.unwrap();
    })
    .await;
}

#[tokio::test]
async fn a_look_at_a_person_needs_the_permission_there_and_is_written_down() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let client = person(&accounts, 1).await;
        let (_, staff) = official(&accounts, 2, Role::OutletStaff, Some(4)).await;
        let (_, administrator) = official(&accounts, 3, Role::Administrator, Some(2)).await;
        let look = |actor: Actor, at: u8| {
            let (accounts, id) = (accounts.clone(), client.id.clone());
            async move {
                let mut write = accounts.database().write().await.unwrap();
                let place = organisation(at);
                let looked = accounts.look_at(&mut write, now(), &actor, &id, (&place, ("case", "case-1"))).await;
                if looked.is_ok() {
                    write.commit().await.unwrap();
                }
                looked
            }
        };
        assert_eq!(look(staff.clone(), 4).await.unwrap(), client);
        assert!(matches!(look(staff, 5).await, Err(AccountsError::Denied(_))));
        assert!(matches!(look(administrator, 4).await, Err(AccountsError::Denied(_))));
        assert!(matches!(look(Actor::visitor(), 4).await, Err(AccountsError::Denied(_))));
        assert_eq!(dump(&database, "accounts_audit").await.matches("person.read").count(), 1);
        let masked = accounts.masked(std::slice::from_ref(&client.id)).await.unwrap();
        assert_eq!((masked[0].name.as_str(), masked[0].email.as_deref()), ("测***", Some("p***@example.org")));
        let names = accounts.names(std::slice::from_ref(&client.id)).await.unwrap();
        assert_eq!(names[&client.id], "测试人员1");
    })
    .await;
}

#[tokio::test]
async fn letters_go_to_those_who_want_them_and_their_addresses_to_the_program_alone() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let (_, signed) = signed(&accounts, 1).await;
        let me = accounts.me(&signed.actor).await.unwrap();
        let system = Actor::system("notices");
        assert_eq!(accounts.addressee(&system, &me.id).await.unwrap(), None, "an address that nobody confirmed");
        let link = accounts.confirmation(&signed.actor, now(), &mut random(9)).await.unwrap().unwrap();
        accounts.confirm_email(&link.token, now()).await.unwrap();
        let me = accounts.me(&signed.actor).await.unwrap();
        let to = accounts.addressee(&system, &me.id).await.unwrap().unwrap();
        assert_eq!((to.email.as_str(), to.language), ("p1@example.org", Language::Chinese));
        assert!(matches!(accounts.addressee(&signed.actor, &me.id).await, Err(AccountsError::Denied(_))));
        let silent = Particulars { wants_mail: false, ..edit(&me, "") };
        accounts.change(&signed.actor, &silent, None, now()).await.unwrap();
        assert_eq!(accounts.addressee(&system, &me.id).await.unwrap(), None);
    })
    .await;
}
