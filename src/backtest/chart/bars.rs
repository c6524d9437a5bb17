//! Bars from left to right, each below its name; those that are less than nothing go the other way.

use super::ink::{Drawn, Tint, WIDTH, cut, picture};
use super::scale::Size;
use plotters::chart::ChartBuilder;
use plotters::element::{EmptyElement, PathElement, Rectangle, Text};
use plotters::style::Color;
use plotters::style::text_anchor::{HPos, VPos};

/// How many letters fit above a bar.
const NAME_LETTERS: usize = 62;
const NAME_HEIGHT: u32 = 20;
const BAR_HEIGHT: u32 = 13;
const GAP: u32 = 9;
const MARGIN: u32 = 6;
/// What of the width is left for the number at the end of the longest bar.
const ROOM: Size = 0.34;

/// Bars of one thing.
pub(in super::super) struct Row {
    pub(in super::super) name: String,
    pub(in super::super) bars: Vec<Bar>,
}

pub(in super::super) struct Bar {
    pub(in super::super) tint: Tint,
    pub(in super::super) size: Size,
    /// The number at its end.
    pub(in super::super) told: String,
}

impl Row {
    fn height(&self) -> u32 {
        NAME_HEIGHT + BAR_HEIGHT * u32::try_from(self.bars.len()).unwrap_or(1) + GAP
    }
}

/// A chart of bars.
pub(in super::super) fn bars(told: &str, rows: &[Row]) -> String {
    let height = rows.iter().map(Row::height).sum::<u32>() + 2 * MARGIN;
    picture(height, told, |area| draw(area, rows, f64::from(height - 2 * MARGIN)))
}

fn draw(area: &super::ink::Area<'_>, rows: &[Row], height: Size) -> Drawn {
    let sizes = || rows.iter().flat_map(|row| &row.bars).map(|bar| bar.size);
    let (least, most) = (sizes().fold(0.0, Size::min), sizes().fold(0.0, Size::max));
    let reach = (most - least).max(Size::MIN_POSITIVE.max(1e-9));
    let room = reach * ROOM / (1.0 - ROOM);
    let low = if least < 0.0 { least - room } else { 0.0 };
    let high = if most > 0.0 || least >= 0.0 { most + room } else { 0.0 };
    let mut chart = ChartBuilder::on(area).margin(MARGIN).build_cartesian_2d(low..high, 0.0..height)?;
    let per_pixel = (high - low) / f64::from(WIDTH - 2 * MARGIN);
    let mut top = height;
    for row in rows {
        let name = Text::new(cut(&row.name, NAME_LETTERS), (0, 0), Tint::Ink.letters(HPos::Left, VPos::Top));
        chart.draw_series(std::iter::once(EmptyElement::at((low, top)) + name))?;
        top -= f64::from(NAME_HEIGHT);
        let begin = top + 1.0;
        for bar in &row.bars {
            let bottom = top - f64::from(BAR_HEIGHT) + 2.0;
            // A bar of next to nothing is a hairline, so that it is seen to be there.
            let end = if bar.size.abs() < 2.0 * per_pixel { 2.0 * per_pixel * bar.size.signum() } else { bar.size };
            chart.draw_series(std::iter::once(Rectangle::new([(0.0, top), (end, bottom)], bar.tint.colour().filled())))?;
            let (across, aside) = if bar.size < 0.0 { (HPos::Right, -5) } else { (HPos::Left, 5) };
            let number = Text::new(bar.told.clone(), (aside, 0), Tint::Soft.letters(across, VPos::Center));
            chart.draw_series(std::iter::once(EmptyElement::at((end, f64::midpoint(top, bottom))) + number))?;
            top -= f64::from(BAR_HEIGHT);
        }
        if least < 0.0 {
            let axis = PathElement::new([(0.0, begin), (0.0, top)], Tint::Soft.colour());
            chart.draw_series(std::iter::once(axis))?;
        }
        top -= f64::from(GAP);
    }
    Ok(())
}
