//! Numbers as lengths, and lengths as short numbers.

/// A quantity: how long it is drawn.
pub(in super::super) type Size = f64;

/// An exact number as a length.
pub(in super::super) fn size(number: &impl ToString) -> Size {
    number.to_string().parse().unwrap_or(0.0)
}

/// `12`, `3.5k`, `1.2M`: for the side of a chart.
pub(super) fn short(number: Size) -> String {
    let (unit, sign) = unit(number);
    let divided = number / unit;
    let digits = usize::from(divided.abs() < 10.0 && divided.fract().abs() > 0.04);
    format!("{divided:.digits$}{sign}")
}

/// The same with as many digits as tell the numbers of a side apart that is so long.
pub(super) fn fine(number: Size, span: Size) -> String {
    let (unit, sign) = unit(number);
    let digits = match span / unit {
        wide if wide >= 5.0 => 0,
        some if some >= 0.5 => 1,
        little if little >= 0.05 => 2,
        _ => 3,
    };
    format!("{:.digits$}{sign}", number / unit)
}

fn unit(number: Size) -> (Size, &'static str) {
    match number.abs() {
        huge if huge >= 1e9 => (1e9, "bn"),
        large if large >= 1e6 => (1e6, "M"),
        some if some >= 1e3 => (1e3, "k"),
        _ => (1.0, ""),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short() {
        let shown: Vec<String> = [0.0, 0.5, 12.0, 999.0, 1_000.0, 3_460.0, 25_000.0, -1_250_000.0, 2.5e9].map(short).to_vec();
        assert_eq!(shown, ["0", "0.5", "12", "999", "1k", "3.5k", "25k", "-1.2M", "2.5bn"]);
    }

    #[test]
    fn the_numbers_of_a_side_are_told_apart() {
        let side = |numbers: [Size; 3], span: Size| numbers.map(|number| fine(number, span)).join(" ");
        assert_eq!(side([0.0, 50.0, 100.0], 110.0), "0 50 100");
        assert_eq!(side([133.0, 133.5, 134.0], 2.4), "133.0 133.5 134.0");
        assert_eq!(side([245_000.0, 245_500.0, 246_000.0], 1_600.0), "245.0k 245.5k 246.0k");
        assert_eq!(side([1_250_000.0, 1_260_000.0, 1_270_000.0], 60_000.0), "1.25M 1.26M 1.27M");
    }
}
