//! Points in a plane, joined where they belong together: what something costs, and what comes of it.

use super::ink::{Area, Drawn, Tint, cut, picture};
use super::scale::{Size, short};
use plotters::chart::ChartBuilder;
use plotters::element::{Circle, EmptyElement, PathElement, Text};
use plotters::style::text_anchor::{HPos, VPos};
use plotters::style::{Color, ShapeStyle};

const HEIGHT: u32 = 300;
const NAME_LETTERS: usize = 22;
/// With more points than this, only the first, the last and every so many of them are named.
const NAMES_MAX: usize = 9;

/// One point.
pub(in super::super) struct Dot {
    pub(in super::super) name: String,
    pub(in super::super) across: Size,
    pub(in super::super) up: Size,
    pub(in super::super) tint: Tint,
}

/// A chart of points, joined in their order; the names of its two sides stand on it.
pub(in super::super) fn curve(told: &str, across: &str, up: &str, dots: &[Dot]) -> String {
    picture(HEIGHT, told, |area| draw(area, across, up, dots))
}

fn span(values: impl Iterator<Item = Size> + Clone) -> (Size, Size) {
    let (least, most) = (values.clone().fold(Size::INFINITY, Size::min), values.fold(Size::NEG_INFINITY, Size::max));
    if !least.is_finite() || !most.is_finite() {
        return (0.0, 1.0);
    }
    let aside = ((most - least) * 0.12).max(most.abs() * 0.005).max(1e-9);
    (least - aside, most + aside)
}

fn draw(area: &Area<'_>, across: &str, up: &str, dots: &[Dot]) -> Drawn {
    let (left, right) = span(dots.iter().map(|dot| dot.across));
    let (low, high) = span(dots.iter().map(|dot| dot.up));
    let mut chart = ChartBuilder::on(area)
        .margin(10)
        .margin_top(24)
        .x_label_area_size(40)
        .y_label_area_size(46)
        .build_cartesian_2d(left..right, low..high)?;
    chart
        .configure_mesh()
        .x_labels(5)
        .y_labels(5)
        .light_line_style(Tint::Line.colour().mix(0.0))
        .bold_line_style(Tint::Line.colour())
        .axis_style(Tint::Line.colour())
        .x_label_style(Tint::Soft.letters(HPos::Center, VPos::Top))
        .y_label_style(Tint::Soft.letters(HPos::Right, VPos::Center))
        .x_label_formatter(&|size| short(*size))
        .y_label_formatter(&|size| short(*size))
        .draw()?;
    let side = |text: &str, at: (i32, i32), across| Text::new(cut(text, 60), at, Tint::Soft.letters(across, VPos::Top));
    area.draw(&side(up, (4, 4), HPos::Left))?;
    area.draw(&side(across, (super::ink::WIDTH as i32 - 10, HEIGHT as i32 - 18), HPos::Right))?;
    let style = ShapeStyle::from(Tint::Before.colour()).stroke_width(1);
    let path: Vec<(Size, Size)> = dots.iter().map(|dot| (dot.across, dot.up)).collect();
    chart.draw_series(std::iter::once(PathElement::new(path, style)))?;
    let every = dots.len().div_ceil(NAMES_MAX).max(1);
    for (at, dot) in dots.iter().enumerate() {
        chart.draw_series(std::iter::once(Circle::new((dot.across, dot.up), 5, dot.tint.colour().filled())))?;
        if at % every == 0 || at + 1 == dots.len() {
            // Names on the right half stand to the left of their points, so that they stay inside.
            let is_right = dot.across > f64::midpoint(left, right);
            let (hold, aside) = if is_right { (HPos::Right, -9) } else { (HPos::Left, 9) };
            let name = Text::new(cut(&dot.name, NAME_LETTERS), (aside, -6), Tint::Ink.letters(hold, VPos::Bottom));
            chart.draw_series(std::iter::once(EmptyElement::at((dot.across, dot.up)) + name))?;
        }
    }
    Ok(())
}
