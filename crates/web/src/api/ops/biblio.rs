//! `published-data/publication/{docdb|epodoc}/…/biblio`: bibliographic data of publications.

use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use axum::extract::{Path, State};
use axum::response::Response;
use records::{Cpc, Date, Ipc, KindCode, Party, Publication, PublicationNumber, Right, RightId, RightKind};

use super::number::{Asked, bare, read_all};
use super::search::broken;
use super::write::{NAMESPACES, Xml, document, element, empty, leaf, leaf_with};
use super::{Fault, answer, check_constituents};
use crate::App;

pub(super) async fn by_body(
    State(app): State<Arc<App>>,
    Path((format, endpoint)): Path<(String, String)>,
    body: String,
) -> Result<Response, Fault> {
    check_constituents(&endpoint)?;
    biblio(&app, &format, &body).await
}

pub(super) async fn by_address(
    State(app): State<Arc<App>>,
    Path((format, number, endpoint)): Path<(String, String, String)>,
) -> Result<Response, Fault> {
    check_constituents(&endpoint)?;
    biblio(&app, &format, &number).await
}

pub(super) async fn by_address_with_constituents(
    State(app): State<Arc<App>>,
    Path((format, number, endpoint, constituents)): Path<(String, String, String, String)>,
) -> Result<Response, Fault> {
    check_constituents(&endpoint)?;
    check_constituents(&constituents)?;
    biblio(&app, &format, &number).await
}

/// `…/docdb/biblio/abstract` with numbers in the body, or `…/docdb/{number}/biblio`.
pub(super) async fn by_body_or_address(
    State(app): State<Arc<App>>,
    Path((format, first, second)): Path<(String, String, String)>,
    body: String,
) -> Result<Response, Fault> {
    check_constituents(&second)?;
    let numbers = if check_constituents(&first).is_ok() { &body } else { &first };
    biblio(&app, &format, numbers).await
}

async fn biblio(app: &App, format: &str, numbers: &str) -> Result<Response, Fault> {
    let asked = read_all(format, numbers)?;
    let rights = rights(app, &asked).await?;
    if rights.iter().all(Option::is_none) {
        return Err(Fault::no_results());
    }
    let xml = document("ops:world-patent-data", &NAMESPACES, |xml| {
        element(xml, "exchange-documents", &[], |xml| {
            asked.iter().zip(&rights).try_for_each(|(asked, right)| match right {
                Some(right) => {
                    matching(right, asked).try_for_each(|publication| exchange_document(xml, right, publication))
                }
                None => not_found(xml, asked),
            })
        })
    });
    Ok(answer(xml.map_err(broken)?))
}

/// The right of each publication that is asked for.
async fn rights(app: &App, asked: &[Asked]) -> Result<Vec<Option<Right>>, Fault> {
    let searcher = app.searcher();
    let register = searcher.register();
    let keys: Vec<Vec<String>> = asked.iter().map(|asked| asked.number.keys(asked.kind.as_ref())).collect();
    let found = register.find_each(&keys.concat()).await.map_err(broken)?;
    let mut ids: Vec<RightId> = found.values().flatten().cloned().collect();
    ids.sort_unstable();
    ids.dedup();
    let known = register.rights(&ids).await.map_err(broken)?.into_iter().flatten();
    let known: HashMap<RightId, Right> =
        known.filter(|right| is_patent(right.right)).map(|right| (right.id.clone(), right)).collect();
    let of = |(asked, keys): (&Asked, &Vec<String>)| {
        let mut ids = keys.iter().filter_map(|key| found.get(key)).flatten();
        ids.find_map(|id| known.get(id).filter(|right| matching(right, asked).next().is_some()).cloned())
    };
    Ok(asked.iter().zip(&keys).map(of).collect())
}

/// Whether the services know rights of this kind.
const fn is_patent(kind: RightKind) -> bool {
    matches!(kind, RightKind::Invention | RightKind::UtilityModel)
}

/// The publications of a right that were asked for.
fn matching<'r>(right: &'r Right, asked: &'r Asked) -> impl Iterator<Item = &'r Publication> {
    right.publications.iter().filter(|publication| asked.is(publication))
}

/// Office and serial number as docdb writes them.
fn halves(number: &PublicationNumber) -> (&str, &str) {
    bare(number).split_at_checked(2).unwrap_or_default()
}

fn not_found(xml: &mut Xml, asked: &Asked) -> io::Result<()> {
    let (country, serial) = halves(&asked.number);
    let mut told =
        vec![("system", "ops.epo.org"), ("status", "not found"), ("country", country), ("doc-number", serial)];
    told.extend(asked.kind.as_ref().map(|kind| ("kind", kind.as_str())));
    empty(xml, "exchange-document", &told)
}

/// One publication with the bibliographic data of its right.
pub(super) fn exchange_document(xml: &mut Xml, right: &Right, publication: &Publication) -> io::Result<()> {
    let number = &publication.number;
    let (country, serial) = halves(number);
    let told = [
        ("system", "ops.epo.org"),
        ("family-id", right.family_id.as_deref().unwrap_or_default()),
        ("country", country),
        ("doc-number", serial),
        ("kind", publication.kind.as_ref().map_or("", KindCode::as_str)),
    ];
    element(xml, "exchange-document", &told, |xml| {
        element(xml, "bibliographic-data", &[], |xml| {
            element(xml, "publication-reference", &[], |xml| {
                document_id(xml, "docdb", number, publication.kind.as_ref(), publication.date)?;
                document_id(xml, "epodoc", number, None, publication.date)
            })?;
            classes(xml, right)?;
            application(xml, right)?;
            priorities(xml, right)?;
            element(xml, "parties", &[], |xml| {
                parties(xml, "applicant", &right.applicants)?;
                parties(xml, "inventor", &right.inventors)
            })?;
            for title in &right.titles {
                leaf_with(xml, "invention-title", &language(title.lang.as_deref()), &title.text)?;
            }
            citations(xml, right)
        })?;
        for text in &right.abstracts {
            element(xml, "abstract", &language(text.lang.as_deref()), |xml| {
                text.text.lines().try_for_each(|line| leaf(xml, "p", line))
            })?;
        }
        Ok(())
    })
}

fn language(lang: Option<&str>) -> Vec<(&'static str, &str)> {
    lang.map(|lang| ("lang", lang)).into_iter().collect()
}

/// A publication number in one of the two spellings.
pub(super) fn document_id(
    xml: &mut Xml,
    spelling: &str,
    number: &PublicationNumber,
    kind: Option<&KindCode>,
    date: Option<Date>,
) -> io::Result<()> {
    element(xml, "document-id", &[("document-id-type", spelling)], |xml| {
        if spelling == "docdb" {
            let (country, serial) = halves(number);
            leaf(xml, "country", country)?;
            leaf(xml, "doc-number", serial)?;
        } else {
            leaf(xml, "doc-number", bare(number))?;
        }
        kind.map_or(Ok(()), |kind| leaf(xml, "kind", kind.as_str()))?;
        day(xml, date)
    })
}

fn day(xml: &mut Xml, date: Option<Date>) -> io::Result<()> {
    date.map_or(Ok(()), |date| leaf(xml, "date", &date.strftime("%Y%m%d").to_string()))
}

fn classes(xml: &mut Xml, right: &Right) -> io::Result<()> {
    if !right.ipc.is_empty() {
        element(xml, "classifications-ipcr", &[], |xml| {
            numbered(&right.ipc).try_for_each(|(at, symbol)| {
                element(xml, "classification-ipcr", &[("sequence", &at)], |xml| leaf(xml, "text", &spaced(symbol)))
            })
        })?;
    }
    if right.cpc.is_empty() {
        return Ok(());
    }
    element(xml, "patent-classifications", &[], |xml| {
        numbered(&right.cpc).try_for_each(|(at, symbol)| {
            element(xml, "patent-classification", &[("sequence", &at)], |xml| cooperative(xml, symbol))
        })
    })
}

/// Members of a list with their place, counted from 1.
fn numbered<T>(list: &[T]) -> impl Iterator<Item = (String, &T)> {
    (1..).map(|at: u32| at.to_string()).zip(list)
}

/// A symbol with the columns of ST.8: `E21B  47/    12`.
fn spaced(symbol: &Ipc) -> String {
    match (symbol.subclass(), symbol.main_group_number(), symbol.subgroup()) {
        (Some(subclass), Some(main), Some(sub)) => format!("{subclass}{main:>4}/{sub:>6}"),
        _ => symbol.to_string(),
    }
}

fn cooperative(xml: &mut Xml, symbol: &Cpc) -> io::Result<()> {
    empty(xml, "classification-scheme", &[("office", ""), ("scheme", "CPC")])?;
    leaf(xml, "section", symbol.section())?;
    symbol.class().map_or(Ok(()), |class| leaf(xml, "class", &class[1..]))?;
    symbol.subclass().map_or(Ok(()), |subclass| leaf(xml, "subclass", &subclass[3..]))?;
    symbol.main_group_number().map_or(Ok(()), |main| leaf(xml, "main-group", &main.to_string()))?;
    symbol.subgroup().map_or(Ok(()), |sub| leaf(xml, "subgroup", sub))
}

/// The application in normal form, and as the office writes it.
fn application(xml: &mut Xml, right: &Right) -> io::Result<()> {
    let Some(written) = right.application_number.as_deref() else { return Ok(()) };
    let kind = if right.right == RightKind::UtilityModel { "U" } else { "A" };
    element(xml, "application-reference", &[], |xml| {
        element(xml, "document-id", &[("document-id-type", "docdb")], |xml| {
            leaf(xml, "country", right.office.as_str())?;
            leaf(xml, "doc-number", right.id.serial())?;
            leaf(xml, "kind", kind)?;
            day(xml, right.filing_date)
        })?;
        element(xml, "document-id", &[("document-id-type", "original")], |xml| leaf(xml, "doc-number", written))
    })
}

fn priorities(xml: &mut Xml, right: &Right) -> io::Result<()> {
    if right.priorities.is_empty() {
        return Ok(());
    }
    element(xml, "priority-claims", &[], |xml| {
        numbered(&right.priorities).try_for_each(|(at, priority)| {
            element(xml, "priority-claim", &[("sequence", &at), ("kind", "national")], |xml| {
                element(xml, "document-id", &[("document-id-type", "epodoc")], |xml| {
                    let office = priority.office.map(|office| office.to_string()).unwrap_or_default();
                    let bare = priority.number.strip_prefix(&office).unwrap_or(&priority.number);
                    leaf(xml, "doc-number", &format!("{office}{bare}"))?;
                    day(xml, priority.date)
                })
            })
        })
    })
}

/// Applicants or inventors, with the country behind the name and as the office wrote them.
fn parties(xml: &mut Xml, role: &str, parties: &[Party]) -> io::Result<()> {
    if parties.is_empty() {
        return Ok(());
    }
    element(xml, &format!("{role}s"), &[], |xml| {
        for form in ["epodoc", "original"] {
            for (at, party) in numbered(parties) {
                let name = match &party.country {
                    Some(country) if form == "epodoc" => format!("{} [{country}]", party.name),
                    _ => party.name.clone(),
                };
                element(xml, role, &[("sequence", &at), ("data-format", form)], |xml| {
                    element(xml, &format!("{role}-name"), &[], |xml| leaf(xml, "name", &name))
                })?;
            }
        }
        Ok(())
    })
}

fn citations(xml: &mut Xml, right: &Right) -> io::Result<()> {
    if right.citations.is_empty() {
        return Ok(());
    }
    element(xml, "references-cited", &[], |xml| {
        for (at, citation) in numbered(&right.citations) {
            let mut told = vec![("sequence", at.as_str())];
            told.extend(citation.by.as_deref().map(|by| ("cited-by", by)));
            element(xml, "citation", &told, |xml| {
                if let Some((number, kind)) = citation.number.as_deref().and_then(PublicationNumber::read_full) {
                    element(xml, "patcit", &[("num", &at), ("dnum-type", "publication number")], |xml| {
                        document_id(xml, "docdb", &number, kind.as_ref(), None)
                    })?;
                } else {
                    let text = citation.text.as_deref().or(citation.number.as_deref()).unwrap_or_default();
                    element(xml, "nplcit", &[("num", &at)], |xml| leaf(xml, "text", text))?;
                }
                citation.category.as_deref().map_or(Ok(()), |category| leaf(xml, "category", category))
            })?;
        }
        Ok(())
    })
}
