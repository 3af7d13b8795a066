//! What the address of a list asks for.

use std::str::FromStr;

use jiff::civil::{Date, DateTime};
use network::{DirectoryQuery, Kind, Level, RegionCode, Status};
use serde::Deserialize;

use crate::link::Link;
use crate::problem::Failure;

/// Parameters as they stand in the address; an empty one asks for nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    q: String,
    region: String,
    kind: String,
    level: String,
    status: String,
    service: String,
    open: String,
    on: String,
    after: String,
}

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Asked {
    pub(crate) q: String,
    pub(crate) region: Option<RegionCode>,
    pub(crate) kind: Option<Kind>,
    pub(crate) level: Option<Level>,
    pub(crate) status: Option<Status>,
    pub(crate) service: String,
    pub(crate) open: bool,
    /// The day, where it is not today.
    pub(crate) on: Option<Date>,
    pub(crate) after: String,
}

/// A value of the address; empty is none.
pub(crate) fn value<T: FromStr>(name: &str, text: &str, expected: &str) -> Result<Option<T>, Failure> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    text.parse().map(Some).map_err(|_| Failure::parameter(name, text, expected))
}

/// The day that an address names; none for today.
pub(crate) fn day(text: &str) -> Result<Option<Date>, Failure> {
    let day: Option<Date> = value("on", text, "YYYY-MM-DD")?;
    match day.filter(|day| !(1900..=9998).contains(&day.year())) {
        Some(_) => Err(Failure::parameter("on", text, "1900-01-01…9998-12-31")),
        None => Ok(day),
    }
}

/// The codes of a list with commas between them.
fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> String {
    all.iter().map(|value| code(*value)).collect::<Vec<_>>().join(", ")
}

impl Asked {
    pub(crate) fn read(parameters: &Parameters) -> Result<Self, Failure> {
        Ok(Self {
            q: parameters.q.trim().to_owned(),
            region: value("region", &parameters.region, "GB/T 2260, 500000")?,
            kind: value("kind", &parameters.kind, &codes(Kind::ALL, Kind::code))?,
            level: value("level", &parameters.level, &codes(Level::ALL, Level::code))?,
            status: value("status", &parameters.status, &codes(Status::ALL, Status::code))?,
            service: parameters.service.trim().to_owned(),
            open: !parameters.open.is_empty(),
            on: day(&parameters.on)?,
            after: parameters.after.clone(),
        })
    }

    /// The question to the network at a local moment.
    pub(crate) fn query(&self, moment: DateTime) -> DirectoryQuery {
        let as_of = self.on.unwrap_or(moment.date());
        let text = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        DirectoryQuery {
            text: text(&self.q),
            region: self.region.clone(),
            kind: self.kind,
            level: self.level,
            service: text(&self.service),
            status: self.status,
            open_at: self.open.then(|| as_of.to_datetime(moment.time())),
            after: text(&self.after),
            ..DirectoryQuery::on(as_of)
        }
    }

    /// The list behind a figure.
    pub(crate) fn of(list: &DirectoryQuery, today: Date) -> Self {
        Self {
            q: list.text.clone().unwrap_or_default(),
            region: list.region.clone(),
            kind: list.kind,
            level: list.level,
            status: list.status,
            service: list.service.clone().unwrap_or_default(),
            open: list.open_at.is_some(),
            on: Some(list.as_of).filter(|day| *day != today),
            after: String::new(),
        }
    }

    /// The address of the first page.
    pub(crate) fn address(&self) -> String {
        self.link("/network").address()
    }

    /// The address of the page after a mark.
    pub(crate) fn page(&self, after: &str) -> String {
        self.link("/network").with("after", after).address()
    }

    fn link(&self, path: &str) -> Link {
        Link::to(path)
            .with("q", &self.q)
            .with("region", self.region.as_ref().map_or("", RegionCode::as_str))
            .with("kind", self.kind.map_or("", Kind::code))
            .with("level", self.level.map_or("", Level::code))
            .with("status", self.status.map_or("", Status::code))
            .with("service", &self.service)
            .with("open", if self.open { "1" } else { "" })
            .with("on", self.on.map_or_else(String::new, |day| day.to_string()))
    }

    /// Whether one of the less used conditions is set.
    pub(crate) fn has_more(&self) -> bool {
        self.level.is_some() || self.status.is_some() || self.on.is_some() || !self.service.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::{Asked, Parameters};

    #[test]
    fn the_address_says_all_that_was_asked() {
        let parameters = Parameters {
            q: " 重庆 ".into(),
            region: "500000".into(),
            kind: "tisc".into(),
            status: "active".into(),
            open: "1".into(),
            on: "2024-02-29".into(),
            ..Parameters::default()
        };
        let asked = Asked::read(&parameters).unwrap();
        let address = asked.address();
        assert_eq!(address, "/network?q=%E9%87%8D%E5%BA%86&region=500000&kind=tisc&status=active&open=1&on=2024-02-29");
        let list = asked.query(date(2026, 7, 1).at(16, 0, 0, 0));
        assert_eq!(list.open_at, Some(date(2024, 2, 29).at(16, 0, 0, 0)));
        assert_eq!(Asked::of(&list, date(2026, 7, 1)), asked);
        assert_eq!(Asked::of(&list, date(2024, 2, 29)).on, None, "today needs no day");
    }

    #[test]
    fn what_cannot_be_asked_is_told() {
        for wrong in [
            Parameters { region: "重庆".into(), ..Parameters::default() },
            Parameters { kind: "shop".into(), ..Parameters::default() },
            Parameters { on: "2024-02-30".into(), ..Parameters::default() },
            Parameters { on: "0001-01-01".into(), ..Parameters::default() },
        ] {
            assert!(Asked::read(&wrong).is_err(), "{wrong:?}");
        }
    }
}
