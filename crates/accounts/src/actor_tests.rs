use proptest::prelude::*;

use super::*;
use crate::world::organisation;

fn person() -> PersonId {
    PersonId(Id::make(jiff::Timestamp::UNIX_EPOCH, [1; 10]))
}

fn grants() -> impl Strategy<Value = Vec<Grant>> {
    let cover = prop_oneof![
        Just(Cover::Everywhere),
        prop::collection::btree_set(0_u8..6, 0..4)
            .prop_map(|set| Cover::At(set.into_iter().map(organisation).collect()))
    ];
    prop::collection::vec((prop::sample::select(Role::ALL), cover), 0..5)
        .prop_map(|all| all.into_iter().map(|(role, cover)| Grant { role, cover }).collect())
}

proptest! {
    #[test]
    fn all_questions_about_a_permission_agree(grants in grants(), permission in prop::sample::select(Permission::ALL), at in 0_u8..6) {
        let actor = Actor::person(person(), "张三", grants);
        let cover = actor.cover(permission);
        let there = organisation(at);
        prop_assert_eq!(actor.may(permission), cover.is_some());
        prop_assert_eq!(actor.may_at(permission, &there), cover.as_ref().is_some_and(|cover| cover.holds(&there)));
        prop_assert_eq!(actor.may_everywhere(permission), cover == Some(Cover::Everywhere));
        prop_assert_eq!(actor.require(permission).is_ok(), actor.may(permission));
        prop_assert_eq!(actor.require_at(permission, &there).is_ok(), actor.may_at(permission, &there));
    }

    #[test]
    fn a_role_more_never_takes_anything(grants in grants(), permission in prop::sample::select(Permission::ALL), at in 0_u8..6) {
        let fewer = Actor::person(person(), "", grants.iter().skip(1).cloned().collect());
        let more = Actor::person(person(), "", grants);
        let there = organisation(at);
        prop_assert!(more.may_at(permission, &there) || !fewer.may_at(permission, &there));
    }
}

#[test]
fn visitors_and_clients_have_what_is_everyones() {
    let (visitor, client) = (Actor::visitor(), Actor::person(person(), "张三", Vec::new()));
    for (permission, roles) in Permission::table() {
        assert_eq!(visitor.may(permission), roles.contains(&Role::Visitor), "{permission}");
        let everyones = roles.contains(&Role::Visitor) || roles.contains(&Role::Client);
        assert_eq!(client.may(permission), everyones, "{permission}");
        assert!(Actor::system("test").may_everywhere(permission));
    }
    assert!(!visitor.denied(Permission::OwnAccount).signed_in && client.denied(Permission::ReadCases).signed_in);
}
