//! Sorted whole numbers, and how many of them lie below another: mostly told by a look into a table and one or two comparisons.

/// Sorted whole numbers.
#[derive(Clone, Debug)]
pub(crate) struct Steps {
    points: Vec<i64>,
    /// The least point.
    first: i64,
    /// The numbers from the least point on fall into ranges of `2^shift`: for each, how many points lie before it. Empty where
    /// the points lie so unevenly that a search is faster.
    before: Vec<u32>,
    shift: u32,
}

/// The most points that a range may hold.
const RANGE_POINTS_MAX: usize = 4;

impl Steps {
    /// From distinct numbers in order.
    pub(super) fn new(points: Vec<i64>) -> Self {
        let (Some(first), Some(last)) = (points.first().copied(), points.last().copied()) else {
            return Self { points, first: 0, before: Vec::new(), shift: 0 };
        };
        let span = last.wrapping_sub(first).cast_unsigned();
        let ranges_max = 2 * points.len() as u64;
        let shift = (0..64).find(|shift| span >> shift < ranges_max).unwrap_or(63);
        let mut before = Vec::new();
        let mut seen = 0;
        for range in 0..=span >> shift {
            let at =
                points.iter().skip(seen).take_while(|point| point.wrapping_sub(first).cast_unsigned() >> shift < range).count();
            seen += at;
            before.push(u32::try_from(seen).unwrap_or(u32::MAX));
            if at > RANGE_POINTS_MAX || points.len() - seen > RANGE_POINTS_MAX && range == span >> shift {
                before.clear();
                break;
            }
        }
        Self { points, first, before, shift }
    }

    pub(super) fn len(&self) -> usize {
        self.points.len()
    }

    pub(super) fn as_slice(&self) -> &[i64] {
        &self.points
    }

    /// How many points lie below a number, and whether it is the next one.
    #[inline]
    pub(super) fn below(&self, number: i64) -> (usize, bool) {
        let mut below = if number <= self.first {
            0
        } else if self.before.is_empty() {
            self.points.partition_point(|point| *point < number)
        } else {
            let range = number.wrapping_sub(self.first).cast_unsigned() >> self.shift;
            match usize::try_from(range).ok().and_then(|range| self.before.get(range)) {
                Some(before) => *before as usize,
                None => return (self.points.len(), false),
            }
        };
        loop {
            match self.points.get(below) {
                Some(point) if *point < number => below += 1,
                point => return (below, point == Some(&number)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn point() -> impl Strategy<Value = i64> {
        prop_oneof![6 => -40_i64..40, 3 => -4_000_i64..4_000, 1 => any::<i64>(), 1 => Just(i64::MIN), 1 => Just(i64::MAX)]
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, cases: 2_000, ..ProptestConfig::default() })]

        /// The table is a short cut, never another answer.
        #[test]
        fn the_table_answers_as_a_search(points in prop::collection::btree_set(point(), 0..40), numbers in prop::collection::vec(point(), 1..20)) {
            let points: Vec<i64> = points.into_iter().collect();
            let steps = Steps::new(points.clone());
            for number in numbers.into_iter().chain(points.iter().copied()) {
                let below = points.partition_point(|point| *point < number);
                prop_assert_eq!(steps.below(number), (below, points.get(below) == Some(&number)));
            }
        }

        /// What lies on a grid is found by the table.
        #[test]
        fn a_grid_has_a_table(step in 1_i64..2_000, count in 1_i64..300) {
            let steps = Steps::new((0..count).map(|at| at * step).collect());
            prop_assert!(!steps.before.is_empty());
        }
    }
}
