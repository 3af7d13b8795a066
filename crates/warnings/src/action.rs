//! What the acts of this room are called in the audit trail.

/// Code, Chinese and English name.
const LABELS: [(&str, &str, &str); 11] = [
    ("warning.acknowledge", "知悉预警", "acknowledged a warning"),
    ("warning.assign", "交办预警", "assigned a warning"),
    ("warning.check", "检查预警规则", "checked the warning rules"),
    ("warning.close", "关闭预警", "closed a warning"),
    ("warning.comment", "备注预警", "commented on a warning"),
    ("warning.reopen", "重新打开预警", "opened a warning again"),
    ("warning-rule.change", "修改预警规则", "changed a warning rule"),
    ("warning-rule.make", "新增预警规则", "made a warning rule"),
    ("warning-rule.start", "启用预警规则", "switched a warning rule on"),
    ("warning-rule.stop", "停用预警规则", "switched a warning rule off"),
    ("warning-rule.install", "装入初始预警规则", "installed the starting warning rules"),
];

/// What an act of this crate is called in `zh` or, for every other language, English; none for acts of others.
pub fn action_label(action: &str, lang: &str) -> Option<&'static str> {
    let (_, zh, en) = LABELS.iter().find(|(code, _, _)| *code == action)?;
    Some(if lang == "zh" { zh } else { en })
}
