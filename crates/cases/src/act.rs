//! Acts: what is done to a case, as the one who does it sends it.

use accounts::{Actor, PersonId};
use jiff::civil::Date;
use network::{Fault, OrganisationId};
use serde::{Deserialize, Serialize};
use services::Answers;
use utoipa::ToSchema;

use crate::error::fault;
use crate::{Action, CaseId, Ground, Outcome, Party, Plan, Settlement, Solved, TrackingCode};

/// Characters of a reason, note or answer at most.
pub(crate) const LONGEST_TEXT: usize = 10_000;
/// Entries of a list at most.
const MOST_ENTRIES: usize = 50;
/// People who can have come to one training.
const MOST_ATTENDED: i64 = 100_000;

/// Whoever acts or asks, with the tracking code shown, if any.
#[derive(Clone, Copy, Debug)]
pub struct By<'a> {
    /// The actor.
    pub actor: &'a Actor,
    /// The code that opens one case without an account.
    pub tracking: Option<&'a TrackingCode>,
}

impl<'a> From<&'a Actor> for By<'a> {
    fn from(actor: &'a Actor) -> Self {
        Self { actor, tracking: None }
    }
}

/// To which case, in which version, an act is done.
#[derive(Clone, Copy, Debug)]
pub struct Step<'a> {
    /// Who acts.
    pub by: By<'a>,
    /// Which case.
    pub case: &'a CaseId,
    /// The version that was seen.
    pub version: i64,
    /// Made by the client for this one act: sent again, it is done once. Empty for none.
    pub key: &'a str,
}

/// One act with what it brings.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, ToSchema)]
#[serde(tag = "action", rename_all = "kebab-case", deny_unknown_fields)]
pub enum Act {
    /// 受理.
    Accept,
    /// 不予受理.
    Refuse {
        /// Why, and where else to go.
        reason: String,
    },
    /// 要求补正: once, everything together.
    AskSupplement {
        /// Everything that is missing.
        missing: Vec<String>,
    },
    /// 补正; documents are added beside.
    Supplement {
        /// Answers that replace those of the same keys.
        #[serde(default)]
        #[schema(value_type = Object)]
        answers: Answers,
        /// In words.
        #[serde(default)]
        note: String,
    },
    /// 逾期未补正视为撤回.
    DeemWithdrawn,
    /// 立项.
    SetUp(Plan),
    /// 开始办理.
    Begin,
    /// 分派.
    Assign {
        /// To whom.
        to: PersonId,
    },
    /// 领办.
    Take,
    /// 中止计时.
    Pause {
        /// Why.
        reason: String,
    },
    /// 恢复计时.
    Resume,
    /// 延期.
    Extend {
        /// On what ground.
        ground: Ground,
        /// By how many working days.
        days: u32,
        /// Why.
        reason: String,
    },
    /// 督办.
    Escalate {
        /// Why.
        reason: String,
    },
    /// 移交网点.
    Transfer {
        /// Which outlet takes it.
        outlet: OrganisationId,
        /// Why.
        reason: String,
    },
    /// 转办.
    HandOn {
        /// The office that decides.
        office: String,
        /// The reference there.
        reference: String,
    },
    /// 反馈转办状态.
    StatusBack {
        /// What the office says.
        status: String,
    },
    /// 转办办结.
    TakeBack {
        /// What the office says in the end.
        status: String,
    },
    /// 登记当事人: of rights aid and mediation.
    NameParties {
        /// All of them.
        parties: Vec<Party>,
    },
    /// 交付.
    Deliver {
        /// The answer, or advice on the use of the documents that the client sees.
        result: String,
    },
    /// 确认成果.
    Confirm {
        /// How far it is solved.
        solved: Solved,
        /// In words.
        #[serde(default)]
        words: String,
    },
    /// 退回重办.
    Return {
        /// Why.
        reason: String,
    },
    /// 回访.
    FollowUp {
        /// How the client was asked, and what was said.
        note: String,
        /// How far it is solved in the client's eyes, if said.
        #[serde(default)]
        solved: Option<Solved>,
    },
    /// 归档.
    Archive {
        /// What came of it.
        outcome: Outcome,
        /// What the parties came to, where there are parties.
        #[serde(default)]
        settlement: Option<Settlement>,
        /// How many people came, where the item keeps a record of attendance.
        #[serde(default)]
        attended: Option<i64>,
        /// What the archive says.
        #[serde(default)]
        summary: String,
    },
    /// 撤回.
    Withdraw {
        /// Why, if the client says so.
        #[serde(default)]
        reason: String,
    },
    /// 并案.
    Merge {
        /// The case it goes on in.
        into: CaseId,
        /// Why.
        reason: String,
    },
    /// 重新办理.
    Reopen {
        /// Why.
        reason: String,
    },
}

impl Act {
    /// What is done.
    pub fn action(&self) -> Action {
        match self {
            Self::Accept => Action::Accept,
            Self::Refuse { .. } => Action::Refuse,
            Self::AskSupplement { .. } => Action::AskSupplement,
            Self::Supplement { .. } => Action::Supplement,
            Self::DeemWithdrawn => Action::DeemWithdrawn,
            Self::SetUp(_) => Action::SetUp,
            Self::Begin => Action::Begin,
            Self::Assign { .. } => Action::Assign,
            Self::Take => Action::Take,
            Self::Pause { .. } => Action::Pause,
            Self::Resume => Action::Resume,
            Self::Extend { .. } => Action::Extend,
            Self::Escalate { .. } => Action::Escalate,
            Self::Transfer { .. } => Action::Transfer,
            Self::HandOn { .. } => Action::HandOn,
            Self::StatusBack { .. } => Action::StatusBack,
            Self::TakeBack { .. } => Action::TakeBack,
            Self::NameParties { .. } => Action::NameParties,
            Self::Deliver { .. } => Action::Deliver,
            Self::Confirm { .. } => Action::Confirm,
            Self::Return { .. } => Action::Return,
            Self::FollowUp { .. } => Action::FollowUp,
            Self::Archive { .. } => Action::Archive,
            Self::Withdraw { .. } => Action::Withdraw,
            Self::Merge { .. } => Action::Merge,
            Self::Reopen { .. } => Action::Reopen,
        }
    }

    /// Why, in the words of who acts.
    pub(crate) fn reason(&self) -> Option<&str> {
        let reason = match self {
            Self::Refuse { reason }
            | Self::Pause { reason }
            | Self::Extend { reason, .. }
            | Self::Escalate { reason }
            | Self::Transfer { reason, .. }
            | Self::Return { reason }
            | Self::Withdraw { reason }
            | Self::Merge { reason, .. }
            | Self::Reopen { reason } => reason,
            Self::Supplement { note, .. } | Self::FollowUp { note, .. } => note,
            Self::Confirm { words, .. } => words,
            _ => return None,
        };
        Some(reason.trim()).filter(|reason| !reason.is_empty())
    }

    /// Everything that is wrong with what it brings, as far as it alone tells.
    pub(crate) fn faults(&self, today: Date) -> Vec<Fault> {
        let mut faults = Vec::new();
        match self {
            Self::Refuse { reason }
            | Self::Pause { reason }
            | Self::Extend { reason, .. }
            | Self::Escalate { reason }
            | Self::Transfer { reason, .. }
            | Self::Return { reason }
            | Self::Merge { reason, .. }
            | Self::Reopen { reason } => written(&mut faults, "reason", reason, true),
            Self::Supplement { note, .. } => written(&mut faults, "note", note, false),
            Self::Withdraw { reason } => written(&mut faults, "reason", reason, false),
            Self::FollowUp { note, .. } => written(&mut faults, "note", note, true),
            Self::Confirm { words, .. } => written(&mut faults, "words", words, false),
            Self::Deliver { result } => written(&mut faults, "result", result, false),
            Self::StatusBack { status } | Self::TakeBack { status } => written(&mut faults, "status", status, true),
            Self::HandOn { office, reference } => {
                written(&mut faults, "office", office, true);
                written(&mut faults, "reference", reference, true);
            }
            Self::AskSupplement { missing } => {
                listed(&mut faults, "missing", missing.len());
                for what in missing {
                    written(&mut faults, "missing", what, true);
                }
            }
            Self::NameParties { parties } => {
                listed(&mut faults, "parties", parties.len());
                for party in parties {
                    written(&mut faults, "parties", &party.name, true);
                    written(&mut faults, "parties", &party.contact, false);
                }
            }
            Self::SetUp(plan) => of_plan(&mut faults, plan, today),
            Self::Archive { outcome, summary, attended, .. } => {
                written(&mut faults, "summary", summary, false);
                if attended.is_some_and(|people| !(1..=MOST_ATTENDED).contains(&people)) {
                    let zh = format!("人数须为 1 至 {MOST_ATTENDED} 的整数");
                    faults.push(fault("attended", zh, format!("a whole number of people, 1 to {MOST_ATTENDED}")));
                }
                if !Outcome::OF_ARCHIVING.contains(outcome) {
                    let words = "归档结果须为已解决、部分解决、未解决、转由其他机关办理或无法联系当事人";
                    let en = "an archive ends solved, partly solved, not solved, passed on or with no answer";
                    faults.push(fault("outcome", words, en));
                }
            }
            Self::Accept | Self::DeemWithdrawn | Self::Begin | Self::Assign { .. } | Self::Take | Self::Resume => {}
        }
        faults
    }
}

fn of_plan(faults: &mut Vec<Fault>, plan: &Plan, today: Date) {
    listed(faults, "staff", plan.staff.len());
    written(faults, "plan", &plan.plan, true);
    written(faults, "contact", &plan.contact, true);
    if plan.deadline < today {
        faults.push(fault("deadline", "完成日期不能早于今天", "the deadline cannot be before today"));
    }
}

pub(crate) fn written(faults: &mut Vec<Fault>, field: &str, words: &str, needed: bool) {
    if needed && words.trim().is_empty() {
        faults.push(fault(field, "此项必填", "this is needed"));
    }
    if words.chars().count() > LONGEST_TEXT {
        let zh = format!("最多 {LONGEST_TEXT} 个字符");
        faults.push(fault(field, zh, format!("at most {LONGEST_TEXT} characters")));
    }
}

fn listed(faults: &mut Vec<Fault>, field: &str, count: usize) {
    if count == 0 {
        faults.push(fault(field, "请至少填写一项", "name at least one"));
    }
    if count > MOST_ENTRIES {
        let zh = format!("最多 {MOST_ENTRIES} 项");
        faults.push(fault(field, zh, format!("at most {MOST_ENTRIES} entries")));
    }
}
