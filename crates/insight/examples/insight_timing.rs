//! Times an analysis with all its sections and its report on made-up rights:
//! `cargo run --release -p insight --example insight_timing -- 100000`.

#![expect(clippy::print_stdout, reason = "the figures are what it is for")]

use std::sync::Arc;
use std::time::Instant;

use charts::Style;
use database::{Database, sqlite_url};
use index::{Document, Index, open_embedded};
use insight::{Analysis, Settings, analyse, report, sections};
use records::{Date, Right};
use register::Register;
use search::Searcher;
use serde_json::{Value, json};

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

    fn names(&mut self, kind: &str, most: u64, of: u64) -> Vec<Value> {
        (0..=self.roll(most)).map(|_| json!({"name": format!("{kind}{}有限公司", self.skewed(of))})).collect()
    }

    fn symbol(&mut self) -> String {
        let section = char::from(b'A' + self.roll(8) as u8);
        format!("{section}0{}B{}/{:02}", 1 + self.roll(8), 1 + self.skewed(50), self.skewed(90))
    }
}

fn right(at: u64, dice: &mut Dice) -> Right {
    const PLACES: [&str; 6] = ["广东", "广东省", "Guangdong", "江苏省", "北京", "浙江"];
    let mut applicants = dice.names("申请", 2, 40_000);
    applicants[0]["country"] = json!(["CN", "US", "JP"][dice.skewed(3) as usize]);
    applicants[0]["region"] = json!(PLACES[dice.skewed(6) as usize]);
    let right = json!({
        "id": format!("CN-P-{at:012}"), "right": "invention", "office": (["CN", "US", "EP"][dice.skewed(3) as usize]),
        "publications": [], "titles": [{"text": format!("电池{at}")}], "abstracts": [], "claims": [],
        "applicants": applicants, "owners": dice.names("权利", 1, 30_000), "inventors": dice.names("发明", 4, 100_000),
        "agents": dice.names("代理", 1, 2_000), "priorities": [], "ipc": [dice.symbol(), dice.symbol()],
        "cpc": [dice.symbol()], "locarno": [], "nice": [], "vienna": [],
        "citations": [{"number": format!("CN{}A", 100_000_000 + dice.skewed(90_000))}], "related": [], "images": [],
        "filing_date": format!("{}-05-06", 2000 + dice.roll(25)), "events": [], "facts": [], "sources": [],
        "publication_date": format!("{}-05-06", 2001 + dice.roll(25)), "grant_date": "2024-01-01",
        "status": (["in-force", "pending", "lapsed"][dice.skewed(3) as usize]),
    });
    serde_json::from_value(right).expect("a made-up right is well-formed")
}

#[tokio::main]
async fn main() {
    let number: u64 = std::env::args().nth(1).and_then(|number| number.parse().ok()).unwrap_or(20_000);
    let today = Date::constant(2026, 7, 1);
    let folder = tempfile::TempDir::new().expect("a folder");
    let index: Arc<dyn Index> = Arc::new(open_embedded(folder.path(), index::Settings::default()).expect("an index"));
    let mut dice = Dice(7);
    for start in (0..number).step_by(5_000) {
        let some = (start..number.min(start + 5_000)).map(|at| right(at, &mut dice));
        let put = |right: Right| Document::Put { status: right.status, right: Box::new(right) };
        index.add(some.map(put).collect()).expect("added");
    }
    index.commit(1, today).expect("committed");
    index.settle().expect("settled");
    let database = Database::open(&sqlite_url(&folder.path().join("huizhi.db"))).await.expect("a database");
    let register = Register::open(database).await.expect("a register");
    let searcher = Searcher::new(register, index, today);

    let settings = Settings { top: 50, ..Settings::default() };
    for query in ["", "电池", "ad>=2012", "co=CN AND ad>=2012"] {
        let mut last = None;
        for run in ["first", "then"] {
            let started = Instant::now();
            let analysis = analyse(&searcher, query, &settings).await.expect("an analysis");
            let took = started.elapsed().as_secs_f64() * 1000.0;
            println!("«{query}»: {} rights, {run} {took:.1} ms", analysis.total);
            last = Some(analysis);
        }
        told(&last.expect("an analysis"));
    }
}

/// The parts of a page that come after the counting.
fn told(analysis: &Analysis) {
    let started = Instant::now();
    let sections = sections(analysis, "zh");
    let made = started.elapsed().as_secs_f64() * 1000.0;
    let started = Instant::now();
    let bytes: usize = sections.iter().map(|section| section.figure.svg(Style::Page).len()).sum();
    let drawn = started.elapsed().as_secs_f64() * 1000.0;
    let json = serde_json::to_vec(analysis).map_or(0, |json| json.len());
    let started = Instant::now();
    let blocks = report(analysis, "zh", "2026-07-01", None, "").blocks.len();
    let reported = started.elapsed().as_secs_f64() * 1000.0;
    println!(
        "  {} sections in {made:.1} ms, drawn in {drawn:.1} ms ({bytes} bytes of SVG), {json} bytes of JSON, \
         {blocks} blocks of the report in {reported:.1} ms",
        sections.len()
    );
}
