//! `huizhi search`.

use anyhow::{Result, bail};
use index::{Facet, FacetField, Seek};
use query::Tongue;
use records::{RightKind, Status};
use search::{COLUMNS, Column, Found, Options, SearchError, Searcher, columns_named};

use super::Outcome;
use crate::cli::SearchArgs;
use crate::output::table;
use crate::settings::Settings;
use crate::store::Store;

/// Columns shown when none are chosen.
const COLUMNS_SHOWN: [&str; 7] =
    ["number", "title", "applicants", "filing_date", "publication_date", "right", "status"];

pub(crate) async fn run(settings: &Settings, args: SearchArgs) -> Result<Outcome> {
    let columns = columns(&args.fields)?;
    let store = Store::read(settings).await?;
    let searcher = store.searcher(settings).await?;
    let options = Options {
        sort: args.sort.sort(),
        limit: args.limit,
        after: args.cursor.map(Seek),
        explain: args.explain,
        ..Options::default()
    };
    let found = ask(&searcher, &args.query.join(" "), options, settings.lang).await?;
    if settings.json {
        println!("{}", serde_json::to_string_pretty(&found)?);
    } else {
        print(&found, &columns, settings.lang);
    }
    Ok(Outcome::Done)
}

/// Asks; a mistake in the query becomes an error with its place and mend.
pub(crate) async fn ask(searcher: &Searcher, query: &str, options: Options, lang: &str) -> Result<Found> {
    match searcher.search(query, options).await {
        Err(SearchError::Mistake(mistake)) => bail!("{}", mistake.message(tongue(lang))),
        other => Ok(other?),
    }
}

/// The language of messages about a query.
pub(crate) fn tongue(lang: &str) -> Tongue {
    if lang == "zh" { Tongue::Chinese } else { Tongue::English }
}

fn columns(names: &[String]) -> Result<Vec<&'static Column>> {
    if names.is_empty() { named(COLUMNS_SHOWN) } else { named(names.iter().map(String::as_str)) }
}

/// The columns with these names, Chinese or English.
pub(crate) fn named<'n>(names: impl IntoIterator<Item = &'n str>) -> Result<Vec<&'static Column>> {
    let all = || COLUMNS.iter().map(|c| format!("{} {}", c.name, c.chinese)).collect::<Vec<_>>().join(", ");
    columns_named(names).map_err(|name| anyhow::anyhow!("there is no column «{name}»; choose from: {}", all()))
}

/// Prints an answer: total and time, the table, facets, the explanation, and the mark of the next page.
pub(crate) fn print(found: &Found, columns: &[&Column], lang: &str) {
    let zh = lang == "zh";
    if zh {
        println!("{}  共 {} 条，用时 {:.1} 毫秒", found.query, found.total, found.took_ms);
    } else {
        println!("{}  {} rights in {:.1} ms", found.query, found.total, found.took_ms);
    }
    if !found.hits.is_empty() {
        let heading: Vec<&str> = columns.iter().map(|c| c.heading(lang)).collect();
        let rows = found.hits.iter().map(|hit| columns.iter().map(|c| short(&(c.value)(&hit.right, lang))).collect());
        println!("{}", table(&heading, rows));
    }
    for facet in found.facets.iter().filter(|facet| !facet.counts.is_empty()) {
        println!("{}", facet_line(facet, lang));
    }
    for clause in &found.clauses {
        println!("  {:>9}  {}", clause.hits, clause.clause);
    }
    for hit in found.hits.iter().filter(|hit| !hit.explanation.is_empty()) {
        let lines: Vec<_> = hit.explanation.iter().map(|l| format!("{}:{} {:.3}", l.field, l.term, l.score)).collect();
        println!("  {:.3} {} = {}", hit.score, hit.right.id, lines.join(" + "));
    }
    if let Some(next) = &found.next {
        println!("--cursor '{}'", next.0);
    }
}

fn facet_line(facet: &Facet, lang: &str) -> String {
    let zh = lang == "zh";
    let name = match facet.field {
        FacetField::Right => ["类型", "kind"],
        FacetField::Status => ["状态", "status"],
        FacetField::Office => ["受理局", "office"],
        FacetField::Applicant => ["申请人", "applicant"],
        FacetField::Owner => ["权利人", "owner"],
        FacetField::Inventor => ["发明人", "inventor"],
        FacetField::Agent => ["代理人", "agent"],
        FacetField::Class => ["分类", "class"],
        FacetField::Group => ["大组", "main group"],
        FacetField::Cited => ["引证", "cited"],
        FacetField::Technology => ["技术领域", "technology"],
        FacetField::Region => ["地区", "region"],
        FacetField::Country => ["国别", "country"],
        FacetField::City => ["城市", "city"],
        FacetField::ApplicantType => ["申请人类型", "applicant type"],
        FacetField::FilingYear => ["申请年", "filed"],
        FacetField::PublicationYear => ["公开年", "published"],
        FacetField::GrantYear => ["授权年", "granted"],
        FacetField::ExpiryYear => ["届满年", "expires"],
    };
    let label = |value: &str| match facet.field {
        FacetField::Right => RightKind::from_code(value).map_or(value.to_owned(), |k| k.label(lang).to_owned()),
        FacetField::Status => Status::from_code(value).map_or(value.to_owned(), |s| s.label(lang).to_owned()),
        FacetField::ApplicantType => search::facet_label(facet.field, value, lang),
        _ => value.to_owned(),
    };
    let counts: Vec<_> = facet.counts.iter().map(|c| format!("{} {}", label(&c.value), c.count)).collect();
    format!("{}: {}", name[usize::from(!zh)], counts.join(" · "))
}

/// A cell that keeps the table readable: the first line, at most 60 characters.
fn short(text: &str) -> String {
    let line = text.lines().next().unwrap_or_default();
    let mut cell: String = line.chars().take(60).collect();
    if cell.len() < text.len() {
        cell.push('…');
    }
    cell
}
