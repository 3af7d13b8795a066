//! Who is told of what.

use std::collections::BTreeMap;

use database::Write;
use jiff::Timestamp;
use network::{Id, OrganisationId};
use notices::{Notice, Recipient, put};

use crate::{IndicatorsError, Period, Value};

/// Tells units which of their values came back.
pub(crate) async fn returned(write: &mut Write, now: Timestamp, values: &[Value]) -> Result<(), IndicatorsError> {
    let mut by: BTreeMap<(&OrganisationId, Period), Vec<&Value>> = BTreeMap::new();
    for value in values {
        by.entry((&value.unit, value.period)).or_default().push(value);
    }
    for ((unit, period), values) in by {
        let codes: Vec<&str> = values.iter().map(|value| value.code.as_str()).collect();
        let (shown, why) = (codes.join(", "), values.first().map_or("", |value| value.reason.as_str()));
        let (zh, en) = (period.label("zh"), period.label("en"));
        let said = [("codes", shown.as_str()), ("period.zh", zh.as_str()), ("period.en", en.as_str()), ("reason", why)];
        let id = derived(now, &format!("{unit}/{period}/{shown}"));
        let to = Recipient::Organisation(unit);
        let link = format!("/governance/indicators/mine?unit={unit}&period={period}");
        put(write, now, &Notice { id, template: "indicators.returned", values: &said, to, link: &link }).await?;
    }
    Ok(())
}

/// The id of a notice, the same for the same matter at the same moment.
fn derived(at: Timestamp, of: &str) -> Id {
    let hash = blake3::hash(of.as_bytes());
    let mut random = [0; 10];
    random.copy_from_slice(&hash.as_bytes()[..10]);
    Id::make(at, random)
}
