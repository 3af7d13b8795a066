//! Whatever the data: well-formed, inside the drawing, without inline styles, the same every time.

use proptest::{collection::vec, option, prelude::*};
use quick_xml::{Reader, events::Event as Xml};

use crate::{
    Bars, Branch, Edge, Event, Figure, Grid, GridCell, Head, Kind, LifeCycle, Mark, Network, Period, Point, Series,
    Share, Span, Step, Style, Tile, TileMap, Timeline, Today, Tree, Trend, Words,
};

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        "[a-zA-Z0-9 <>&\"']{1,40}",
        "[一-龥，（）a-z]{1,60}",
        "\\PC{0,30}",
        any::<String>(),
        Just("=HYPERLINK(\"x\")]]>\u{0}\u{1f}\u{ffff}".to_owned()),
        "[A-Z]{200}",
    ]
}

fn value() -> impl Strategy<Value = f64> {
    prop_oneof![3 => (0_u32..10_000).prop_map(f64::from), 1 => Just(0.0), 1 => any::<f64>(), 1 => -1000.0..1000.0]
}

fn href() -> impl Strategy<Value = Option<String>> {
    option::of(prop_oneof![Just("/search?q=a&b=\"c\"".to_owned()), text()])
}

fn mark() -> impl Strategy<Value = Mark> {
    (text(), value(), href(), option::of(text())).prop_map(|(label, value, href, note)| Mark {
        label,
        value,
        href,
        note,
    })
}

fn trend() -> impl Strategy<Value = Trend> {
    let period = (text(), any::<bool>()).prop_map(|(label, incomplete)| Period { label, incomplete });
    let point = option::of((value(), href()).prop_map(|(value, href)| Point { value, href, note: None }));
    let series = (text(), href(), vec(point, 0..30)).prop_map(|(name, href, points)| Series { name, href, points });
    (text(), vec(period, 0..30), vec(series, 0..10)).prop_map(|(head, periods, series)| Trend {
        period_head: head.clone(),
        value_head: head,
        periods,
        series,
    })
}

fn branch() -> impl Strategy<Value = Branch> {
    let leaf = (text(), text(), value(), href()).prop_map(|(code, label, value, href)| Branch {
        code,
        label,
        value,
        href,
        note: None,
        children: Vec::new(),
    });
    leaf.prop_recursive(5, 60, 6, |inner| {
        (text(), text(), value(), vec(inner, 0..6)).prop_map(|(code, label, value, children)| Branch {
            code,
            label,
            value,
            children,
            ..Branch::default()
        })
    })
}

fn grid() -> impl Strategy<Value = Grid> {
    let head = || (text(), href()).prop_map(|(label, href)| Head { label, href });
    let cell = (0_usize..50, 0_usize..50, value(), href()).prop_map(|(row, column, value, href)| GridCell {
        row,
        column,
        value,
        href,
        note: None,
    });
    (vec(head(), 0..50), vec(head(), 0..50), vec(cell, 0..60)).prop_map(|(rows, columns, cells)| Grid {
        rows,
        columns,
        cells,
        ..Grid::default()
    })
}

fn date() -> impl Strategy<Value = String> {
    prop_oneof!["[12][0-9]{3}-[01][0-9]-[0-3][0-9]", "[0-9]{4}", "[0-9]{1,4}-[0-9]{1,2}", text()]
}

fn timeline() -> impl Strategy<Value = Timeline> {
    let span = (text(), date(), option::of(date()), any::<bool>(), option::of(value()), option::of(date())).prop_map(
        |(label, from, to, expected, done, late_until)| Span {
            label,
            from,
            to,
            expected,
            done,
            late_until,
            ..Span::default()
        },
    );
    let event = (date(), text(), any::<bool>(), href()).prop_map(|(date, label, main, href)| Event {
        date,
        label,
        main,
        href,
        note: None,
    });
    let today = (date(), text()).prop_map(|(date, label)| Today { date, label });
    (vec(span, 0..6), vec(event, 0..20), option::of(today)).prop_map(|(spans, events, today)| Timeline {
        spans,
        events,
        today,
        ..Timeline::default()
    })
}

fn network() -> impl Strategy<Value = Network> {
    let edge = (0_usize..80, 0_usize..80, value()).prop_map(|(from, to, value)| Edge {
        from,
        to,
        value,
        href: None,
        note: None,
    });
    (vec(mark(), 0..20), vec(edge, 0..40)).prop_map(|(nodes, edges)| Network { nodes, edges, ..Network::default() })
}

fn map() -> impl Strategy<Value = TileMap> {
    let code = prop_oneof!["[1-8][1-6]", "[0-9]{0,6}", text()];
    let tile = (code, value(), href()).prop_map(|(code, value, href)| Tile { code, value, href, note: None });
    (vec(tile, 0..20), vec(mark(), 0..6), prop_oneof![Just("zh"), Just("en")])
        .prop_map(|(tiles, elsewhere, lang)| TileMap { lang: lang.to_owned(), tiles, elsewhere, ..TileMap::default() })
}

fn cycle() -> impl Strategy<Value = LifeCycle> {
    let step = (text(), value(), value(), any::<bool>(), href()).prop_map(|(label, x, y, incomplete, href)| Step {
        label,
        x,
        y,
        incomplete,
        href,
    });
    (text(), vec(step, 0..30)).prop_map(|(head, steps)| LifeCycle {
        x_head: head.clone(),
        y_head: head,
        steps,
        ..LifeCycle::default()
    })
}

fn kind() -> impl Strategy<Value = Kind> {
    let tree = || vec(branch(), 0..6).prop_map(|branches| Tree { branches, ..Tree::default() });
    prop_oneof![
        vec(mark(), 0..40).prop_map(|marks| Kind::Bars(Bars { marks, ..Bars::default() })),
        trend().prop_map(Kind::Columns),
        trend().prop_map(Kind::Stacked),
        trend().prop_map(Kind::Lines),
        trend().prop_map(Kind::Multiples),
        tree().prop_map(Kind::Treemap),
        tree().prop_map(Kind::ClassTree),
        map().prop_map(Kind::TileMap),
        grid().prop_map(Kind::Matrix),
        grid().prop_map(Kind::Bubbles),
        cycle().prop_map(Kind::LifeCycle),
        vec(mark(), 0..20).prop_map(|marks| Kind::Share(Share { marks, ..Share::default() })),
        network().prop_map(Kind::Network),
        timeline().prop_map(Kind::Timeline),
    ]
}

fn figure() -> impl Strategy<Value = Figure> {
    (text(), text(), 0_u32..3_000, vec(text(), 0..3), kind()).prop_map(|(id, title, width, notes, kind)| Figure {
        id,
        title: title.clone(),
        description: title,
        width,
        notes,
        words: Words { empty: "none".to_owned(), incomplete: "open".to_owned(), cut: "{shown}/{all}".to_owned() },
        kind,
    })
}

/// Reads the drawing as XML and gives the numbers of all places with the names of their attributes.
fn places(svg: &str) -> Vec<(String, f64)> {
    let mut reader = Reader::from_str(svg);
    reader.config_mut().check_end_names = true;
    let mut out = Vec::new();
    let mut in_pattern = false;
    loop {
        match reader.read_event().expect("well-formed") {
            Xml::Eof => return out,
            Xml::Start(tag) if tag.name().as_ref() == "pattern" => in_pattern = true,
            Xml::End(tag) if tag.name().as_ref() == "pattern" => in_pattern = false,
            Xml::Start(tag) | Xml::Empty(tag) => collect(&tag, in_pattern, &mut out),
            _ => {}
        }
    }
}

fn collect(tag: &quick_xml::events::BytesStart<'_>, in_pattern: bool, out: &mut Vec<(String, f64)>) {
    let mut found: Vec<(String, f64)> = Vec::new();
    for attribute in tag.attributes() {
        let attribute = attribute.expect("well-formed attribute");
        let name = attribute.key.as_ref().to_owned();
        assert!(name != "style" && !name.starts_with("on"), "{name}");
        let value = attribute.value.clone().into_owned();
        match name.as_str() {
            "x" | "y" | "x1" | "x2" | "y1" | "y2" | "cx" | "cy" | "r" | "width" | "height" => {
                found.push((name, value.parse().expect("a number")));
            }
            "points" => {
                for pair in value.split(' ') {
                    let (x, y) = pair.split_once(',').unwrap();
                    found.push(("x".to_owned(), x.parse().unwrap()));
                    found.push(("y".to_owned(), y.parse().unwrap()));
                }
            }
            _ => {}
        }
    }
    if in_pattern || tag.name().as_ref() == "svg" {
        return;
    }
    let get = |wanted: &str| found.iter().find(|(name, _)| name == wanted).map(|(_, value)| *value);
    if let (Some(x), Some(y), Some(w), Some(h)) = (get("x"), get("y"), get("width"), get("height")) {
        out.extend([("x".to_owned(), x + w), ("y".to_owned(), y + h)]);
    }
    out.extend(found);
}

fn view_box(svg: &str) -> (f64, f64) {
    let inside = svg.split("viewBox=\"0 0 ").nth(1).unwrap().split('"').next().unwrap();
    let (w, h) = inside.split_once(' ').unwrap();
    (w.parse().unwrap(), h.parse().unwrap())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn any_data_is_drawn_well_formed_and_inside(figure in figure()) {
        for style in [Style::Page, Style::Print] {
            let svg = figure.svg(style);
            let (w, h) = view_box(&svg);
            for (name, value) in places(&svg) {
                prop_assert!(value.is_finite());
                let most = if name.contains('x') || name == "width" { w } else { h };
                prop_assert!((-0.2..=most + 0.2).contains(&value), "{name}={value} in {w}x{h}\n{svg}");
            }
            prop_assert!(!svg.contains("<style") && !svg.contains("<script"));
            prop_assert_eq!(svg, figure.svg(style));
        }
    }

    #[test]
    fn any_data_has_a_table(figure in figure()) {
        let table = figure.table();
        prop_assert!(table.rows.iter().all(|row| row.len() == table.headings.len()));
        prop_assert!(table.rows.iter().flatten().all(|cell| cell.value.is_none_or(f64::is_finite)));
        let csv = table.csv();
        prop_assert!(csv.starts_with(char::from_u32(0xfeff).unwrap()));
    }
}
