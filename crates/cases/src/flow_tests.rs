use std::collections::BTreeSet;

use super::*;

/// The flow as a page of the documents.
fn page() -> String {
    use std::fmt::Write as _;
    let mut page = "# The flow of a case\n\n\
        Made from the table in `crates/cases/src/flow.rs`; a test renews it with `UPDATE_DOCS=1 cargo test -p cases`.\n\
        A pause is no state: it lies over one and stops the clock. Staff may act for a client who calls or comes in person; \
        the trail says so.\n\n\
        ## States\n\n| state | 状态 | means | open |\n|---|---|---|---|\n"
        .to_owned();
    for state in State::ALL {
        let open = if state.is_final() { "no" } else { "yes" };
        writeln!(page, "| `{}` | {} | {} | {open} |", state.code(), state.label("zh"), state.label("en")).unwrap();
    }
    page += "\n## Actions\n\n| action | 动作 | from | to | who | must bring | while paused |\n|---|---|---|---|---|---|---|\n";
    for rule in RULES {
        let from: Vec<String> = rule.from.iter().map(|state| format!("`{}`", state.code())).collect();
        let to = match rule.to {
            To::State(state) => format!("`{}`", state.code()),
            To::Same => "stays".to_owned(),
            To::Back => "`work`, or `received` if never accepted".to_owned(),
        };
        let needs: Vec<&str> = rule.needs.iter().map(|need| need.label("en")).collect();
        writeln!(
            page,
            "| `{}` | {} | {} | {to} | {} | {} | {} |",
            rule.action.code(),
            rule.action.label("zh"),
            from.join(" "),
            rule.who.label("en"),
            needs.join("; "),
            if rule.paused { "yes" } else { "no" },
        )
        .unwrap();
    }
    page
}

#[test]
fn every_action_of_the_flow_has_one_line() {
    let beside = [Action::Submit, Action::Message, Action::Note, Action::Task, Action::Document, Action::Link];
    for action in Action::ALL {
        let lines = RULES.iter().filter(|rule| rule.action == *action).count();
        assert_eq!(lines, usize::from(!beside.contains(action)), "{action}");
    }
}

#[test]
fn every_state_can_be_reached_and_every_open_one_can_be_left_for_a_final_one() {
    let mut reached = BTreeSet::from([State::Received]);
    for _ in State::ALL {
        for state in reached.clone() {
            reached.extend(actions(state, false).map(|rule| next(rule, state, true)));
        }
    }
    assert_eq!(reached.len(), State::ALL.len());
    for start in State::ALL.iter().copied().filter(|state| !state.is_final()) {
        let mut from = BTreeSet::from([start]);
        for _ in State::ALL {
            for state in from.clone() {
                from.extend(actions(state, false).map(|rule| next(rule, state, true)));
            }
        }
        assert!(from.contains(&State::Archived), "{start} never ends");
    }
}

#[test]
fn a_final_state_is_left_by_reopening_alone() {
    for state in State::ALL.iter().copied().filter(|state| state.is_final()) {
        let left: Vec<Action> = actions(state, false).map(|rule| rule.action).collect();
        let expected = if state == State::Merged { vec![] } else { vec![Action::Reopen] };
        assert_eq!(left, expected, "{state}");
    }
}

#[test]
fn while_the_clock_stands_nothing_moves_a_case_on_but_its_end() {
    for state in State::ALL.iter().copied() {
        for rule in actions(state, true) {
            let next = next(rule, state, true);
            assert!(next == state || next.is_final(), "{} leads on from {state} while paused", rule.action);
        }
    }
    assert_eq!(may(Action::Resume, State::Work, false).unwrap_err(), Hindrance::Running);
    assert_eq!(may(Action::Deliver, State::Work, true).unwrap_err(), Hindrance::Paused);
    assert_eq!(may(Action::Deliver, State::Received, false).unwrap_err(), Hindrance::State);
}

#[test]
fn archiving_asks_for_an_outcome_and_reopening_goes_back_to_where_work_was() {
    assert!(rule_of(Action::Archive).unwrap().needs.contains(&Need::Outcome));
    let reopen = rule_of(Action::Reopen).unwrap();
    assert_eq!(next(reopen, State::Archived, true), State::Work);
    assert_eq!(next(reopen, State::Refused, false), State::Received);
}

#[test]
fn the_page_of_the_documents_is_up_to_date() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/case-flow.md");
    if std::env::var_os("UPDATE_DOCS").is_some() {
        std::fs::write(path, page()).unwrap();
    }
    let written = std::fs::read_to_string(path).unwrap_or_default();
    assert!(written == page(), "docs/case-flow.md is old: UPDATE_DOCS=1 cargo test -p cases");
}
