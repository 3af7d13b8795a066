//! What can be done to a case now, as buttons.

use accounts::Random;
use cases::{Action, CaseFile};
use jiff::Timestamp;
use jiff::civil::Date;
use services::Record;

use super::address;
use super::case::is_plain;
use crate::frame::Visit;

/// A button.
pub(crate) struct ActionView {
    pub(crate) name: String,
    pub(crate) address: String,
    /// Done by one click: the version that was seen, and a key.
    pub(crate) plain: Option<(i64, String)>,
    /// Whether it is what is usually done next.
    pub(crate) main: bool,
}

/// The usual course of the work, what comes next first.
const NEXT: [Action; 14] = [
    Action::Resume,
    Action::Accept,
    Action::SetUp,
    Action::Begin,
    Action::Deliver,
    Action::TakeBack,
    Action::StatusBack,
    Action::Archive,
    Action::FollowUp,
    Action::AskSupplement,
    Action::Refuse,
    Action::DeemWithdrawn,
    Action::Take,
    Action::Reopen,
];

/// What steers the work.
const DIRECT: [Action; 8] = [
    Action::Assign,
    Action::Extend,
    Action::Pause,
    Action::Escalate,
    Action::Transfer,
    Action::HandOn,
    Action::NameParties,
    Action::Merge,
];

/// What staff do for a client who called or came.
const ON_BEHALF: [Action; 4] = [Action::Supplement, Action::Confirm, Action::Return, Action::Withdraw];

/// The buttons of the usual course, of steering, and of what is done for the client.
pub(crate) fn views(
    file: &CaseFile,
    today: Date,
    (now, random): (Timestamp, &mut Random),
    visit: &Visit,
) -> (Vec<ActionView>, Vec<ActionView>, Vec<ActionView>) {
    let mut of = |actions: &[Action]| -> Vec<ActionView> {
        let can = actions.iter().filter(|action| file.can.contains(action) && is_of_use(**action, file, today));
        can.map(|action| view(*action, file, (now, &mut *random), visit)).collect()
    };
    let (mut next, direct, on_behalf) = (of(&NEXT), of(&DIRECT), of(&ON_BEHALF));
    if let Some(first) = next.first_mut() {
        first.main = true;
    }
    (next, direct, on_behalf)
}

fn view(action: Action, file: &CaseFile, (now, random): (Timestamp, &mut Random), visit: &Visit) -> ActionView {
    ActionView {
        name: action.label(visit.lang.code()).to_owned(),
        address: address_of(file, action),
        plain: is_plain(action).then(|| (file.case.version, random.id(now).to_string())),
        main: false,
    }
}

/// Where an action is asked for and done.
pub(crate) fn address_of(file: &CaseFile, action: Action) -> String {
    format!("{}/acts/{}", address(&file.case.id), action.code())
}

/// Whether an allowed action can lead anywhere: what can be done once and was done would be refused.
fn is_of_use(action: Action, file: &CaseFile, today: Date) -> bool {
    let case = &file.case;
    match action {
        Action::Take => case.assignee.is_none(),
        Action::AskSupplement => case.missing.is_none(),
        Action::Extend => case.extension.is_none(),
        Action::Escalate => !case.escalated,
        Action::DeemWithdrawn => file.clock.deadlines.supplement.is_some_and(|due| due < today),
        Action::NameParties => case.records.contains(&Record::Outcome) || !file.parties.is_empty(),
        _ => true,
    }
}
