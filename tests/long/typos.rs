//! Slips of the pen, at more places of the longest story than while working.

use crate::slips_of_the_pen::each_is_told;

#[test]
fn a_slip_of_the_longest_story_is_told_by_its_name_where_it_was_made() {
    each_is_told(199, 2_400);
}
