//! The map for other programs that draw graphs.

use std::collections::HashSet;
use std::fmt::Write as _;

use crate::text::escaped;

use super::{SceneMap, colour, short};

/// Letters of a way's words that a graph shows.
const LETTERS: usize = 40;

impl SceneMap {
    /// The ways that lead back to where a session has been before: as numbers into `ways`.
    fn back(&self) -> HashSet<usize> {
        let layers = super::layout::layers(self);
        (0..self.ways.len()).filter(|at| layers[self.ways[*at].to] <= layers[self.ways[*at].from]).collect()
    }

    /// As a flowchart for Mermaid.
    #[must_use]
    pub fn mermaid(&self) -> String {
        let mut out = String::from("flowchart LR\n");
        for (number, (name, spots)) in self.groups().into_iter().enumerate() {
            let _ = writeln!(out, "  subgraph g{number}[\"{}\"]", quoted(name));
            for at in spots {
                let spot = &self.spots[at];
                let (open, close) = if spot.ending.is_some() { ("([", "])") } else { ("[", "]") };
                let label =
                    spot.ending.as_ref().map_or_else(|| spot.id.clone(), |title| format!("{}: {title}", spot.id));
                let _ = writeln!(out, "    s{at}{open}\"{}\"{close}", quoted(&label));
            }
            out.push_str("  end\n");
        }
        let back = self.back();
        for (at, way) in self.ways.iter().enumerate() {
            let words = short(&way.words, LETTERS);
            let label = if words.is_empty() { String::new() } else { format!("|\"{}\"|", quoted(&words)) };
            let arrow = if back.contains(&at) { "-.->" } else { "-->" };
            let _ = writeln!(out, "  s{} {arrow}{label} s{}", way.from, way.to);
        }
        for (at, spot) in self.spots.iter().enumerate() {
            let _ = writeln!(out, "  style s{at} fill:{},color:#222", colour(spot.seat));
        }
        out
    }

    /// As a graph for Graphviz.
    #[must_use]
    pub fn dot(&self) -> String {
        let string =
            |words: &str| format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', " "));
        let mut out = format!(
            "digraph {} {{\n  rankdir=LR; node [shape=box, style=\"rounded,filled\", fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\", fontsize=10];\n",
            string(&self.title)
        );
        for (number, (name, spots)) in self.groups().into_iter().enumerate() {
            let _ = writeln!(out, "  subgraph cluster_{number} {{ label={};", string(name));
            for at in spots {
                let spot = &self.spots[at];
                let label =
                    spot.ending.as_ref().map_or_else(|| spot.id.clone(), |title| format!("{}: {title}", spot.id));
                let thick = if spot.ending.is_some() { 2 } else { 1 };
                let _ = writeln!(
                    out,
                    "    s{at} [label={}, fillcolor=\"{}\", penwidth={thick}];",
                    string(&label),
                    colour(spot.seat)
                );
            }
            out.push_str("  }\n");
        }
        let back = self.back();
        for (at, way) in self.ways.iter().enumerate() {
            let style = if back.contains(&at) { ", style=dashed, color=\"#888888\", constraint=false" } else { "" };
            let (label, tip) = (string(&short(&way.words, LETTERS)), string(&way.words));
            let _ = writeln!(out, "  s{} -> s{} [label={label}, tooltip={tip}{style}];", way.from, way.to);
        }
        out.push_str("}\n");
        out
    }
}

/// Words between Mermaid's quotation marks.
fn quoted(words: &str) -> String {
    escaped(words)
        .replace('\n', " ")
        .replace("&#39;", "'")
        .replace('#', "#35;")
        .replace("&amp;", "#amp;")
        .replace("&lt;", "#lt;")
        .replace("&gt;", "#gt;")
        .replace("&quot;", "#quot;")
}
