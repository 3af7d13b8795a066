//! `/search/advanced`: a form that writes the query.

mod filled;
mod prefill;
mod write;

use std::sync::Arc;

use askama::Template;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::Query;
use index::FacetField;
use query::{Field, FieldKind, Joint, Row, Spelling};
use records::{Office, RightKind, Status};
use search::Options;
use serde::Deserialize;

use crate::App;
use crate::frame::{Visit, page};
use crate::language::Lang;
use crate::link;
use crate::problem::Failure;
use crate::words::grouped;
use filled::{BOXES, Filled};

/// Rows of an empty form, and rows that stay empty below filled ones.
const ROWS: (usize, usize) = (5, 2);

/// Rows of dates, likewise.
const DATE_ROWS: (usize, usize) = (2, 1);

/// Offices that are offered; others are asked in a row.
const OFFICES: usize = 24;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    q: String,
    #[serde(rename = "as")]
    spelling: String,
    /// There when the form was sent.
    sent: String,
}

#[derive(Template)]
#[template(path = "advanced/page.html")]
struct AdvancedPage {
    visit: Visit,
    title: String,
    rows: Vec<RowView>,
    dates: Vec<DateView>,
    /// Fields for rows and for dates, by kind: name of the group, its fields.
    fields: Vec<(&'static str, Vec<FieldView>)>,
    date_fields: Vec<FieldView>,
    boxes: Vec<BoxGroup>,
    /// The query that was to be edited says more than rows can; it stands whole in the first.
    rich: bool,
    /// The query that was to be edited cannot be understood: sentence, its line, carets.
    broken: Option<(String, String, String)>,
    /// Whether some part of the form cannot be understood.
    wrong: bool,
}

struct RowView {
    joint: &'static str,
    field: &'static str,
    text: String,
    mistake: Option<String>,
}

struct DateView {
    field: &'static str,
    from: String,
    to: String,
    mistake: Option<String>,
}

struct FieldView {
    code: &'static str,
    name: String,
    /// A value that could stand in the row.
    example: &'static str,
}

/// Check boxes of one field.
struct BoxGroup {
    name: &'static str,
    code: &'static str,
    boxes: Vec<BoxView>,
}

struct BoxView {
    value: String,
    label: String,
    count: Option<String>,
    checked: bool,
}

pub(crate) async fn show(
    visit: Visit,
    State(app): State<Arc<App>>,
    Query(asked): Query<Asked>,
    Query(sent): Query<Filled>,
) -> Result<Response, Failure> {
    if !asked.sent.is_empty() || !sent.is_empty() {
        return match sent.written() {
            Ok(text) => Ok(Redirect::to(&link::list(&text)).into_response()),
            Err(wrong) => page(&form(visit, &app, sent, Some(wrong)).await?),
        };
    }
    let spelling = Spelling::from_code(&asked.spelling).unwrap_or(Spelling::Huizhi);
    match query::parse_as(&asked.q, spelling) {
        Ok(query) => {
            let (filled, rich) = Filled::of(query);
            page(&AdvancedPage { rich, ..form(visit, &app, filled, None).await? })
        }
        Err(mistake) => {
            let (line, carets) = mistake.excerpt();
            let broken = Some((mistake.sentence(visit.lang.tongue()), line, carets));
            page(&AdvancedPage { broken, ..form(visit, &app, Filled::default(), None).await? })
        }
    }
}

async fn form(visit: Visit, app: &App, filled: Filled, wrong: Option<write::Wrong>) -> Result<AdvancedPage, Failure> {
    let lang = visit.lang;
    let said = |at: write::At| wrong.as_ref().filter(|wrong| wrong.at == at).map(|wrong| wrong.told(lang));
    let mut rows: Vec<RowView> =
        filled.rows().iter().enumerate().map(|(at, row)| RowView::new(row, said(write::At::Row(at)))).collect();
    let blank = ROWS.0.saturating_sub(rows.len()).max(ROWS.1);
    rows.extend((0..blank).map(|_| RowView::new(&Row::default(), None)));
    let mut dates: Vec<DateView> = filled
        .dates()
        .enumerate()
        .map(|(at, (field, from, to))| DateView {
            field: field.code(),
            from: from.to_owned(),
            to: to.to_owned(),
            mistake: said(write::At::Date(at)),
        })
        .collect();
    let used = dates.len();
    let blank = DATE_ROWS.0.saturating_sub(used).max(DATE_ROWS.1);
    let offered = [Field::FilingDate, Field::PublicationDate, Field::GrantDate];
    dates.extend((0..blank).map(|at| DateView {
        field: offered[(used + at) % offered.len()].code(),
        from: String::new(),
        to: String::new(),
        mistake: None,
    }));
    Ok(AdvancedPage {
        title: visit.t("表格检索", "Advanced search").to_owned(),
        rows,
        dates,
        fields: groups(lang),
        date_fields: of_kind(FieldKind::Date, lang),
        boxes: boxes(app, &filled, lang).await?,
        rich: false,
        broken: None,
        wrong: wrong.is_some(),
        visit,
    })
}

impl RowView {
    fn new(row: &Row, mistake: Option<String>) -> Self {
        let joint = match row.joint {
            Joint::And => "and",
            Joint::Or => "or",
            Joint::Not => "not",
        };
        Self { joint, field: row.field.map_or("", Field::code), text: row.text.clone(), mistake }
    }
}

/// Fields by kind: name of the group, its fields.
fn groups(lang: Lang) -> Vec<(&'static str, Vec<FieldView>)> {
    let kinds = [
        (FieldKind::Text, lang.t("文本", "Texts")),
        (FieldKind::Name, lang.t("名称", "Names")),
        (FieldKind::Number, lang.t("号码", "Numbers")),
        (FieldKind::Date, lang.t("日期", "Dates")),
        (FieldKind::Class, lang.t("分类", "Classes")),
        (FieldKind::Keyword, lang.t("类型与状态", "Kinds and states")),
        (FieldKind::Count, lang.t("数量", "Counts")),
    ];
    kinds.into_iter().map(|(kind, name)| (name, of_kind(kind, lang))).collect()
}

fn of_kind(kind: FieldKind, lang: Lang) -> Vec<FieldView> {
    let view = |field: &Field| FieldView {
        code: field.code(),
        name: crate::words::field_name(*field, lang),
        example: value_of(field.example()),
    };
    Field::ALL.iter().filter(|field| field.kind() == kind).map(view).collect()
}

/// The value of an example, with its sign where that is not `=`.
fn value_of(example: &'static str) -> &'static str {
    let at = example.find(['=', '<', '>']).unwrap_or(0);
    let value = &example[at..];
    value.strip_prefix('=').filter(|rest| !rest.starts_with('=')).unwrap_or(value)
}

/// The parameter of a field's check boxes.
const fn parameter(field: Field) -> &'static str {
    match field {
        Field::Status => "status",
        Field::Office => "office",
        _ => "right",
    }
}

/// Check boxes: every kind and status, and the offices that have most rights with those that are chosen.
async fn boxes(app: &App, filled: &Filled, lang: Lang) -> Result<Vec<BoxGroup>, Failure> {
    let options = Options {
        limit: 0,
        facets: vec![(FacetField::Right, 10), (FacetField::Status, 10), (FacetField::Office, OFFICES)],
        ..Options::default()
    };
    let found = app.searcher().search("", options).await?;
    let group = |(field, facet): (Field, FacetField)| {
        let counts = found.facets.iter().find(|counted| counted.field == facet);
        let counts = counts.map(|counted| counted.counts.as_slice()).unwrap_or_default();
        let chosen = filled.codes(field);
        let mut values: Vec<String> = match field {
            Field::Right => RightKind::ALL.iter().map(|kind| kind.code().to_owned()).collect(),
            Field::Status => Status::ALL.iter().map(|status| status.code().to_owned()).collect(),
            _ => counts.iter().map(|count| count.value.clone()).collect(),
        };
        let offered = |code: &&String| field == Field::Office && code.parse::<Office>().is_ok();
        let more: Vec<String> = chosen.iter().filter(offered).filter(|code| !values.contains(code)).cloned().collect();
        values.extend(more);
        let view = |value: String| BoxView {
            label: search::facet_label(facet, &value, lang.code()),
            count: counts.iter().find(|count| count.value == value).map(|count| grouped(count.count)),
            checked: chosen.contains(&value),
            value,
        };
        let name = search::facet_name(facet, lang.code());
        BoxGroup { name, code: parameter(field), boxes: values.into_iter().map(view).collect() }
    };
    Ok(BOXES.into_iter().map(group).collect())
}
