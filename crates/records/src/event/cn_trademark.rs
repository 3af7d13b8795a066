//! Chinese trade marks: the steps of the flow (商标流程) and the status words of the office's site.

use super::Effect;
use super::Effect::{
    Corrected, DisputeEnded, Disputed, Examination, Expired, Filed, Frozen, Granted, Invalidated, LicenceEnded,
    Licensed, Narrowed, PartyChanged, PledgeEnded, Pledged, Published, Refused, Renewed, Restored, Surrendered,
    Transferred, Unfrozen, Withdrawn,
};
use crate::Status;

/// Rules on a flow step: (all of these, none of those, effect), first match wins. A case that is merely under way
/// (`…中`, `…申请收文`) has not changed anything yet; one that is `完成` has.
const FLOW: &[(&[&str], &[&str], Option<Effect>)] = &[
    (&["送达"], &[], None),
    (&["恢复"], &[], Some(Restored)),
    (&["更正", "中"], &[], None),
    (&["更正"], &[], Some(Corrected)),
    (&["补发"], &[], None),
    (&["补证"], &[], None),
    (&["冻结", "解"], &[], Some(Unfrozen)),
    (&["冻结"], &[], Some(Frozen)),
    (&["查封", "解"], &[], Some(Unfrozen)),
    (&["查封"], &[], Some(Frozen)),
    (&["质权", "注销", "完成"], &[], Some(PledgeEnded)),
    (&["质权", "解除"], &[], Some(PledgeEnded)),
    (&["质权", "完成"], &["变更"], Some(Pledged)),
    (&["质权"], &[], None),
    (&["许可", "终止"], &["中"], Some(LicenceEnded)),
    (&["许可", "注销"], &["中"], Some(LicenceEnded)),
    (&["许可", "变更"], &[], None),
    (&["许可", "完成"], &[], Some(Licensed)),
    (&["许可", "公告"], &[], Some(Licensed)),
    (&["许可"], &[], None),
    (&["驳回复审"], &[], Some(Examination)),
    (&["驳回"], &["续展", "转让", "变更", "撤销", "异议", "无效"], Some(Refused)),
    (&["不予受理"], &["续展", "转让", "变更", "撤销", "异议", "无效", "复审"], Some(Refused)),
    (&["不予注册"], &["复审"], Some(Refused)),
    (&["不予核准"], &[], None),
    (&["维持"], &[], Some(DisputeEnded)),
    (&["无效宣告", "完成"], &[], None),
    (&["无效宣告公告"], &["部分"], Some(Invalidated)),
    (&["无效公告"], &["部分"], Some(Invalidated)),
    (&["无效", "部分"], &["中"], Some(Narrowed)),
    (&["无效"], &[], Some(Disputed)),
    (&["撤销", "公告"], &["部分", "申请"], Some(Invalidated)),
    (&["撤销", "部分"], &["中"], Some(Narrowed)),
    (&["撤销", "完成"], &[], None),
    (&["撤销"], &[], Some(Disputed)),
    (&["异议", "完成"], &[], None),
    (&["异议", "撤回"], &[], Some(DisputeEnded)),
    (&["异议"], &[], Some(Disputed)),
    (&["未续展"], &[], Some(Expired)),
    (&["期满"], &["续展", "初审", "宽展"], Some(Expired)),
    (&["部分注销", "完成"], &[], Some(Narrowed)),
    (&["注销", "完成"], &["部分"], Some(Surrendered)),
    (&["注销公告"], &["部分"], Some(Surrendered)),
    (&["注销"], &[], None),
    (&["续展", "完成"], &[], Some(Renewed)),
    (&["续展", "核准"], &[], Some(Renewed)),
    (&["续展公告"], &[], Some(Renewed)),
    (&["续展"], &[], None),
    (&["转让", "完成"], &[], Some(Transferred)),
    (&["转让", "核准"], &[], Some(Transferred)),
    (&["移转", "完成"], &[], Some(Transferred)),
    (&["转让公告"], &[], Some(Transferred)),
    (&["转让"], &[], None),
    (&["移转"], &[], None),
    (&["变更", "完成"], &[], Some(PartyChanged)),
    (&["变更公告"], &[], Some(PartyChanged)),
    (&["变更"], &[], None),
    (&["撤回", "中"], &[], None),
    (&["撤回"], &["复审"], Some(Withdrawn)),
    (&["视为放弃"], &[], Some(Withdrawn)),
    (&["初审公告"], &[], Some(Published)),
    (&["初步审定"], &[], Some(Published)),
    (&["初审"], &[], Some(Examination)),
    (&["注册公告"], &[], Some(Granted)),
    (&["注册证"], &[], Some(Granted)),
    (&["核准注册"], &[], Some(Granted)),
    (&["实质审查"], &[], Some(Examination)),
    (&["受理通知"], &[], Some(Examination)),
    (&["补正"], &[], Some(Examination)),
    (&["注册申请"], &[], Some(Filed)),
];

/// The effect of a flow step such as `商标注册申请---申请收文`, `驳回通知发文`, `商标转让完成`.
pub fn effect(step: &str) -> Option<Effect> {
    let step: String = step.chars().filter(|c| c.is_alphanumeric()).collect();
    let rule = FLOW.iter().find(|(with, without, _)| {
        with.iter().all(|word| step.contains(word)) && !without.iter().any(|word| step.contains(word))
    });
    rule.and_then(|(_, _, effect)| *effect)
}

/// Rules on the status words, first match wins: (any of these, state).
const STATUS: &[(&[&str], Status)] = &[
    (&["审查中", "复审中", "等待", "异议中", "申请中", "待审"], Status::Pending),
    (&["专用权已过期", "已过期", "期满", "未续展"], Status::Expired),
    (&["已驳回", "驳回", "不予受理", "不予注册"], Status::Refused),
    (&["撤回", "视为放弃"], Status::Withdrawn),
    (&["初审公告", "初步审定", "受理", "公告期"], Status::Pending),
    (&["无效", "销亡", "注销", "撤销", "失效", "终止"], Status::Lapsed),
    (&["注册", "有效", "续展", "核准"], Status::InForce),
];

/// What a status text of the site means (`等待实质审查`, `注册公告`, `撤销/无效宣告申请审查中`); `Unknown` for others.
pub fn status(text: &str) -> Status {
    let text: String = text.chars().filter(|c| c.is_alphanumeric()).collect();
    // A case against a registered mark leaves it in force until it is decided.
    let against_registered = text.contains("撤销") || text.contains("无效宣告") || text.contains("注销申请");
    if against_registered && ["中", "待审"].iter().any(|word| text.ends_with(word)) {
        return Status::InForce;
    }
    let rule = STATUS.iter().find(|(words, _)| words.iter().any(|word| text.contains(word)));
    rule.map_or(Status::Unknown, |(_, status)| *status)
}
