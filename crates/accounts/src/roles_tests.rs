use database::testing::for_each_backend;

use super::*;
use crate::world::*;

#[tokio::test]
async fn no_one_gives_or_takes_what_reaches_beyond_himself() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let (_, province) = official(&accounts, 1, Role::Administrator, Some(2)).await;
        let (_, operator) = official(&accounts, 2, Role::Operator, None).await;
        let (_, lead) = official(&accounts, 3, Role::OutletLead, Some(4)).await;
        let (_, auditor) = official(&accounts, 4, Role::Auditor, Some(2)).await;
        let to = person(&accounts, 9).await;
        let mut n = 100;
        let of_organisations = [Role::OutletStaff, Role::OutletLead, Role::Administrator, Role::Expert];
        let allowed = |actor: &Actor, what: Role, at: Option<u8>| {
            let by_province = *actor == province && of_organisations.contains(&what) && matches!(at, Some(2 | 4 | 5));
            let grantable = !matches!(what, Role::Visitor | Role::Client);
            by_province || *actor == operator && grantable && (at.is_none() || !what.is_everywhere_only())
        };
        for actor in [&province, &operator, &lead, &auditor, &Actor::visitor()] {
            for what in Role::ALL {
                for at in [None, Some(1), Some(2), Some(3), Some(4), Some(5), Some(6)] {
                    n += 1;
                    let asked = accounts.give(actor, &role(&to, *what, at), now(), &mut random(n)).await;
                    assert_eq!(asked.is_ok(), allowed(actor, *what, at), "{actor:?} {what} {at:?}: {asked:?}");
                }
            }
        }
        for given in accounts.grants_of(&operator, &to.id).await.unwrap() {
            let outside = given.organisation.as_ref().is_none_or(|at| !province.may_at(Permission::ManageRoles, at));
            if outside || given.role.is_operators_to_give() {
                assert!(accounts.take(&province, &given.id, None, now()).await.is_err(), "{given:?}");
            }
            assert!(accounts.take(&lead, &given.id, None, now()).await.is_err());
            accounts.take(&operator, &given.id, Some("ended"), now()).await.unwrap();
            let twice = accounts.take(&operator, &given.id, None, now()).await;
            assert!(matches!(twice, Err(AccountsError::NoGrant)));
        }
        assert_eq!(accounts.actor_of(&to.id, now()).await.unwrap().grants(), []);
    })
    .await;
}

#[tokio::test]
async fn the_same_role_given_again_is_the_same_grant() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let to = person(&accounts, 1).await;
        let giving: Vec<_> = (0..6)
            .map(|n| {
                let (accounts, new) = (accounts.clone(), role(&to, Role::OutletStaff, Some(4)));
                tokio::spawn(async move {
                    accounts.give(&Actor::system("test"), &new, now(), &mut random(n)).await.unwrap().id
                })
            })
            .collect();
        let mut ids = BTreeSet::new();
        for given in giving {
            ids.insert(given.await.unwrap());
        }
        assert_eq!(ids.len(), 1);
        assert_eq!(dump(&database, "accounts_audit").await.matches("role.give").count(), 1);
        let backwards = NewGrant { to: Some(today()), ..role(&to, Role::OutletLead, Some(4)) };
        let refused = accounts.give(&Actor::system("test"), &backwards, now(), &mut random(9)).await;
        assert_eq!(refused.unwrap_err().field(), "to");
        let nowhere = NewGrant { organisation: Some(organisation(99)), ..role(&to, Role::OutletLead, None) };
        assert!(accounts.give(&Actor::system("test"), &nowhere, now(), &mut random(9)).await.is_err());
    })
    .await;
}

#[tokio::test]
async fn someone_is_left_to_run_the_installation() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let first = accounts.first_operator(&form(1), now(), &mut random(1)).await.unwrap();
        let second = accounts.first_operator(&form(2), now(), &mut random(2)).await;
        assert!(matches!(second, Err(AccountsError::OperatorThere)));
        let (second, _) = official(&accounts, 2, Role::Operator, None).await;
        // Each takes the role from the other at the same time.
        let mut ready = Vec::new();
        for (by, from) in [(&first, &second), (&second, &first)] {
            let actor = accounts.actor_of(&by.id, now()).await.unwrap();
            let grant = accounts.grants_of(&actor, &from.id).await.unwrap().remove(0);
            ready.push((accounts.clone(), actor, grant));
        }
        let take = |(accounts, actor, grant): (Accounts, Actor, Given)| {
            tokio::spawn(async move { accounts.take(&actor, &grant.id, None, now()).await })
        };
        let taking: Vec<_> = ready.into_iter().map(take).collect();
        let mut taken = 0;
        for taking in taking {
            match taking.await.unwrap() {
                Ok(()) => taken += 1,
                Err(error) => assert!(matches!(error, AccountsError::LastOperator), "{error}"),
            }
        }
        assert_eq!(taken, 1);
    })
    .await;
}

#[tokio::test]
async fn assigners_see_the_staff_of_their_organisations_alone() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let (staff, _) = official(&accounts, 1, Role::OutletStaff, Some(4)).await;
        let (leading, lead) = official(&accounts, 2, Role::OutletLead, Some(4)).await;
        official(&accounts, 3, Role::OutletStaff, Some(6)).await;
        let (_, province) = official(&accounts, 4, Role::Administrator, Some(2)).await;
        let all: Vec<OrganisationId> = (1..=6).map(organisation).collect();
        let names = |staff: Vec<Colleague>| staff.into_iter().map(|one| one.name).collect::<Vec<_>>();
        assert_eq!(names(accounts.staff_of(&lead, &all, now()).await.unwrap()), ["测试人员1", "测试人员2"]);
        let seen = accounts.staff_of(&province, &all, now()).await.unwrap();
        assert_eq!(
            seen[0],
            Colleague { id: staff.id, name: staff.name, roles: vec![(Role::OutletStaff, organisation(4))] }
        );
        assert_eq!(names(seen), ["测试人员1", "测试人员2", "测试人员4"]);
        let client = Actor::person(leading.id, "", Vec::new());
        assert!(matches!(accounts.staff_of(&client, &all, now()).await, Err(AccountsError::Denied(_))));
    })
    .await;
}

#[tokio::test]
async fn whoever_gives_roles_finds_a_person_by_the_whole_address_alone() {
    for_each_backend(|database| async move {
        let accounts = open(&database).await;
        let client = person(&accounts, 1).await;
        let (_, province) = official(&accounts, 4, Role::Administrator, Some(2)).await;
        let found = accounts.find(&province, "P1@example.org", now()).await.unwrap().unwrap();
        assert_eq!((found.id, found.name.as_str()), (client.id.clone(), "测***"));
        assert_eq!(accounts.find(&province, "p1@example", now()).await.unwrap(), None);
        let refused = accounts.find(&Actor::person(client.id, "", Vec::new()), "p1@example.org", now()).await;
        assert!(matches!(refused, Err(AccountsError::Denied(_))));
        assert_eq!(dump(&database, "accounts_audit").await.matches("person.find").count(), 2);
    })
    .await;
}
