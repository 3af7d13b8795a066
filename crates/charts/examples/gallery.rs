//! Writes all example figures, wide and narrow, with their tables, into one page: `cargo run -p charts --example gallery -- PATH`.

use std::fmt::Write as _;

use charts::{CSS, Figure, Kind, Style, Words, examples, sparkline};

const PAGE: &str = ":root{--c1:#1f5a96;--c2:#b45309;--c3:#2f7d5b;--c4:#7a4b9a;--c5:#9c2f45;--c6:#1d7a8c;--c7:#6b631f;--c8:#555f6e;
--ink:#1c2026;--muted:#5b636e;--line:#d5d9df;--paper:#fff}
@media(prefers-color-scheme:dark){:root{--c1:#7ab0e6;--c2:#e0a05a;--c3:#73c39d;--c4:#bf9be0;--c5:#e58a9c;--c6:#6cc3d3;--c7:#c9bf6a;--c8:#a9b3c1;
--ink:#e6e8eb;--muted:#a3abb6;--line:#3a414b;--paper:#15181d}}
body{font-family:system-ui,'Noto Sans CJK SC',sans-serif;background:var(--paper);color:var(--ink);margin:1rem auto;max-width:1400px;padding:0 12px}
main{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,600px),1fr));gap:2.5rem 3rem}
figure{margin:0;min-width:0}figcaption{font-weight:600;margin-bottom:.8rem}";

fn main() -> std::io::Result<()> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "gallery.html".to_owned());
    let mut page = format!(
        "<!doctype html><html lang=\"zh\"><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width\"><title>Figures</title><style>{PAGE}{CSS}</style><main>"
    );
    let mut figures = examples();
    figures.extend(hard());
    for figure in &figures {
        _ = write!(page, "<figure><figcaption>{}</figcaption>{}</figure>", figure.title, figure.svg_for_page());
    }
    let points = [Some(1.0), Some(4.0), Some(3.0), None, Some(8.0), Some(13.0)];
    _ = write!(page, "<p>{}</p></main>", sparkline("spark", "Six years", &points, Style::Page));
    std::fs::write(&path, page)?;
    if let Some(folder) = std::env::args().nth(2) {
        for figure in &figures {
            std::fs::write(format!("{folder}/{}.svg", figure.id), figure.svg(Style::Print))?;
        }
    }
    Ok(())
}

/// The same kinds with data that is hard to draw: English, nothing, one value, many, huge.
fn hard() -> Vec<Figure> {
    let words = || Words {
        empty: "No rights match this query".to_owned(),
        incomplete: "Hatched: not complete yet".to_owned(),
        cut: "{shown} of {all} are drawn; the table has the rest".to_owned(),
    };
    let mut out = Vec::new();
    let base = examples();
    for figure in &base {
        match &figure.kind {
            Kind::TileMap(map) => {
                let map =
                    charts::TileMap { lang: "en".to_owned(), value_head: "Applications".to_owned(), ..map.clone() };
                out.push(Figure::new("map-en", "Regions", words(), Kind::TileMap(map)));
            }
            Kind::Bars(bars) => {
                let mut many = bars.clone();
                many.marks = (0..40)
                    .map(|at| {
                        charts::Mark::count(format!("Applicant number {at} of the long list"), 4_000_000 / (at + 1))
                    })
                    .collect();
                out.push(Figure::new("bars-many", "Forty", words(), Kind::Bars(many)));
                let mut signed = bars.clone();
                signed.marks = [120.5, 40.0, 0.0, -12.25, -60.0]
                    .iter()
                    .enumerate()
                    .map(|(at, value)| charts::Mark::new(format!("Growth {at}"), *value))
                    .collect();
                out.push(Figure::new("bars-signed", "Growth", words(), Kind::Bars(signed)));
                out.push(Figure::new("bars-empty", "Nothing", words(), Kind::Bars(charts::Bars::default())));
            }
            Kind::Columns(trend) if trend.series.len() == 1 => {
                let mut one = trend.clone();
                one.periods.truncate(1);
                out.push(Figure::new("columns-one", "One year", words(), Kind::Columns(one)));
                let mut long = trend.clone();
                long.periods = (1950..2026).map(|year| charts::Period::new(year.to_string())).collect();
                long.series[0].points = (0..76).map(|at| Some(charts::Point::count(at * at * 1_234_567))).collect();
                out.push(Figure::new("columns-long", "Many years", words(), Kind::Columns(long.clone())));
                out.push(Figure::new("lines-one", "One line", words(), Kind::Lines(trend.clone())));
            }
            Kind::Network(network) => {
                let mut many = network.clone();
                many.nodes = (0..70)
                    .map(|at| charts::Mark::count(format!("Applicant {at} Limited"), 300 / (at + 1) + 2))
                    .collect();
                many.edges = (0..90)
                    .map(|at| charts::Edge {
                        from: at * 7 % 60,
                        to: (at * 13 + 5) % 43,
                        value: (at % 9) as f64 + 1.0,
                        href: None,
                        note: None,
                    })
                    .collect();
                out.push(Figure::new("network-many", "Sixty nodes", words(), Kind::Network(many)));
            }
            Kind::Bubbles(grid) => {
                out.push(Figure::new("matrix-fields", "Applicant × field", words(), Kind::Matrix(grid.clone())));
            }
            _ => {}
        }
    }
    out
}
