//! What the acts of this room are called in the audit trail.

/// Code, Chinese and English name.
const LABELS: [(&str, &str, &str); 22] = [
    ("agency.change", "修改代理机构信息", "changed an agency"),
    ("agency.enter", "登记代理机构", "entered an agency"),
    ("credit-event.announce", "公示信用事件", "announced a credit event"),
    ("credit-event.apply-for-repair", "申请信用修复", "applied for the repair of a credit event"),
    ("credit-event.attach", "为信用事件添加证据文件", "added evidence to a credit event"),
    ("credit-event.cancel", "异议成立，撤销信用事件", "cancelled a credit event"),
    ("credit-event.change", "异议部分成立，变更信用事件", "put a credit event under another rule"),
    ("credit-event.detach", "移除信用事件的证据文件", "took evidence out of a credit event"),
    ("credit-event.draft", "录入信用事件", "drafted a credit event"),
    ("credit-event.edit", "修改信用事件草稿", "changed a draft credit event"),
    ("credit-event.object", "对信用事件提出异议", "objected to a credit event"),
    ("credit-event.refuse-repair", "不同意信用修复", "refused the repair of a credit event"),
    ("credit-event.repair", "同意信用修复", "repaired a credit event"),
    ("credit-event.take-effect", "信用事件生效", "a credit event took effect"),
    ("credit-event.uphold", "异议不成立，维持信用事件", "upheld a credit event"),
    ("credit-event.withdraw", "撤回信用事件", "withdrew a credit event"),
    ("credit-lead.dismiss", "核销质量线索", "dismissed a quality lead"),
    ("credit-lead.find", "发现质量线索", "found quality leads"),
    ("credit-lead.take-up", "质量线索转为事件草稿", "made a draft event of a quality lead"),
    ("credit-paper.attach", "为异议或修复申请添加证据文件", "added evidence to an objection or application"),
    ("credit-paper.detach", "移除异议或修复申请的证据文件", "took evidence out of an objection or application"),
    ("credit-rules.issue", "发布信用规则", "issued credit rules"),
];

/// What an act of this crate is called in `zh` or, for every other language, English; none for acts of others.
pub fn action_label(action: &str, lang: &str) -> Option<&'static str> {
    let (_, zh, en) = LABELS.iter().find(|(code, _, _)| *code == action)?;
    Some(if lang == "zh" { zh } else { en })
}
