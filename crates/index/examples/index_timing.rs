//! Times what an analysis page asks, on made-up rights: `cargo run --release -p index --example index_timing -- 200000`.

#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::time::Instant;

use index::{
    CrossRequest, Document, FacetField, Index, Request, Settings, Sort, SortKey, Symbols, TallyRequest, open_embedded,
};
use query::{Query, parse};
use records::{Date, Right};
use serde_json::json;

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    /// Small numbers far more often than large ones.
    fn skewed(&mut self, sides: u64) -> u64 {
        let sides = 1 + self.roll(sides);
        self.roll(sides)
    }

    fn text(&mut self, length: u64) -> String {
        (0..length).filter_map(|_| char::from_u32(0x4E00 + self.skewed(3000) as u32)).collect()
    }
}

fn right(at: u64, dice: &mut Dice) -> Right {
    let names = |dice: &mut Dice, kind: &str, most: u64, of: u64| -> Vec<serde_json::Value> {
        (0..=dice.roll(most)).map(|_| json!({"name": format!("{kind}{}有限公司", dice.skewed(of))})).collect()
    };
    let symbol = |dice: &mut Dice| format!("H01M{}/{:02}", 1 + dice.skewed(60), dice.skewed(90));
    let group = |dice: &mut Dice| {
        format!("{}0{}B{}/00", char::from(b'A' + dice.roll(8) as u8), 1 + dice.roll(8), 1 + dice.roll(50))
    };
    let mut applicants = names(dice, "申请", 2, 40_000);
    applicants[0]["country"] = json!("CN");
    applicants[0]["region"] = json!(format!("地区{}", dice.skewed(31)));
    let right = json!({
        "id": format!("CN-P-{at:012}"), "right": "invention", "office": (["CN", "US", "EP"][dice.skewed(3) as usize]),
        "publications": [], "titles": [{"text": dice.text(15)}], "abstracts": [{"text": dice.text(120)}], "claims": [],
        "applicants": applicants, "owners": names(dice, "权利", 1, 30_000), "inventors": names(dice, "发明", 4, 100_000),
        "agents": names(dice, "代理", 1, 2_000), "priorities": [], "ipc": [symbol(dice), symbol(dice)],
        "cpc": [symbol(dice), group(dice), group(dice)], "locarno": [], "nice": [], "vienna": [],
        "citations": [{"number": format!("CN{}A", 100_000_000 + dice.skewed(90_000))}], "related": [], "images": [],
        "family_id": format!("{}", dice.roll(1 + at)), "filing_date": format!("{}-05-06", 2000 + dice.roll(25)),
        "publication_date": format!("{}-05-06", 2001 + dice.roll(25)), "grant_date": "2024-01-01",
        "expiry_date": format!("{}-05-06", 2025 + dice.roll(20)), "events": [], "status": "in-force", "facts": [],
        "sources": [],
    });
    serde_json::from_value(right).expect("a made-up right is well-formed")
}

fn main() {
    let number: u64 = std::env::args().nth(1).and_then(|number| number.parse().ok()).unwrap_or(20_000);
    let folder = tempfile::TempDir::new().expect("a folder");
    let index = open_embedded(folder.path(), Settings::default()).expect("an index");
    let mut dice = Dice(7);
    let rights: Vec<Right> = (0..number).map(|at| right(at, &mut dice)).collect();
    let started = Instant::now();
    for some in rights.chunks(5_000) {
        let put = |right: &Right| Document::Put { right: Box::new(right.clone()), status: right.status };
        index.add(some.iter().map(put).collect()).expect("added");
    }
    index.commit(1, Date::constant(2026, 11, 23)).expect("committed");
    index.settle().expect("settled");
    println!("{number} rights indexed in {:.1} s", started.elapsed().as_secs_f64());

    let facets: Vec<(FacetField, usize)> = FacetField::ALL.map(|field| (field, 20)).to_vec();
    let cross = |rows, columns| CrossRequest { rows, columns };
    let (applicant, class, filed) = (FacetField::Applicant, FacetField::Class, FacetField::FilingYear);
    let crosses = [
        cross((applicant, 20), (class, 20)),
        cross((applicant, 20), (filed, 30)),
        cross((class, 20), (filed, 30)),
        cross((applicant, 40), (applicant, 40)),
        cross((FacetField::Office, 10), (filed, 30)),
        cross((FacetField::Technology, 35), (filed, 30)),
    ];
    let distinct = [(filed, applicant), (filed, FacetField::Inventor)];
    let symbols = Symbols::new();
    let half = parse("ad<=2012").expect("a query");
    for (name, query) in [("all", &Query::All), ("half", &half)] {
        let tally = |crosses, distinct| {
            let request = TallyRequest { query, symbols: &symbols, facets: &facets, crosses, distinct };
            index.tally(&request).expect("counts").total
        };
        time(&format!("{name}: facets"), || tally(&[], &[]));
        time(&format!("{name}: facets, crosses"), || tally(&crosses, &[]));
        time(&format!("{name}: facets, crosses, distinct"), || tally(&crosses, &distinct));
        for collapse in [false, true] {
            let sort = Sort { key: SortKey::Filed, ascending: false };
            let facets = &facets[..6];
            time(&format!("{name}: search, collapse {collapse}"), || {
                let (after, explain) = (None, false);
                let request = Request { query, symbols: &symbols, sort, limit: 20, after, facets, explain, collapse };
                index.search(&request).expect("hits").total
            });
        }
    }
    time("complete by characters", || index.complete(FacetField::Inventor, "明123", 10).expect("values").len() as u64);
    time("complete by initials", || index.complete(FacetField::Inventor, "fm77", 10).expect("values").len() as u64);
    time("similar", || index.similar(&rights[77], 10).expect("hits").len() as u64);
}

/// The first run, which fills what is kept, and the mean of the next ones.
fn time(name: &str, mut run: impl FnMut() -> u64) {
    const RUNS: u32 = 5;
    let started = Instant::now();
    let found = run();
    let first = started.elapsed();
    let started = Instant::now();
    for _ in 0..RUNS {
        run();
    }
    let (first, mean) = (first.as_secs_f64() * 1000.0, (started.elapsed() / RUNS).as_secs_f64() * 1000.0);
    println!("{name:<40} {found:>8} found, first {first:>8.2} ms, then {mean:>8.2} ms");
}
