//! The layout of a map: scenes in columns, so that edges lead to the right, except those that lead back. An edge that
//! passes a column has a lane of its own in it, so that none runs behind a box.

use std::collections::{HashMap, HashSet};

use super::SceneMap;

/// The greatest number of lane segments that are drawn; further edges are listed in words only.
const MOST_PASSED: usize = 100_000;

/// How often the columns are reordered, each by its neighbours.
const SWEEPS: usize = 6;

/// Returns the column of each scene, from 0. Every edge leads to a later column, except those that close a circle.
pub(super) fn layers(map: &SceneMap) -> Vec<usize> {
    let next: Vec<Vec<usize>> = map.ways_from().iter().map(|ways| ways.iter().map(|way| way.to).collect()).collect();
    let closed = finished_order(&next, map.start);
    let mut rank = vec![0; next.len()];
    closed.iter().enumerate().for_each(|(at, scene)| rank[*scene] = at);
    let mut layers = vec![0; next.len()];
    for &from in closed.iter().rev() {
        // What is finished later than its follower does not close a circle with it.
        for &to in next[from].iter().filter(|to| rank[**to] < rank[from]) {
            layers[to] = layers[to].max(layers[from] + 1);
        }
    }
    layers
}

/// The scenes in the order in which a search in depth has done with them.
fn finished_order(next: &[Vec<usize>], start: usize) -> Vec<usize> {
    let mut done = Vec::with_capacity(next.len());
    let mut seen = vec![false; next.len()];
    for root in std::iter::once(start).chain(0..next.len()) {
        if std::mem::replace(&mut seen[root], true) {
            continue;
        }
        let mut path = vec![(root, 0)];
        while let Some((at, way)) = path.pop() {
            match next[at].get(way) {
                None => done.push(at),
                Some(&to) => {
                    path.push((at, way + 1));
                    if !std::mem::replace(&mut seen[to], true) {
                        path.push((to, 0));
                    }
                }
            }
        }
    }
    done
}

/// What stands in a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum LayoutItem {
    Scene(usize),
    /// Ways to this scene pass here; those that lead back keep to themselves.
    Lane {
        to: usize,
        back: bool,
    },
}

/// How a way runs.
pub(super) enum EdgeRoute {
    /// It comes back to its own scene.
    Stays,
    /// Through the lanes of these columns, in this order.
    Through { columns: Vec<usize>, back: bool },
    /// It leads too far to be drawn.
    TooFar,
}

/// The columns from the left, each with what stands in it from above; and by way, how it runs.
pub(super) struct Layout {
    pub columns: Vec<Vec<LayoutItem>>,
    pub runs: Vec<EdgeRoute>,
}

/// Lays a map out.
pub(super) fn layout(map: &SceneMap) -> Layout {
    let layers = layers(map);
    let mut columns: Vec<Vec<LayoutItem>> = vec![Vec::new(); layers.iter().max().map_or(0, |last| last + 1)];
    for (at, layer) in layers.iter().enumerate() {
        columns[*layer].push(LayoutItem::Scene(at));
    }
    let mut lanes: HashSet<(usize, LayoutItem)> = HashSet::new();
    let mut passed = 0;
    let mut neighbours: HashMap<(usize, LayoutItem), Vec<LayoutItem>> = HashMap::new();
    let mut runs = Vec::with_capacity(map.ways.len());
    for way in &map.ways {
        let (from, to) = (layers[way.from], layers[way.to]);
        let back = to <= from;
        let between: Vec<usize> = if back { (to..=from).rev().collect() } else { (from + 1..to).collect() };
        runs.push(match () {
            () if way.from == way.to => EdgeRoute::Stays,
            () if passed + between.len() > MOST_PASSED => EdgeRoute::TooFar,
            () => {
                passed += between.len();
                let lane = LayoutItem::Lane { to: way.to, back };
                for &column in &between {
                    if lanes.insert((column, lane)) {
                        columns[column].push(lane);
                    }
                }
                // Whatever it passes wants to stand on one height with what comes before and after.
                let mut stops: Vec<(usize, LayoutItem)> = vec![(from, LayoutItem::Scene(way.from))];
                stops.extend(between.iter().map(|column| (*column, lane)));
                stops.push((to, LayoutItem::Scene(way.to)));
                for pair in stops.windows(2) {
                    neighbours.entry(pair[0]).or_default().push(pair[1].1);
                    neighbours.entry(pair[1]).or_default().push(pair[0].1);
                }
                EdgeRoute::Through { columns: between, back }
            }
        });
    }
    order(&mut columns, &neighbours);
    Layout { columns, runs }
}

/// Puts each column into the order of its neighbours' middle, back and forth.
fn order(columns: &mut [Vec<LayoutItem>], neighbours: &HashMap<(usize, LayoutItem), Vec<LayoutItem>>) {
    // Heights as shares of a column, so that long and short ones can be compared.
    let mut height: HashMap<(usize, LayoutItem), f64> = HashMap::new();
    let note = |height: &mut HashMap<(usize, LayoutItem), f64>, column: usize, items: &[LayoutItem]| {
        for (at, item) in items.iter().enumerate() {
            height.insert((column, *item), (at as f64 + 0.5) / items.len() as f64);
        }
    };
    (0..columns.len()).for_each(|column| note(&mut height, column, &columns[column]));
    for sweep in 0..SWEEPS {
        for step in 0..columns.len() {
            let column = if sweep % 2 == 0 { step } else { columns.len() - 1 - step };
            let middle = |item: &LayoutItem| {
                let near = neighbours.get(&(column, *item)).into_iter().flatten();
                let of = |item: &LayoutItem| {
                    [column.wrapping_sub(1), column + 1, column].iter().find_map(|at| height.get(&(*at, *item)))
                };
                let (sum, count) = near.filter_map(of).fold((0.0, 0.0), |(sum, count), at| (sum + at, count + 1.0));
                if count > 0.0 { sum / count } else { height[&(column, *item)] }
            };
            let mut keyed: Vec<(f64, LayoutItem)> = columns[column].iter().map(|item| (middle(item), *item)).collect();
            keyed.sort_by(|a, b| a.0.total_cmp(&b.0));
            columns[column] = keyed.into_iter().map(|(_, item)| item).collect();
            note(&mut height, column, &columns[column]);
        }
    }
}
