//! The data standard: what a part should say, and how to tell what is wrong with it.
//!
//! Modelled on the CNIPA basic data specification and WIPO ST.96. [`check`] reports, it never repairs or refuses: a
//! part with errors is still loaded. [`completeness`] counts what is there, [`RULES`] names every rule.

mod claims;
mod codes;
mod dates;
mod fields;
mod numbers;
mod required;
mod texts;

#[cfg(test)]
mod tests;

pub use fields::{FIELDS, Field, completeness};

use serde::{Deserialize, Serialize};

use crate::{Date, Part};

/// How bad a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Severity {
    /// Odd or incomplete, yet usable.
    Warning,
    /// Against the standard.
    Error,
}

impl Severity {
    /// The name in `zh` or, for every other language, English.
    pub fn label(self, lang: &str) -> &'static str {
        let (zh, en) = match self {
            Self::Warning => ("警告", "warning"),
            Self::Error => ("错误", "error"),
        };
        if lang == "zh" { zh } else { en }
    }
}

/// One thing that is not as the standard wants it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// Id of the rule in [`RULES`].
    pub rule: &'static str,
    /// Field of the part, as in [`crate::Record`] (`filing_date`, `nice`).
    pub field: &'static str,
    /// How bad it is.
    pub severity: Severity,
    /// What is wrong, in Chinese.
    pub chinese: String,
    /// What is wrong, in English.
    pub english: String,
}

impl Finding {
    /// The message in `zh` or, for every other language, English.
    pub fn message(&self, lang: &str) -> &str {
        if lang == "zh" { &self.chinese } else { &self.english }
    }
}

/// A rule of the standard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Rule {
    /// Stable id.
    pub id: &'static str,
    /// What it asks, in Chinese.
    pub chinese: &'static str,
    /// What it asks, in English.
    pub english: &'static str,
}

/// Every rule, in the order in which findings are reported.
pub const RULES: [Rule; 15] = [
    rule(
        "subject",
        "记录应说明其权利的申请号或公布号",
        "a record names its right by application or publication number",
    ),
    rule(
        "required",
        "应有该类权利与来源所要求的字段",
        "the fields that this kind of right and source requires are there",
    ),
    rule("check-digit", "校验位应与号码一致", "a check digit fits its number"),
    rule("date-order", "优先权日≤申请日≤公布日≤授权日≤届满日", "priority ≤ filing ≤ publication ≤ grant ≤ expiry"),
    rule("date-future", "日期不得晚于检查当日", "nothing has happened after the day of the check"),
    rule("country-code", "国家或组织代码应符合 WIPO ST.3", "country and office codes are those of WIPO ST.3"),
    rule("kind-code", "文献种类代码应属该局所用", "kind codes are those of WIPO ST.16 that the office uses"),
    rule("language-code", "语种代码应为 ISO 639-1 两位小写字母", "languages are two lower-case letters of ISO 639-1"),
    rule("class-range", "尼斯分类 1–45、洛迦诺 1–32、维也纳 1–29", "Nice classes are 1–45, Locarno 1–32, Vienna 1–29"),
    rule("status-code", "官方状态用语应在对照表中", "the office's words on the state are in the tables"),
    rule("claim-number", "权利要求编号应从 1 起连续且不重复", "claims are numbered from 1 without gap or repetition"),
    rule("claim-reference", "权利要求只能引用在前的权利要求", "a claim refers to earlier claims only"),
    rule("empty-text", "文本与名称不得为空", "texts and names are not empty"),
    rule("control-character", "文本不得含控制字符", "texts hold no control characters"),
    rule("lost-character", "文本不得含无法还原的替代字符", "texts hold no replacement characters of a failed decoding"),
];

const fn rule(id: &'static str, chinese: &'static str, english: &'static str) -> Rule {
    Rule { id, chinese, english }
}

/// Everything in `part` that is not as the standard wants it, in the order of [`RULES`]. `today` is the day of the
/// check. A withdrawn part says nothing, so nothing but its subject is checked.
pub fn check(part: &Part, today: Date) -> Vec<Finding> {
    let mut findings = Vec::new();
    numbers::subject(part, &mut findings);
    if part.withdrawn {
        return findings;
    }
    required::check(part, &mut findings);
    numbers::check_digit(part, &mut findings);
    dates::order(part, &mut findings);
    dates::future(part, today, &mut findings);
    codes::check(part, &mut findings);
    claims::check(&part.record.claims, &mut findings);
    texts::check(part, &mut findings);
    findings
}

fn error(rule: &'static str, field: &'static str, chinese: String, english: String) -> Finding {
    Finding { rule, field, severity: Severity::Error, chinese, english }
}

fn warning(rule: &'static str, field: &'static str, chinese: String, english: String) -> Finding {
    Finding { rule, field, severity: Severity::Warning, chinese, english }
}
