use std::collections::BTreeSet;

use super::*;

#[test]
fn every_open_state_leads_to_the_end_and_the_end_leads_nowhere() {
    assert_eq!(actions(State::Closed).count(), 0);
    for start in OPEN {
        let mut reached = BTreeSet::from([*start]);
        loop {
            let more = STEPS.iter().filter(|step| step.from.iter().any(|from| reached.contains(from)));
            let more: BTreeSet<State> = more.filter_map(|step| step.to).collect();
            if more.is_subset(&reached) {
                break;
            }
            reached.extend(more);
        }
        assert!(reached.contains(&State::Closed), "{start}");
    }
}

#[test]
fn nothing_is_closed_without_an_answer_and_a_call_back() {
    for step in STEPS.iter().filter(|step| step.to == Some(State::Closed)) {
        assert_eq!(step.from, [State::CallBack]);
    }
    let into = |state| STEPS.iter().filter(move |step| step.to == Some(state)).map(|step| step.action);
    assert_eq!(into(State::CallBack).collect::<Vec<_>>(), [Action::Answer]);
}

#[test]
fn an_action_means_one_step_in_a_state() {
    for state in State::ALL {
        let all: Vec<Action> = actions(*state).collect();
        assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "{state}");
    }
    assert_eq!(step(Action::Mended, State::Verify), None);
    assert_eq!(step(Action::Exclude, State::Verify), None, "only a review excludes");
}
