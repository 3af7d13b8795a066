//! What the acts of the trail are called.

use crate::language::Lang;

/// Code, Chinese and English name of the acts of the rooms that do not name their own.
const LABELS: &[(&str, &str, &str)] = &[
    ("rating.correct", "更正评价", "corrected a rating"),
    ("rating.give", "评价", "rated"),
    ("services.calendar", "设置工作日历", "set a calendar"),
    ("services.discard", "删除事项草稿", "discarded a draft of a service item"),
    ("services.draft", "起草事项", "drafted a service item"),
    ("services.edit", "修改事项", "changed a service item"),
    ("services.import", "导入事项", "imported service items"),
    ("services.install", "载入标准事项", "installed standard service items"),
    ("services.publish", "发布事项", "published a service item"),
    ("services.withdraw", "停用事项", "withdrew a service item"),
    ("visit.make", "登记到访", "entered a visit"),
];

/// Beginnings of acts, for the filter.
pub(super) const PREFIXES: &[(&str, &str, &str)] = &[
    ("assessment.", "考核评价", "assessments"),
    ("audit.", "审计日志", "audit trail"),
    ("case.", "办件", "requests"),
    ("credit-", "代理机构信用", "credit of agencies"),
    ("draft.", "草稿", "drafts"),
    ("network.", "服务网络", "network"),
    ("notice.", "通知", "notices"),
    ("person.", "账户", "accounts"),
    ("rating.", "评价", "ratings"),
    ("role.", "角色", "roles"),
    ("second-step.", "两步验证", "second step"),
    ("services.", "服务事项", "service items"),
    ("session.", "登录", "sign-ins"),
    ("warning", "预警", "warnings"),
    ("webhook.", "推送", "webhooks"),
];

/// What an act is called; its code where no one has named it.
pub(super) fn label(action: &str, lang: Lang) -> String {
    let own = || LABELS.iter().find(|(code, ..)| *code == action).map(|(_, zh, en)| lang.t(zh, en));
    let code = lang.code();
    let named = accounts::action_label(action, code).or_else(|| accounts::keeping::action_label(action, code));
    let named = named.or_else(|| credit::action_label(action, code)).or_else(|| warnings::action_label(action, code));
    named
        .or_else(|| plans::action_label(action, code))
        .or_else(|| assessment::action_label(action, code))
        .or_else(|| cases::action_label(action, code))
        .or_else(own)
        .unwrap_or(action)
        .to_owned()
}

/// What a kind of object is called.
pub(super) fn kind(kind: &str, lang: Lang) -> &str {
    match kind {
        "audit" => lang.t("日志", "trail"),
        "case" => lang.t("办件", "request"),
        "assessment" => lang.t("考核", "assessment"),
        "assessment-scheme" => lang.t("考核方案", "scheme"),
        "agency" => lang.t("代理机构", "agency"),
        "credit-event" => lang.t("信用事件", "credit event"),
        "credit-lead" => lang.t("质量线索", "quality lead"),
        "credit-rules" => lang.t("信用规则", "credit rules"),
        "draft" => lang.t("草稿", "draft"),
        "item" | "service-item" => lang.t("事项", "service item"),
        "notice" => lang.t("通知", "notice"),
        "organisation" => lang.t("机构", "organisation"),
        "person" => lang.t("人员", "person"),
        "rating" => lang.t("评价", "rating"),
        "warning" => lang.t("预警", "warning"),
        "warning-rule" => lang.t("预警规则", "warning rule"),
        other => other,
    }
}
