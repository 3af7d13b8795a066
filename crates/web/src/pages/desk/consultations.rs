//! `/desk/consultations`: what was asked, what was answered, and what people ask about.

use std::sync::Arc;

use askama::Template;
use axum::extract::{Query, State};
use axum::response::Response;
use cases::{ConsultationQuery, Topic};
use jiff::civil::Date;
use serde::Deserialize;
use services::{ItemQuery, office_day};

use super::{address, by, day, linked};
use crate::App;
use crate::frame::{Visit, page};
use crate::pages::network::value;
use crate::problem::Failure;
use crate::words::grouped;

/// Parameters as they stand in the address.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Parameters {
    q: String,
    item: String,
    label: String,
    from: String,
    to: String,
    after: String,
}

#[derive(Template)]
#[template(path = "desk/consultations.html")]
struct ConsultationsPage {
    visit: Visit,
    title: String,
    asked: Parameters,
    total: String,
    chips: Vec<(String, String)>,
    /// Heading, and its topics.
    topics: Vec<(&'static str, Vec<TopicView>)>,
    entries: Vec<EntryView>,
    next: Option<String>,
    first: String,
    is_bare: bool,
}

/// A topic with its number.
struct TopicView {
    name: String,
    count: String,
    share: u64,
    address: String,
    active: bool,
}

/// A question with its answer.
struct EntryView {
    address: String,
    reference: String,
    question: String,
    answer: Option<String>,
    item: String,
    asked: String,
    answered: Option<String>,
    outcome: Option<&'static str>,
    solved: Option<&'static str>,
    labels: Vec<(String, String)>,
}

impl Parameters {
    fn query(&self) -> Result<ConsultationQuery, Failure> {
        let text = |text: &String| Some(text.trim().to_owned()).filter(|text| !text.is_empty());
        Ok(ConsultationQuery {
            outlet: None,
            item: value("item", &self.item, "B01")?,
            label: text(&self.label),
            from: day("from", &self.from)?,
            to: day("to", &self.to)?,
            text: text(&self.q),
            after: text(&self.after),
            limit: 30,
        })
    }

    fn address(&self) -> String {
        let pairs = [
            ("q", self.q.as_str()),
            ("item", &self.item),
            ("label", &self.label),
            ("from", &self.from),
            ("to", &self.to),
            ("after", &self.after),
        ];
        linked("/desk/consultations", &pairs)
    }

    /// Without the mark of a page.
    fn first(&self) -> Self {
        Self { after: String::new(), ..self.clone() }
    }

    /// The year that is asked for, if a whole one is.
    fn year(&self) -> Option<&str> {
        let year = self.from.strip_suffix("-01-01")?;
        (self.to.strip_suffix("-12-31") == Some(year)).then_some(year)
    }
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Parameters>,
) -> Result<Response, Failure> {
    let query = asked.query()?;
    let found = app.cases.consultations(by(&visit), &query).await?;
    let all = app.cases.consultation_topics(by(&visit), &ConsultationQuery { after: None, ..query }).await?;
    let lang = visit.lang.code();
    let today = office_day((app.clock.now)());
    let items = app.services.items_on(today, &ItemQuery::default()).await?;
    let item_name = |code: &str| {
        let known = items.iter().find(|version| version.code.as_str() == code);
        known.map_or_else(|| code.to_owned(), |version| format!("{code} {}", version.item.title.text(lang)))
    };
    let first = asked.first();
    let by_item = topics(&all.by_item, 12, &item_name, |name| {
        let active = first.item == name;
        let item = if active { String::new() } else { name.to_owned() };
        (Parameters { item, ..first.clone() }.address(), active)
    });
    let by_label = topics(&all.by_label, 24, &str::to_owned, |name| {
        let active = first.label == name;
        let label = if active { String::new() } else { name.to_owned() };
        (Parameters { label, ..first.clone() }.address(), active)
    });
    let by_year = topics(&all.by_year, 12, &str::to_owned, |name| {
        let active = first.year() == Some(name);
        let (from, to) =
            if active { (String::new(), String::new()) } else { (format!("{name}-01-01"), format!("{name}-12-31")) };
        (Parameters { from, to, ..first.clone() }.address(), active)
    });
    let groups = [
        (visit.t("按标签", "By label"), by_label),
        (visit.t("按事项", "By item"), by_item),
        (visit.t("按年份", "By year"), by_year),
    ];
    let total: u64 = all.by_year.iter().map(|topic| topic.count).sum();
    let next = found.next.map(|after| Parameters { after, ..first.clone() }.address());
    page(&ConsultationsPage {
        title: visit.t("咨询档案", "Consultations").to_owned(),
        total: grouped(total),
        chips: chips(&first, &visit, &item_name),
        topics: groups.into_iter().filter(|(_, topics)| !topics.is_empty()).collect(),
        entries: found.consultations.iter().map(|entry| view(entry, &first, lang)).collect(),
        next,
        is_bare: first.address() == "/desk/consultations",
        first: first.address(),
        asked,
        visit,
    })
}

fn topics(
    all: &[Topic],
    most: usize,
    name: &dyn Fn(&str) -> String,
    linked: impl Fn(&str) -> (String, bool),
) -> Vec<TopicView> {
    let highest = all.iter().map(|topic| topic.count).max().unwrap_or(1).max(1);
    let view = |topic: &Topic| {
        let (address, active) = linked(&topic.name);
        TopicView {
            name: name(&topic.name),
            count: grouped(topic.count),
            share: topic.count * 100 / highest,
            address,
            active,
        }
    };
    all.iter().take(most).map(view).collect()
}

fn chips(asked: &Parameters, visit: &Visit, item_name: &dyn Fn(&str) -> String) -> Vec<(String, String)> {
    let mut chips = Vec::new();
    let mut chip = |name: String, without: Parameters| {
        if !name.is_empty() {
            chips.push((name, without.address()));
        }
    };
    chip(asked.q.trim().to_owned(), Parameters { q: String::new(), ..asked.clone() });
    let item = if asked.item.is_empty() { String::new() } else { item_name(&asked.item) };
    chip(item, Parameters { item: String::new(), ..asked.clone() });
    chip(asked.label.clone(), Parameters { label: String::new(), ..asked.clone() });
    let span = match (asked.year(), asked.from.is_empty() && asked.to.is_empty()) {
        (Some(year), _) => year.to_owned(),
        (None, true) => String::new(),
        (None, false) => format!("{} {} – {}", visit.t("提问于", "asked"), asked.from, asked.to),
    };
    chip(span, Parameters { from: String::new(), to: String::new(), ..asked.clone() });
    chips
}

fn view(entry: &cases::Consultation, asked: &Parameters, lang: &str) -> EntryView {
    let labelled = |label: &String| (label.clone(), Parameters { label: label.clone(), ..asked.clone() }.address());
    let day = |at| -> Date { office_day(at) };
    EntryView {
        address: address(&entry.case),
        reference: entry.reference.to_string(),
        question: entry.question.clone(),
        answer: entry.answer.clone(),
        item: format!("{} {}", entry.item, entry.item_title.text(lang)),
        asked: day(entry.asked_at).to_string(),
        answered: entry.answered_at.map(|at| day(at).to_string()),
        outcome: entry.outcome.map(|outcome| outcome.label(lang)),
        solved: entry.solved.map(|solved| solved.label(lang)),
        labels: entry.labels.iter().map(labelled).collect(),
    }
}
