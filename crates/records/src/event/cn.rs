//! Chinese patents: codes of the patent register service (PRS), the older codes that INPADOC keeps, and the
//! gazette's words in their many spellings.

use std::borrow::Cow;

use super::Effect::{
    Corrected, DisputeEnded, Disputed, Examination, Expired, Frozen, Granted, Invalidated, Lapsed, LicenceEnded,
    Licensed, Narrowed, PartyChanged, PledgeEnded, Pledged, Published, Refused, Renewed, Restored, Surrendered,
    Transferred, Unfrozen, Withdrawn,
};
use super::{Effect, Event};
use crate::{Date, read_date};

/// What a code alone tells.
enum Meaning {
    /// This effect.
    Is(Effect),
    /// Known, and without effect on the right or its use.
    Nothing,
    /// Several effects share the code: the words decide.
    Words,
}

/// Codes of the PRS (two letters and two digits) and older ones of INPADOC's Chinese records.
fn meaning(code: &str) -> Option<Meaning> {
    use Meaning::{Is, Nothing, Words};
    Some(match code {
        "PB01" | "C06" | "BB1A" | "CI01" | "CU03" | "GR02" => Is(Published),
        "SE01" | "C10" | "DE01" | "EXSB" => Is(Examination),
        "GR01" | "GR03" | "GRSP" | "C14" | "C61" | "FG1K" | "FG4A" => Is(Granted),
        "RJ01" | "C12" => Is(Refused),
        // A grant that the applicant never took up (fees not paid) counts as withdrawn: the right never began.
        "WD01" | "WW01" | "AD01" | "C01" | "C02" | "C03" | "C04" | "C05" | "C20" | "MA1K" => Is(Withdrawn),
        "CF01" | "CE01" | "C17" | "C19" | "MM1K" | "MM4A" => Is(Lapsed),
        "AV01" | "RGAV" | "AR01" | "C25" => Is(Surrendered),
        "IW01" | "RW01" | "C28" => Is(Invalidated),
        "IP01" | "RP01" | "AV02" | "C26" => Is(Narrowed),
        "CX01" | "MK1K" | "MK4A" => Is(Expired),
        "RR01" | "RA01" | "REIN" | "C49" | "C52" => Is(Restored),
        "RN01" => Is(Renewed),
        "TA01" | "TR01" | "ASS" | "C41" | "C44" | "C45" | "C47" => Is(Transferred),
        "CB01" | "CB02" | "CB03" | "CB04" | "CP01" | "CP02" | "CP03" | "COR" | "C56" | "REPR" => Is(PartyChanged),
        "EE01" | "LIC" => Is(Licensed),
        "EC01" => Is(LicenceEnded),
        "PE01" => Is(Pledged),
        "PC01" => Is(PledgeEnded),
        "PP01" => Is(Frozen),
        "PD01" => Is(Unfrozen),
        "CI02" | "CI03" | "CU01" | "CU02" | "CD01" | "CD02" | "CD03" | "C53" | "ERR" | "RECT" => Is(Corrected),
        // EXPY stood for every end of a right; C32 and C35 for invalidation in whole or in part.
        "EXPY" | "C13" | "C32" | "C35" | "C60" | "C62" | "LICC" | "OR01" | "PLDC" | "RINS" => Words,
        // Contract changes, service by publication, secrecy, term adjustment, open licences.
        "EM01" | "PM01" | "DD01" | "DC01" | "DCSP" | "C15" | "C57" | "C59" | "CGPU" | "OL01" | "OL02" | "REG"
        | "TG01" | "TP01" => Nothing,
        _ => return None,
    })
}

/// The effect of a Chinese event: by its code, else by its words (`专利权的终止(未缴年费专利权终止)`).
/// Details after the event's name do not matter.
pub fn effect(code: &str, text: &str) -> Option<Effect> {
    match meaning(&code.trim().to_ascii_uppercase()) {
        Some(Meaning::Is(effect)) => Some(effect),
        Some(Meaning::Nothing) => None,
        // The one code whose bare form still says that the right is over.
        Some(Meaning::Words) if code.trim().eq_ignore_ascii_case("EXPY") => text_effect(text).or(Some(Lapsed)),
        Some(Meaning::Words) | None => text_effect(text),
    }
}

/// Whether the table knows the code, even if it has no effect.
pub(super) fn knows(code: &str) -> bool {
    meaning(code).is_some()
}

/// Rules on the words, first match wins: (all of these, none of those, effect). The order matters: an end names the
/// grant it ends, a licence the patent, a correction what it corrects.
const WORDS: &[(&[&str], &[&str], Option<Effect>)] = &[
    (&["送达"], &[], None),
    (&["不予恢复"], &[], None),
    (&["恢复"], &["请求恢复"], Some(Restored)),
    (&["更正"], &[], Some(Corrected)),
    (&["勘误"], &[], Some(Corrected)),
    // Gazette headings that name both beginning and end tell nothing.
    (&["生效", "注销"], &[], None),
    (&["质押", "变更"], &[], None),
    (&["质押", "注销"], &[], Some(PledgeEnded)),
    (&["质押", "解除"], &[], Some(PledgeEnded)),
    (&["质押"], &[], Some(Pledged)),
    (&["开放许可"], &[], None),
    (&["许可", "变更"], &[], None),
    (&["许可", "注销"], &[], Some(LicenceEnded)),
    (&["许可", "终止"], &[], Some(LicenceEnded)),
    (&["许可"], &[], Some(Licensed)),
    (&["保全及"], &[], None),
    (&["保全", "解除"], &[], Some(Unfrozen)),
    (&["保全"], &[], Some(Frozen)),
    (&["维持", "有效"], &[], Some(DisputeEnded)),
    (&["部分无效"], &["全部"], Some(Narrowed)),
    (&["部分撤销"], &["全部"], Some(Narrowed)),
    (&["部分放弃"], &[], Some(Narrowed)),
    (&["全部无效"], &["部分"], Some(Invalidated)),
    (&["专利权撤销"], &["部分"], Some(Invalidated)),
    (&["撤销专利权"], &["部分"], Some(Invalidated)),
    (&["无效宣告", "请求"], &[], Some(Disputed)),
    (&["宣告", "无效"], &["部分"], Some(Invalidated)),
    (&["无效"], &[], None),
    (&["避免重复"], &[], Some(Surrendered)),
    (&["视为放弃"], &[], Some(Withdrawn)),
    (&["放弃"], &["优先权"], Some(Surrendered)),
    (&["届满"], &[], Some(Expired)),
    (&["终止"], &["中止"], Some(Lapsed)),
    (&["未缴年费"], &[], Some(Lapsed)),
    (&["撤回"], &["优先权", "请求撤回"], Some(Withdrawn)),
    (&["复审"], &[], Some(Examination)),
    (&["驳回"], &[], Some(Refused)),
    (&["续展"], &[], Some(Renewed)),
    (&["转移"], &[], Some(Transferred)),
    (&["转让"], &[], Some(Transferred)),
    (&["继承"], &[], Some(Transferred)),
    (&["变更"], &[], Some(PartyChanged)),
    (&["解密"], &[], None),
    (&["期限补偿"], &[], None),
    (&["实质审查"], &[], Some(Examination)),
    (&["实审"], &[], Some(Examination)),
    (&["授权"], &["未授权"], Some(Granted)),
    (&["授予"], &["不授予"], Some(Granted)),
    (&["公布"], &[], Some(Published)),
    (&["公开"], &[], Some(Published)),
    (&["审定"], &[], Some(Published)),
    (&["公告"], &[], Some(Published)),
];

fn text_effect(text: &str) -> Option<Effect> {
    let name: String = name_of(text).chars().filter(|c| c.is_alphanumeric() && *c != '的').collect();
    let rule = WORDS.iter().find(|(with, without, _)| {
        with.iter().all(|word| name.contains(word)) && !without.iter().any(|word| name.contains(word))
    });
    rule.and_then(|(_, _, effect)| *effect)
}

/// The event's name: what stands before the first labelled detail.
fn name_of(text: &str) -> &str {
    let text = text.trim();
    let end = [
        "\n",
        "\r",
        "；",
        ";",
        "IPC",
        "申请日",
        "登记生效日",
        "登记号",
        "合同备案号",
        "专利号",
        "变更前",
        "授权公告日",
    ]
    .into_iter()
    .filter_map(|mark| text.find(mark))
    .filter(|at| *at > 0)
    .min();
    end.map_or(text, |at| &text[..at])
}

/// The labelled details of `PRSInformation`: `label：value`, one a line, or several in a line after `；`. A line
/// without a label goes on with the value before it.
pub fn facts(information: &str) -> Vec<(String, String)> {
    let mut facts: Vec<(String, String)> = Vec::new();
    for line in information.lines().flat_map(|line| line.split(['；', ';'])) {
        let line = line.trim();
        if line.is_empty() {
            continue;
        }
        match (labelled(line), facts.last_mut()) {
            (Some((label, value)), _) => facts.push((label.to_owned(), squeeze(value))),
            (None, Some((_, value))) => {
                if !value.is_empty() {
                    value.push(' ');
                }
                value.push_str(&squeeze(line));
            }
            (None, None) => facts.push((String::new(), squeeze(line))),
        }
    }
    facts
}

/// Splits at the first colon when what stands before it looks like a label: short, and beginning with a letter.
fn labelled(line: &str) -> Option<(&str, &str)> {
    let (label, value) = line.split_once(['：', ':'])?;
    let label = label.trim();
    let short = (1..=20).contains(&label.chars().count());
    (short && label.starts_with(char::is_alphabetic)).then_some((label, value.trim()))
}

fn squeeze(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Name and details in one line: `专利权的转移；登记生效日：2019-01-02；变更前权利人：甲公司`. Dates are written
/// with hyphens, details without a value are left out.
pub fn event_text(name: &str, information: &str) -> String {
    let mut text = squeeze(name);
    for (label, value) in facts(information) {
        if value.is_empty() || (label.is_empty() && value == text) {
            continue;
        }
        if !text.is_empty() {
            text.push('；');
        }
        if !label.is_empty() {
            text.push_str(&label);
            text.push('：');
        }
        text.push_str(&dated(&label, &value));
    }
    text
}

fn dated<'a>(label: &str, value: &'a str) -> Cow<'a, str> {
    let date = if label.ends_with('日') { read_date(value) } else { None };
    date.map_or(Cow::Borrowed(value), |date| Cow::Owned(date.to_string()))
}

/// A whole PRS record as an event: `PRSPublicationDate`, `PRSCode`, `PRSValue`, `PRSInformation`. The details are
/// heard for an effect only where the record has no name.
pub fn event(date: Option<Date>, code: &str, name: &str, information: &str) -> Event {
    let words = if name.trim().is_empty() { information } else { name };
    Event {
        date,
        code: code.trim().to_ascii_uppercase(),
        text: event_text(name, information),
        effect: effect(code, words),
    }
}
