//! What every request costs, with a network of 3,000 organisations.

use std::time::Instant;

use database::{Database, sqlite_url};
use jiff::SignedDuration;
use jiff::civil::date;
use network::{Kind, Level, NewOrganisation, OrganisationId, Profile};

use crate::Role;
use crate::world::*;

fn numbered(number: u16) -> OrganisationId {
    let [high, low] = number.to_be_bytes();
    OrganisationId::make(jiff::Timestamp::UNIX_EPOCH, [1, 0, 0, 0, 0, 0, 0, 0, high, low])
}

#[tokio::test]
#[ignore = "a measurement: run it alone, with --nocapture and optimised"]
async fn a_request_learns_who_asks() {
    let folder = tempfile::tempdir().unwrap();
    let database = Database::open(&sqlite_url(&folder.path().join("t.db"))).await.unwrap();
    let accounts = open(&database).await;
    let mut write = database.write().await.unwrap();
    for number in 0..3000_u16 {
        let parent = if number < 30 { organisation(1) } else { numbered(number % 30) };
        let (kind, level) =
            if number < 30 { (Kind::PublicServiceBody, Level::Province) } else { (Kind::Tisc, Level::Outlet) };
        let profile = Profile::new(&format!("机构{number}"), kind, level, "500000".parse().unwrap());
        let new = NewOrganisation { id: numbered(number), parent: Some(parent), from: date(2020, 1, 1), profile };
        network::create(&mut write, now(), &new).await.unwrap();
    }
    write.commit().await.unwrap();
    let client = person(&accounts, 1).await;
    let (staff, _) = official(&accounts, 2, Role::OutletStaff, Some(4)).await;
    let (administrator, _) = official(&accounts, 3, Role::Administrator, Some(1)).await;
    for (name, who) in [("client", client), ("outlet staff", staff), ("national administrator", administrator)] {
        let opened = session(&accounts, &who, now(), u16::try_from(name.len()).unwrap() + 70).await;
        let (mut first, mut again) = (Vec::new(), Vec::new());
        for n in 0..50 {
            // Past the time for which an expansion is kept.
            let at = now() + SignedDuration::from_secs(6 * n);
            for times in [&mut first, &mut again] {
                let begin = Instant::now();
                accounts.actor(&opened.token, at).await.unwrap().unwrap();
                times.push(begin.elapsed().as_micros());
            }
        }
        first.sort_unstable();
        again.sort_unstable();
        println!("{name}: {} µs, p95 {}; after five seconds {} µs", again[25], again[47], first[25]);
    }
}
