//! What the address of the list asks for.

use std::str::FromStr;

use jiff::civil::Date;
use serde::Deserialize;
use services::{Group, ItemQuery, ServiceObject, Theme};

use crate::link::Link;
use crate::problem::Failure;

/// Parameters as they stand in the address; an empty one asks for nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    q: String,
    group: String,
    theme: String,
    object: String,
    on: String,
}

/// What is asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Asked {
    pub(crate) q: String,
    pub(crate) group: Option<Group>,
    pub(crate) theme: Option<Theme>,
    pub(crate) object: Option<ServiceObject>,
    /// The day, where it is not today.
    pub(crate) on: Option<Date>,
}

fn word<T: FromStr + Copy>(
    name: &str,
    text: &str,
    all: &[T],
    code: fn(T) -> &'static str,
) -> Result<Option<T>, Failure> {
    let text = text.trim();
    if text.is_empty() {
        return Ok(None);
    }
    let known = || all.iter().map(|value| code(*value)).collect::<Vec<_>>().join(", ");
    text.parse().map(Some).map_err(|_| Failure::parameter(name, text, &known()))
}

/// The day that an address names; none for today.
pub(crate) fn day(text: &str) -> Result<Option<Date>, Failure> {
    crate::pages::network::day(text)
}

impl Asked {
    pub(crate) fn read(parameters: &Parameters) -> Result<Self, Failure> {
        Ok(Self {
            q: parameters.q.trim().to_owned(),
            group: word("group", &parameters.group, Group::ALL, Group::code)?,
            theme: word("theme", &parameters.theme, Theme::ALL, Theme::code)?,
            object: word("object", &parameters.object, ServiceObject::ALL, ServiceObject::code)?,
            on: day(&parameters.on)?,
        })
    }

    /// The question to the catalogue.
    pub(crate) fn query(&self) -> ItemQuery {
        let text = Some(self.q.clone()).filter(|text| !text.is_empty());
        ItemQuery { text, group: self.group, theme: self.theme, object: self.object }
    }

    /// The address of this list.
    pub(crate) fn address(&self) -> String {
        self.file("/services")
    }

    /// The same list at another address.
    pub(crate) fn file(&self, path: &str) -> String {
        Link::to(path)
            .with("q", &self.q)
            .with("group", self.group.map_or("", Group::code))
            .with("theme", self.theme.map_or("", Theme::code))
            .with("object", self.object.map_or("", ServiceObject::code))
            .with("on", self.on.map_or_else(String::new, |day| day.to_string()))
            .address()
    }
}

#[cfg(test)]
mod tests {
    use super::{Asked, Parameters};

    #[test]
    fn the_address_says_all_that_was_asked() {
        let parameters = Parameters {
            q: " 商标 ".into(),
            group: "one-window".into(),
            theme: "trade-mark".into(),
            object: "person".into(),
            on: "2026-02-28".into(),
        };
        let asked = Asked::read(&parameters).unwrap();
        let address = "/services?q=%E5%95%86%E6%A0%87&group=one-window&theme=trade-mark&object=person&on=2026-02-28";
        assert_eq!(asked.address(), address);
        for wrong in [
            Parameters { group: "all".into(), ..Parameters::default() },
            Parameters { theme: "x".into(), ..Parameters::default() },
            Parameters { object: "x".into(), ..Parameters::default() },
            Parameters { on: "2026-02-30".into(), ..Parameters::default() },
        ] {
            assert!(Asked::read(&wrong).is_err(), "{wrong:?}");
        }
    }
}
