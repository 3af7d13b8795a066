//! What the acts on accounts are called.

/// Code, Chinese and English name of every act that this crate writes into the trail, but those of [`crate::keeping`].
const LABELS: [(&str, &str, &str); 29] = [
    ("audit.read", "查阅审计日志", "read the audit trail"),
    ("audit.verify", "校验审计日志", "verified the audit trail"),
    ("notice.send-again", "重新发送通知", "sent a notice again"),
    ("person.change", "修改个人资料", "changed particulars"),
    ("person.confirm-email", "确认电子邮箱", "confirmed the e-mail address"),
    ("person.confirmation", "申请确认邮箱", "asked to confirm the e-mail address"),
    ("person.delete", "注销账户", "deleted the account"),
    ("person.export", "导出个人数据", "exported personal data"),
    ("person.find", "查找人员", "looked for a person"),
    ("person.forgot-password", "申请重设密码", "asked for a new password"),
    ("person.link", "绑定统一登录", "linked a sign-in provider"),
    ("person.password", "设置密码", "set a password"),
    ("person.read", "查看个人信息", "read personal data"),
    ("person.reset-link", "发出重设密码链接", "made a link to set a password"),
    ("person.sign-up", "注册", "signed up"),
    ("person.unlink", "解除统一登录", "unlinked a sign-in provider"),
    ("role.give", "授予角色", "gave a role"),
    ("role.take", "收回角色", "took a role"),
    ("second-step.begin", "开始设置两步验证", "began to set the second step up"),
    ("second-step.codes", "更换恢复码", "renewed recovery codes"),
    ("second-step.confirm", "开启两步验证", "turned the second step on"),
    ("second-step.lift", "代为关闭两步验证", "lifted the second step for someone"),
    ("second-step.pass", "通过两步验证", "passed the second step"),
    ("second-step.remove", "关闭两步验证", "turned the second step off"),
    ("session.begin", "登录", "signed in"),
    ("session.end", "结束登录", "ended a session"),
    ("session.end-others", "结束其他登录", "ended other sessions"),
    ("session.refuse", "登录失败", "failed to sign in"),
    ("webhook.set", "设置推送地址", "set a webhook"),
];

/// What an act of this crate is called in `zh` or, for every other language, English; none for acts of others.
pub fn action_label(action: &str, lang: &str) -> Option<&'static str> {
    let (_, zh, en) = LABELS.iter().find(|(code, _, _)| *code == action)?;
    Some(if lang == "zh" { zh } else { en })
}

#[cfg(test)]
#[path = "action_tests.rs"]
mod tests;
