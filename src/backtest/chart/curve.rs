//! Points in a plane, joined where they belong together: what something costs, and what comes of it.

use super::ink::{Area, Drawn, Tint, cut, picture};
use super::scale::{Size, fine};
use plotters::chart::ChartBuilder;
use plotters::element::{Circle, EmptyElement, PathElement, Text};
use plotters::style::text_anchor::{HPos, VPos};
use plotters::style::{Color, ShapeStyle};

const HEIGHT: u32 = 300;
const NAME_LETTERS: usize = 22;
/// A name takes so much room, in parts of the picture; one that would lie over another is left out.
const NAME_WIDTH: Size = 0.3;
const NAME_HEIGHT: Size = 0.07;

/// One point.
pub(in super::super) struct Dot {
    pub(in super::super) name: String,
    pub(in super::super) across: Size,
    pub(in super::super) up: Size,
    pub(in super::super) tint: Tint,
}

/// A chart of points, perhaps joined in their order; the names of its two sides stand on it. The first points are named first.
pub(in super::super) fn curve(told: &str, (across, up): (&str, &str), dots: &[Dot], joined: bool) -> String {
    picture(HEIGHT, told, |area| draw(area, (across, up), dots, joined))
}

fn span(values: impl Iterator<Item = Size> + Clone) -> (Size, Size) {
    let (least, most) = (values.clone().fold(Size::INFINITY, Size::min), values.fold(Size::NEG_INFINITY, Size::max));
    if !least.is_finite() || !most.is_finite() {
        return (0.0, 1.0);
    }
    let aside = ((most - least) * 0.12).max(most.abs() * 0.0005).max(1e-9);
    (least - aside, most + aside)
}

fn draw(area: &Area<'_>, (across, up): (&str, &str), dots: &[Dot], joined: bool) -> Drawn {
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
        .x_label_formatter(&|size| fine(*size, right - left))
        .y_label_formatter(&|size| fine(*size, high - low))
        .draw()?;
    let side = |text: &str, at: (i32, i32), across| Text::new(cut(text, 60), at, Tint::Soft.letters(across, VPos::Top));
    area.draw(&side(up, (4, 4), HPos::Left))?;
    area.draw(&side(across, (super::ink::WIDTH as i32 - 10, HEIGHT as i32 - 18), HPos::Right))?;
    if joined {
        let style = ShapeStyle::from(Tint::Before.colour()).stroke_width(1);
        // The policy as it is has no place in the order of the others.
        let path: Vec<(Size, Size)> = dots.iter().filter(|dot| dot.tint != Tint::More).map(|dot| (dot.across, dot.up)).collect();
        chart.draw_series(std::iter::once(PathElement::new(path, style)))?;
    }
    // The first lies on top.
    for dot in dots.iter().rev() {
        chart.draw_series(std::iter::once(Circle::new((dot.across, dot.up), 5, dot.tint.colour().filled())))?;
    }
    let mut named: Vec<(Size, Size)> = Vec::new();
    for dot in dots {
        let at = ((dot.across - left) / (right - left), (dot.up - low) / (high - low));
        let is_over = |other: &(Size, Size)| (at.0 - other.0).abs() < NAME_WIDTH && (at.1 - other.1).abs() < NAME_HEIGHT;
        if named.iter().any(is_over) {
            continue;
        }
        named.push(at);
        // Names on the right half stand to the left of their points, so that they stay inside.
        let is_right = dot.across > f64::midpoint(left, right);
        let (hold, aside) = if is_right { (HPos::Right, -9) } else { (HPos::Left, 9) };
        let name = Text::new(cut(&dot.name, NAME_LETTERS), (aside, -6), Tint::Ink.letters(hold, VPos::Bottom));
        chart.draw_series(std::iter::once(EmptyElement::at((dot.across, dot.up)) + name))?;
    }
    Ok(())
}
