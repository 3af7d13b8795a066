//! What all figures of an analysis share: the language, the addresses of lists, the words under drawings.

use charts::{Kind, Mark, Words};
use index::FacetField;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use search::{clause, facet_label};

use crate::{Analysis, Count, Ranking};

/// What stays as it is in a parameter of an address.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'*').remove(b'/');

/// A figure before it has its name.
pub(super) struct Part {
    pub(super) kind: Kind,
    pub(super) method: String,
    pub(super) notes: Vec<String>,
}

impl Part {
    pub(super) fn new(kind: Kind, method: impl Into<String>) -> Self {
        Self { kind, method: method.into(), notes: Vec::new() }
    }

    /// With a line under the drawing, when there is one.
    pub(super) fn noted(mut self, note: Option<String>) -> Self {
        self.notes.extend(note);
        self
    }
}

/// An analysis being drawn in a language.
pub(super) struct Drawing<'a> {
    pub(super) analysis: &'a Analysis,
    pub(super) lang: &'a str,
}

impl<'a> Drawing<'a> {
    pub(super) fn new(analysis: &'a Analysis, lang: &'a str) -> Self {
        Self { analysis, lang }
    }

    pub(super) fn is_chinese(&self) -> bool {
        self.lang == "zh"
    }

    /// The text in the language of the drawing.
    pub(super) fn t(&self, zh: &str, en: &str) -> String {
        if self.is_chinese() { zh.to_owned() } else { en.to_owned() }
    }

    pub(super) fn words(&self) -> Words {
        Words {
            empty: self.t("没有可画的数据", "There is nothing to draw"),
            incomplete: self.t("斜线：尚不完整的年份，还会增加", "Hatched: years that are not complete yet"),
            cut: self.t("图中为全部 {all} 项中的 {shown} 项", "{shown} of {all} are drawn"),
        }
    }

    /// The list of the analysis with more conditions.
    pub(super) fn list(&self, conditions: &[&str]) -> String {
        let text = conditions.iter().fold(self.analysis.text.clone(), |text, one| query::with_clause(&text, one));
        format!("/search?q={}", utf8_percent_encode(&text, KEPT))
    }

    /// The list of a value of a facet.
    pub(super) fn list_of(&self, facet: FacetField, value: &str) -> String {
        self.list(&[&clause(facet, value)])
    }

    /// A counted value as a mark with its list.
    pub(super) fn mark(&self, facet: FacetField, count: &Count) -> Mark {
        let label = facet_label(facet, &count.value, self.lang);
        Mark::count(label, count.count).link(self.list_of(facet, &count.value)).noted(self.share(count.share))
    }

    pub(super) fn marks(&self, facet: FacetField, ranking: &Ranking) -> Vec<Mark> {
        ranking.entries.iter().map(|count| self.mark(facet, count)).collect()
    }

    /// `12.3 %`.
    pub(super) fn share(&self, share: f64) -> String {
        format!("{:.1} %", share * 100.0)
    }

    /// How many rights are not in a ranking because the field says nothing of them.
    pub(super) fn without(&self, ranking: &Ranking) -> Option<String> {
        (ranking.without > 0).then(|| {
            let count = charts::number(ranking.without as f64);
            if self.is_chinese() { format!("另有 {count} 项权利没有此项数据") } else { format!("{count} rights say nothing of this") }
        })
    }

    pub(super) fn rights(&self) -> String {
        self.t("权利数", "Rights")
    }
}
