//! The report as a page that stands by itself: no script, no remote resources, fit for print.

use std::fmt::Write as _;

use records::standard::{FIELDS, RULES};
use sources::FORMATS;

use crate::{FormatReport, Report, Tally};

const STYLE: &str = "body{font:15px/1.5 system-ui,'Noto Sans CJK SC','PingFang SC','Microsoft YaHei',sans-serif;\
max-width:70rem;margin:2rem auto;padding:0 1rem;color:#1b1f24;background:#fff}\
table{border-collapse:collapse;width:100%;margin:.5rem 0 1.5rem}th,td{text-align:left;padding:.3rem .6rem;\
border-bottom:1px solid #d0d7de;vertical-align:top}td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}\
h1{font-size:1.5rem}h2{font-size:1.15rem;border-bottom:2px solid #1f5fa8}code{word-break:break-all}\
meter{width:8rem}.bad{color:#9a1b1b}";

impl Report {
    /// The report as one HTML page in Chinese and English.
    pub fn html(&self) -> String {
        let mut page = String::new();
        let _ = write!(
            page,
            "<!doctype html><html lang=\"zh-CN\"><meta charset=\"utf-8\"><meta name=\"viewport\" \
             content=\"width=device-width\"><title>数据质量报告 Data quality report</title><style>{STYLE}</style>\
             <h1>数据质量报告 <small lang=\"en\">Data quality report</small></h1>"
        );
        self.overview(&mut page);
        for (name, format) in &self.formats {
            section(&mut page, name, format);
        }
        self.refusals(&mut page);
        page
    }

    fn overview(&self, page: &mut String) {
        page.push_str(
            "<table><tr><th>格式 Format<th class=n>文件 Files<th class=n>记录 Records<th class=n>条目 Parts\
             <th class=n>拒收 Refused<th class=n>不合规 Breaches</tr>",
        );
        for (name, format) in &self.formats {
            let refused: u64 = format.quarantined.values().sum();
            let breaches: u64 = format.standard.values().map(|t| t.count).sum();
            let _ = write!(
                page,
                "<tr><td>{}<td class=n>{}<td class=n>{}<td class=n>{}<td class=n>{refused}<td class=n>{breaches}</tr>",
                escape(name),
                format.files,
                format.records,
                format.parts
            );
        }
        page.push_str("</table>");
        if self.formats.is_empty() {
            page.push_str("<p>没有可识别的文件。No file of a known format was found.</p>");
        }
    }

    fn refusals(&self, page: &mut String) {
        if self.refused.is_empty() {
            return;
        }
        let _ = write!(page, "<h2 class=bad>拒收 Refused: {}</h2><table>", self.refused_total);
        for refused in &self.refused {
            let position = refused.position.map_or_else(String::new, |p| format!(" @{p}"));
            let _ = write!(
                page,
                "<tr><td><code>{}{position}</code><td>{}<td>{}</tr>",
                escape(&refused.file),
                escape(&refused.code),
                escape(&refused.message)
            );
        }
        page.push_str("</table>");
    }
}

fn section(page: &mut String, name: &str, format: &FormatReport) {
    let known = FORMATS.iter().find(|known| known.name == name);
    let title = known.map_or_else(String::new, |known| format!("{} {}", known.chinese, known.english));
    let _ = write!(page, "<h2>{} <small>{}</small></h2>", escape(&title), escape(name));
    completeness(page, format);
    tallies(page, "不合规 Breaches of the data standard", &format.standard);
    tallies(page, "修补或略去 Mended or left out", &format.warnings);
    if !format.unread.is_empty() {
        page.push_str("<table><caption>未读元素 Elements no field takes</caption>");
        for (path, count) in &format.unread {
            let _ = write!(page, "<tr><td><code>{}</code><td class=n>{count}</tr>", escape(path));
        }
        page.push_str("</table>");
    }
}

/// A bar for every field that some part has, and the names of those that none has.
fn completeness(page: &mut String, format: &FormatReport) {
    if format.completeness.is_empty() {
        return;
    }
    let mut missing = Vec::new();
    page.push_str("<table><caption>字段完整度 Completeness by field</caption>");
    for field in &FIELDS {
        let count = format.completeness.get(field.name).copied().unwrap_or_default();
        if count == 0 {
            missing.push(format!("{} {}", field.chinese, field.english));
            continue;
        }
        let percent = format.percent(count);
        let _ = write!(
            page,
            "<tr><td>{} {}<td><meter min=0 max=100 value={percent:.0}>{percent:.0}%</meter><td class=n>{count}\
             <td class=n>{percent:.1}%</tr>",
            field.chinese, field.english
        );
    }
    page.push_str("</table>");
    if !missing.is_empty() {
        let _ = write!(page, "<p>未提供 Not given: {}</p>", missing.join("、"));
    }
}

fn tallies(page: &mut String, caption: &str, tallies: &std::collections::BTreeMap<String, Tally>) {
    if tallies.is_empty() {
        return;
    }
    let _ = write!(page, "<table><caption>{caption}</caption>");
    for (code, tally) in tallies {
        let rule = RULES.iter().find(|rule| rule.id == code);
        let code = rule.map_or_else(|| code.clone(), |rule| format!("{} {} ({code})", rule.chinese, rule.english));
        let (code, example) = (escape(&code), escape(&tally.example));
        let _ = write!(page, "<tr><td>{code}<td class=n>{}<td>{example}</tr>", tally.count);
    }
    page.push_str("</table>");
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
