//! What the acts on indicators are called.

/// Code, Chinese and English name of every act that this crate writes into the trail.
const LABELS: [(&str, &str, &str); 14] = [
    ("indicators.accept", "审定指标数值", "accepted values of indicators"),
    ("indicators.close", "结账", "closed a period"),
    ("indicators.declare-missing", "说明缺报", "declared a period missing"),
    ("indicators.define", "维护指标定义", "wrote the definition of an indicator"),
    ("indicators.fill", "批量写入指标数值", "filled in values of indicators"),
    ("indicators.import", "导入指标数值", "imported values of indicators"),
    ("indicators.install", "装入起始指标", "entered the starting indicators"),
    ("indicators.refresh", "计算指标", "measured indicators"),
    ("indicators.reopen", "重新开放指标数值", "opened accepted values again"),
    ("indicators.reopen-period", "重新开放统计期", "opened a period again"),
    ("indicators.return", "退回指标数值", "returned values of indicators"),
    ("indicators.save", "填写指标数值", "wrote values of indicators"),
    ("indicators.submit", "报送指标数值", "submitted values of indicators"),
    ("indicators.target", "设定指标目标", "set the target of an indicator"),
];

/// What an act of this crate is called in `zh` or, for every other language, English; none for acts of others.
pub fn action_label(action: &str, lang: &str) -> Option<&'static str> {
    let (_, zh, en) = LABELS.iter().find(|(code, _, _)| *code == action)?;
    Some(if lang == "zh" { zh } else { en })
}
