//! The closing report of a load or check as text.

use std::fmt::Write as _;

use ingest::{FormatReport, Report, Tally};

use super::table;

/// The report; in Chinese for `zh`, else in English.
pub(crate) fn text(report: &Report, lang: &str) -> String {
    let zh = lang == "zh";
    let mut out = String::new();
    if report.formats.is_empty() && report.resumed_files == 0 {
        out.push_str(if zh { "没有可识别的文件。\n" } else { "No file of a known format was found.\n" });
    } else {
        let _ = writeln!(out, "{}", formats(report, zh));
    }
    for (name, format) in &report.formats {
        details(&mut out, name, format, zh);
    }
    for (why, count) in &report.passed_over {
        let _ = writeln!(out, "{}: {count} × {why}", if zh { "跳过的文件" } else { "files passed over" });
    }
    if report.resumed_files > 0 {
        let said =
            if zh { "上次中断前已完成的文件" } else { "files finished before the last run broke off" };
        let _ = writeln!(out, "{said}: {}", report.resumed_files);
    }
    refused(&mut out, report, zh);
    closing(&mut out, report, zh);
    out
}

fn formats(report: &Report, zh: bool) -> comfy_table::Table {
    let heading = if zh {
        ["格式", "文件", "记录", "条目", "新增", "变更", "不变", "较旧", "撤回", "隔离"]
    } else {
        ["format", "files", "records", "parts", "new", "changed", "unchanged", "older", "withdrawn", "quarantined"]
    };
    let row = |name: &str, f: &FormatReport| {
        let quarantined = f.quarantined.values().sum();
        let counts = [f.files, f.records, f.parts, f.new, f.changed, f.unchanged, f.older, f.withdrawn, quarantined];
        std::iter::once(name.to_owned()).chain(counts.map(|c| c.to_string())).collect::<Vec<_>>()
    };
    table(&heading, report.formats.iter().map(|(name, format)| row(name, format)))
}

fn details(out: &mut String, name: &str, format: &FormatReport, zh: bool) {
    let complete: Vec<_> = format
        .completeness
        .iter()
        .filter(|(_, count)| **count > 0)
        .map(|(field, count)| format!("{field} {:.0}%", format.percent(*count)))
        .collect();
    if !complete.is_empty() {
        let _ = writeln!(out, "{name} {}: {}", if zh { "字段完整度" } else { "completeness" }, complete.join(" · "));
    }
    tallies(out, name, if zh { "不合规" } else { "breaches" }, &format.standard);
    tallies(out, name, if zh { "修补" } else { "mended" }, &format.warnings);
    for (why, count) in &format.passed_over {
        let _ = writeln!(out, "{name} {}: {count} × {why}", if zh { "无内容" } else { "nothing in" });
    }
    if !format.unread.is_empty() {
        let total: u64 = format.unread.values().sum();
        let mut paths: Vec<_> = format.unread.iter().collect();
        paths.sort_by_key(|(path, count)| (std::cmp::Reverse(**count), path.as_str()));
        let most: Vec<_> = paths.iter().take(5).map(|(path, count)| format!("{path} {count}")).collect();
        let said = if zh { "未读元素" } else { "elements not read" };
        let _ = writeln!(out, "{name} {said}: {total} ({} paths): {}", paths.len(), most.join(" · "));
    }
}

fn tallies(out: &mut String, name: &str, what: &str, tallies: &std::collections::BTreeMap<String, Tally>) {
    for (code, tally) in tallies {
        let _ = writeln!(out, "{name} {what}: {} × {code} ({})", tally.count, tally.example);
    }
}

fn refused(out: &mut String, report: &Report, zh: bool) {
    for refused in &report.refused {
        let position = refused.position.map_or_else(String::new, |at| format!(" @{at}"));
        let said = if zh { "拒收" } else { "refused" };
        let _ = writeln!(out, "{said} {}{position} [{}] {}", refused.file, refused.code, refused.message);
    }
    let more = report.refused_total - report.refused.len() as u64;
    if more > 0 {
        let _ = writeln!(out, "… {more}; huizhi quarantine");
    }
}

fn closing(out: &mut String, report: &Report, zh: bool) {
    let (records, parts) = (report.total(|f| f.records), report.total(|f| f.parts));
    let touched = report.total(|f| f.new + f.changed + f.withdrawn);
    let seconds = report.seconds;
    let _ = match (zh, seconds > 0.0) {
        (true, true) if touched == 0 => writeln!(
            out,
            "读 {records} 条记录、{parts} 个条目，没有变化，隔离 {}；{seconds:.1} 秒",
            report.refused_total
        ),
        (true, true) => writeln!(
            out,
            "读 {records} 条记录、{parts} 个条目；{} 项权利有变化，隔离 {}；{seconds:.1} 秒",
            report.rights_changed, report.refused_total
        ),
        (false, true) if touched == 0 => writeln!(
            out,
            "{records} records, {parts} parts read; zero changes, {} quarantined; {seconds:.1} s",
            report.refused_total
        ),
        (false, true) => writeln!(
            out,
            "{records} records, {parts} parts read; {} rights changed, {} quarantined; {seconds:.1} s",
            report.rights_changed, report.refused_total
        ),
        (true, false) => writeln!(out, "读 {records} 条记录、{parts} 个条目，拒收 {}", report.refused_total),
        (false, false) => writeln!(out, "{records} records, {parts} parts read; {} refused", report.refused_total),
    };
}
