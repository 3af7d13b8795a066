//! The walk: every row of the table as every role.

use std::sync::atomic::{AtomicU64, Ordering};

use accounts::{Actor, Origin, PersonId, Random, Role};
use axum::body::Body;
use axum::http::Request;

use crate::given::{Site, id as right};
use crate::made;
use crate::outlets::{id, with_network};
use crate::people::{now, with_roles};
use crate::routes::{self, Route};
use crate::table::{self, Outcome, ROLES};

/// The people of the walk, and what the places of addresses are filled in with.
struct Given {
    site: Site,
    /// In the order of the columns; none for the visitor.
    people: Vec<Option<PersonId>>,
    samples: Vec<(&'static str, String)>,
}

/// A small site, with someone for each role: staff and lead at outlet 3, administrators of province 2 above it and of
/// city 6 elsewhere.
async fn given() -> Given {
    let site = with_network().await;
    site.load("ipc", crate::given::IPC).await;
    let roles: [&[(Role, Option<u16>)]; 8] = [
        &[],
        &[(Role::OutletStaff, Some(3))],
        &[(Role::OutletLead, Some(3))],
        &[(Role::Administrator, Some(2))],
        &[(Role::Administrator, Some(6))],
        &[(Role::DataSteward, None)],
        &[(Role::Auditor, None)],
        &[(Role::Operator, None)],
    ];
    let mut people = vec![None];
    for (number, roles) in (1..).zip(roles) {
        people.push(Some(with_roles(&site, number, roles).await.person));
    }
    let samples = samples(&site, &people).await;
    Given { site, people, samples }
}

/// What fills the places of an address in: the path up to and with the place, and its value.
async fn samples(site: &Site, people: &[Option<PersonId>]) -> Vec<(&'static str, String)> {
    site.install().await;
    let client = people[1].as_ref().unwrap();
    let rights = right(1, records::RightKind::Invention);
    site.indicators.install(now(), &Actor::system("test")).await.unwrap();
    let (case, draft) = made::case_and_draft(site, client).await;
    let assessment = made::assessment(site).await;
    let [agency, announced, lead] = made::credit(site).await;
    let warning = made::warning(site).await;
    let (plan, plan_report) = made::plan(site).await;
    vec![
        ("/admin/people/{id}", client.to_string()),
        ("/admin/webhooks/{id}", id(3).to_string()),
        ("/api/v1/classes/{scheme}", "ipc".to_owned()),
        ("/api/v1/classes/{scheme}/{symbol}", "H".to_owned()),
        ("/api/v1/network/{id}", id(3).to_string()),
        ("/api/v1/rights/{id}", rights.clone()),
        ("/assets/{hash}/{name}", "huizhi.css".to_owned()),
        ("/cases/drafts/{id}", draft),
        ("/cases/drafts/{id}/steps/{step}", "1".to_owned()),
        ("/desk/cases/{id}", case.clone()),
        ("/desk/cases/{id}/acts/{action}", "accept".to_owned()),
        ("/desk/cases/{id}/documents/{document}", made::NOWHERE.to_owned()),
        ("/desk/cases/{id}/documents/{document}/{version}", "1".to_owned()),
        ("/desk/cases/{id}/tasks/{task}", made::NOWHERE.to_owned()),
        ("/cases/{id}", case),
        ("/cases/{id}/documents/{document}", made::NOWHERE.to_owned()),
        ("/cases/{id}/documents/{document}/{version}", "1".to_owned()),
        ("/cases/{id}/{act}", "withdraw".to_owned()),
        ("/classes/{scheme}", "ipc".to_owned()),
        ("/desk/codes/{outlet}", id(3).to_string()),
        ("/governance/assessments/schemes/{code}", "outlet".to_owned()),
        ("/governance/assessments/{id}", assessment),
        ("/governance/assessments/{id}/review/{unit}", id(3).to_string()),
        ("/governance/assessments/{id}/units/{unit}", id(3).to_string()),
        ("/governance/indicators/{code}", "P14-TISC".to_owned()),
        ("/api/v1/agencies/{id}", agency.clone()),
        ("/governance/credit/agencies/{id}", agency),
        ("/governance/credit/events/{id}", announced),
        ("/governance/credit/leads/{id}", lead),
        ("/governance/warnings/rules/{code}", "W-OUTLET-STAFF".to_owned()),
        ("/governance/warnings/{id}", warning),
        ("/governance/plans/files/{id}", made::NOWHERE.to_owned()),
        ("/governance/plans/reports/{id}", plan_report),
        ("/governance/plans/reports/{id}/files/{file}", made::NOWHERE.to_owned()),
        ("/governance/plans/{id}", plan),
        ("/governance/plans/{id}/edit/{key}", "1".to_owned()),
        ("/governance/plans/{id}/tasks/{key}", "1".to_owned()),
        ("/language/{code}", "en".to_owned()),
        ("/network/{id}", id(3).to_string()),
        ("/network/{id}/{act}", "suspend".to_owned()),
        ("/rights/{id}", rights),
        ("/services/{code}", made::ITEM.to_owned()),
        // The second version is a draft.
        ("/services/{code}/versions/{number}", "2".to_owned()),
        ("/services/{code}/versions/{number}/{act}", "publish".to_owned()),
    ]
}

/// An address of the site for a path with places. What no sample fills is filled with `x`, which is not there.
fn filled(path: &str, samples: &[(&str, String)]) -> String {
    let mut address = String::new();
    let mut rest = path;
    let mut read = 0;
    while let Some(at) = rest.find('{') {
        let end = at + rest[at..].find('}').unwrap() + 1;
        address += &rest[..at];
        read += end;
        let sample = samples.iter().find(|(place, _)| *place == &path[..read]);
        address += sample.map_or("x", |(_, value)| value.as_str());
        rest = &rest[end..];
    }
    address + rest
}

/// Another one each time.
fn seed() -> [u8; 32] {
    static DRAWN: AtomicU64 = AtomicU64::new(0);
    let mut seed = [7; 32];
    seed[..8].copy_from_slice(&DRAWN.fetch_add(1, Ordering::Relaxed).to_le_bytes());
    seed
}

impl Given {
    /// What each role gets.
    async fn outcomes(&self, (method, path): &Route, form: &str) -> Result<[Outcome; 9], String> {
        let address = filled(path, &self.samples);
        let mut all = Vec::new();
        for (who, person) in ROLES.iter().zip(&self.people) {
            let status = self.status(method, &address, form, person.as_ref()).await;
            let outcome = Outcome::of(status);
            all.push(outcome.ok_or_else(|| format!("{method} {address} as {who} answers {status}"))?);
        }
        Ok(all.try_into().unwrap())
    }

    async fn status(&self, method: &str, address: &str, form: &str, person: Option<&PersonId>) -> u16 {
        let mut request = Request::builder().method(method).uri(address).header("host", "huizhi.test");
        if let Some(person) = person {
            // A session for each request: some of them end it.
            let (system, mut random) = (Actor::system("test"), Random::new(seed()));
            let opened = self.site.accounts.open_for(&system, person, &Origin::default(), now(), &mut random).await;
            let opened = opened.unwrap();
            request = request.header("cookie", format!("session={}", opened.token.text()));
        }
        let body = match form.strip_prefix("file:") {
            Some(form) => {
                request = request.header("content-type", "multipart/form-data; boundary=cut");
                multipart(form)
            }
            None if method == "GET" => String::new(),
            None => {
                request = request.header("content-type", "application/x-www-form-urlencoded");
                form.to_owned()
            }
        };
        let (status, _, body) = self.site.send(request.body(Body::from(body)).unwrap()).await;
        let asks_code = status.is_success() && String::from_utf8_lossy(&body).contains("action=\"/cases/track\"");
        if asks_code { ASKS_CODE } else { status.as_u16() }
    }
}

/// Stands for the page that asks for the tracking code of a request, whatever there is at the address.
const ASKS_CODE: u16 = 299;

/// `field=name&other=value` as a form whose first field is a file of this name.
fn multipart(form: &str) -> String {
    let part = |(n, pair): (usize, &str)| {
        let (field, value) = pair.split_once('=').unwrap();
        let (file, value) = if n == 0 { (format!("; filename=\"{value}\""), "x") } else { (String::new(), value) };
        format!("--cut\r\nContent-Disposition: form-data; name=\"{field}\"{file}\r\n\r\n{value}\r\n")
    };
    form.split('&').enumerate().map(part).chain(["--cut--\r\n".to_owned()]).collect()
}

#[tokio::test]
async fn every_route_answers_every_role_as_the_table_says() {
    let given = given().await;
    let (routes, rows) = (routes::all(&given.site).await, table::read());
    assert!(routes.len() > 100, "{}", routes.len());
    let mut wrong = Vec::new();
    // What throws something away comes last.
    let mut ordered: Vec<&Route> = routes.iter().collect();
    ordered.sort_by_key(|(_, path)| path.ends_with("/discard"));
    for route in ordered {
        let row = rows.get(route);
        let form = row.map_or("", |row| row.form.as_str());
        match (given.outcomes(route, form).await, row) {
            (Err(broken), _) => wrong.push(broken),
            (Ok(found), None) => wrong.push(format!(
                "no row of crates/web/tests/permissions/table.txt is for this route; add it, if so it shall be:\n{}",
                table::written(route, &found)
            )),
            (Ok(found), Some(row)) if found != row.outcomes => wrong.push(format!(
                "the table says\n{}\nand the site does\n{}",
                table::written(route, &row.outcomes),
                table::written(route, &found)
            )),
            _ => {}
        }
    }
    let gone = rows.keys().filter(|route| !routes.contains(*route));
    wrong
        .extend(gone.map(|(method, path)| format!("there is no route {method} {path}; take its row out of table.txt")));
    assert!(wrong.is_empty(), "{} things are wrong:\n{}", wrong.len(), wrong.join("\n"));
}
