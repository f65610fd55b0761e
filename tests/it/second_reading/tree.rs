//! A story as a tree that can be written down, and made smaller.

/// The fields of a record.
pub type Fields = Vec<(&'static str, Node)>;

/// A value of a story file.
#[derive(Debug, Clone)]
pub enum Node {
    Text(String),
    /// A number or a truth.
    Bare(String),
    List(Vec<Node>),
    Record(Fields),
    Names(Vec<(String, Node)>),
}

impl Node {
    pub fn text(words: impl Into<String>) -> Self {
        Self::Text(words.into())
    }

    pub fn bare(value: impl ToString) -> Self {
        Self::Bare(value.to_string())
    }

    pub fn texts<T: Into<String>>(all: impl IntoIterator<Item = T>) -> Self {
        Self::List(all.into_iter().map(Self::text).collect())
    }

    /// The words of a text.
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Text(words) => Some(words),
            _ => None,
        }
    }

    pub fn ron(&self) -> String {
        let mut out = String::new();
        self.write(&mut out, 0);
        out
    }

    fn write(&self, out: &mut String, depth: usize) {
        let line = |out: &mut String| {
            out.push('\n');
            out.push_str(&"  ".repeat(depth + 1));
        };
        match self {
            Self::Text(text) => {
                out.push('"');
                out.push_str(&text.replace('\\', "\\\\").replace('"', "\\\""));
                out.push('"');
            }
            Self::Bare(value) => out.push_str(value),
            Self::List(all) => {
                out.push('[');
                let long = all.iter().any(|node| matches!(node, Self::Record(_)));
                for node in all {
                    if long {
                        line(out);
                    }
                    node.write(out, depth + 1);
                    out.push_str(if long { "," } else { ", " });
                }
                out.push(']');
            }
            Self::Record(fields) => {
                out.push('(');
                for (name, node) in fields {
                    if depth == 0 {
                        line(out);
                    }
                    out.push_str(&format!("{name}: "));
                    node.write(out, depth + 1);
                    out.push_str(", ");
                }
                out.push(')');
            }
            Self::Names(all) => {
                out.push('{');
                for (name, node) in all {
                    line(out);
                    out.push_str(&format!("\"{name}\": "));
                    node.write(out, depth + 1);
                    out.push(',');
                }
                out.push('}');
            }
        }
    }

    /// This with one thing less, in every way there is; the largest first.
    fn smaller(&self) -> Vec<Node> {
        match self {
            Self::Bare(_) => Vec::new(),
            Self::Text(text) => {
                let words: Vec<&str> = text.split_inclusive([' ', '\n']).collect();
                let mut out = Vec::new();
                for size in [words.len() / 2, words.len() / 4, 3, 2, 1] {
                    for at in (0..words.len()).step_by(size.max(1)).filter(|_| size > 0 && size < words.len()) {
                        let rest = &words[(at + size).min(words.len())..];
                        out.push(Self::Text([&words[..at], rest].concat().concat()));
                    }
                }
                out
            }
            Self::List(all) => parts(all, |node| vec![node], |_, node| node).into_iter().map(Self::List).collect(),
            Self::Record(fields) => parts(fields, |(_, node)| vec![node], |(name, _), node| (name, node))
                .into_iter()
                .map(Self::Record)
                .collect(),
            Self::Names(all) => parts(all, |(_, node)| vec![node], |(name, _), node| (name, node))
                .into_iter()
                .map(Self::Names)
                .collect(),
        }
    }

    /// A small tree of which this still holds, as far as so many tries lead.
    pub fn smaller_while(self, holds: &dyn Fn(&Node) -> bool, tries: usize) -> Node {
        let mut best = self;
        let mut less = best.smaller();
        let (mut at, mut tried) = (0, 0);
        for _ in 0..tries {
            if tried >= less.len() {
                break;
            }
            let node = less[at % less.len()].clone();
            if holds(&node) {
                best = node;
                less = best.smaller();
                tried = 0;
            } else {
                at += 1;
                tried += 1;
            }
        }
        best
    }
}

/// A list without one of its items, or with one of them made smaller.
fn parts<T: Clone>(all: &[T], inside: impl Fn(&T) -> Vec<&Node>, with: impl Fn(T, Node) -> T) -> Vec<Vec<T>> {
    let mut out = Vec::new();
    for at in 0..all.len() {
        let mut less = all.to_vec();
        less.remove(at);
        out.push(less);
    }
    for (at, item) in all.iter().enumerate() {
        for smaller in inside(item).into_iter().flat_map(Node::smaller) {
            let mut changed = all.to_vec();
            changed[at] = with(item.clone(), smaller);
            out.push(changed);
        }
    }
    out
}
