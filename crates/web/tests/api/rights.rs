use axum::http::StatusCode;
use records::RightKind;

use crate::given::{RIGHTS, encoded, id, kind, part, publication, site};

/// An invention of the site.
fn invention() -> u32 {
    (1..=RIGHTS).find(|n| kind(*n) == RightKind::Invention).unwrap()
}

#[tokio::test]
async fn a_right_answers_to_its_id_and_to_every_spelling_of_its_numbers() {
    let site = site().await;
    let n = invention();
    let number = publication(n);
    let digits = number.number();
    for spelling in [
        id(n),
        id(n).to_lowercase(),
        number.to_string(),
        format!("{number}A"),
        format!("XX {},{},{} A", &digits[..1], &digits[1..4], &digits[4..]),
        format!("XX/{digits}"),
    ] {
        let reply = site.get(&format!("/api/v1/rights/{}", encoded(&spelling))).await;
        assert_eq!(reply.status, StatusCode::OK, "{spelling}: {}", reply.text());
        assert_eq!(reply.json()["id"], id(n), "{spelling}");
        assert_eq!(reply.header("content-location"), format!("/api/v1/rights/{}", id(n)));
        assert_eq!(reply.header("content-type"), "application/json");
    }
    let right = site.json(&format!("/api/v1/rights/{}", id(n))).await;
    assert!(right["description"].is_object() && right["claims"].is_array() && right["sources"].is_array());
}

#[tokio::test]
async fn an_unknown_right_is_a_problem_that_names_it() {
    let site = site().await;
    for unknown in ["XX-P-20990000001", "CN104751825B", "no%20number", "%F0%9F%92%A1", "..", "%2e%2e%2f"] {
        for end in ["", "/dossier"] {
            let reply = site.get(&format!("/api/v1/rights/{unknown}{end}")).await;
            assert_eq!(reply.problem(404)["code"], "not-found", "{unknown}");
        }
    }
    let problem = site.problem("/api/v1/rights/CN104751825B?lang=en", 404).await;
    assert!(problem["title"].as_str().unwrap().contains("CN104751825B"));
    assert_eq!(site.problem("/api/v1/nothing", 404).await["code"], "not-found");
    assert_eq!(site.problem("/api/other", 404).await["code"], "not-found");
}

#[tokio::test]
async fn a_number_that_fits_several_rights_names_them() {
    let site = site().await;
    // Two rights of different kinds have this serial number.
    let n = (1..RIGHTS).find(|n| n % 2 == 0 && kind(*n) == RightKind::Invention).unwrap();
    let serial = id(n).rsplit('-').next().unwrap().to_owned();
    let problem = site.problem(&format!("/api/v1/rights/{serial}"), 409).await;
    assert_eq!(problem["code"], "ambiguous-number");
    let mut candidates: Vec<&str> =
        problem["candidates"].as_array().unwrap().iter().map(|id| id.as_str().unwrap()).collect();
    candidates.sort_unstable();
    let mut wanted = [id(n), id(n + 1)];
    wanted.sort();
    assert_eq!(candidates, wanted);
}

#[tokio::test]
async fn a_right_is_sent_again_only_when_it_changed() {
    let site = site().await;
    let n = invention();
    let address = format!("/api/v1/rights/{}", id(n));
    let tag = site.get(&address).await.header("etag").to_owned();
    assert_eq!(site.get_with(&address, &[("if-none-match", &tag)]).await.status, StatusCode::NOT_MODIFIED);
    // Another right changes: this one stays as the client has it.
    site.add(vec![part(RIGHTS + 1)]).await;
    let again = site.get_with(&address, &[("if-none-match", &tag)]).await;
    assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    let mut changed = part(n);
    changed.record.registration_number = Some("R123".to_owned());
    changed.as_of = Some(records::Date::constant(2026, 6, 2));
    site.add(vec![changed]).await;
    let fresh = site.get_with(&address, &[("if-none-match", &tag)]).await;
    assert_eq!((fresh.status, fresh.json()["registration_number"].as_str()), (StatusCode::OK, Some("R123")));
}

#[tokio::test]
async fn a_dossier_has_what_stands_round_a_right() {
    let site = site().await;
    let n = (31..=RIGHTS).find(|n| kind(*n) == RightKind::Invention).unwrap();
    let dossier = site.json(&format!("/api/v1/rights/{}A/dossier", publication(n))).await;
    assert_eq!(dossier["right"]["id"], id(n));
    assert!(dossier["family"]["total"].as_u64().unwrap() > 0);
    let family =
        site.json(&format!("/api/v1/search?limit=0&q={}", encoded(dossier["family"]["query"].as_str().unwrap()))).await;
    assert_eq!(family["total"].as_u64().unwrap(), dossier["family"]["total"].as_u64().unwrap() + 1, "with itself");
    assert_eq!(dossier["citations"][0]["leads_to"]["id"], id(7));
    assert!(!dossier["similar"].as_array().unwrap().is_empty());
    let cited = site.json(&format!("/api/v1/rights/{}/dossier", id(7))).await;
    let citing =
        site.json(&format!("/api/v1/search?limit=0&q={}", encoded(cited["cited_by"]["query"].as_str().unwrap()))).await;
    assert_eq!(citing["total"], cited["cited_by"]["total"]);
}
