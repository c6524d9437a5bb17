//! Numbers as lengths, and lengths as short numbers.

/// A quantity: how long it is drawn.
pub(in super::super) type Size = f64;

/// An exact number as a length.
pub(in super::super) fn size(number: &impl ToString) -> Size {
    number.to_string().parse().unwrap_or(0.0)
}

/// `12`, `3.5k`, `1.2M`: for the side of a chart.
pub(super) fn short(number: Size) -> String {
    let (divided, sign) = match number.abs() {
        huge if huge >= 1e9 => (number / 1e9, "bn"),
        large if large >= 1e6 => (number / 1e6, "M"),
        some if some >= 1e3 => (number / 1e3, "k"),
        _ => (number, ""),
    };
    let digits = usize::from(divided.abs() < 10.0 && divided.fract().abs() > 0.04);
    format!("{divided:.digits$}{sign}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let shown: Vec<String> = [0.0, 0.5, 12.0, 999.0, 1_000.0, 3_460.0, 25_000.0, -1_250_000.0, 2.5e9].map(short).to_vec();
        assert_eq!(shown, ["0", "0.5", "12", "999", "1k", "3.5k", "25k", "-1.2M", "2.5bn"]);
    }
}
