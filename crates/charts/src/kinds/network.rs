//! Who is joined with whom: a force layout (Fruchterman, Reingold 1991) from fixed places, without chance.

use super::{Drawn, name, spread::Spread};
use crate::{
    Edge, Mark, Network,
    draw::{Area, Canvas, Colour, LABEL, Type},
    text::{finite, fit, measure, number},
};

const NODES: usize = 60;
const EDGES: usize = 240;
const ROUNDS: usize = 240;

type Place = (f64, f64);

pub(super) fn draw(network: &Network, canvas: &mut Canvas) -> Drawn {
    let nodes = &network.nodes[..network.nodes.len().min(NODES)];
    if nodes.is_empty() {
        return Drawn::default();
    }
    let edges = heaviest(&network.edges, nodes.len());
    let least = if canvas.narrow { 260.0 } else { 220.0 };
    let high = (least + nodes.len() as f64 * 7.0).min(if canvas.narrow { 480.0 } else { 520.0 });
    let most = nodes.iter().map(|node| finite(node.value)).fold(0.0, f64::max);
    let radii: Vec<f64> = nodes.iter().map(|node| radius(finite(node.value), most)).collect();
    let places = settled(&radii, &edges, canvas.width, high);
    let heaviest = edges.iter().map(|edge| finite(edge.value)).fold(0.0, f64::max);
    for edge in &edges {
        let label = format!("{} – {}", nodes[edge.from].label, nodes[edge.to].label);
        let width = if heaviest > 0.0 { 1.0 + 6.0 * (finite(edge.value).max(0.0) / heaviest).sqrt() } else { 1.0 };
        canvas.thing(&name(&label, edge.value, edge.note.as_ref()), edge.href.as_ref(), |canvas| {
            canvas.line(places[edge.from], places[edge.to], Colour::Line, width, false);
        });
    }
    let mut spread = Spread::new(canvas.width, high);
    for (place, radius) in places.iter().zip(&radii) {
        spread.take(Area { x: place.0 - radius, y: place.1 - radius, w: 2.0 * radius, h: 2.0 * radius });
    }
    let mut order: Vec<usize> = (0..nodes.len()).collect();
    order.sort_by(|a, b| radii[*b].total_cmp(&radii[*a]));
    for at in order {
        node(&nodes[at], places[at], radii[at], &mut spread, canvas);
    }
    numbers(&edges, &places, &mut spread, canvas);
    Drawn::to(high).cut(nodes.len(), network.nodes.len())
}

/// The heaviest edges between drawn nodes; the lighter are drawn first.
fn heaviest(edges: &[Edge], nodes: usize) -> Vec<&Edge> {
    let mut edges: Vec<&Edge> =
        edges.iter().filter(|edge| edge.from < nodes && edge.to < nodes && edge.from != edge.to).collect();
    edges.sort_by(|a, b| finite(b.value).total_cmp(&finite(a.value)));
    edges.truncate(EDGES);
    edges.reverse();
    edges
}

fn radius(value: f64, most: f64) -> f64 {
    if most > 0.0 { 5.0 + 13.0 * (value.max(0.0) / most).sqrt() } else { 6.0 }
}

/// Places at rest: joined nodes near each other, none on top of another, all inside.
fn settled(radii: &[f64], edges: &[&Edge], width: f64, high: f64) -> Vec<Place> {
    let count = radii.len() as f64;
    let (middle, down) = (width / 2.0, high / 2.0);
    // A sunflower: even and always the same.
    let mut places: Vec<Place> = (0..radii.len())
        .map(|at| {
            let (turn, far) = (at as f64 * 2.399_963, ((at as f64 + 0.5) / count).sqrt());
            (middle + turn.cos() * far * middle * 0.8, down + turn.sin() * far * down * 0.8)
        })
        .collect();
    let ideal = (width * high / count).sqrt() * 0.5;
    for round in 0..ROUNDS {
        let heat = 0.1 * width * (1.0 - round as f64 / ROUNDS as f64).powi(2) + 0.3;
        let pushes = forces(&places, edges, ideal, (middle, down));
        for (at, push) in pushes.iter().enumerate() {
            let strength = push.0.hypot(push.1).max(1e-9);
            let step = strength.min(heat) / strength;
            let edge = radii[at] + 2.0;
            places[at].0 = (places[at].0 + push.0 * step).clamp(edge + 18.0, width - edge - 18.0);
            places[at].1 = (places[at].1 + push.1 * step).clamp(edge + 12.0, high - edge - 12.0);
        }
    }
    spread_out(&mut places, width, high);
    places
}

/// Uses the room that is there: stretches the layout at most twice, with margins for labels.
fn spread_out(places: &mut [Place], width: f64, high: f64) {
    const MARGIN: Place = (46.0, 34.0);
    let bounds = |of: fn(&Place) -> f64, places: &[Place]| {
        let ends = places.iter().map(of).fold((f64::INFINITY, f64::NEG_INFINITY), |(a, b), v| (a.min(v), b.max(v)));
        (f64::midpoint(ends.0, ends.1), (ends.1 - ends.0).max(1.0))
    };
    let (middle, wide) = bounds(|place| place.0, places);
    let (down, tall) = bounds(|place| place.1, places);
    let across = ((width - 2.0 * MARGIN.0) / wide).min(2.0);
    let along = ((high - 2.0 * MARGIN.1) / tall).min(2.0);
    for place in places {
        *place = (width / 2.0 + (place.0 - middle) * across, high / 2.0 + (place.1 - down) * along);
    }
}

fn forces(places: &[Place], edges: &[&Edge], ideal: f64, (middle, down): Place) -> Vec<Place> {
    let mut pushes = vec![(0.0, 0.0); places.len()];
    for a in 0..places.len() {
        for b in a + 1..places.len() {
            let (dx, dy) = (places[a].0 - places[b].0, places[a].1 - places[b].1);
            let far = dx.hypot(dy).max(1.0);
            let push = ideal * ideal / (far * far);
            // Two in one place part sideways.
            let dx = if dx == 0.0 && dy == 0.0 { 1.0 } else { dx };
            pushes[a].0 += dx * push;
            pushes[a].1 += dy * push;
            pushes[b].0 -= dx * push;
            pushes[b].1 -= dy * push;
        }
        // Towards the middle, so that parts that are not joined stay in view.
        pushes[a].0 += (middle - places[a].0) * 0.5;
        pushes[a].1 += (down - places[a].1) * 0.9;
    }
    for edge in edges {
        let (a, b) = (edge.from, edge.to);
        let (dx, dy) = (places[a].0 - places[b].0, places[a].1 - places[b].1);
        let pull = dx.hypot(dy) / ideal;
        pushes[a].0 -= dx * pull;
        pushes[a].1 -= dy * pull;
        pushes[b].0 += dx * pull;
        pushes[b].1 += dy * pull;
    }
    pushes
}

fn node(mark: &Mark, at: Place, radius: f64, spread: &mut Spread, canvas: &mut Canvas) {
    canvas.thing(&name(&mark.label, mark.value, mark.note.as_ref()), mark.href.as_ref(), |canvas| {
        let reach = radius.max(12.0);
        canvas.touch(Area { x: at.0 - reach, y: at.1 - reach, w: 2.0 * reach, h: 2.0 * reach });
        canvas.circle(at, radius, Colour::Heat(7), false);
        let size = if radius > 10.0 { 12.0 } else { 11.0 };
        for room in [150.0, 96.0, 64.0] {
            let label = fit(&mark.label, room, size);
            if let Some((place, anchor)) = spread.beside(at, radius, (measure(&label, size), size + 2.0)) {
                canvas.text(place, Type { anchor, ..LABEL.sized(size) }.halo(), &label);
                break;
            }
        }
    });
}

/// Joint rights in the middle of their edges, where there is room; the heaviest first.
fn numbers(edges: &[&Edge], places: &[Place], spread: &mut Spread, canvas: &mut Canvas) {
    for edge in edges.iter().rev().take(40) {
        let ((ax, ay), (bx, by)) = (places[edge.from], places[edge.to]);
        let text = number(edge.value);
        let w = measure(&text, 10.0);
        if (ax - bx).hypot(ay - by) > 3.0 * w + 24.0
            && let Some((place, anchor)) = spread.beside((f64::midpoint(ax, bx), f64::midpoint(ay, by)), 0.0, (w, 11.0))
        {
            canvas.text(place, Type { anchor, ..crate::draw::SMALL.sized(10.0) }.halo(), &text);
        }
    }
}
