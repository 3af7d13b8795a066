//! Parameters of the API: read strictly, so that a slip of the pen is told instead of passed over in silence.

use axum::extract::FromRequestParts;
use axum::http::Request;
use axum::http::request::Parts;
use axum_extra::extract::Query as Pairs;
use index::FacetField;
use query::Spelling;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::ToSchema;

use crate::language::Lang;
use crate::problem::Failure;

/// The parameters of an address. `lang` goes with every address and is left out of `T`.
pub(crate) struct Asked<T>(pub(crate) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Failure> {
        let raw = parts.uri.query().unwrap_or_default();
        let (lang, own): (Vec<&str>, Vec<&str>) = raw.split('&').partition(|pair| pair.starts_with("lang="));
        if let Some(value) =
            lang.iter().filter_map(|pair| pair.strip_prefix("lang=")).find(|v| Lang::from_code(v).is_none())
        {
            return Err(Failure::parameter("lang", value, "zh, en"));
        }
        read(&own.join("&")).await.map(Self)
    }
}

/// Reads pairs as they stand in an address or in a form.
pub(crate) async fn read<T: DeserializeOwned>(raw: &str) -> Result<T, Failure> {
    let asked = Request::get(format!("/?{raw}")).body(()).map_err(|_| wrong("this cannot stand in an address"))?;
    let (mut parts, ()) = asked.into_parts();
    Pairs::from_request_parts(&mut parts, &()).await.map(|Pairs(read)| read).map_err(|error| {
        let text = error.body_text();
        wrong(text.strip_prefix("Failed to deserialize query string: ").unwrap_or(&text))
    })
}

fn wrong(text: &str) -> Failure {
    let name = text.split_once(": ").map(|(name, _)| name).filter(|name| name.bytes().all(|b| b.is_ascii_lowercase()));
    let (zh, en) = (format!("参数有误：{text}"), format!("A parameter cannot be understood: {text}"));
    Failure::Parameter(name.unwrap_or_default().to_owned(), zh, en)
}

/// A list whose values come one a parameter, or several with commas between them.
pub(crate) fn list<'de, D: Deserializer<'de>, T: DeserializeOwned>(deserializer: D) -> Result<Vec<T>, D::Error> {
    let values = Vec::<String>::deserialize(deserializer)?;
    let values = values.iter().flat_map(|value| value.split(',')).map(str::trim).filter(|value| !value.is_empty());
    values.map(|value| T::deserialize(serde::de::value::StrDeserializer::new(value))).collect()
}

/// A number that must lie between two others.
pub(crate) fn within(name: &str, value: usize, least: usize, most: usize) -> Result<usize, Failure> {
    let fits = (least..=most).contains(&value);
    if fits { Ok(value) } else { Err(Failure::parameter(name, &value.to_string(), &format!("{least}…{most}"))) }
}

/// How a query is spelled.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum As {
    /// Huizhi's own language.
    #[default]
    Huizhi,
    /// CQL as in Espacenet and OPS.
    Cql,
    /// BRS as in Patent Public Search.
    Brs,
}

impl As {
    pub(crate) const fn spelling(self) -> Spelling {
        match self {
            Self::Huizhi => Spelling::Huizhi,
            Self::Cql => Spelling::Cql,
            Self::Brs => Spelling::Brs,
        }
    }

    /// The query in Huizhi's own words.
    pub(crate) fn own_words(self, q: String) -> Result<String, Failure> {
        match self {
            Self::Huizhi => Ok(q),
            foreign => Ok(query::canonical(&query::parse_as(&q, foreign.spelling())?)),
        }
    }
}

/// A facet that is asked for: `applicant`, or `applicant:50` with the number of values.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub(crate) struct FacetAsked {
    pub(crate) field: FacetField,
    pub(crate) most: Option<usize>,
}

/// Values of a facet unless asked otherwise.
const USUAL: usize = 10;

impl FacetAsked {
    /// Field and number of values, for the index.
    pub(crate) fn pair(self) -> (FacetField, usize) {
        (self.field, self.most.unwrap_or(USUAL))
    }

    /// Reads a facet with at most so many values.
    pub(crate) fn read(text: &str, most: usize) -> Result<Self, String> {
        let (name, values) = text.split_once(':').map_or((text, None), |(name, values)| (name, Some(values)));
        let field = facet_field(name)?;
        let wanted = values.map(|values| {
            let number = values.parse().ok().filter(|number| (1..=most).contains(number));
            number.ok_or_else(|| format!("«{values}» is no number of values of {name}: expected 1…{most}"))
        });
        Ok(Self { field, most: wanted.transpose()? })
    }
}

impl TryFrom<String> for FacetAsked {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::read(&text, 1000)
    }
}

/// The code of a facet field as in JSON.
pub(crate) fn facet_code(field: FacetField) -> String {
    serde_json::to_value(field).ok().and_then(|code| code.as_str().map(str::to_owned)).unwrap_or_default()
}

/// The facet field with this code.
pub(crate) fn facet_field(code: &str) -> Result<FacetField, String> {
    FacetField::ALL.into_iter().find(|field| facet_code(*field) == code).ok_or_else(|| {
        let known: Vec<String> = FacetField::ALL.into_iter().map(facet_code).collect();
        format!("there is no facet «{code}»: expected one of {}", known.join(", "))
    })
}
