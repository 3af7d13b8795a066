//! One example of each kind, of made-up data, for galleries and tests.

use crate::{
    Bars, Branch, Edge, Event, Figure, Grid, GridCell, Head, Kind, LifeCycle, Mark, Network, Period, Point, Series,
    Share, Span, Step, Tile, TileMap, Timeline, Today, Tree, Trend, Words,
};

/// One figure of each kind, with links, long names, gaps and unfinished years.
pub fn examples() -> Vec<Figure> {
    vec![
        figure("bars", "主要申请人", Kind::Bars(bars())),
        figure("columns", "申请趋势", Kind::Columns(trend(1))),
        figure("columns-series", "申请与授权", Kind::Columns(trend(2))),
        figure("stacked", "各类专利申请", Kind::Stacked(trend(3))),
        figure("lines", "技术分支的趋势", Kind::Lines(trend(4))),
        figure("multiples", "主要申请人的趋势", Kind::Multiples(trend(6))),
        figure("treemap", "技术构成", Kind::Treemap(tree())),
        figure("class-tree", "分类层级", Kind::ClassTree(tree())),
        figure("tile-map", "申请人所在地区", Kind::TileMap(map())),
        figure("matrix", "申请人与年份", Kind::Matrix(grid(false))),
        figure("bubbles", "申请人与技术领域", Kind::Bubbles(grid(true))),
        figure("life-cycle", "技术生命周期", Kind::LifeCycle(cycle())),
        figure("share", "法律状态", Kind::Share(share())),
        figure("network", "合作申请人", Kind::Network(network())),
        figure("timeline", "一件专利的经过", Kind::Timeline(timeline())),
    ]
}

fn figure(id: &str, title: &str, kind: Kind) -> Figure {
    let words = Words {
        empty: "没有符合条件的权利".to_owned(),
        incomplete: "斜线、空心：数据尚不完整（申请满十八个月方公布）".to_owned(),
        cut: "图中为全部 {all} 项中的 {shown} 项，其余见表".to_owned(),
    };
    Figure::new(id, title, words, kind).described(format!("{title}：示例数据，每一项都通向其清单。"))
}

fn href(clause: &str) -> String {
    format!("/search?q={clause}")
}

const FIRMS: [&str; 12] = [
    "北方石墨烯科技有限公司",
    "江河储能股份有限公司",
    "Meridian Energy Materials Corporation",
    "东海大学",
    "华岳新能源汽车研究院有限公司",
    "青山电池（苏州）有限公司",
    "Nordlys Batteri AS",
    "国家固态材料重点实验室",
    "南国轻工大学",
    "Kestrel & Sons GmbH",
    "李明",
    "西部盐湖锂业集团股份有限公司电化学技术与先进材料联合研究中心",
];

const COUNTS: [u32; 12] = [1284, 967, 803, 611, 402, 377, 250, 198, 133, 87, 41, 12];

fn bars() -> Bars {
    let marks = FIRMS.iter().zip(COUNTS);
    let marks = marks.map(|(firm, count)| Mark::new(*firm, f64::from(count)).link(href(&format!("pa==\"{firm}\""))));
    Bars { label_head: "申请人".to_owned(), value_head: "申请量".to_owned(), marks: marks.collect() }
}

/// Fourteen years, the last two not complete, one gap.
fn trend(series: usize) -> Trend {
    const NAMES: [&str; 6] = ["发明", "实用新型", "外观设计", "固态电解质", "负极材料", "Separator coatings and films"];
    let periods = (2012..2026).map(|year| Period { label: year.to_string(), incomplete: year >= 2024 });
    let point = |which: u64, at: u64| {
        let grown = (at + 1) * (at + 1) * (9 - which) * 7 / (which + 2);
        let count = if at > 11 { grown / (at - 9) } else { grown + (at * 37 + which * 53) % 29 };
        Point::count(count).link(href(&format!("ad={}", 2012 + at)))
    };
    let line = |which: usize| Series {
        name: NAMES[which].to_owned(),
        href: Some(href("right=invention")),
        points: (0..14).map(|at| (at != 4 || which != 1).then(|| point(which as u64, at))).collect(),
    };
    Trend {
        period_head: "申请年".to_owned(),
        value_head: "申请量（件）".to_owned(),
        periods: periods.collect(),
        series: (0..series).map(line).collect(),
    }
}

fn branch(code: &str, label: &str, count: u64, children: Vec<Branch>) -> Branch {
    Branch { children, ..Branch::new(code, label, count).link(href(&format!("class={code}"))) }
}

fn tree() -> Tree {
    let leaf = |code: &str, label: &str, count: u64| branch(code, label, count, Vec::new());
    let batteries = vec![
        branch(
            "H01M",
            "用于直接转变化学能为电能的方法或装置，例如电池组",
            5320,
            vec![
                leaf("H01M10", "二次电池；及其制造", 3210),
                leaf("H01M4", "电极", 1904),
                leaf("H01M50", "非活性部件的结构零部件", 880),
            ],
        ),
        leaf("H01B", "电缆；导体；绝缘体", 611),
        leaf("H01G", "电容器", 402),
        leaf("H02J", "供电或配电的电路装置或系统", 377),
    ];
    let chemistry = vec![
        leaf("C01B", "非金属元素；其化合物", 1404),
        leaf("C08L", "高分子化合物的组合物", 512),
        leaf("C01G", "含有未列入其他小类之金属的化合物", 298),
        leaf("C23C", "对金属材料的镀覆", 77),
    ];
    let operations = vec![
        leaf("B60L", "电动车辆动力装置", 702),
        leaf("B82Y", "纳米结构的特定用途或应用", 233),
        leaf("B01J", "化学或物理方法", 120),
    ];
    Tree {
        code_head: "分类号".to_owned(),
        label_head: "名称".to_owned(),
        value_head: "申请量".to_owned(),
        branches: vec![
            branch("H", "电学", 6710, batteries),
            branch("C", "化学；冶金", 2291, chemistry),
            branch("B", "作业；运输", 1055, operations),
            branch("G", "物理", 340, vec![leaf("G01R", "测量电变量；测量磁变量", 340)]),
            branch("F", "机械工程；照明；加热", 61, vec![leaf("F28D", "热交换设备", 61)]),
        ],
    }
}

fn map() -> TileMap {
    const VALUES: [(&str, u32); 26] = [
        ("11", 2310),
        ("12", 310),
        ("13", 204),
        ("14", 88),
        ("21", 301),
        ("22", 141),
        ("23", 120),
        ("31", 1604),
        ("32", 3120),
        ("33", 1822),
        ("34", 640),
        ("35", 733),
        ("36", 198),
        ("37", 911),
        ("41", 402),
        ("42", 615),
        ("43", 580),
        ("44", 4821),
        ("45", 97),
        ("50", 233),
        ("51", 498),
        ("61", 377),
        ("65", 21),
        ("71", 342),
        ("81", 64),
        ("82", 3),
    ];
    let tile = |(code, value): (&str, u32)| Tile {
        code: code.to_owned(),
        value: f64::from(value),
        href: Some(href(&format!("re={code}"))),
        note: None,
    };
    TileMap {
        lang: "zh".to_owned(),
        label_head: "地区".to_owned(),
        value_head: "申请量（件）".to_owned(),
        tiles: VALUES.into_iter().map(tile).collect(),
        elsewhere: vec![
            Mark::count("地区未知", 812).link(href("re=")),
            Mark::count("国外", 2044).link(href("NOT co=CN")),
        ],
    }
}

fn grid(fields: bool) -> Grid {
    const FIELDS: [&str; 8] = [
        "电机、电气装置、电能",
        "材料、冶金",
        "高分子化学、聚合物",
        "基础材料化学",
        "半导体",
        "运输",
        "测量",
        "环境技术",
    ];
    let columns: Vec<Head> = if fields {
        FIELDS.iter().map(|field| Head::new(*field).link(href("tech=1"))).collect()
    } else {
        (2014..2026).map(|year| Head::new(year.to_string()).link(href(&format!("ad={year}")))).collect()
    };
    let rows: Vec<Head> = FIRMS[..10].iter().map(|firm| Head::new(*firm).link(href(firm))).collect();
    let mut cells = Vec::new();
    for (row, most) in COUNTS.iter().enumerate().take(rows.len()) {
        for column in 0..columns.len() {
            let value = (*most as usize * (column * 5 + row * 3 + 2) % 389) / (row + 2);
            if value > 4 {
                cells.push(GridCell { row, column, value: value as f64, href: Some(href("ad=2020")), note: None });
            }
        }
    }
    Grid {
        row_head: "申请人".to_owned(),
        column_head: "申请年".to_owned(),
        value_head: "申请量".to_owned(),
        rows,
        columns,
        cells,
    }
}

fn cycle() -> LifeCycle {
    const STEPS: [(u32, u32); 14] = [
        (12, 15),
        (19, 27),
        (31, 40),
        (52, 85),
        (90, 160),
        (140, 290),
        (210, 480),
        (260, 700),
        (301, 850),
        (322, 930),
        (318, 960),
        (300, 905),
        (190, 420),
        (60, 110),
    ];
    let step = |(at, (x, y)): (usize, (u32, u32))| Step {
        label: (2012 + at).to_string(),
        x: f64::from(x),
        y: f64::from(y),
        incomplete: at > 11,
        href: Some(href(&format!("ad={}", 2012 + at))),
    };
    LifeCycle {
        period_head: "申请年".to_owned(),
        x_head: "申请人数".to_owned(),
        y_head: "申请量".to_owned(),
        steps: STEPS.into_iter().enumerate().map(step).collect(),
    }
}

fn share() -> Share {
    let parts =
        [("有效", 5120), ("审中", 2044), ("终止", 1203), ("驳回", 702), ("撤回", 511), ("届满", 88), ("未知", 31)];
    Share {
        label_head: "法律状态".to_owned(),
        value_head: "件数".to_owned(),
        share_head: "占比".to_owned(),
        marks: parts
            .into_iter()
            .map(|(label, count)| Mark::count(label, count).link(href("status=in-force")))
            .collect(),
    }
}

fn network() -> Network {
    const PAIRS: [(usize, usize, u32); 12] = [
        (0, 3, 42),
        (0, 7, 31),
        (3, 7, 18),
        (1, 4, 27),
        (1, 8, 9),
        (4, 5, 12),
        (0, 1, 6),
        (2, 6, 15),
        (2, 9, 4),
        (3, 10, 3),
        (0, 11, 8),
        (7, 11, 5),
    ];
    let edge = |(from, to, value): (usize, usize, u32)| Edge {
        from,
        to,
        value: f64::from(value),
        href: Some(href("pa")),
        note: None,
    };
    let word = str::to_owned;
    Network {
        from_head: word("申请人"),
        to_head: word("合作申请人"),
        node_head: word("申请量"),
        edge_head: word("共同申请量"),
        nodes: bars().marks,
        edges: PAIRS.into_iter().map(edge).collect(),
    }
}

fn timeline() -> Timeline {
    let event = |date: &str, label: &str, main: bool| Event {
        date: date.to_owned(),
        label: label.to_owned(),
        main,
        href: Some("#events".to_owned()),
        note: None,
    };
    let span = |label: &str, from: &str, to: Option<&str>, expected: bool| Span {
        label: label.to_owned(),
        from: from.to_owned(),
        to: to.map(str::to_owned),
        expected,
        ..Span::default()
    };
    Timeline {
        date_head: "日期".to_owned(),
        label_head: "事项".to_owned(),
        spans: vec![
            span("保护期", "2019-04-16", Some("2039-04-15"), false),
            span("优先权期", "2019-04-16", Some("2020-04-15"), false),
            span("年费已缴", "2021-09-03", Some("2027-04-16"), true),
            Span {
                done: Some(0.4),
                late_until: Some("2026-03-02".to_owned()),
                note: Some("完成 40%，逾期 3".to_owned()),
                ..span("实施任务", "2021-01-01", Some("2024-12-31"), false)
            },
        ],
        events: vec![
            event("2019-04-16", "申请", true),
            event("2019-08-30", "公布 CN110000001A", true),
            event("2019-09-24", "实质审查的生效", false),
            event("2021-09-03", "授权公告 CN110000001B", true),
            event("2023-02", "专利权的转移：北方石墨烯科技有限公司 → 江河储能股份有限公司", false),
            event("2024-11-08", "专利实施许可合同备案的生效", false),
        ],
        today: Some(Today { date: "2026-03-02".to_owned(), label: "今天".to_owned() }),
    }
}
