//! Labels beside points without covering each other.

use crate::draw::{Anchor, Area};

/// Finds free places for labels, one after the other; the important ones come first.
pub(super) struct Spread {
    width: f64,
    height: f64,
    taken: Vec<Area>,
}

impl Spread {
    pub(super) fn new(width: f64, height: f64) -> Self {
        Self { width, height, taken: Vec::new() }
    }

    /// Keeps an area free.
    pub(super) fn take(&mut self, area: Area) {
        self.taken.push(area);
    }

    /// A place for a text of this width and height beside a point: where it is anchored, and how. `None` when every place
    /// is taken.
    pub(super) fn beside(
        &mut self,
        (x, y): (f64, f64),
        radius: f64,
        (w, h): (f64, f64),
    ) -> Option<((f64, f64), Anchor)> {
        let reach = radius + 4.0;
        let diagonal = radius * 0.7 + 3.0;
        let up = radius + h / 2.0 + 1.0;
        let places = [
            (reach, 0.0, Anchor::Start),
            (-reach, 0.0, Anchor::End),
            (0.0, -up, Anchor::Middle),
            (0.0, up, Anchor::Middle),
            (diagonal, -diagonal - 3.0, Anchor::Start),
            (diagonal, diagonal + 3.0, Anchor::Start),
            (-diagonal, -diagonal - 3.0, Anchor::End),
            (-diagonal, diagonal + 3.0, Anchor::End),
        ];
        for (dx, dy, anchor) in places {
            let at = (x + dx, y + dy);
            let left = match anchor {
                Anchor::Start => at.0,
                Anchor::Middle => at.0 - w / 2.0,
                Anchor::End => at.0 - w,
            };
            let area = Area { x: left, y: at.1 - h / 2.0, w, h };
            let inside = area.x >= 0.0 && area.y >= 0.0 && area.x + w <= self.width && area.y + h <= self.height;
            if inside && !self.taken.iter().any(|other| meet(&area, other)) {
                self.taken.push(area);
                return Some((at, anchor));
            }
        }
        None
    }
}

fn meet(a: &Area, b: &Area) -> bool {
    a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
}
