//! The flow of a case as data: its states, what may be done in which of them, by whom, and where it leads.
//!
//! [`RULES`] is the one table; the documents print it. A pause is no state: it lies over one and stops the clock.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use accounts::Permission;

network::coded! {
    /// Where a case stands.
    State ("state") {
        /// 需求收集: a request has come in; someone says whether it is taken.
        Received = "received", "待受理", "Received";
        /// 补正: the client is to bring what was missing.
        Supplement = "supplement", "待补正", "Waiting for the client";
        /// 受理: taken.
        Accepted = "accepted", "已受理", "Accepted";
        /// 服务立项: staff, plan, deadline and contact are named.
        SetUp = "set-up", "已立项", "Set up";
        /// 服务实施.
        Work = "work", "办理中", "At work";
        /// One window: another office has it and feeds its status back.
        HandedOn = "handed-on", "已转办", "Handed on";
        /// 成果交付.
        Delivered = "delivered", "已交付", "Delivered";
        /// 回访与评价: the client has answered or was asked.
        FollowUp = "follow-up", "回访评价", "Follow-up";
        /// 归档: ended with an outcome.
        Archived = "archived", "已归档", "Archived";
        /// 不予受理.
        Refused = "refused", "不予受理", "Refused";
        /// 撤回: by the client, or taken so when nothing was supplemented.
        Withdrawn = "withdrawn", "已撤回", "Withdrawn";
        /// 并案: goes on in another case.
        Merged = "merged", "已并案", "Merged";
    }
}

impl State {
    /// Whether nothing more is to be done.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Archived | Self::Refused | Self::Withdrawn | Self::Merged)
    }

    /// Whether the case was taken and is being worked on: the clock of the promise runs.
    pub fn is_running(self) -> bool {
        matches!(self, Self::Accepted | Self::SetUp | Self::Work | Self::HandedOn)
    }
}

network::coded! {
    /// What can be done to a case.
    Action ("action") {
        /// The request comes in; no rule: it has no state before.
        Submit = "submit", "提交需求", "Submit";
        /// Take it.
        Accept = "accept", "受理", "Accept";
        /// Do not take it.
        Refuse = "refuse", "不予受理", "Refuse";
        /// Ask for all that is missing, once.
        AskSupplement = "ask-supplement", "要求补正", "Ask for what is missing";
        /// Bring it.
        Supplement = "supplement", "补正", "Supplement";
        /// Nothing came in time.
        DeemWithdrawn = "deem-withdrawn", "逾期未补正视为撤回", "Take as withdrawn";
        /// Name staff, plan, deadline and contact.
        SetUp = "set-up", "立项", "Set up";
        /// Begin the work.
        Begin = "begin", "开始办理", "Begin";
        /// Give it to someone.
        Assign = "assign", "分派", "Assign";
        /// Take it oneself where nobody has it.
        Take = "take", "领办", "Take";
        /// Stop the clock.
        Pause = "pause", "中止计时", "Pause";
        /// Let it run on.
        Resume = "resume", "恢复计时", "Resume";
        /// Move the deadline, once.
        Extend = "extend", "延期", "Extend";
        /// Lay it before whoever leads.
        Escalate = "escalate", "督办", "Escalate";
        /// Give it to another outlet.
        Transfer = "transfer", "移交网点", "Transfer";
        /// One window: give it to the office that decides.
        HandOn = "hand-on", "转办", "Hand on";
        /// Write down what that office says.
        StatusBack = "status-back", "反馈转办状态", "Feed status back";
        /// That office is done.
        TakeBack = "take-back", "转办办结", "Take back";
        /// Name the parties of a dispute.
        NameParties = "name-parties", "登记当事人", "Name the parties";
        /// Hand the result over.
        Deliver = "deliver", "交付", "Deliver";
        /// The client says how far it is solved.
        Confirm = "confirm", "确认成果", "Confirm";
        /// The client hands it back.
        Return = "return", "退回重办", "Return";
        /// Ask how it went.
        FollowUp = "follow-up", "回访", "Follow up";
        /// End it with an outcome.
        Archive = "archive", "归档", "Archive";
        /// The client wants no more.
        Withdraw = "withdraw", "撤回", "Withdraw";
        /// Let it go on in another case.
        Merge = "merge", "并案", "Merge";
        /// Open it again.
        Reopen = "reopen", "重新办理", "Reopen";
        /// A message between client and staff; beside the flow, no rule.
        Message = "message", "留言", "Message";
        /// An internal note; beside the flow.
        Note = "note", "内部备注", "Note";
        /// A task; beside the flow.
        Task = "task", "任务", "Task";
        /// A document added, replaced or taken back; beside the flow.
        Document = "document", "文件", "Document";
        /// A right, search or analysis tied to the case; beside the flow.
        Link = "link", "关联", "Link";
    }
}

network::coded! {
    /// What an action must bring.
    Need ("need") {
        /// Why.
        Reason = "reason", "理由", "a reason";
        /// Everything that is missing.
        Missing = "missing", "全部缺项", "all that is missing";
        /// Answers or documents.
        Answers = "answers", "补充内容", "what was missing";
        /// Who works on it.
        Staff = "staff", "承办人", "who works on it";
        /// What is to be done.
        Plan = "plan", "方案", "a plan";
        /// By when.
        Deadline = "deadline", "完成日期", "a deadline";
        /// Whom the client may call.
        Contact = "contact", "联系人", "a named contact";
        /// On what ground, with how many working days.
        Ground = "ground", "延期依据和天数", "a ground and days within the limit";
        /// Which outlet.
        Outlet = "outlet", "接收网点", "an outlet";
        /// Which office and the reference there.
        Office = "office", "承办机关和编号", "the office and its reference";
        /// What the office says.
        Status = "status", "状态", "the status";
        /// Who is in dispute.
        Parties = "parties", "当事人", "the parties";
        /// The answer, or documents handed over.
        Result = "result", "答复或成果文件", "an answer or documents";
        /// How far it is solved.
        Answer = "answer", "解决程度", "how far it is solved";
        /// What came of it.
        Outcome = "outcome", "办理结果", "an outcome";
        /// Which case.
        Case = "case", "并入的办件", "the case it goes on in";
    }
}

/// Who may do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// Whoever holds the permission at the outlet of the case.
    Staff(Permission),
    /// The client, signed in or by the tracking code; or staff who work on it, for a client who calls or comes.
    Client,
    /// The client, or whoever holds the permission at the outlet.
    ClientOr(Permission),
}

impl Who {
    /// In `zh` or, for every other language, English.
    pub fn label(self, lang: &str) -> String {
        let (client, or) = if lang == "zh" { ("当事人", "或") } else { ("client", " or ") };
        match self {
            Self::Staff(permission) => permission.code().to_owned(),
            Self::Client => client.to_owned(),
            Self::ClientOr(permission) => format!("{client}{or}{}", permission.code()),
        }
    }
}

/// Where an action leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum To {
    /// To this state.
    State(State),
    /// Nowhere: the state stays.
    Same,
    /// To [`State::Work`] when the case had been accepted, else to [`State::Received`].
    Back,
}

/// One line of the flow.
#[derive(Clone, Copy, Debug)]
pub struct Rule {
    /// What is done.
    pub action: Action,
    /// In which states it may be done.
    pub from: &'static [State],
    /// Where it leads.
    pub to: To,
    /// Who may.
    pub who: Who,
    /// What it must bring.
    pub needs: &'static [Need],
    /// Whether it may be done while the clock stands.
    pub paused: bool,
}

const fn rule(action: Action, from: &'static [State], to: To, who: Who, needs: &'static [Need], paused: bool) -> Rule {
    Rule { action, from, to, who, needs, paused }
}

const WORK: Who = Who::Staff(Permission::WorkCases);
const LEAD: Who = Who::Staff(Permission::LeadCases);
const RUNNING: &[State] = &[State::Accepted, State::SetUp, State::Work, State::HandedOn];
const BEFORE_DELIVERY: &[State] =
    &[State::Received, State::Supplement, State::Accepted, State::SetUp, State::Work, State::HandedOn];
const OPEN: &[State] = &[
    State::Received,
    State::Supplement,
    State::Accepted,
    State::SetUp,
    State::Work,
    State::HandedOn,
    State::Delivered,
    State::FollowUp,
];

/// The flow. One action has one line.
pub const RULES: &[Rule] = &[
    rule(Action::Accept, &[State::Received], To::State(State::Accepted), WORK, &[], false),
    rule(Action::Refuse, &[State::Received], To::State(State::Refused), WORK, &[Need::Reason], false),
    rule(Action::AskSupplement, &[State::Received], To::State(State::Supplement), WORK, &[Need::Missing], false),
    rule(Action::Supplement, &[State::Supplement], To::State(State::Received), Who::Client, &[Need::Answers], false),
    rule(Action::DeemWithdrawn, &[State::Supplement], To::State(State::Withdrawn), WORK, &[], false),
    rule(
        Action::SetUp,
        &[State::Accepted],
        To::State(State::SetUp),
        WORK,
        &[Need::Staff, Need::Plan, Need::Deadline, Need::Contact],
        false,
    ),
    rule(Action::Begin, &[State::Accepted, State::SetUp], To::State(State::Work), WORK, &[], false),
    rule(Action::Assign, OPEN, To::Same, LEAD, &[Need::Staff], true),
    rule(Action::Take, OPEN, To::Same, WORK, &[], true),
    rule(Action::Pause, &[State::Accepted, State::SetUp, State::Work], To::Same, WORK, &[Need::Reason], false),
    rule(Action::Resume, RUNNING, To::Same, WORK, &[], true),
    rule(Action::Extend, RUNNING, To::Same, LEAD, &[Need::Ground, Need::Reason], false),
    rule(Action::Escalate, OPEN, To::Same, WORK, &[Need::Reason], true),
    rule(Action::Transfer, BEFORE_DELIVERY, To::Same, LEAD, &[Need::Outlet, Need::Reason], true),
    rule(
        Action::HandOn,
        &[State::Accepted, State::SetUp, State::Work],
        To::State(State::HandedOn),
        WORK,
        &[Need::Office],
        false,
    ),
    rule(Action::StatusBack, &[State::HandedOn], To::Same, WORK, &[Need::Status], true),
    rule(Action::TakeBack, &[State::HandedOn], To::State(State::Work), WORK, &[Need::Status], false),
    rule(Action::NameParties, RUNNING, To::Same, WORK, &[Need::Parties], true),
    rule(
        Action::Deliver,
        &[State::Accepted, State::SetUp, State::Work],
        To::State(State::Delivered),
        WORK,
        &[Need::Result],
        false,
    ),
    rule(
        Action::Confirm,
        &[State::Delivered, State::FollowUp],
        To::State(State::FollowUp),
        Who::Client,
        &[Need::Answer],
        false,
    ),
    rule(
        Action::Return,
        &[State::Delivered, State::FollowUp],
        To::State(State::Work),
        Who::Client,
        &[Need::Reason],
        false,
    ),
    rule(
        Action::FollowUp,
        &[State::Delivered, State::FollowUp],
        To::State(State::FollowUp),
        WORK,
        &[Need::Reason],
        false,
    ),
    rule(
        Action::Archive,
        &[State::Delivered, State::FollowUp],
        To::State(State::Archived),
        WORK,
        &[Need::Outcome],
        false,
    ),
    rule(Action::Withdraw, BEFORE_DELIVERY, To::State(State::Withdrawn), Who::Client, &[], true),
    rule(Action::Merge, BEFORE_DELIVERY, To::State(State::Merged), LEAD, &[Need::Case, Need::Reason], true),
    rule(
        Action::Reopen,
        &[State::Archived, State::Refused, State::Withdrawn],
        To::Back,
        Who::ClientOr(Permission::LeadCases),
        &[Need::Reason],
        false,
    ),
];

/// The line of an action; none for what lies beside the flow.
pub fn rule_of(action: Action) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.action == action)
}

/// Why an action cannot be done now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hindrance {
    /// Not in this state.
    State,
    /// The clock stands; resume first.
    Paused,
    /// The clock does not stand: nothing to resume.
    Running,
}

/// Whether an action may be done where a case stands; its line if so.
pub fn may(action: Action, state: State, paused: bool) -> Result<&'static Rule, Hindrance> {
    let rule = rule_of(action).filter(|rule| rule.from.contains(&state)).ok_or(Hindrance::State)?;
    match (paused, action) {
        (false, Action::Resume) => Err(Hindrance::Running),
        (true, _) if !rule.paused => Err(Hindrance::Paused),
        _ => Ok(rule),
    }
}

/// All that may be done where a case stands.
pub fn actions(state: State, paused: bool) -> impl Iterator<Item = &'static Rule> {
    RULES.iter().filter(move |rule| may(rule.action, state, paused).is_ok())
}

/// The state an action leads to.
pub fn next(rule: &Rule, state: State, was_accepted: bool) -> State {
    match rule.to {
        To::State(next) => next,
        To::Same => state,
        To::Back if was_accepted => State::Work,
        To::Back => State::Received,
    }
}

#[cfg(test)]
#[path = "flow_tests.rs"]
mod tests;
