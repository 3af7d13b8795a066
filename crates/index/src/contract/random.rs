//! Random rights and queries, compared with the naive matcher. The numbers are the same in every run.

use std::collections::BTreeMap;

use query::{Field, Proximity, Query};
use records::{Date, Right};
use serde_json::json;

use super::build::{
    Maker, Question, both, bound, class, codes, dates, either, filled, not, phrase, put, right, today, wildcard, word,
};
use super::naive::matches;
use crate::{Index, Sort, SortKey};

/// Names in several spellings of each.
const NAMES: [&str; 9] = [
    "华为技术有限公司",
    "華為技術有限公司",
    "华为（技术）有限公司",
    "Huawei Tech Co., Ltd.",
    "HUAWEI TECH CO LTD",
    "Ｈuawei  tech co.ltd",
    "王小明",
    "…",
    "Bosch GmbH",
];

const CITED: [&str; 5] = ["CN203232659U", "CN203232659A", "CN110061303A", "US8000000B2", "a paper"];

/// SplitMix64: enough for tests, and the same everywhere.
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((mixed ^ (mixed >> 31)) % sides as u64) as usize
    }

    fn pick<'a>(&mut self, from: &[&'a str]) -> &'a str {
        from[self.roll(from.len())]
    }

    /// A text of few different pieces, so that things meet.
    fn text(&mut self, longest: usize) -> String {
        const PIECES: [&str; 16] =
            ["石", "墨", "烯", "电", "池", "石", "墨", "的", "graphene ", "oxide ", "AI", " ", "，", "。", "\n", ". A"];
        (0..=self.roll(longest)).map(|_| self.pick(&PIECES)).collect()
    }

    fn run(&mut self) -> String {
        (0..=self.roll(4)).map(|_| self.pick(&["石", "墨", "烯", "电", "池", "的"])).collect()
    }

    fn right(&mut self, id: usize) -> Right {
        let letter = self.pick(&["P", "U", "D", "T"]);
        let mut fields = json!({
            "titles": [{"text": self.text(8)}],
            "abstracts": [{"text": self.text(30)}],
            "claims": [{"number": 1, "text": self.text(12)}, {"number": 2, "text": self.text(12)}],
            "applicants": [
                {"name": self.text(4), "country": "CN", "city": self.pick(&["深圳市", "广州", "某地"])},
                {"name": self.text(4) + self.pick(&["大学", "厂", ""]), "address": self.pick(&["广东省深圳市", "上海市黄浦区", ""])},
            ],
            "inventors": [{"name": self.pick(&NAMES)}, {"name": self.pick(&NAMES)}, {"name": self.pick(&NAMES)}],
            "owners": [{"name": self.pick(&NAMES)}],
            "citations": [{"number": self.pick(&CITED)}, {"number": self.pick(&CITED)}],
            "ipc": [self.pick(&["H01M10/05", "H01M4/00", "C01B32/00"])],
            "cpc": [self.pick(&["H01M10/0525", "H01M4/00", "Y02E60/10"])],
            "status": self.pick(&["pending", "in-force", "lapsed"]),
        });
        if self.roll(3) > 0 {
            fields["family_id"] = json!(self.pick(&["7", "11", "67812345", "f-1", "007", "18446744073709551615"]));
        }
        if self.roll(2) > 0 {
            fields["grant_date"] = json!(format!("20{}-06-01", 15 + self.roll(4)));
        }
        if self.roll(4) > 0 {
            fields["filing_date"] = json!(format!("20{}-0{}-15", 10 + self.roll(5), 1 + self.roll(9)));
        }
        right(&format!("CN-{letter}-{id:03}"), fields)
    }

    fn field(&mut self) -> Option<Field> {
        [None, Some(Field::Title), Some(Field::Abstract), Some(Field::Claims), Some(Field::Applicant)][self.roll(5)]
    }

    /// Words in one field.
    fn words(&mut self, field: Option<Field>) -> Query {
        match self.roll(8) {
            0 => word(field, self.pick(&["graphene", "oxide", "ai", "A"])),
            1 => wildcard(field, self.pick(&["gr*", "*x*", "?xide", "g*ph?ne", "a*"])),
            2 => wildcard(field, &format!("{}*{}", self.run(), self.run())),
            3 => phrase(field, &format!("{}，{}", self.run(), self.run())),
            4 => phrase(field, &format!("{} AI {}", self.run(), self.run())),
            _ => phrase(field, &self.run()),
        }
    }

    fn operand(&mut self, field: Option<Field>, depth: usize) -> Query {
        match self.roll(6) {
            0 => either(self.words(field), self.words(field)),
            1 if depth > 0 => self.near(field, depth - 1),
            _ => self.words(field),
        }
    }

    fn near(&mut self, field: Option<Field>, depth: usize) -> Query {
        let most = self.roll(6) as u32;
        let proximity =
            [Proximity::Near(most), Proximity::Adjacent(most), Proximity::Sentence, Proximity::Paragraph][self.roll(4)];
        bound(proximity, self.operand(field, depth), self.operand(field, depth))
    }

    pub(super) fn query(&mut self, depth: usize) -> Query {
        let field = self.field();
        if depth == 0 {
            return match self.roll(8) {
                0 => codes(Field::Right, &[self.pick(&["invention", "design", "trademark"])]),
                1 => class(Field::Ipc, self.pick(&["H", "H01M", "H01M10/05", "C01"]), false),
                2 => {
                    let from = Date::constant(2010 + self.roll(5) as i16, 5, 1);
                    dates(Field::FilingDate, Some(from), Date::new(2012, 12, 31).ok().filter(|_| self.roll(2) == 0))
                }
                3 | 4 => self.near(field, 1),
                _ => self.words(field),
            };
        }
        let (left, right) = (self.query(depth - 1), self.query(depth - 1));
        match self.roll(6) {
            0 => both(left, not(right)),
            1 => not(left),
            2 => Query::Xor(Box::new(left), Box::new(right)),
            3 | 4 => either(left, right),
            _ => both(left, right),
        }
    }
}

/// An index of random rights with replacements and removals over several commits, and what it holds.
pub(super) fn corpus(make: Maker<'_>, dice: &mut Dice) -> (Box<dyn Index>, Vec<Right>) {
    let mut rights: BTreeMap<usize, Right> = BTreeMap::new();
    let index = filled(make, []);
    for commit in 0..3 {
        let mut batch = Vec::new();
        for _ in 0..25 {
            let id = dice.roll(60);
            // The id holds the kind, so what replaces must be the same kind.
            let mut new = dice.right(id);
            if let Some(old) = rights.get(&id) {
                new.id = old.id.clone();
                new.right = old.right;
            }
            if dice.roll(10) == 0 {
                batch.push(crate::Document::Remove(new.id));
                rights.remove(&id);
            } else {
                batch.push(put(new.clone()));
                rights.insert(id, new);
            }
        }
        index.add(batch).expect("added");
        index.commit(commit, today()).expect("committed");
    }
    // Scores come from statistics that still hold replaced documents until the tidying in the background drops them: what
    // is compared below must not be scored before and after it.
    index.settle().expect("settled");
    let mut rights: Vec<Right> = rights.into_values().collect();
    rights.sort_by(|a, b| a.id.cmp(&b.id));
    (index, rights)
}

/// `rounds` random corpora: every random query finds exactly what the naive matcher finds, and explained scores add up.
pub fn random_queries(make: Maker<'_>, rounds: u64) {
    for round in 0..rounds {
        let mut dice = Dice(round);
        let (index, rights) = corpus(make, &mut dice);
        for _ in 0..40 {
            let depth = dice.roll(4);
            let query = dice.query(depth);
            let expected: Vec<&str> =
                rights.iter().filter(|right| matches(right, &query)).map(|right| right.id.as_str()).collect();
            let answer = Question::new(&query).answer(index.as_ref());
            let found: Vec<&str> = answer.hits.iter().map(|hit| hit.id.as_str()).collect();
            assert_eq!(found, expected, "round {round}: {query:#?}");
            let sort = Sort { key: SortKey::Score, ascending: false };
            let scored = Question { sort, explain: true, ..Question::new(&query) }.answer(index.as_ref());
            assert_eq!(scored.hits.len(), expected.len(), "round {round} by score: {query:#?}");
            for hit in &scored.hits {
                let sum: f32 = hit.explanation.iter().map(|line| line.score).sum();
                assert!((sum - hit.score).abs() <= 1e-3 + hit.score * 1e-3, "round {round}: {hit:?} for {query:#?}");
            }
        }
    }
}
