//! Filings and figures that other rooms would read, made up.

use credit::{Conditions, Filing, FilingState, FilingsAnswer, Peers};
use jiff::Timestamp;
use jiff::civil::date;
use network::Text;
use warnings::{Evidence, Moment, Reading, SignalInfo, SignalsAnswer, Subject};

use crate::outlets::id;

/// Six filings of one title from one address.
#[derive(Debug)]
pub(crate) struct Alike;

impl credit::Filings for Alike {
    fn of<'a>(&'a self, _: &'a [String]) -> FilingsAnswer<'a, Vec<Filing>> {
        let filing = |number: i16| Filing {
            id: format!("CN-P-{number}"),
            title: format!("一种智能水杯{number}"),
            address: "示范路 1 号".to_owned(),
            inventors: Vec::new(),
            filed: Some(date(2024 + number % 2, 3, 1)),
            state: if number < 3 { FilingState::Granted } else { FilingState::Withdrawn },
        };
        Box::pin(async move { Ok((0..6).map(filing).collect()) })
    }

    fn peers(&self) -> FilingsAnswer<'_, Peers> {
        Box::pin(async { Ok(Peers::default()) })
    }

    fn query(&self, conditions: &Conditions<'_>) -> String {
        conditions.agents.iter().map(|name| format!("ag=\"{name}\"")).collect::<Vec<_>>().join(" OR ")
    }
}

/// Outlet 3 has one on its staff.
#[derive(Debug)]
pub(crate) struct Staff;

impl warnings::Signals for Staff {
    fn known(&self) -> Vec<SignalInfo> {
        let info = SignalInfo {
            code: "outlet-staff".to_owned(),
            name: Text::new("网点专职人员数", "full-time staff of an outlet"),
            unit: Text::new("人", "people"),
            reference: None,
        };
        vec![info]
    }

    fn read<'a>(&'a self, signal: &'a str, _: Timestamp) -> SignalsAnswer<'a, Vec<Reading>> {
        let link = format!("/network/{}", id(3));
        let name = Text::new("山城保护中心", "Hill City Protection Centre");
        let moment = |month, value| Moment { day: date(2026, month, 1), value };
        let reading = Reading {
            subject: Subject { key: format!("outlet/{}", id(3)), name, link: link.clone() },
            unit: id(3),
            value: Some(1.0),
            reference: None,
            history: vec![moment(4, Some(3.0)), moment(5, None), moment(6, Some(1.0))],
            evidence: vec![Evidence { name: Text::new("网点页面", "page of the outlet"), value: Some(1.0), link }],
        };
        Box::pin(async move { Ok(if signal == "outlet-staff" { vec![reading] } else { Vec::new() }) })
    }
}
