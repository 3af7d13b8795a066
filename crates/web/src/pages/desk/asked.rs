//! What the address of the inbox asks for.

use cases::{Assigned, Channel, Dated, InboxQuery, Level, Outcome, Sort, State};
use jiff::civil::Date;
use network::OrganisationId;
use serde::Deserialize;
use services::ItemCode;

use crate::link::Link;
use crate::pages::network::value;
use crate::problem::Failure;

/// Parameters as they stand in the address; an empty one asks for nothing.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    q: String,
    who: String,
    outlet: String,
    show: String,
    state: String,
    level: String,
    item: String,
    channel: String,
    escalated: String,
    outcome: String,
    on_time: String,
    dated: String,
    from: String,
    to: String,
    sort: String,
    after: String,
}

/// What is asked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Asked(pub(crate) InboxQuery);

impl Default for Asked {
    /// All open cases.
    fn default() -> Self {
        Self(InboxQuery::open())
    }
}

fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> String {
    all.iter().map(|value| code(*value)).collect::<Vec<_>>().join(", ")
}

impl Asked {
    pub(crate) fn read(parameters: &Parameters) -> Result<Self, Failure> {
        let Parameters { state, level, channel, outcome, dated, sort, .. } = parameters;
        let state: Option<State> = value("state", state, &codes(State::ALL, State::code))?;
        let open = match parameters.show.as_str() {
            "all" => None,
            "closed" => Some(false),
            // What ended is no longer open; asking for it by name is enough.
            _ => Some(true).filter(|_| !state.is_some_and(State::is_final)),
        };
        let assigned = match parameters.who.trim() {
            "" => None,
            "me" => Some(Assigned::Me),
            "nobody" => Some(Assigned::Nobody),
            person => value("who", person, "me, nobody, ID")?.map(Assigned::To),
        };
        let flag = |text: &str| match text {
            "yes" => Some(true),
            "no" => Some(false),
            _ => None,
        };
        let text = |text: &str| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Ok(Self(InboxQuery {
            outlet: value("outlet", &parameters.outlet, "ID")?,
            open,
            state,
            level: value("level", level, &codes(Level::ALL, Level::code))?,
            item: value("item", &parameters.item, "B01")?,
            assigned,
            channel: value("channel", channel, &codes(Channel::ALL, Channel::code))?,
            escalated: flag(&parameters.escalated),
            outcome: value("outcome", outcome, &codes(Outcome::ALL, Outcome::code))?,
            on_time: flag(&parameters.on_time),
            dated: value("dated", dated, &codes(Dated::ALL, Dated::code))?,
            from: value("from", &parameters.from, "YYYY-MM-DD")?,
            to: value("to", &parameters.to, "YYYY-MM-DD")?,
            text: text(&parameters.q),
            sort: value("sort", sort, &codes(Sort::ALL, Sort::code))?.unwrap_or(Sort::Due),
            after: text(&parameters.after),
            limit: 50,
        }))
    }

    /// The address of the first page.
    pub(crate) fn address(&self) -> String {
        self.link("/desk").address()
    }

    /// The address of the page after a mark.
    pub(crate) fn page(&self, after: &str) -> String {
        self.link("/desk").with("after", after).address()
    }

    /// The address of the file with all of it.
    pub(crate) fn csv(&self) -> String {
        self.link("/desk/cases.csv").address()
    }

    /// The word for whose cases are asked for.
    pub(crate) fn who(&self) -> String {
        match &self.0.assigned {
            None => String::new(),
            Some(Assigned::Me) => "me".to_owned(),
            Some(Assigned::Nobody) => "nobody".to_owned(),
            Some(Assigned::To(person)) => person.to_string(),
        }
    }

    /// The word for open, closed or all.
    pub(crate) fn shown(&self) -> &'static str {
        match (self.0.open, self.0.state) {
            (Some(true), _) => "",
            (Some(false), _) => "closed",
            (None, Some(state)) if state.is_final() => "",
            (None, _) => "all",
        }
    }

    /// Whether one of the less used conditions is set.
    pub(crate) fn has_more(&self) -> bool {
        let query = &self.0;
        query.channel.is_some()
            || query.escalated.is_some()
            || query.outcome.is_some()
            || query.on_time.is_some()
            || query.from.is_some()
            || query.to.is_some()
            || query.sort != Sort::Due
    }

    /// With another thing asked.
    pub(crate) fn with(&self, change: impl FnOnce(&mut InboxQuery)) -> Self {
        let mut query = InboxQuery { after: None, ..self.0.clone() };
        change(&mut query);
        Self(query)
    }

    fn link(&self, path: &str) -> Link {
        let query = &self.0;
        let day = |day: Option<Date>| day.map_or_else(String::new, |day| day.to_string());
        let flag = |flag: Option<bool>| flag.map_or("", |flag| if flag { "yes" } else { "no" });
        Link::to(path)
            .with("q", query.text.as_deref().unwrap_or_default())
            .with("who", self.who())
            .with("outlet", query.outlet.as_ref().map_or("", OrganisationId::as_str))
            .with("show", self.shown())
            .with("state", query.state.map_or("", State::code))
            .with("level", query.level.map_or("", Level::code))
            .with("item", query.item.as_ref().map_or("", ItemCode::as_str))
            .with("channel", query.channel.map_or("", Channel::code))
            .with("escalated", flag(query.escalated))
            .with("outcome", query.outcome.map_or("", Outcome::code))
            .with("on_time", flag(query.on_time))
            .with("dated", query.dated.map_or("", Dated::code))
            .with("from", day(query.from))
            .with("to", day(query.to))
            .with("sort", if query.sort == Sort::Due { "" } else { query.sort.code() })
    }
}

#[cfg(test)]
mod tests {
    use cases::{Assigned, InboxQuery, Level, State};

    use super::{Asked, Parameters};

    #[test]
    fn the_address_says_all_that_was_asked() {
        let parameters = Parameters {
            q: " 年费 ".into(),
            who: "me".into(),
            show: "all".into(),
            level: "late".into(),
            dated: "closed".into(),
            from: "2026-01-01".into(),
            on_time: "no".into(),
            ..Parameters::default()
        };
        let asked = Asked::read(&parameters).unwrap();
        let expected = "/desk?q=%E5%B9%B4%E8%B4%B9&who=me&show=all&level=late&on_time=no&dated=closed&from=2026-01-01";
        assert_eq!(asked.address(), expected);
        assert_eq!((asked.0.assigned.clone(), asked.0.level), (Some(Assigned::Me), Some(Level::Late)));
        assert_eq!(Asked::read(&Parameters::default()).unwrap(), Asked(InboxQuery::open()));
        let ended = Parameters { state: "archived".into(), ..Parameters::default() };
        let ended = Asked::read(&ended).unwrap();
        assert_eq!((ended.0.open, ended.0.state), (None, Some(State::Archived)), "an ended state is not open");
        assert_eq!(ended.address(), "/desk?state=archived");
    }

    #[test]
    fn what_cannot_be_asked_is_told() {
        for wrong in [
            Parameters { state: "somewhere".into(), ..Parameters::default() },
            Parameters { from: "2024-02-30".into(), ..Parameters::default() },
            Parameters { who: "you".into(), ..Parameters::default() },
        ] {
            assert!(Asked::read(&wrong).is_err(), "{wrong:?}");
        }
    }
}
