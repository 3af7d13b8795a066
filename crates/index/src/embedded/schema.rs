//! What the engine stores of a right: one engine field for each field of the query language, the id, and columns to count.

use std::collections::BTreeMap;

use query::{Field, FieldKind};
use tantivy::schema::{
    Field as Slot, IndexRecordOption, NumericOptions, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::RAW_TOKENIZER_NAME;

use super::{analysis, sound};
use crate::FacetField;

/// Version of the layout below, of the analysis of text and of the terms made from values; kept in every commit.
/// An index of another version must be rebuilt, so raise it with every change to them.
pub(super) const VERSION: u32 = 3;

/// Fields searched by words without a field name, with the weight of a match in each.
pub(super) const DEFAULT_FIELDS: [Field; 8] = [
    Field::Title,
    Field::Abstract,
    Field::Goods,
    Field::Applicant,
    Field::Owner,
    Field::Inventor,
    Field::Agent,
    Field::Claims,
];

/// Weight of a match in a field: a word in the title tells most of what a right is about.
pub(super) const fn boost(field: Field) -> f32 {
    match field {
        Field::Title => 4.0,
        Field::Applicant | Field::Owner => 2.0,
        Field::Abstract | Field::Goods => 1.5,
        Field::Claims => 0.75,
        Field::Description | Field::Agent | Field::Address => 0.5,
        _ => 1.0,
    }
}

/// The engine's names of everything it holds.
pub(super) struct Layout {
    /// The schema made of them.
    pub(super) schema: Schema,
    /// Id of the right: the key for replacement, and a column that breaks ties and names hits.
    pub(super) id: Slot,
    /// Codes of the fields that have any value.
    pub(super) present: Slot,
    /// Column of families, as numbers ([`super::terms::family`]).
    pub(super) family: Slot,
    slots: BTreeMap<Field, Slot>,
    wholes: BTreeMap<Field, Slot>,
    columns: BTreeMap<FacetField, Slot>,
}

/// Column of ids.
pub(super) const ID: &str = "id";

/// Column of families.
pub(super) const FAMILY: &str = "count:family";

/// Fields whose whole values can be asked.
pub(super) const WHOLE_FIELDS: [Field; 5] =
    [Field::Title, Field::Applicant, Field::Owner, Field::Inventor, Field::Agent];

impl Layout {
    /// The layout of [`VERSION`].
    pub(super) fn new() -> Self {
        let mut builder = SchemaBuilder::new();
        let id = builder.add_text_field(ID, keyword().set_fast(RAW_TOKENIZER_NAME));
        let present = builder.add_text_field("present", keyword());
        let mut slots = BTreeMap::new();
        for &field in Field::ALL {
            let name = field.code();
            let slot = match field.kind() {
                FieldKind::Text if field == Field::Sound => builder.add_text_field(name, text(sound::NAME)),
                FieldKind::Text | FieldKind::Name => builder.add_text_field(name, text(analysis::NAME)),
                // IPC or CPC: asked as the two of them.
                FieldKind::Class if field == Field::Class => continue,
                FieldKind::Number | FieldKind::Keyword | FieldKind::Class => builder.add_text_field(name, keyword()),
                FieldKind::Date | FieldKind::Count => builder.add_u64_field(name, NumericOptions::default().set_fast()),
            };
            slots.insert(field, slot);
        }
        let mut columns = BTreeMap::new();
        for facet in FacetField::ALL {
            if let Column::Values(name) = column(facet) {
                let options = TextOptions::default().set_fast(RAW_TOKENIZER_NAME);
                columns.insert(facet, builder.add_text_field(name, options));
            }
        }
        let family = builder.add_u64_field(FAMILY, NumericOptions::default().set_fast());
        let whole = |field: Field| (field, builder.add_text_field(&format!("whole:{}", field.code()), keyword()));
        let wholes = WHOLE_FIELDS.into_iter().map(whole).collect();
        Self { schema: builder.build(), id, present, family, slots, wholes, columns }
    }

    /// The engine's field for a field of the language; `None` for [`Field::Class`], which is two.
    pub(super) fn slot(&self, field: Field) -> Option<Slot> {
        self.slots.get(&field).copied()
    }

    /// The engine's field for the whole values of a field; `None` where they cannot be asked.
    pub(super) fn whole(&self, field: Field) -> Option<Slot> {
        self.wholes.get(&field).copied()
    }

    /// The column in which a facet's values stand; `None` for years, which are read from dates.
    pub(super) fn column(&self, facet: FacetField) -> Option<Slot> {
        self.columns.get(&facet).copied()
    }
}

/// Where the values of a facet are read.
pub(super) enum Column {
    /// Texts in the column of this name. Names stand behind their key ([`super::terms::named`]).
    Values(&'static str),
    /// Years of the dates in the column of this name.
    Years(&'static str),
}

/// Where the values of a facet are read.
pub(super) const fn column(facet: FacetField) -> Column {
    match facet {
        FacetField::Right => Column::Values("count:right"),
        FacetField::Status => Column::Values("count:status"),
        FacetField::Office => Column::Values("count:office"),
        FacetField::Applicant => Column::Values("count:applicant"),
        FacetField::Owner => Column::Values("count:owner"),
        FacetField::Inventor => Column::Values("count:inventor"),
        FacetField::Agent => Column::Values("count:agent"),
        FacetField::Class => Column::Values("count:class"),
        FacetField::Group => Column::Values("count:group"),
        FacetField::Cited => Column::Values("count:cited"),
        FacetField::Technology => Column::Values("count:technology"),
        FacetField::Region => Column::Values("count:region"),
        FacetField::Country => Column::Values("count:country"),
        FacetField::City => Column::Values("count:city"),
        FacetField::ApplicantType => Column::Values("count:applicant-type"),
        FacetField::FilingYear => Column::Years(Field::FilingDate.code()),
        FacetField::PublicationYear => Column::Years(Field::PublicationDate.code()),
        FacetField::GrantYear => Column::Years(Field::GrantDate.code()),
        FacetField::ExpiryYear => Column::Years(Field::ExpiryDate.code()),
    }
}

/// Analysed text with positions and lengths.
fn text(analyser: &str) -> TextOptions {
    let indexing =
        TextFieldIndexing::default().set_tokenizer(analyser).set_index_option(IndexRecordOption::WithFreqsAndPositions);
    TextOptions::default().set_indexing_options(indexing)
}

/// Whole values.
fn keyword() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(RAW_TOKENIZER_NAME)
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::Basic);
    TextOptions::default().set_indexing_options(indexing)
}
