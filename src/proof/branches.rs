use std::ops::Range;

use crate::engine::State;
use crate::story::{MessageId, Piece, Words};

/// Which branches of some words have been shown, in the order in which they are written.
#[derive(Debug, Clone, Default)]
pub(super) struct Branches(Vec<bool>);

impl Branches {
    /// Those of these words, none of them shown yet.
    pub fn of(words: Words<'_>) -> Self {
        Self(vec![false; count(words)])
    }

    /// True if every branch has been shown.
    pub fn all(&self) -> bool {
        self.0.iter().all(|shown| *shown)
    }

    /// True if each of these branches has been shown.
    pub fn all_of(&self, branches: Range<usize>) -> bool {
        self.0.get(branches).is_some_and(|branches| branches.iter().all(|shown| *shown))
    }

    /// Notes what these words show in this state; true where that is something new. `answer` is told of what answers
    /// they show.
    pub fn see(&mut self, words: Words<'_>, state: &State, answer: &mut dyn FnMut(Option<MessageId>)) -> bool {
        let mut seeing = BranchVisitor { state, answer, at: 0, news: false };
        self.walk(words, true, &mut seeing);
        seeing.news
    }

    fn walk(&mut self, words: Words<'_>, here: bool, seeing: &mut BranchVisitor<'_>) {
        for piece in words {
            match piece {
                Piece::If { when, then, otherwise } => {
                    let holds = here && when.holds(&seeing.state.values);
                    for (branch, shown) in [(then, holds), (otherwise, here && !holds)] {
                        let at = seeing.at;
                        seeing.news |= shown && !self.0[at];
                        self.0[at] |= shown;
                        seeing.at += 1;
                        self.walk(branch, shown, seeing);
                    }
                }
                Piece::First(both) => both.into_iter().for_each(|words| self.walk(words, here, seeing)),
                Piece::OneOf { options } => options.for_each(|option| self.walk(option, here, seeing)),
                Piece::Answer(message) if here => (seeing.answer)(message),
                _ => {}
            }
        }
    }
}

/// A look at some words.
struct BranchVisitor<'a> {
    state: &'a State,
    answer: &'a mut dyn FnMut(Option<MessageId>),
    /// How many branches have been looked at.
    at: usize,
    news: bool,
}

fn count(words: Words<'_>) -> usize {
    let mut branches = 0;
    words.each(&mut |piece| branches += if matches!(piece, Piece::If { .. }) { 2 } else { 0 });
    branches
}
