use database::testing::for_each_backend;

use super::*;
use crate::Signals as _;
use crate::testing::{Staff, World, lead, nation, now, organisation, province};

fn own() -> Rule {
    Rule {
        code: "P-STAFF".parse().unwrap(),
        version: 0,
        keeper: Some(organisation(2)),
        name: Text::new("专职人员不足", "Too few staff"),
        advice: Text::new("补充人员", "Add staff"),
        signal: "outlet-staff".to_owned(),
        condition: Condition::Below { limit: 4.0 },
        scope: Scope::default(),
        severity: Severity::Note,
        told: Told::Unit,
        quiet_days: 0,
        on: true,
    }
}

#[tokio::test]
async fn a_jurisdiction_makes_rules_of_its_own_and_only_the_top_changes_those_of_the_site() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        let known = Staff::default().known();
        let (own, site) = (own(), "W-OUTLET-STAFF".parse().unwrap());
        let mut write = database.write().await.unwrap();
        let refused = make_rule(&mut write, now(), &lead(3), &NewRule { rule: &own, known: &known }).await;
        assert!(matches!(refused, Err(WarningsError::Denied(_))));
        let made = make_rule(&mut write, now(), &province(), &NewRule { rule: &own, known: &known }).await.unwrap();
        let again = make_rule(&mut write, now(), &province(), &NewRule { rule: &own, known: &known }).await.unwrap();
        assert_eq!(made, again, "sent twice is one");
        let taken = Rule { code: site, ..own.clone() };
        let refused = make_rule(&mut write, now(), &province(), &NewRule { rule: &taken, known: &known }).await;
        assert!(matches!(refused, Err(WarningsError::Invalid(_))), "a starting rule has this code");
        let refused = set_rule(&mut write, now(), &province(), (&taken.code, 1), false).await;
        assert!(matches!(refused, Err(WarningsError::Denied(_))), "{refused:?}");
        let off = set_rule(&mut write, now(), &nation(), (&taken.code, 1), false).await.unwrap();
        assert_eq!((off.on, off.version), (false, 2));
        let stale = set_rule(&mut write, now(), &nation(), (&taken.code, 1), true).await.unwrap_err();
        assert!(matches!(stale, WarningsError::Stale { version: 2 }), "{stale}");
        write.commit().await.unwrap();
        let rules = world.warnings.rules(&province()).await.unwrap();
        assert_eq!(rules.len(), 12);
        assert!(rules.iter().any(|rule| rule.code == taken.code && !rule.on));
    })
    .await;
}

#[tokio::test]
async fn faults_of_a_rule_are_named_together() {
    for_each_backend(|database| async move {
        World::new(database.clone()).await;
        let known = Staff::default().known();
        let mut write = database.write().await.unwrap();
        let wrong = Rule {
            name: Text::new("", "x"),
            condition: Condition::Jump { times: 0.5, least: 1.0 },
            quiet_days: -1,
            ..own()
        };
        let refused = make_rule(&mut write, now(), &province(), &NewRule { rule: &wrong, known: &known }).await;
        let Err(WarningsError::Invalid(faults)) = refused else { panic!("it was taken") };
        let fields: Vec<&str> = faults.iter().map(|fault| fault.field.as_str()).collect();
        assert_eq!(fields, ["name_zh", "first", "condition", "quiet_days"]);
    })
    .await;
}
