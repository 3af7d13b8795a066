//! What an organisation must say, and what it had better say.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::{Fault, Kind, Level, Organisation, Profile, RegionLevel, Status};

/// Characters in a name, number or code at most.
const SHORT: usize = 200;
/// Characters in a text at most.
const LONG: usize = 4000;
/// Services or hours at most.
const MOST_ENTRIES: usize = 200;
/// An entry that no one confirmed for so many days asks for it.
const CONFIRM_AFTER_DAYS: i32 = 365;

/// What keeps a profile from being stored; whether the region is known on the day is asked elsewhere.
pub fn faults(profile: &Profile) -> Vec<Fault> {
    let mut faults = Vec::new();
    lengths(profile, &mut faults);
    level(profile, &mut faults);
    hours(profile, &mut faults);
    services(profile, &mut faults);
    if profile.position.is_some_and(|p| !(p.latitude.abs() <= 90.0 && p.longitude.abs() <= 180.0)) {
        faults.push(Fault::new(
            "position",
            "经纬度超出范围：纬度 -90 至 90，经度 -180 至 180",
            "outside the world: latitude -90 to 90, longitude -180 to 180",
        ));
    }
    if profile.website.as_ref().is_some_and(|site| !(site.starts_with("https://") || site.starts_with("http://"))) {
        faults.push(Fault::new("website", "网址须以 https:// 或 http:// 开头", "must begin with https:// or http://"));
    }
    let mail = |mail: &String| mail.split_once('@').is_some_and(|(who, at)| !who.is_empty() && at.contains('.'));
    if profile.email.as_ref().is_some_and(|text| !mail(text)) {
        faults.push(Fault::new("email", "电子邮箱格式不正确", "is no e-mail address"));
    }
    faults
}

/// The text fields with their names and the longest text each takes.
fn texts(profile: &Profile) -> [(&'static str, Option<&str>, usize); 12] {
    [
        ("name_zh", Some(&profile.name_zh), SHORT),
        ("name_en", profile.name_en.as_deref(), SHORT),
        ("code", profile.code.as_deref(), SHORT),
        ("telephone", profile.telephone.as_deref(), SHORT),
        ("complaint_telephone", profile.complaint_telephone.as_deref(), SHORT),
        ("email", profile.email.as_deref(), SHORT),
        ("website", profile.website.as_deref(), LONG),
        ("address", profile.address.as_deref(), LONG),
        ("postcode", profile.postcode.as_deref(), SHORT),
        ("accessibility", profile.accessibility.as_deref(), LONG),
        ("qualification", profile.qualification.as_deref(), LONG),
        ("promise", profile.promise.as_deref(), LONG),
    ]
}

fn lengths(profile: &Profile, faults: &mut Vec<Fault>) {
    for (field, text, most) in texts(profile) {
        let Some(text) = text else { continue };
        if text.trim().is_empty() {
            faults.push(Fault::new(field, "不能为空", "must not be empty"));
        } else if text.chars().count() > most {
            faults.push(Fault::new(field, format!("最多 {most} 个字符"), format!("takes {most} characters at most")));
        } else if text.trim() != text || text.contains('\0') || text.contains('\r') {
            faults.push(Fault::new(
                field,
                "首尾不能有空格，不能含控制字符",
                "must not begin or end with a space or hold control characters",
            ));
        }
    }
}

fn level(profile: &Profile, faults: &mut Vec<Fault>) {
    let expected = match profile.level {
        Level::Nation => RegionLevel::Nation,
        Level::Province => RegionLevel::Province,
        Level::Prefecture => RegionLevel::Prefecture,
        Level::County => RegionLevel::County,
        Level::Outlet => profile.region.level(),
    };
    if profile.region.level() != expected {
        faults.push(Fault::new(
            "region",
            format!("{}机构的区划代码 {} 级别不符", profile.level.label("zh"), profile.region),
            format!("{} is not the code of a region of the level {}", profile.region, profile.level),
        ));
    }
}

fn hours(profile: &Profile, faults: &mut Vec<Fault>) {
    let mut sorted: Vec<_> = profile.hours.iter().collect();
    sorted.sort();
    let turned = sorted.iter().any(|hours| hours.from >= hours.to);
    let overlap = sorted.windows(2).any(|pair| pair[0].weekday == pair[1].weekday && pair[1].from < pair[0].to);
    let seconds =
        sorted.iter().any(|hours| [hours.from, hours.to].iter().any(|t| t.second() != 0 || t.subsec_nanosecond() != 0));
    let note = sorted.iter().filter_map(|hours| hours.note.as_deref());
    let bad_note = |note: &str| {
        note.trim() != note || note.is_empty() || note.contains([';', '\n', '\r', '\0']) || note.chars().count() > SHORT
    };
    let words = if turned {
        ("开始时间须早于结束时间", "an opening must be before its closing")
    } else if overlap {
        ("同一天的开放时间重叠", "hours of one day overlap")
    } else if seconds {
        ("时间精确到分钟", "times are to the minute")
    } else if note.into_iter().any(bad_note) {
        ("备注不能含分号或换行，最多 200 个字符", "a note holds no semicolon or line end and 200 characters at most")
    } else if profile.hours.len() > MOST_ENTRIES {
        ("开放时间过多", "too many hours")
    } else {
        return;
    };
    faults.push(Fault::new("hours", words.0, words.1));
}

fn services(profile: &Profile, faults: &mut Vec<Fault>) {
    let code = |code: &String| {
        !code.is_empty()
            && code.len() <= SHORT
            && code.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.:/".contains(&b))
    };
    if let Some(bad) = profile.services.iter().find(|service| !code(service)) {
        faults.push(Fault::new(
            "services",
            format!("«{bad}» 不是服务代码：只含字母、数字和 -_.:/"),
            format!("«{bad}» is no code of a service: letters, digits and -_.:/ only"),
        ));
    }
    let distinct: BTreeSet<&String> = profile.services.iter().collect();
    if distinct.len() != profile.services.len() || profile.services.len() > MOST_ENTRIES {
        faults.push(Fault::new("services", "服务重复或过多", "a service stands twice, or there are too many"));
    }
}

/// What the requirements for outlets ask for and an entry does not show. Shown to staff, stops nothing.
pub fn shortcomings(organisation: &Organisation, today: Date) -> Vec<Fault> {
    let profile = &organisation.profile;
    if organisation.status == Status::Closed || profile.kind == Kind::Administration {
        return Vec::new();
    }
    let mut found = Vec::new();
    if profile.full_time.is_none_or(|staff| staff < 2) {
        found.push(Fault::new("full_time", "专职人员少于 2 名", "fewer than 2 full-time staff"));
    }
    let missing = [
        ("hours", profile.hours.is_empty(), "未公布服务时间", "opening hours are not told"),
        ("telephone", profile.telephone.is_none(), "未公布咨询电话", "no telephone for consultation"),
        ("complaint_telephone", profile.complaint_telephone.is_none(), "未公布投诉电话", "no telephone for complaints"),
        ("address", profile.address.is_none(), "未公布地址", "no address"),
        ("qualification", profile.qualification.is_none(), "未公示资质", "the qualification is not shown"),
        ("promise", profile.promise.is_none(), "未公示服务承诺", "no promise is shown"),
        ("services", profile.services.is_empty(), "未列出服务事项", "no services are listed"),
    ];
    found.extend(missing.iter().filter(|(_, is, _, _)| *is).map(|(field, _, zh, en)| Fault::new(field, *zh, *en)));
    if profile.code.as_deref().is_some_and(|code| !credit_code_is_sound(code)) {
        found.push(Fault::new(
            "code",
            "统一社会信用代码校验不通过，请核对",
            "the check digit of the credit code is wrong",
        ));
    }
    let confirmed = organisation.confirmed.as_ref().map(|c| c.at.to_zoned(TimeZone::UTC).date());
    let late = confirmed.is_none_or(|day| day.until(today).map_or(0, |span| span.get_days()) > CONFIRM_AFTER_DAYS);
    if late {
        found.push(Fault::new("confirmed", "一年内未核实", "not confirmed within a year"));
    }
    found
}

/// Whether the last character of a unified social credit code fits the others (GB 32100: weights 3^i mod 31).
/// Registered codes that fail exist, so this warns and does not refuse.
pub fn credit_code_is_sound(code: &str) -> bool {
    const LETTERS: &[u8] = b"0123456789ABCDEFGHJKLMNPQRTUWXY";
    let values: Option<Vec<usize>> = code.bytes().map(|b| LETTERS.iter().position(|letter| *letter == b)).collect();
    let Some(values) = values.filter(|values| values.len() == 18) else { return false };
    let (mut sum, mut weight) = (0, 1);
    for value in &values[..17] {
        sum += value * weight;
        weight = weight * 3 % 31;
    }
    (31 - sum % 31) % 31 == values[17]
}

#[cfg(test)]
#[path = "check_tests.rs"]
mod tests;
