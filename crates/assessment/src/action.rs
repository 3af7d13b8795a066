//! What the acts on assessments are called.

const LABELS: [(&str, &str, &str); 17] = [
    ("assessment.attach", "上传佐证", "attached evidence"),
    ("assessment.call", "邀请评审", "called a reviewer"),
    ("assessment.conflict", "申报利益冲突", "declared a conflict of interest"),
    ("assessment.copy", "重新提取指标", "copied indicators anew"),
    ("assessment.decide", "处理异议", "decided an objection"),
    ("assessment.detach", "撤下佐证", "took evidence back"),
    ("assessment.enter", "填写自评", "entered a self-evaluation"),
    ("assessment.import", "导入自评", "imported a self-evaluation"),
    ("assessment.mark", "评审打分", "gave marks"),
    ("assessment.object", "提出异议", "objected"),
    ("assessment.open", "组织考核", "opened an assessment"),
    ("assessment.scheme-discard", "删除方案草稿", "discarded a draft of a scheme"),
    ("assessment.scheme-draft", "起草考核方案", "drafted a scheme"),
    ("assessment.scheme-publish", "发布考核方案", "published a scheme"),
    ("assessment.step", "推进考核", "took an assessment further"),
    ("assessment.submit", "提交自评", "handed a self-evaluation in"),
    ("assessment.uncall", "取消邀请", "took a call to review back"),
];

/// What an act of this crate is called in `zh` or, for every other language, English; none for acts of others.
pub fn action_label(action: &str, lang: &str) -> Option<&'static str> {
    let (_, zh, en) = LABELS.iter().find(|(code, _, _)| *code == action)?;
    Some(if lang == "zh" { zh } else { en })
}
