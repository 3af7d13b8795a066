//! Bibliography: facts with their INID codes (WIPO ST.9, ST.60, ST.80), people, classes, goods, citations.

use query::Field;
use records::{Date, Party, Right, RightKind};
use search::{Dossier, Marker, SchemeName};

use super::BriefView;
use crate::language::Lang;
use crate::link;
use crate::words::Marked;

/// One line of the bibliography.
pub(crate) struct Fact {
    /// INID code, empty where there is none.
    pub(crate) inid: &'static str,
    pub(crate) name: &'static str,
    pub(crate) values: Vec<(String, Option<String>)>,
}

/// People in one role.
pub(crate) struct Parties {
    pub(crate) inid: &'static str,
    pub(crate) role: &'static str,
    pub(crate) list: Vec<PartyView>,
}

/// One of them.
pub(crate) struct PartyView {
    pub(crate) name: Marked,
    pub(crate) list: String,
    pub(crate) details: String,
}

/// Classes of one scheme.
pub(crate) struct ClassGroup {
    pub(crate) scheme: &'static str,
    pub(crate) inid: &'static str,
    pub(crate) list: Vec<ClassView>,
}

/// One class with its title and list.
pub(crate) struct ClassView {
    pub(crate) symbol: String,
    /// Titles of the levels above, the top one first.
    pub(crate) above: Vec<String>,
    pub(crate) title: Option<String>,
    pub(crate) browse: String,
    pub(crate) list: String,
}

/// Goods or services of one Nice class in one language.
pub(crate) struct Goods {
    pub(crate) class: u8,
    pub(crate) list: String,
    pub(crate) lang: Option<String>,
    pub(crate) terms: Vec<Marked>,
    /// Whether it is in the page's language, or the only one; others are folded.
    pub(crate) first: bool,
}

/// A cited document.
pub(crate) struct CitationView {
    pub(crate) number: String,
    pub(crate) category: Option<String>,
    pub(crate) by: Option<String>,
    pub(crate) right: Option<BriefView>,
    pub(crate) list: String,
}

/// Titles beside the one in the heading: language, text.
pub(crate) fn other_titles(right: &Right, shown: &str) -> Vec<(String, String)> {
    let others = right.titles.iter().filter(|title| title.text != shown);
    others.map(|title| (title.lang.clone().unwrap_or_default(), title.text.clone())).collect()
}

/// Numbers and dates. INID codes: patents ST.9, marks ST.60, designs ST.80 agree on those used here.
pub(crate) fn facts(right: &Right, lang: Lang) -> Vec<Fact> {
    let plain = |value: String| vec![(value, None)];
    let application = right.application_number.clone().map(|number| format!("{} {number}", right.office));
    let office = (right.office.to_string(), Some(link::list(&format!("office={}", right.office))));
    let registered = matches!(right.right, RightKind::Trademark | RightKind::Gi | RightKind::Layout);
    let granted = if registered { lang.t("注册日", "Registration date") } else { lang.t("授权日", "Grant date") };
    let ends = right.ends_on().filter(|_| right.expiry_date.is_none()).map(|day| match lang {
        Lang::Zh => format!("{day}（依法推算，以缴费维持为前提）"),
        Lang::En => format!("{day} (by law, if kept up)"),
    });
    let all = [
        ("", lang.t("标识", "Identifier"), plain(right.id.to_string())),
        ("19", lang.t("受理局", "Office"), vec![office]),
        ("21", lang.t("申请号", "Application number"), application.map(plain).unwrap_or_default()),
        ("22", lang.t("申请日", "Filing date"), day(right.filing_date)),
        ("11", lang.t("公开公告", "Publications"), publications(right)),
        (
            "11",
            lang.t("注册号", "Registration number"),
            right.registration_number.clone().map(plain).unwrap_or_default(),
        ),
        ("45", granted, day(right.grant_date)),
        (
            "",
            lang.t("届满日", "Expiry date"),
            right.expiry_date.map_or_else(|| ends.map(plain).unwrap_or_default(), |d| day(Some(d))),
        ),
        ("30", lang.t("优先权", "Priorities"), priorities(right)),
    ];
    let mut facts: Vec<Fact> = all.into_iter().map(|(inid, name, values)| Fact { inid, name, values }).collect();
    facts.extend(right.facts.iter().map(|(name, value)| Fact {
        inid: "",
        name: fact_name(name, lang),
        values: plain(value.clone()),
    }));
    facts.retain(|fact| !fact.values.is_empty());
    facts
}

fn day(date: Option<Date>) -> Vec<(String, Option<String>)> {
    date.map(|date| (date.to_string(), None)).into_iter().collect()
}

fn publications(right: &Right) -> Vec<(String, Option<String>)> {
    let one = |publication: &records::Publication| {
        let kind = publication.kind.as_ref().map_or("", |kind| kind.as_str());
        let date = publication.date.map_or_else(String::new, |date| format!("  {date}"));
        (format!("{}{kind}{date}", publication.number), None)
    };
    right.publications.iter().map(one).collect()
}

fn priorities(right: &Right) -> Vec<(String, Option<String>)> {
    let one = |priority: &records::Priority| {
        let office = priority.office.map_or_else(String::new, |office| format!("{office} "));
        let date = priority.date.map_or_else(String::new, |date| format!("  {date}"));
        (
            format!("{office}{}{date}", priority.number),
            Some(link::list(&query::clause(Field::Priority, &priority.number))),
        )
    };
    right.priorities.iter().map(one).collect()
}

/// Names of further facts that readers of formats use; others are shown as they are called.
fn fact_name(name: &str, lang: Lang) -> &'static str {
    let (zh, en) = match name {
        "mark_feature" => ("商标类型", "Feature of the mark"),
        "area" => ("产地范围", "Area"),
        "species" => ("植物品种", "Species"),
        "labels" => ("标签", "Labels"),
        "note" => ("说明", "Note"),
        "product_indication" => ("产品名称", "Indication of product"),
        _ => ("其他", "Further"),
    };
    lang.t(zh, en)
}

pub(crate) fn parties(right: &Right, marker: &Marker, lang: Lang) -> Vec<Parties> {
    let designer = right.right == RightKind::Design;
    let roles = [
        ("71", lang.t("申请人", "Applicants"), &right.applicants, Field::Applicant),
        ("73", lang.t("权利人", "Owners"), &right.owners, Field::Owner),
        (
            "72",
            if designer { lang.t("设计人", "Designers") } else { lang.t("发明人", "Inventors") },
            &right.inventors,
            Field::Inventor,
        ),
        ("74", lang.t("代理", "Agents"), &right.agents, Field::Agent),
    ];
    let view = |(inid, role, list, field): (&'static str, &'static str, &Vec<Party>, Field)| Parties {
        inid,
        role,
        list: list.iter().map(|party| party_view(party, field, marker)).collect(),
    };
    roles.into_iter().filter(|(_, _, list, _)| !list.is_empty()).map(view).collect()
}

fn party_view(party: &Party, field: Field, marker: &Marker) -> PartyView {
    let name = if party.name.is_empty() { party.identifier.clone().unwrap_or_default() } else { party.name.clone() };
    let place = party.address.clone().or_else(|| {
        let parts: Vec<&str> = [&party.city, &party.region].into_iter().flatten().map(String::as_str).collect();
        (!parts.is_empty()).then(|| parts.join(", "))
    });
    let identifier = party.identifier.clone().filter(|identifier| *identifier != name);
    let mut details: Vec<String> = party.other_names.iter().filter(|other| **other != name).cloned().collect();
    details.extend([party.organisation.clone(), place, party.country.clone(), identifier].into_iter().flatten());
    PartyView {
        list: link::list(&format!("{}=={}", field.code(), quoted(&name))),
        name: Marked::new(name.clone(), marker.places(field, &name)),
        details: details.join(" · "),
    }
}

/// A text as a phrase of the query language.
fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

pub(crate) fn classes(dossier: &Dossier, lang: Lang) -> Vec<ClassGroup> {
    let group = |scheme: SchemeName| {
        let view = |class: &search::ClassPlace| ClassView {
            symbol: class.symbol.clone(),
            above: class.above.iter().map(|row| row.title(lang.code()).to_owned()).filter(|t| !t.is_empty()).collect(),
            title: Some(class.title(lang.code()).to_owned()).filter(|title| !title.is_empty()),
            browse: link::Link::to(format!("/classes/{}", scheme.code())).with("symbol", &class.symbol).address(),
            list: link::list(&class.query),
        };
        let of_scheme = dossier.classes.iter().filter(|class| class.scheme == scheme);
        ClassGroup { scheme: scheme.label(lang.code()), inid: inid(scheme), list: of_scheme.map(view).collect() }
    };
    SchemeName::ALL.into_iter().map(group).filter(|group| !group.list.is_empty()).collect()
}

/// INID code under which offices print classes of a scheme.
const fn inid(scheme: SchemeName) -> &'static str {
    match scheme {
        SchemeName::Ipc | SchemeName::Locarno => "51",
        SchemeName::Cpc => "52",
        SchemeName::Nice => "511",
        SchemeName::Vienna => "531",
    }
}

/// Goods by class; of several languages that of the page first, the rest folded.
pub(crate) fn goods(right: &Right, marker: &Marker, lang: Lang) -> Vec<Goods> {
    let has = |wanted: &str| right.nice.iter().any(|nice| nice.lang.as_deref() == Some(wanted));
    let first = [lang.code(), "en", "zh"].into_iter().find(|code| has(code)).map(str::to_owned);
    let first = first.or_else(|| right.nice.first().and_then(|nice| nice.lang.clone()));
    let view = |nice: &records::NiceClass| Goods {
        class: nice.class,
        list: link::list(&format!("nice={}", nice.class)),
        first: nice.lang == first,
        lang: nice.lang.clone(),
        terms: nice.terms.iter().map(|term| Marked::new(term.clone(), marker.places(Field::Goods, term))).collect(),
    };
    let mut goods: Vec<Goods> = right.nice.iter().map(view).collect();
    goods.sort_by(|a, b| (!a.first, &a.lang, a.class).cmp(&(!b.first, &b.lang, b.class)));
    goods
}

pub(crate) fn citations(dossier: &Dossier, lang: Lang) -> Vec<CitationView> {
    let view = |cited: &search::Cited| {
        let number = cited.citation.number.clone()?;
        Some(CitationView {
            list: link::list(&query::clause(Field::Citation, &number)),
            category: cited.citation.category.clone(),
            by: cited.citation.by.as_deref().map(|by| match by {
                "examiner" => lang.t("审查员", "examiner").to_owned(),
                "applicant" => lang.t("申请人", "applicant").to_owned(),
                other => other.to_owned(),
            }),
            right: cited.leads_to.as_ref().map(|brief| BriefView::new(brief, lang)),
            number,
        })
    };
    dossier.citations.iter().filter_map(view).collect()
}

/// Parents, divisionals and the like, each with its relation; those that are not here are shown by number.
pub(crate) fn related(dossier: &Dossier, lang: Lang) -> Vec<(String, BriefView)> {
    let known = dossier.related.iter().filter_map(|related| Some((related, related.leads_to.as_ref()?)));
    known.map(|(related, brief)| (relation(&related.related.relation, lang), BriefView::new(brief, lang))).collect()
}

fn relation(word: &str, lang: Lang) -> String {
    let (zh, en) = match word {
        "division" => ("分案", "Division"),
        "continuation" => ("继续申请", "Continuation"),
        "continuation-in-part" => ("部分继续申请", "Continuation in part"),
        "reissue" => ("再颁", "Reissue"),
        "provisional" => ("临时申请", "Provisional"),
        "parent" => ("母案", "Parent"),
        other => return other.to_owned(),
    };
    lang.t(zh, en).to_owned()
}
