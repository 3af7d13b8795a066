//! Requests for service, by the outlets under a unit: counted once for each span of days.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex, PoisonError};

use accounts::Actor;
use cases::{By, Cases, FiguresQuery, ItemFigures};
use indicators::{Asked, Boxed, Figure, Figures, Measure, Unit};
use jiff::civil::Date;
use network::{Level, OrganisationId};
use services::{ItemQuery, Record, Services};

use super::{address, counted, measure, until};

/// What is counted at an outlet.
#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    received: u64,
    delivered: u64,
    on_time: u64,
    late: u64,
    consultations: u64,
    held: u64,
    attended: u64,
}

/// What was counted in a span.
#[derive(Debug)]
struct Counted {
    from: Date,
    to: Date,
    by: HashMap<OrganisationId, Counts>,
    /// The item that holds trainings, where there is one alone, else nothing: a list asks for one item or for all.
    training: String,
}

/// Counts requests.
#[derive(Debug)]
pub(crate) struct Requests {
    cases: Cases,
    services: Services,
    /// The span counted last.
    last: Mutex<Option<Arc<Counted>>>,
}

impl Requests {
    pub(crate) fn new(cases: Cases, services: Services) -> Self {
        Self { cases, services, last: Mutex::default() }
    }

    async fn counted(&self, from: Date, to: Date) -> Result<Arc<Counted>, String> {
        let known = self.last.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(counted) = known.filter(|known| (known.from, known.to) == (from, to)) {
            return Ok(counted);
        }
        let program = Actor::system("indicators");
        let query = FiguresQuery { from, to, outlet: None, item: None };
        let figures = self.cases.figures(By::from(&program), &query).await.map_err(|error| error.to_string())?;
        let items = self.services.items_on(to, &ItemQuery::default()).await.map_err(|error| error.to_string())?;
        let leaving =
            |record| items.iter().filter(move |item| item.item.records.contains(&record)).map(|item| &item.code);
        let consultations: BTreeSet<_> = leaving(Record::ConsultationArchive).collect();
        let mut trainings = leaving(Record::Attendance);
        let training = match (trainings.next(), trainings.next()) {
            (Some(one), None) => one.to_string(),
            _ => String::new(),
        };
        let mut by: HashMap<OrganisationId, Counts> = HashMap::new();
        for ItemFigures { outlet, item, received, delivered, on_time, late, held, attended, .. } in figures.rows {
            let sum = by.entry(outlet).or_default();
            sum.received += received;
            sum.delivered += delivered;
            sum.on_time += on_time;
            sum.late += late;
            sum.held += held;
            sum.attended += attended;
            sum.consultations += if consultations.contains(&item) { delivered } else { 0 };
        }
        let counted = Arc::new(Counted { from, to, by, training });
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = Some(Arc::clone(&counted));
        Ok(counted)
    }
}

impl Figures for Requests {
    fn measures(&self) -> Vec<Measure> {
        let how = ("按单位及其下属网点的办件计", "cases of the unit and of the outlets under it");
        let of = |code, zh, en| measure(code, true, (zh, en), how);
        vec![
            of("cases.received", "当期收到的需求", "requests received in the period"),
            of("cases.delivered", "当期交付的办件", "cases delivered in the period"),
            of("cases.with-deadline", "当期有时限的交付", "deliveries with a deadline"),
            of("cases.on-time", "当期按时交付", "deliveries in time"),
            of("cases.consultations", "当期答复的咨询", "consultations answered in the period"),
            of("training.held", "当期归档的培训", "trainings filed in the period"),
            of("training.attended", "当期培训的实到人次", "people who came to trainings of the period"),
        ]
    }

    fn begin(&self) {
        *self.last.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    fn read<'a>(&'a self, asked: Asked<'a>, units: &'a [Unit]) -> Boxed<'a, Result<Vec<Figure>, String>> {
        let Asked { measure, period, today, .. } = asked;
        Box::pin(async move {
            let (from, to) = (period.first_day(), until(period.last_day(), today.max(period.first_day())));
            let found = self.counted(from, to).await?;
            let of = |counts: &Counts| match measure {
                "cases.received" => Some(counts.received),
                "cases.delivered" => Some(counts.delivered),
                "cases.with-deadline" => Some(counts.on_time + counts.late),
                "cases.on-time" => Some(counts.on_time),
                "cases.consultations" => Some(counts.consultations),
                "training.held" => Some(counts.held),
                "training.attended" => Some(counts.attended),
                _ => None,
            };
            if of(&Counts::default()).is_none() {
                return Err(format!("{measure} is not measured here"));
            }
            let item = if measure.starts_with("training.") { found.training.as_str() } else { "" };
            let sum = |unit: &Unit| unit.under.iter().filter_map(|id| found.by.get(id)).filter_map(of).sum();
            Ok(units.iter().map(|unit| counted(sum(unit), list(measure, unit, (from, to), item))).collect())
        })
    }
}

/// Of an outlet, its cases; of what stands higher, the figures of its outlets.
fn list(measure: &str, unit: &Unit, (from, to): (Date, Date), item: &str) -> String {
    let (from, to) = (from.to_string(), to.to_string());
    if unit.level != Level::Outlet {
        return address("/desk/figures", &[("from", &from), ("to", &to), ("by", "outlet"), ("item", item)]);
    }
    let dated = match measure {
        "cases.received" => "received",
        "training.held" | "training.attended" => "closed",
        _ => "delivered",
    };
    let on_time = if measure == "cases.on-time" { "yes" } else { "" };
    let outlet = unit.id.as_str();
    let asked = [
        ("outlet", outlet),
        ("show", "all"),
        ("item", item),
        ("on_time", on_time),
        ("dated", dated),
        ("from", &from),
        ("to", &to),
    ];
    address("/desk", &asked)
}
