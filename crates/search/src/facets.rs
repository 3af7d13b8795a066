//! Facets as clauses and labels: what a value that was counted is called, and the text that finds its rights.

use index::FacetField;
use query::{Field, clause as field_clause};
use records::class::technology::FIELDS;
use records::region::{PROVINCES, cities_named, province_of};
use records::{ApplicantType, RightKind, Status, country_name};

/// The condition that finds exactly the rights that a facet counted under `value`; it parses by itself and can be put to
/// any query by [`query::with_clause`].
pub fn clause(facet: FacetField, value: &str) -> String {
    if facet == FacetField::Class {
        return if let Some(class) = value.strip_prefix("Nice ") {
            field_clause(Field::Nice, class)
        } else if let Some(class) = value.strip_prefix("Locarno ") {
            field_clause(Field::Locarno, class)
        } else {
            field_clause(Field::Class, value)
        };
    }
    match facet {
        FacetField::Group => field_clause(Field::Class, &format!("{value}/00")),
        other => field_clause(field_of(other), value),
    }
}

/// The field of the language in which a facet's values are asked.
pub const fn field_of(facet: FacetField) -> Field {
    match facet {
        FacetField::Right => Field::Right,
        FacetField::Status => Field::Status,
        FacetField::Office => Field::Office,
        FacetField::Applicant => Field::Applicant,
        FacetField::Owner => Field::Owner,
        FacetField::Inventor => Field::Inventor,
        FacetField::Agent => Field::Agent,
        FacetField::Class | FacetField::Group => Field::Class,
        FacetField::Cited => Field::Citation,
        FacetField::Technology => Field::Technology,
        FacetField::Region => Field::Region,
        FacetField::Country => Field::Country,
        FacetField::City => Field::City,
        FacetField::ApplicantType => Field::ApplicantType,
        FacetField::FilingYear => Field::FilingDate,
        FacetField::PublicationYear => Field::PublicationDate,
        FacetField::GrantYear => Field::GrantDate,
        FacetField::ExpiryYear => Field::ExpiryDate,
    }
}

/// A facet's name in `zh` or, for every other language, English.
pub const fn facet_name(facet: FacetField, lang: &str) -> &'static str {
    let (zh, en) = match facet {
        FacetField::Right => ("类型", "Kind"),
        FacetField::Status => ("状态", "Status"),
        FacetField::Office => ("受理局", "Office"),
        FacetField::Applicant => ("申请人", "Applicant"),
        FacetField::Owner => ("权利人", "Owner"),
        FacetField::Inventor => ("发明人", "Inventor"),
        FacetField::Agent => ("代理人", "Agent"),
        FacetField::Class => ("分类", "Class"),
        FacetField::Group => ("大组", "Main group"),
        FacetField::Cited => ("被引文献", "Cited document"),
        FacetField::Technology => ("技术领域", "Technical field"),
        FacetField::Region => ("地区", "Region"),
        FacetField::Country => ("申请人国别", "Country"),
        FacetField::City => ("城市", "City"),
        FacetField::ApplicantType => ("申请人类型", "Applicant type"),
        FacetField::FilingYear => ("申请年", "Filing year"),
        FacetField::PublicationYear => ("公开年", "Publication year"),
        FacetField::GrantYear => ("授权年", "Grant year"),
        FacetField::ExpiryYear => ("届满年", "Expiry year"),
    };
    if is_chinese(lang) { zh } else { en }
}

/// A value's name for people in `zh` or, for every other language, English; the value itself where it has no other name.
pub fn facet_label(facet: FacetField, value: &str, lang: &str) -> String {
    let zh = is_chinese(lang);
    let named = match facet {
        FacetField::Right => RightKind::from_code(value).map(|kind| kind.label(lang).to_owned()),
        FacetField::Status => Status::from_code(value).map(|status| status.label(lang).to_owned()),
        FacetField::Office | FacetField::Country => country_name(value, lang).map(str::to_owned),
        FacetField::Technology => FIELDS
            .iter()
            .find(|field| value.parse() == Ok(field.number))
            .map(|field| (if zh { field.zh } else { field.en }).to_owned()),
        FacetField::Region => province_of(value).map(|province| province.label(lang).to_owned()),
        FacetField::City if !zh => city(value),
        FacetField::ApplicantType => ApplicantType::from_code(value).map(|kind| kind.label(lang).to_owned()),
        FacetField::Class if zh => value
            .strip_prefix("Nice ")
            .map(|class| format!("尼斯第{class}类"))
            .or_else(|| value.strip_prefix("Locarno ").map(|class| format!("洛迦诺{class}类"))),
        FacetField::Class => value.strip_prefix("Nice ").map(|class| format!("Nice class {class}")),
        _ => None,
    };
    named.unwrap_or_else(|| value.to_owned())
}

/// The English name of a city, with its province where others are called so too.
fn city(value: &str) -> Option<String> {
    let city = cities_named(value).into_iter().next()?;
    let province = PROVINCES.iter().find(|province| province.code == city.province)?;
    let alone = cities_named(city.en).len() == 1;
    Some(if alone { city.en.to_owned() } else { format!("{}, {}", city.en, province.en) })
}

/// Whether labels are Chinese.
pub(crate) const fn is_chinese(lang: &str) -> bool {
    matches!(lang.as_bytes(), b"zh")
}
