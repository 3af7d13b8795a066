//! An organisation as a row of texts, the form that files of all kinds pass through.

use jiff::civil::{Date, Time};

use crate::counties::Problem;
use crate::{
    Confirmation, Fault, Hours, Kind, Level, Organisation, OrganisationId, Position, Profile, RegionCode, Status,
    Weekday, faults,
};

/// The columns of a file in their order. Only kind, level, region and name_zh must be there.
pub const COLUMNS: [&str; 27] = [
    "id",
    "parent",
    "kind",
    "level",
    "region",
    "name_zh",
    "name_en",
    "status",
    "from",
    "code",
    "services",
    "hours",
    "telephone",
    "complaint_telephone",
    "email",
    "website",
    "address",
    "postcode",
    "latitude",
    "longitude",
    "accessibility",
    "qualification",
    "promise",
    "full_time",
    "part_time",
    "confirmed_by",
    "confirmed_at",
];

/// A row that was read.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) line: u64,
    pub(crate) id: Option<OrganisationId>,
    /// Id or Chinese name.
    pub(crate) parent: Option<String>,
    pub(crate) status: Status,
    pub(crate) from: Option<Date>,
    pub(crate) version: Option<i64>,
    pub(crate) confirmed: Option<Confirmation>,
    pub(crate) profile: Profile,
}

/// The texts of an organisation in the order of [`COLUMNS`].
pub(crate) fn cells(organisation: &Organisation) -> [String; 27] {
    let told = write_profile(&organisation.profile);
    let confirmed = organisation.confirmed.as_ref();
    COLUMNS.map(|column| match column {
        "id" => organisation.id.to_string(),
        "parent" => organisation.parent.as_ref().map_or_else(String::new, ToString::to_string),
        "status" => organisation.status.to_string(),
        "from" => organisation.opened.to_string(),
        "confirmed_by" => confirmed.map_or_else(String::new, |confirmation| confirmation.by.clone()),
        "confirmed_at" => confirmed.map_or_else(String::new, |confirmation| confirmation.at.to_string()),
        column => told.iter().find(|(name, _)| *name == column).map_or_else(String::new, |(_, text)| text.clone()),
    })
}

/// Reads texts one by one and keeps what is wrong.
struct Reader<'r> {
    line: u64,
    get: &'r dyn Fn(&str) -> String,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn text(&self, column: &str) -> Option<String> {
        let text = (self.get)(column).replace("\r\n", "\n");
        let text = text.trim();
        (!text.is_empty()).then(|| text.to_owned())
    }

    fn wrong(&mut self, column: &str, zh: impl Into<String>, en: impl Into<String>) {
        self.problems.push(Problem::new(self.line, column, zh, en));
    }

    /// A value in its text form; `zh` says what to write.
    fn value<T>(&mut self, column: &str, zh: &str) -> Option<T>
    where
        T: std::str::FromStr<Err: std::fmt::Display>,
    {
        let text = self.text(column)?;
        text.parse()
            .map_err(|error: T::Err| self.wrong(column, format!("«{text}»：{zh}"), format!("«{text}»: {error}")))
            .ok()
    }

    fn needed<T>(&mut self, column: &str, zh: &str) -> Option<T>
    where
        T: std::str::FromStr<Err: std::fmt::Display>,
    {
        if self.text(column).is_none() {
            self.wrong(column, "不能为空", "must not be empty");
        }
        self.value(column, zh)
    }
}

/// Reads a row; all that is wrong with it at once.
pub(crate) fn read(line: u64, get: &dyn Fn(&str) -> String) -> Result<Row, Vec<Problem>> {
    let mut reader = Reader { line, get, problems: Vec::new() };
    let profile = profile(&mut reader);
    let id = reader.value("id", "不是机构标识");
    let status = reader.value("status", "须为 active、suspended 或 closed").unwrap_or(Status::Active);
    let from = reader.value("from", "日期写作 2024-01-31");
    let version = reader.value("version", "须为整数");
    let confirmed = confirmed(&mut reader);
    let parent = reader.text("parent");
    let Some(profile) = profile.filter(|_| reader.problems.is_empty()) else { return Err(reader.problems) };
    Ok(Row { line, id, parent, status, from, version, confirmed, profile })
}

/// The particulars with all that is wrong with them; none when one that must be there is not.
fn profile(reader: &mut Reader<'_>) -> Option<Profile> {
    let kind = reader.needed("kind", "不是机构类型");
    let level = reader.needed("level", "不是机构级别");
    let region = reader.needed::<RegionCode>("region", "须为 GB/T 2260 六位代码");
    let name = reader.needed::<String>("name_zh", "");
    let whole = kind.is_some() && level.is_some() && region.is_some() && name.is_some();
    // What is missing has been told; the rest is read all the same.
    let (kind, level) = (kind.unwrap_or(Kind::RecordedOutlet), level.unwrap_or(Level::Outlet));
    let name = name.unwrap_or_else(|| "?".to_owned());
    let mut profile = Profile::new(&name, kind, level, region.unwrap_or_else(RegionCode::nation));
    fill(reader, &mut profile);
    for fault in faults(&profile).into_iter().filter(|fault| whole || fault.field != "region") {
        let column = if fault.field == "position" { "latitude" } else { &fault.field };
        reader.wrong(column, fault.zh, fault.en);
    }
    whole.then_some(profile)
}

/// A profile from the texts of a form, by the columns of a file; `get` gives the text of a column. All that is wrong
/// at once.
pub fn read_profile(get: &dyn Fn(&str) -> String) -> Result<Profile, Vec<Fault>> {
    let mut reader = Reader { line: 0, get, problems: Vec::new() };
    let profile = profile(&mut reader);
    let fault = |problem: Problem| Fault { field: problem.column, zh: problem.zh, en: problem.en };
    profile.filter(|_| reader.problems.is_empty()).ok_or_else(|| reader.problems.into_iter().map(fault).collect())
}

/// The texts of a profile with their columns, as files have them.
pub fn write_profile(profile: &Profile) -> [(&'static str, String); 21] {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let number = |number: Option<u32>| number.map_or_else(String::new, |number| number.to_string());
    let degrees = |degrees: fn(Position) -> f64| profile.position.map_or_else(String::new, |p| degrees(p).to_string());
    [
        ("kind", profile.kind.to_string()),
        ("level", profile.level.to_string()),
        ("region", profile.region.to_string()),
        ("name_zh", profile.name_zh.clone()),
        ("name_en", text(&profile.name_en)),
        ("code", text(&profile.code)),
        ("services", profile.services.join(" ")),
        ("hours", write_hours(&profile.hours)),
        ("telephone", text(&profile.telephone)),
        ("complaint_telephone", text(&profile.complaint_telephone)),
        ("email", text(&profile.email)),
        ("website", text(&profile.website)),
        ("address", text(&profile.address)),
        ("postcode", text(&profile.postcode)),
        ("latitude", degrees(|position| position.latitude)),
        ("longitude", degrees(|position| position.longitude)),
        ("accessibility", text(&profile.accessibility)),
        ("qualification", text(&profile.qualification)),
        ("promise", text(&profile.promise)),
        ("full_time", number(profile.full_time)),
        ("part_time", number(profile.part_time)),
    ]
}

fn confirmed(reader: &mut Reader<'_>) -> Option<Confirmation> {
    let (by, at) = (reader.text("confirmed_by"), reader.value("confirmed_at", "时间写作 2024-01-31T08:00:00Z"));
    if by.is_some() != at.is_some() && reader.problems.is_empty() {
        reader.wrong("confirmed_by", "核实人与核实时间须同时填写", "give both who confirmed and when");
    }
    by.zip(at).map(|(by, at)| Confirmation { by, at })
}

fn fill(reader: &mut Reader<'_>, profile: &mut Profile) {
    profile.name_en = reader.text("name_en");
    profile.code = reader.text("code");
    profile.telephone = reader.text("telephone");
    profile.complaint_telephone = reader.text("complaint_telephone");
    profile.email = reader.text("email");
    profile.website = reader.text("website");
    profile.address = reader.text("address");
    profile.postcode = reader.text("postcode");
    profile.accessibility = reader.text("accessibility");
    profile.qualification = reader.text("qualification");
    profile.promise = reader.text("promise");
    profile.full_time = reader.value("full_time", "须为整数");
    profile.part_time = reader.value("part_time", "须为整数");
    let services = reader.text("services").unwrap_or_default();
    profile.services = services.split([' ', ';', '\n']).filter(|code| !code.is_empty()).map(str::to_owned).collect();
    let hours = reader.text("hours").unwrap_or_default();
    match read_hours(&hours) {
        Ok(hours) => profile.hours = hours,
        Err(part) => reader.wrong(
            "hours",
            format!("«{part}»:写作 MO 09:00-12:00; MO-FR 13:30-17:30 备注"),
            format!("«{part}»: write MO 09:00-12:00; MO-FR 13:30-17:30 note"),
        ),
    }
    let latitude = reader.value("latitude", "须为度数");
    let longitude = reader.value("longitude", "须为度数");
    match (latitude, longitude) {
        (Some(latitude), Some(longitude)) => profile.position = Some(Position { latitude, longitude }),
        (None, None) => (),
        _ => reader.wrong("latitude", "经度和纬度须同时填写", "give both latitude and longitude"),
    }
}

/// `MO 09:00-12:00; MO 13:30-17:30 note`.
fn write_hours(hours: &[Hours]) -> String {
    let one = |hours: &Hours| {
        let note = hours.note.as_ref().map_or_else(String::new, |note| format!(" {note}"));
        format!("{} {}-{}{note}", hours.weekday, minutes(hours.from), minutes(hours.to))
    };
    hours.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// `09:30`.
pub(crate) fn minutes(time: Time) -> String {
    format!("{:02}:{:02}", time.hour(), time.minute())
}

/// Reads what [`write_hours`] writes, and days as a span (`MO-FR`, `周一-周五`). Gives the part that cannot be read.
pub(crate) fn read_hours(text: &str) -> Result<Vec<Hours>, String> {
    let mut all = Vec::new();
    for part in text.split([';', '\n']).map(str::trim).filter(|part| !part.is_empty()) {
        let one = || -> Option<Vec<Hours>> {
            let (days, rest) = part.split_once(' ')?;
            let (span, note) = rest.trim_start().split_once(' ').unwrap_or((rest.trim_start(), ""));
            let (from, to) = span.split_once('-')?;
            let (from, to) = (from.parse::<Time>().ok()?, to.parse::<Time>().ok()?);
            let (first, last) = days.split_once('-').unwrap_or((days, days));
            let (first, last) = (first.parse::<Weekday>().ok()?, last.parse::<Weekday>().ok()?);
            let note = Some(note.trim()).filter(|note| !note.is_empty());
            let days = Weekday::ALL.iter().filter(|day| (first..=last).contains(day));
            Some(days.map(|day| Hours { weekday: *day, from, to, note: note.map(str::to_owned) }).collect())
        };
        match one() {
            Some(hours) if !hours.is_empty() => all.extend(hours),
            _ => return Err(part.to_owned()),
        }
    }
    Ok(all)
}
