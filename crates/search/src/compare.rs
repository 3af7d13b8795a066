//! Two rights side by side.

use records::{Claim, Right, RightId};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{Brief, COLUMNS, Piece, SearchError, Searcher, differences};

/// Two rights side by side.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct Comparison {
    /// The first right.
    pub first: Brief,
    /// The second right.
    pub second: Brief,
    /// Field by field; fields that both lack are left out.
    pub rows: Vec<ComparedRow>,
    /// First independent claims laid over each other, in a language that both have if there is one; empty when either has
    /// none.
    pub claims: Vec<Piece>,
}

/// One field of both.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ComparedRow {
    /// Name of the column, see [`COLUMNS`].
    pub field: &'static str,
    /// Its heading in the language asked.
    pub heading: &'static str,
    /// Values of the first right.
    pub first: Vec<ComparedValue>,
    /// Values of the second right.
    pub second: Vec<ComparedValue>,
    /// How they agree.
    pub agreement: Agreement,
    /// Titles and abstracts laid over each other; empty where they are equal or one is missing.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub pieces: Vec<Piece>,
}

/// One value, and whether the other right has it too.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ComparedValue {
    /// The value.
    pub text: String,
    /// Whether both have it.
    pub shared: bool,
}

/// How the values of a field agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Agreement {
    /// Both have the same values.
    Equal,
    /// Some values are in both.
    Partly,
    /// None is in both.
    Different,
}

impl Searcher {
    /// Two rights side by side with headings and labels in `lang`, `zh` or `en`; `None` when either is unknown.
    pub async fn compare(
        &self,
        first: &RightId,
        second: &RightId,
        lang: &str,
    ) -> Result<Option<Comparison>, SearchError> {
        let rights = self.register.rights(&[first.clone(), second.clone()]).await?;
        let mut rights = rights.into_iter().flatten().map(|right| self.as_of_today(right));
        let (Some(first), Some(second)) = (rights.next(), rights.next()) else { return Ok(None) };
        Ok(Some(compare(&first, &second, lang)))
    }
}

fn compare(first: &Right, second: &Right, lang: &str) -> Comparison {
    let rows = COLUMNS.iter().filter(|column| column.name != "id").filter_map(|column| {
        let (a, b) = ((column.value)(first, lang), (column.value)(second, lang));
        let running = matches!(column.name, "title" | "abstract");
        let split = |text: &str| -> Vec<String> {
            let separator = if running { "\n" } else { "; " };
            text.split(separator).filter(|value| !value.is_empty()).map(str::to_owned).collect()
        };
        let (values, others) = (split(&a), split(&b));
        (!values.is_empty() || !others.is_empty()).then(|| {
            let agreement = agreement(&values, &others);
            let laid_over = running && agreement != Agreement::Equal && !a.is_empty() && !b.is_empty();
            ComparedRow {
                field: column.name,
                heading: column.label(lang),
                first: compared(&values, &others),
                second: compared(&others, &values),
                agreement,
                pieces: if laid_over { differences(&a, &b) } else { Vec::new() },
            }
        })
    });
    let claims = main_claims(first, second).map(|(a, b)| differences(&a.text, &b.text)).unwrap_or_default();
    Comparison { rows: rows.collect(), claims, first: Brief::of(first), second: Brief::of(second) }
}

fn compared(values: &[String], others: &[String]) -> Vec<ComparedValue> {
    let value =
        |text: &String| ComparedValue { shared: others.iter().any(|other| same(text, other)), text: text.clone() };
    values.iter().map(value).collect()
}

fn agreement(values: &[String], others: &[String]) -> Agreement {
    let has = |values: &[String], text: &String| values.iter().any(|value| same(value, text));
    let (shared, back) = (values.iter().filter(|v| has(others, v)).count(), others.iter().all(|v| has(values, v)));
    match shared {
        shared if shared == values.len() && back => Agreement::Equal,
        0 => Agreement::Different,
        _ => Agreement::Partly,
    }
}

/// Whether two values are one but for their spelling.
fn same(a: &str, b: &str) -> bool {
    a == b || (a.len() < 1000 && language::whole(a) == language::whole(b))
}

/// The first independent claims of both, of one language where there is one that both have.
fn main_claims<'r>(first: &'r Right, second: &'r Right) -> Option<(&'r Claim, &'r Claim)> {
    let main = |right: &'r Right| right.claims.iter().filter(|claim| claim.depends_on.is_empty());
    let pair = main(first).find_map(|claim| Some((claim, main(second).find(|other| other.lang == claim.lang)?)));
    pair.or_else(|| Some((main(first).next()?, main(second).next()?)))
}
