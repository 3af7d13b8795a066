//! What each kind of figure says in rows.

use std::collections::BTreeSet;

use crate::{
    Bars, Branch, Figure, Grid, Kind, LifeCycle, Network, Share, Table, TableCell, TileMap, Timeline, Tree, Trend,
    province, text::finite,
};

impl Figure {
    /// The same in rows: all of the data, also what the drawing had no room for.
    pub fn table(&self) -> Table {
        let (headings, rows) = match &self.kind {
            Kind::Bars(bars) => bars_rows(bars),
            Kind::Columns(trend) | Kind::Stacked(trend) | Kind::Lines(trend) | Kind::Multiples(trend) => {
                trend_rows(trend)
            }
            Kind::Treemap(tree) | Kind::ClassTree(tree) => tree_rows(tree),
            Kind::TileMap(map) => map_rows(map),
            Kind::Matrix(grid) | Kind::Bubbles(grid) => grid_rows(grid),
            Kind::LifeCycle(cycle) => cycle_rows(cycle),
            Kind::Share(share) => share_rows(share),
            Kind::Network(network) => network_rows(network),
            Kind::Timeline(timeline) => timeline_rows(timeline),
        };
        Table { caption: self.title.clone(), headings, rows }
    }
}

type Rows = (Vec<String>, Vec<Vec<TableCell>>);

/// A label with its remark.
fn label(text: &str, note: Option<&String>) -> TableCell {
    note.map_or_else(|| TableCell::text(text), |note| TableCell::text(&format!("{text} ({note})")))
}

fn bars_rows(bars: &Bars) -> Rows {
    let rows = bars.marks.iter();
    let rows = rows.map(|mark| {
        vec![
            label(&mark.label, mark.note.as_ref()).link(mark.href.as_ref()),
            TableCell::value(mark.value).link(mark.href.as_ref()),
        ]
    });
    (vec![bars.label_head.clone(), bars.value_head.clone()], rows.collect())
}

fn trend_rows(trend: &Trend) -> Rows {
    let mut headings = vec![trend.period_head.clone()];
    headings.extend(trend.series.iter().map(|series| series.name.clone()));
    let rows = trend.periods.iter().enumerate().map(|(at, period)| {
        let mark = if period.incomplete { "*" } else { "" };
        let mut row = vec![TableCell::text(&format!("{}{mark}", period.label))];
        row.extend(trend.series.iter().map(|series| match series.points.get(at) {
            Some(Some(point)) => TableCell::value(point.value).link(point.href.as_ref()),
            _ => TableCell::default(),
        }));
        row
    });
    (headings, rows.collect())
}

fn tree_rows(tree: &Tree) -> Rows {
    fn add(branches: &[Branch], rows: &mut Vec<Vec<TableCell>>) {
        for branch in branches {
            rows.push(vec![
                TableCell::text(&branch.code).link(branch.href.as_ref()),
                label(&branch.label, branch.note.as_ref()),
                TableCell::value(branch.value).link(branch.href.as_ref()),
            ]);
            add(&branch.children, rows);
        }
    }
    let mut rows = Vec::new();
    add(&tree.branches, &mut rows);
    (vec![tree.code_head.clone(), tree.label_head.clone(), tree.value_head.clone()], rows)
}

fn map_rows(map: &TileMap) -> Rows {
    let tiles = map.tiles.iter().map(|tile| {
        let name = province(&tile.code).map_or(tile.code.as_str(), |province| province.name(&map.lang));
        vec![
            label(name, tile.note.as_ref()).link(tile.href.as_ref()),
            if tile.value.is_nan() { TableCell::text("—") } else { TableCell::value(tile.value) }
                .link(tile.href.as_ref()),
        ]
    });
    let elsewhere = map.elsewhere.iter().map(|mark| {
        vec![
            label(&mark.label, mark.note.as_ref()).link(mark.href.as_ref()),
            TableCell::value(mark.value).link(mark.href.as_ref()),
        ]
    });
    (vec![map.label_head.clone(), map.value_head.clone()], tiles.chain(elsewhere).collect())
}

/// Rows down, columns across, the name of both in the first heading.
fn grid_rows(grid: &Grid) -> Rows {
    let mut headings = vec![format!("{} \\ {}", grid.row_head, grid.column_head)];
    headings.extend(grid.columns.iter().map(|column| column.label.clone()));
    let mut rows: Vec<Vec<TableCell>> = Vec::with_capacity(grid.rows.len());
    for head in &grid.rows {
        let mut row = vec![TableCell::text(&head.label).link(head.href.as_ref())];
        row.extend(grid.columns.iter().map(|_| TableCell::value(0.0)));
        rows.push(row);
    }
    for cell in &grid.cells {
        if let Some(slot) = rows.get_mut(cell.row).and_then(|row| row.get_mut(cell.column.saturating_add(1))) {
            *slot = TableCell::value(cell.value).link(cell.href.as_ref());
        }
    }
    (headings, rows)
}

fn cycle_rows(cycle: &LifeCycle) -> Rows {
    let rows = cycle.steps.iter().map(|step| {
        let mark = if step.incomplete { "*" } else { "" };
        vec![
            TableCell::text(&format!("{}{mark}", step.label)).link(step.href.as_ref()),
            TableCell::value(step.x),
            TableCell::value(step.y).link(step.href.as_ref()),
        ]
    });
    (vec![cycle.period_head.clone(), cycle.x_head.clone(), cycle.y_head.clone()], rows.collect())
}

fn share_rows(share: &Share) -> Rows {
    let total: f64 = share.marks.iter().map(|mark| finite(mark.value).max(0.0)).sum();
    let rows = share.marks.iter().map(|mark| {
        let part = if total > 0.0 { finite(mark.value).max(0.0) / total } else { 0.0 };
        vec![
            label(&mark.label, mark.note.as_ref()).link(mark.href.as_ref()),
            TableCell::value(mark.value).link(mark.href.as_ref()),
            TableCell {
                text: format!("{:.1}%", part * 100.0),
                value: Some((part * 1000.0).round() / 1000.0),
                href: None,
            },
        ]
    });
    (vec![share.label_head.clone(), share.value_head.clone(), share.share_head.clone()], rows.collect())
}

/// Every pair once, the closest first; then nodes that stand alone, without partner and joint value.
fn network_rows(network: &Network) -> Rows {
    let mut edges: Vec<_> = network.edges.iter().collect();
    edges.sort_by(|a, b| b.value.total_cmp(&a.value));
    let node = |at: usize| {
        let node = network.nodes.get(at)?;
        let from = label(&node.label, node.note.as_ref()).link(node.href.as_ref());
        Some((from, TableCell::value(node.value).link(node.href.as_ref())))
    };
    let pairs = edges.iter().filter_map(|edge| {
        let ((from, value), partner) = (node(edge.from)?, network.nodes.get(edge.to)?);
        let to = TableCell::text(&partner.label).link(partner.href.as_ref());
        Some(vec![from, value, to, TableCell::value(edge.value).link(edge.href.as_ref())])
    });
    let joined: BTreeSet<usize> = edges.iter().flat_map(|edge| [edge.from, edge.to]).collect();
    let alone = (0..network.nodes.len()).filter(|at| !joined.contains(at)).filter_map(|at| {
        let (from, value) = node(at)?;
        Some(vec![from, value, TableCell::default(), TableCell::default()])
    });
    let heads = [&network.from_head, &network.node_head, &network.to_head, &network.edge_head];
    (heads.into_iter().cloned().collect(), pairs.chain(alone).collect())
}

fn timeline_rows(timeline: &Timeline) -> Rows {
    let spans = timeline.spans.iter().map(|span| {
        let to = span.to.as_deref().unwrap_or_default();
        (
            span.from.clone(),
            format!("{} – {to}", span.from),
            label(&span.label, span.note.as_ref()).link(span.href.as_ref()),
        )
    });
    let events = timeline.events.iter();
    let events = events.map(|event| {
        (event.date.clone(), event.date.clone(), label(&event.label, event.note.as_ref()).link(event.href.as_ref()))
    });
    let mut all: Vec<(String, String, TableCell)> = spans.chain(events).collect();
    all.sort_by(|a, b| a.0.cmp(&b.0));
    let rows = all.into_iter().map(|(_, date, cell)| vec![TableCell::text(&date), cell]);
    (vec![timeline.date_head.clone(), timeline.label_head.clone()], rows.collect())
}
