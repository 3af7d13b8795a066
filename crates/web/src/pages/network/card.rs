//! An organisation as lists and pages show it.

use jiff::civil::{Date, DateTime};
use network::{Opening, Organisation, OrganisationId, RegionLevel, Status};

use super::places;
use crate::frame::Visit;
use crate::link::Link;

/// One organisation of a list.
pub(crate) struct Card {
    pub(crate) address: String,
    pub(crate) name: String,
    /// Language of the name where it is not that of the page.
    pub(crate) foreign: bool,
    pub(crate) kind: &'static str,
    pub(crate) place: String,
    pub(crate) street: Option<String>,
    pub(crate) telephone: Option<Telephone>,
    pub(crate) state: Option<(&'static str, &'static str)>,
    pub(crate) opening: Option<OpeningView>,
    pub(crate) confirmed: Option<String>,
}

/// A number with what dials it.
pub(crate) struct Telephone {
    pub(crate) shown: String,
    pub(crate) href: String,
}

/// Whether it is open.
pub(crate) struct OpeningView {
    pub(crate) open: bool,
    pub(crate) text: String,
}

/// The page of an organisation, on a day where it is not today.
pub(crate) fn address(id: &OrganisationId, on: Option<Date>) -> String {
    Link::to(format!("/network/{id}")).with("on", on.map_or_else(String::new, |day| day.to_string())).address()
}

impl Telephone {
    /// Digits are dialled, signs between them are not; without any digit there is nothing to dial.
    pub(crate) fn new(shown: &str) -> Option<Self> {
        let first = shown.split([',', ';', '，', '；', '、', '/']).next().unwrap_or_default();
        let digits: String = first.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        let href = format!("tel:{digits}");
        (!digits.is_empty()).then(|| Self { shown: shown.to_owned(), href })
    }
}

impl OpeningView {
    /// What weekly hours say of a moment; nothing for who does not tell or rests.
    pub(crate) fn new(organisation: &Organisation, moment: DateTime, visit: &Visit) -> Option<Self> {
        if organisation.status != Status::Active {
            return None;
        }
        let lang = visit.lang.code();
        let clock = |time: jiff::civil::Time| format!("{:02}:{:02}", time.hour(), time.minute());
        Some(match network::opening(&organisation.profile.hours, moment) {
            Opening::Unknown => return None,
            Opening::Open(until) => {
                let text = match visit.lang.code() {
                    "zh" => format!("开放中，至 {}", clock(until)),
                    _ => format!("Open until {}", clock(until)),
                };
                Self { open: true, text }
            }
            Opening::Closed(None) => Self { open: false, text: visit.t("现在不开放", "Closed now").to_owned() },
            Opening::Closed(Some((day, from))) => {
                let today = network::Weekday::of(moment.date()) == day && from > moment.time();
                let day = if today { visit.t("今天", "today") } else { day.label(lang) };
                let text = match visit.lang.code() {
                    "zh" => format!("现在不开放，{day} {} 开放", clock(from)),
                    _ => format!("Closed, opens {day} {}", clock(from)),
                };
                Self { open: false, text }
            }
        })
    }
}

/// The badge of a state; working needs none.
pub(crate) fn state(status: Status, visit: &Visit) -> Option<(&'static str, &'static str)> {
    let class = match status {
        Status::Active => return None,
        Status::Suspended => "status-pending",
        Status::Closed => "status-lapsed",
    };
    Some((status.label(visit.lang.code()), class))
}

impl Card {
    /// An organisation at a local moment; `on` is the day of the list where it is not today.
    pub(crate) fn new(organisation: &Organisation, on: Option<Date>, moment: DateTime, visit: &Visit) -> Self {
        let (profile, lang) = (&organisation.profile, visit.lang.code());
        let day = on.unwrap_or(moment.date());
        let region = places::full(&profile.region, day, visit.lang);
        let national = profile.region.level() == RegionLevel::Nation;
        let place = if national { region } else { format!("{region} · {}", profile.level.label(lang)) };
        Self {
            address: address(&organisation.id, on),
            name: profile.name(lang).to_owned(),
            foreign: lang != "zh" && profile.name_en.is_none(),
            kind: profile.kind.label(lang),
            place,
            street: profile.address.clone(),
            telephone: profile.telephone.as_deref().and_then(Telephone::new),
            state: state(organisation.status, visit),
            opening: on.is_none().then(|| OpeningView::new(organisation, moment, visit)).flatten(),
            confirmed: organisation.confirmed.as_ref().map(|confirmed| network::local(confirmed.at).date().to_string()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Telephone;

    #[test]
    fn the_first_number_is_dialled() {
        let dials = |shown| Telephone::new(shown).map(|telephone| telephone.href);
        assert_eq!(dials("023-6000 1234 / 6000 1235").as_deref(), Some("tel:02360001234"));
        assert_eq!(dials("+86 23 1234").as_deref(), Some("tel:+86231234"));
        assert_eq!(dials("无"), None);
    }
}
