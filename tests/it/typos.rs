//! Slips of the pen; more of the longest story are made in `tests/long`.

use crate::slips_of_the_pen::each_is_told;

#[test]
fn a_slip_is_told_by_its_name_where_it_was_made() {
    each_is_told(2003, 2_000);
}
