use axum::http::{Method, StatusCode};
use records::RightKind;

use crate::given::{RIGHTS, Reply, Site, encoded, kind, part, printed, publication, site};

const SEARCH: &str = "/ops/3.2/rest-services/published-data/search";
const PUBLICATION: &str = "/ops/3.2/rest-services/published-data/publication";

fn xml(reply: &Reply) -> String {
    assert_eq!(reply.status, StatusCode::OK, "{}", reply.text());
    assert_eq!(reply.header("content-type"), "application/xml");
    reply.text()
}

/// Asserts a fault with this code.
fn fault(reply: &Reply, status: u16, code: &str) {
    let text = reply.text();
    assert_eq!((reply.status.as_u16(), reply.header("content-type")), (status, "application/xml"), "{text}");
    assert!(text.contains(&format!("<fault xmlns=\"http://ops.epo.org\"><code>{code}</code><message>")), "{text}");
}

fn patents() -> Vec<u32> {
    (1..=RIGHTS).filter(|n| matches!(kind(*n), RightKind::Invention | RightKind::UtilityModel)).collect()
}

async fn search(site: &Site, q: &str, range: &str) -> Reply {
    let headers = [("content-type", "text/plain"), ("x-ops-range", range)];
    site.send(Method::POST, SEARCH, &headers, &format!("q={}", encoded(q))).await
}

#[tokio::test]
async fn a_search_lists_numbers_of_patents_by_rank() {
    let site = site().await;
    let first = xml(&search(&site, "pd>=2000", "1-100").await);
    assert!(first.contains(&format!("total-result-count=\"{}\"", patents().len())), "{first}");
    assert!(first.contains("<ops:query syntax=\"CQL\">pd&gt;=2000</ops:query><ops:range begin=\"1\" end="), "{first}");
    assert_eq!(first.matches("<ops:publication-reference ").count(), patents().len());
    for n in patents() {
        let (serial, code) = printed(n);
        assert!(first.contains(&format!("<doc-number>{serial}</doc-number><kind>{code}</kind>")), "{n}");
    }
    // Two pages are the whole.
    let half = xml(&search(&site, "pd>=2000", "1-10").await) + &xml(&search(&site, "pd>=2000", "11-100").await);
    assert_eq!(half.matches("<ops:publication-reference ").count(), patents().len());
    let by_address = site.get(&format!("{SEARCH}?q={}&Range=1-100", encoded("pd>=2000"))).await;
    assert_eq!(xml(&by_address), first);
    let usual = site.get(&format!("{SEARCH}?q={}", encoded("pd>=2000"))).await;
    assert!(xml(&usual).contains("<ops:range begin=\"1\" end=\"25\"/>"));
    let ranged = site.get_with(&format!("{SEARCH}?q={}", encoded("pd>=2000")), &[("range", "2-3")]).await;
    assert!(xml(&ranged).contains("<ops:range begin=\"2\" end=\"3\"/>"));
}

#[tokio::test]
async fn what_a_search_cannot_give_is_a_fault() {
    let site = site().await;
    fault(&search(&site, "ti=nothinglikethis", "1-25").await, 404, "SERVER.EntityNotFound");
    fault(&search(&site, "pd>=2000", "1001-1025").await, 404, "SERVER.EntityNotFound");
    fault(&search(&site, "ti=(lens", "1-25").await, 400, "CLIENT.InvalidQuery");
    fault(&search(&site, "colour=red", "1-25").await, 400, "CLIENT.InvalidQuery");
    fault(&search(&site, "", "1-25").await, 400, "CLIENT.InvalidQuery");
    fault(&search(&site, "ti=lens", "25-1").await, 400, "CLIENT.InvalidQuery");
    fault(&search(&site, "ti=lens", "1901-2001").await, 413, "CLIENT.InvalidRange");
    fault(&search(&site, "ti=lens", "1-101").await, 413, "CLIENT.InvalidRange");
    fault(&site.get(&format!("{SEARCH}/claims?q=ti%3Dlens")).await, 404, "CLIENT.InvalidReference");
    fault(&site.get("/ops/3.2/rest-services/family/publication/epodoc/EP1").await, 404, "CLIENT.InvalidReference");
    fault(&site.send(Method::DELETE, SEARCH, &[], "").await, 405, "CLIENT.MethodNotAllowed");
    // A query that XML cannot repeat as it is.
    let odd = xml(&search(&site, "pd>=2000\u{1}", "1-5").await);
    assert!(!odd.contains('\u{1}'));
}

#[tokio::test]
async fn publications_are_found_in_both_spellings_by_address_and_by_body() {
    let site = site().await;
    for right in [RightKind::Invention, RightKind::UtilityModel] {
        let n = (1..=RIGHTS).find(|n| kind(*n) == right).unwrap();
        let (serial, code) = printed(n);
        let by_address = xml(&site.get(&format!("{PUBLICATION}/docdb/XX.{serial}.{code}/biblio")).await);
        let named = format!("country=\"XX\" doc-number=\"{serial}\" kind=\"{code}\"");
        assert!(by_address.contains(&named), "{by_address}");
        for (format, spelling) in [
            ("docdb", format!("(XX).({serial}).({code})")),
            ("docdb", format!("XX.{serial}")),
            ("epodoc", format!("(XX{serial}).({code})")),
            ("epodoc", format!("XX{serial}.{code}")),
            ("epodoc", format!("XX{serial}")),
        ] {
            let address = format!("{PUBLICATION}/{format}/biblio");
            let post = site.send(Method::POST, &address, &[("content-type", "text/plain")], &spelling).await;
            assert_eq!(xml(&post), by_address, "{spelling}");
            let get = site.get(&format!("{PUBLICATION}/{format}/{spelling}/biblio")).await;
            assert_eq!(xml(&get), by_address, "{spelling}");
        }
        let parts = site
            .send(Method::POST, &format!("{PUBLICATION}/epodoc/biblio/abstract"), &[], &format!("XX{serial}"))
            .await;
        assert_eq!(xml(&parts), by_address);
        let cycle = site.get(&format!("{PUBLICATION}/epodoc/XX{serial}/biblio/full-cycle")).await;
        assert_eq!(xml(&cycle), by_address);
    }
}

#[tokio::test]
async fn of_several_numbers_those_that_are_not_here_are_marked() {
    let site = site().await;
    let found = patents()[0];
    let mark = (1..=RIGHTS).find(|n| kind(*n) == RightKind::Trademark).unwrap();
    let body = format!("XX{}\nXX{}\nEP1000000.A1\n", printed(found).0, printed(mark).0);
    let several = xml(&site.send(Method::POST, &format!("{PUBLICATION}/epodoc/biblio"), &[], &body).await);
    assert_eq!(several.matches("status=\"not found\"").count(), 2, "marks are not for this service: {several}");
    assert!(several.contains("status=\"not found\" country=\"EP\" doc-number=\"1000000\" kind=\"A1\""));
    fault(&site.get(&format!("{PUBLICATION}/epodoc/EP1000000/biblio")).await, 404, "SERVER.EntityNotFound");
    fault(&site.get(&format!("{PUBLICATION}/epodoc/nothing/biblio")).await, 400, "CLIENT.InvalidReference");
    fault(&site.get(&format!("{PUBLICATION}/original/EP1000000/biblio")).await, 400, "CLIENT.InvalidReference");
    fault(&site.get(&format!("{PUBLICATION}/epodoc/EP1000000/claims")).await, 404, "CLIENT.InvalidReference");
    fault(
        &site.send(Method::POST, &format!("{PUBLICATION}/epodoc/biblio"), &[], "").await,
        400,
        "CLIENT.InvalidReference",
    );
}

#[tokio::test]
async fn the_bibliographic_data_read_back_as_they_were() {
    let site = site().await;
    let n = patents().into_iter().find(|n| n % 5 == 0).unwrap();
    let text = xml(&site.get(&format!("{PUBLICATION}/epodoc/XX{}/biblio", printed(n).0)).await);
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("answer.xml");
    std::fs::write(&file, &text).unwrap();
    let begin = text.find("<ops:world-patent-data").unwrap() as u64;
    let record = sources::raw_record(file.to_str().unwrap(), begin).unwrap();
    assert_eq!(record.format_name(), "ops");
    let findings = record.read();
    assert!(findings.problems.is_empty(), "{:?}", findings.problems);
    let read = &findings.parts[0].record;
    let wanted = part(n).record;
    assert_eq!(read.titles.len(), 2);
    assert_eq!((&read.titles, &read.ipc, &read.cpc), (&wanted.titles, &wanted.ipc, &wanted.cpc));
    assert_eq!(read.filing_date, wanted.filing_date);
    assert_eq!(read.publications[0].number, wanted.publications[0].number);
    let names = |parties: &[records::Party]| parties.iter().map(|party| party.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&read.applicants), names(&wanted.applicants), "names with markup in them, too");
    assert_eq!(names(&read.inventors), names(&wanted.inventors));
    assert_eq!(read.citations[0].number, wanted.citations[0].number);
    assert_eq!(read.citations[1].text, wanted.citations[1].text);
    assert_eq!(read.family_id, wanted.family_id);
}

#[tokio::test]
async fn a_search_with_data_gives_each_hit_whole() {
    let site = site().await;
    let n = patents()[0];
    let alone = xml(&site.get(&format!("{PUBLICATION}/epodoc/XX{}/biblio", printed(n).0)).await);
    let document = &alone[alone.find("<exchange-document ").unwrap()..alone.find("</exchange-documents>").unwrap()];
    for constituents in ["biblio", "biblio,abstract", "full-cycle"] {
        let reply = site.get(&format!("{SEARCH}/{constituents}?q=pn%3D{}", publication(n))).await;
        assert!(xml(&reply).contains(document), "{constituents}");
    }
}

#[tokio::test]
async fn everyone_gets_a_token_and_hears_of_the_limits() {
    let site = site().await;
    let form = [("content-type", "application/x-www-form-urlencoded"), ("authorization", "Basic a2V5OnNlY3JldA==")];
    let token = site.send(Method::POST, "/ops/3.2/auth/accesstoken", &form, "grant_type=client_credentials").await;
    assert_eq!(token.status, StatusCode::OK);
    let token = token.json();
    assert!(!token["access_token"].as_str().unwrap().is_empty());
    assert!(token["expires_in"].as_str().unwrap().parse::<u32>().unwrap() > 60);
    let other = site.send(Method::POST, "/ops/3.2/auth/accesstoken", &form, "grant_type=password").await;
    assert_eq!(
        (other.status, other.json()["error"].as_str()),
        (StatusCode::BAD_REQUEST, Some("unsupported_grant_type"))
    );
    let reply = search(&site, "ti=lens", "1-2").await;
    let wanted =
        "idle (images=green:1000, inpadoc=green:1000, other=green:1000, retrieval=green:1000, search=green:1000)";
    assert_eq!(reply.header("x-throttling-control"), wanted);
}
