//! The decision table that every engine decides and the cases that it decides: made from a fixed seed, the same everywhere.
//!
//! Only the standard library is used, since the build script of the peers writes the same tables as Rust code.

/// How many rows the tables have.
pub(crate) const SIZES: [usize; 4] = [10, 100, 1_000, 10_000];
/// How many cases decide each table.
pub(crate) const CASES: usize = 256;
/// Where the random numbers of a table begin; those of its cases begin at the next number.
pub(crate) const SEED: u64 = 0x5EED_0003;

/// The column `customer.tier`.
pub(crate) const TIERS: [&str; 4] = ["standard", "silver", "gold", "strategic"];
/// The column `finding.liability`.
pub(crate) const FAULTS: [&str; 7] =
    ["our_error", "shared", "third_party", "customer_error", "misunderstanding", "no_error", "undetermined"];
/// The column `complaint.jurisdiction`: countries, since only some engines know that a place lies in another.
pub(crate) const REGIONS: [&str; 24] = [
    "AR", "AT", "AU", "BE", "BR", "CA", "CH", "CL", "CO", "DE", "DK", "ES", "FR", "GB", "IE", "IN", "IT", "JP", "MX", "NL", "PL",
    "PT", "SE", "US",
];

const TENURE_MONTHS_MAX: i64 = 240;
const TENURE_STEP: i64 = 3;
const AMOUNT_CENTS_MAX: i64 = 500_000;
const AMOUNT_STEP: i64 = 1_250;
const DISPUTES_MAX: i64 = 12;
/// After so many draws that an earlier row takes, the next row is tried.
const DRAWS_MAX: usize = 500;

/// Whole numbers from one end to the other, both included; an end that is left out is open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    pub(crate) from: Option<i64>,
    pub(crate) to: Option<i64>,
}

impl Span {
    pub(crate) fn holds(self, value: i64) -> bool {
        self.from.is_none_or(|from| from <= value) && self.to.is_none_or(|to| value <= to)
    }

    pub(crate) fn is_any(self) -> bool {
        self == Self::default()
    }
}

/// One row. A list without members admits everything; members are positions in the lists above.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) tiers: Vec<usize>,
    pub(crate) tenure_months: Span,
    /// In cents, whose first amount is excluded in every written form: more than `from`, at most `to`.
    pub(crate) amount_cents: Option<(i64, i64)>,
    pub(crate) faults: Vec<usize>,
    pub(crate) disputes: Span,
    pub(crate) regions: Vec<usize>,
}

/// The facts of one case.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facts {
    pub(crate) tier: usize,
    pub(crate) tenure_months: i64,
    pub(crate) amount_cents: i64,
    pub(crate) fault: usize,
    pub(crate) disputes: i64,
    pub(crate) region: usize,
}

impl Row {
    pub(crate) fn admits(&self, facts: &Facts) -> bool {
        let one_of = |members: &[usize], value: usize| members.is_empty() || members.contains(&value);
        one_of(&self.tiers, facts.tier)
            && self.tenure_months.holds(facts.tenure_months)
            && self.amount_cents.is_none_or(|(over, to)| over < facts.amount_cents && facts.amount_cents <= to)
            && one_of(&self.faults, facts.fault)
            && self.disputes.holds(facts.disputes)
            && one_of(&self.regions, facts.region)
    }
}

/// The table with so many rows.
pub(crate) fn table(rows: usize) -> Vec<Row> {
    let mut random = Random::new(SEED);
    (0..rows).map(|_| row(&mut random)).collect()
}

fn row(random: &mut Random) -> Row {
    let tiers = if random.one_in(10) { Vec::new() } else { random.members(TIERS.len(), 2) };
    let tenure_months = if random.one_in(12) { Span::default() } else { random.span(TENURE_MONTHS_MAX / TENURE_STEP, 2, 12) };
    let scaled = |end: Option<i64>| end.map(|end| end * TENURE_STEP);
    let tenure_months = Span { from: scaled(tenure_months.from), to: scaled(tenure_months.to) };
    let amount_cents = if random.one_in(20) {
        None
    } else {
        let over = random.below(AMOUNT_CENTS_MAX / AMOUNT_STEP - 60);
        Some((over * AMOUNT_STEP, (over + 10 + random.below(50)) * AMOUNT_STEP))
    };
    let faults = if random.one_in(20) { Vec::new() } else { random.members(FAULTS.len(), 2) };
    let disputes = match random.below(5) {
        0 => Span::default(),
        1 => Span { from: Some(1 + random.below(DISPUTES_MAX - 2)), to: None },
        2 => Span { from: None, to: Some(1 + random.below(DISPUTES_MAX - 2)) },
        _ => random.span(DISPUTES_MAX, 1, 4),
    };
    let regions = if random.one_in(30) { Vec::new() } else { random.members(REGIONS.len(), 3) };
    Row { tiers, tenure_months, amount_cents, faults, disputes, regions }
}

/// The cases of a table, each with the row that it hits first. The rows hit are spread evenly over the table.
pub(crate) fn cases(table: &[Row]) -> Vec<(Facts, usize)> {
    let mut random = Random::new(SEED + 1);
    (0..CASES).filter_map(|at| case(table, (2 * at + 1) * table.len() / (2 * CASES), &mut random)).collect()
}

fn case(table: &[Row], wanted: usize, random: &mut Random) -> Option<(Facts, usize)> {
    for row in (wanted..table.len()).chain(0..wanted) {
        for _ in 0..DRAWS_MAX {
            let facts = facts(table.get(row)?, random);
            if first_hit(table, &facts) == Some(row) {
                return Some((facts, row));
            }
        }
    }
    None
}

/// Facts that a row admits.
fn facts(row: &Row, random: &mut Random) -> Facts {
    let (over, to) = row.amount_cents.unwrap_or((0, AMOUNT_CENTS_MAX));
    Facts {
        tier: random.member(&row.tiers, TIERS.len()),
        tenure_months: random.within(row.tenure_months, TENURE_MONTHS_MAX),
        amount_cents: over + 1 + random.below(to - over),
        fault: random.member(&row.faults, FAULTS.len()),
        disputes: random.within(row.disputes, DISPUTES_MAX),
        region: random.member(&row.regions, REGIONS.len()),
    }
}

/// What every engine has to answer.
pub(crate) fn first_hit(table: &[Row], facts: &Facts) -> Option<usize> {
    table.iter().position(|row| row.admits(facts))
}

/// Splitmix64: small, and the same numbers on every machine.
struct Random {
    state: u64,
}

impl Random {
    fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.state ^ (self.state >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// From 0 to below `end`.
    fn below(&mut self, end: i64) -> i64 {
        i64::try_from(self.next() % u64::try_from(end.max(1)).unwrap_or(1)).unwrap_or(0)
    }

    fn position(&mut self, length: usize) -> usize {
        usize::try_from(self.next() % length.max(1) as u64).unwrap_or(0)
    }

    fn one_in(&mut self, times: i64) -> bool {
        self.below(times) == 0
    }

    /// An interval inside 0 to `end`, so many wide.
    fn span(&mut self, end: i64, least: i64, most: i64) -> Span {
        let width = least + self.below(most - least + 1);
        let from = 1 + self.below(end - width);
        Span { from: Some(from), to: Some(from + width - 1) }
    }

    /// One to `most` positions below `length`, in order.
    fn members(&mut self, length: usize, most: usize) -> Vec<usize> {
        let mut members: Vec<usize> = (0..=self.position(most)).map(|_| self.position(length)).collect();
        members.sort_unstable();
        members.dedup();
        members
    }

    fn member(&mut self, members: &[usize], length: usize) -> usize {
        let at = self.position(if members.is_empty() { length } else { members.len() });
        members.get(at).copied().unwrap_or(at)
    }

    fn within(&mut self, span: Span, most: i64) -> i64 {
        let (from, to) = (span.from.unwrap_or(0), span.to.unwrap_or(most));
        from + self.below(to - from + 1)
    }
}
