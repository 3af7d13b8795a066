use super::action_label;
use crate::{Act, PlanAct};

#[test]
fn every_act_has_a_name_in_both_languages() {
    for act in PlanAct::ALL {
        assert!(action_label(&format!("plan.{act}"), "zh").is_some(), "{act}");
    }
    for act in Act::ALL {
        assert!(action_label(&format!("plan-report.{act}"), "en").is_some(), "{act}");
    }
    assert_eq!(action_label("case.accept", "zh"), None);
}
