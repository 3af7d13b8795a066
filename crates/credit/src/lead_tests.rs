use std::sync::Arc;

use database::testing::for_each_backend;
use jiff::civil::date;

use super::*;
use crate::testing::{World, client, days, keeper, key, now, province, told};
use crate::{Conditions, Filing, FilingState, Filings, FilingsAnswer, LeadQuery, Peers};

/// Six filings that are alike, or more.
#[derive(Debug)]
struct Alike(usize);

impl Filings for Alike {
    fn of<'a>(&'a self, _: &'a [String]) -> FilingsAnswer<'a, Vec<Filing>> {
        let filing = |n: usize| Filing {
            id: format!("CN-P-{n}"),
            title: format!("一种智能水杯{n}"),
            address: "示范路1号".to_owned(),
            inventors: Vec::new(),
            filed: Some(date(2024, 1, 1)),
            state: FilingState::Pending,
        };
        let filings = (0..self.0).map(filing).collect();
        Box::pin(async move { Ok(filings) })
    }

    fn peers(&self) -> FilingsAnswer<'_, Peers> {
        Box::pin(async { Ok(Peers::default()) })
    }

    fn query(&self, conditions: &Conditions<'_>) -> String {
        format!("ti={}", conditions.title.unwrap_or_default())
    }
}

async fn looked(world: &World, agency: &AgencyId, at: Timestamp, filings: usize) -> usize {
    let credit = world.credit.clone().reading(Arc::new(Alike(filings)));
    credit.look_for_leads(at, &province(), agency).await.unwrap()
}

#[tokio::test]
async fn filings_are_looked_at_once_a_day_however_many_look() {
    for_each_backend(|database| async move {
        let world = World::new(database).await;
        let (agency, _) = (world.agency(1).await, world.agency(2).await);
        let credit = world.credit.clone().reading(Arc::new(Alike(6)));
        assert_eq!(credit.looked_at(&province(), None).await.unwrap(), None);
        let (one, two) = tokio::join!(credit.look_daily(now()), credit.look_daily(now()));
        let (one, two) = (one.unwrap(), two.unwrap());
        assert_eq!((one.0 + two.0, one.1 + two.1), (2, 2), "two agencies, a lead each");
        assert_eq!(credit.look_daily(now() + SignedDuration::from_hours(5)).await.unwrap(), (0, 0));
        assert_eq!(credit.look_daily(days(1)).await.unwrap(), (2, 0), "known leads are brought up to date");
        assert_eq!(credit.looked_at(&province(), Some(&agency.id)).await.unwrap(), Some(days(1)));
        assert_eq!(credit.looked_at(&keeper(30, &[3]), None).await.unwrap(), None, "keepers of others see none");
        assert!(credit.looked_at(&client(1), None).await.is_err());
        assert!(credit.look_for_leads(days(1), &client(1), &agency.id).await.is_err());
        assert_eq!(credit.look_for_leads(days(1), &province(), &agency.id).await.unwrap(), 0, "the button looks again");
        let leads = credit.leads(&province(), &LeadQuery::default()).await.unwrap().rows;
        assert!(leads.iter().all(|lead| lead.last_seen == date(2026, 6, 2)), "{leads:?}");
    })
    .await;
}

#[tokio::test]
async fn a_sign_is_one_lead_however_often_it_is_seen() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        let agency = world.agency(1).await.id;
        assert_eq!(looked(&world, &agency, now(), 6).await, 1);
        assert_eq!(looked(&world, &agency, days(1), 7).await, 0);
        let leads = world.credit.leads(&province(), &LeadQuery::default()).await.unwrap().rows;
        assert_eq!(leads.len(), 1);
        let lead = &leads[0];
        assert_eq!((lead.figure.value, lead.last_seen, lead.first_seen), (7.0, date(2026, 6, 2), date(2026, 6, 1)));
        assert_eq!(lead.query, "ti=一种智能水杯");
        for stranger in [client(1), accounts::Actor::visitor()] {
            assert!(world.credit.leads(&stranger, &LeadQuery::default()).await.is_err(), "keepers only");
        }
        assert!(world.credit.lead(&keeper(30, &[3]), &lead.id).await.is_err());
        let mut write = database.write().await.unwrap();
        dismiss_lead(&mut write, days(2), &province(), (&lead.id, lead.version), "系列申请，无异常").await.unwrap();
        write.commit().await.unwrap();
        assert_eq!(looked(&world, &agency, days(3), 9).await, 0);
        let lead = world.credit.lead(&province(), &lead.id).await.unwrap();
        assert_eq!(lead.state, LeadState::Dismissed, "what was worked stays so");
        assert_eq!(world.credit.open_leads(&province()).await.unwrap(), 0);
    })
    .await;
}

#[tokio::test]
async fn a_lead_becomes_a_draft_when_a_person_says_so() {
    for_each_backend(|database| async move {
        let world = World::new(database.clone()).await;
        let agency = world.agency(1).await.id;
        looked(&world, &agency, now(), 6).await;
        let lead = world.credit.leads(&province(), &LeadQuery::default()).await.unwrap().rows.remove(0);
        let (first, told) = (key(90), told("M01"));
        let mut write = database.write().await.unwrap();
        let event = take_lead_up(&mut write, days(1), &province(), (&lead.id, 1), (&first, &told)).await.unwrap();
        write.commit().await.unwrap();
        assert_eq!((event.state, event.lead.as_ref()), (crate::EventState::Draft, Some(&lead.id)));
        let after = world.credit.lead(&province(), &lead.id).await.unwrap();
        assert_eq!((after.state, after.event), (LeadState::Taken, Some(event.id)));
        let mut write = database.write().await.unwrap();
        let second = key(91);
        let again = take_lead_up(&mut write, days(1), &province(), (&lead.id, 2), (&second, &told)).await.unwrap_err();
        assert!(matches!(again, CreditError::LeadWorked), "{again}");
    })
    .await;
}
