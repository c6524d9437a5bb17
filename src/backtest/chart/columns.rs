//! Columns side by side, as over months or amounts, with a line where there is a limit.

use super::ink::{Area, Drawn, Tint, cut, picture};
use super::scale::{Size, short};
use plotters::chart::ChartBuilder;
use plotters::element::{EmptyElement, PathElement, Rectangle, Text};
use plotters::style::text_anchor::{HPos, VPos};
use plotters::style::{Color, ShapeStyle};

const HEIGHT: u32 = 230;
/// So many letters fit below the columns, and a name has at most so many.
const LETTERS_MAX: usize = 46;
const NAME_LETTERS: usize = 10;
/// What of a column's place is left empty.
const GAP: Size = 0.22;

/// The columns of one name.
pub(in super::super) struct Column {
    pub(in super::super) name: String,
    pub(in super::super) sizes: Vec<(Tint, Size)>,
}

/// A chart of columns.
pub(in super::super) fn columns(told: &str, columns: &[Column], limit: Option<Size>) -> String {
    picture(HEIGHT, told, |area| draw(area, columns, limit))
}

fn draw(area: &Area<'_>, columns: &[Column], limit: Option<Size>) -> Drawn {
    let sizes = columns.iter().flat_map(|column| &column.sizes).map(|(_, size)| *size);
    let most = sizes.chain(limit).fold(0.0, Size::max).max(1e-9);
    let count = columns.len().max(1);
    let mut chart = ChartBuilder::on(area)
        .margin(8)
        .margin_right(22)
        .x_label_area_size(22)
        .y_label_area_size(44)
        .build_cartesian_2d(0.0..count as Size, 0.0..most * 1.08)?;
    chart
        .configure_mesh()
        .disable_x_mesh()
        .disable_x_axis()
        .x_labels(0)
        .y_labels(5)
        .light_line_style(Tint::Line.colour().mix(0.0))
        .bold_line_style(Tint::Line.colour())
        .axis_style(Tint::Line.colour())
        .label_style(Tint::Soft.letters(HPos::Right, VPos::Center))
        .y_label_formatter(&|size| short(*size))
        .draw()?;
    let longest = columns.iter().map(|column| column.name.chars().count().min(NAME_LETTERS)).max().unwrap_or(0);
    let every = count.div_ceil((LETTERS_MAX / (longest + 2)).max(1));
    for (at, column) in columns.iter().enumerate() {
        let left = at as Size;
        let width = (1.0 - GAP) / column.sizes.len().max(1) as Size;
        for (inside, (tint, size)) in column.sizes.iter().enumerate() {
            let from = left + GAP / 2.0 + width * inside as Size;
            let shape = Rectangle::new([(from, 0.0), (from + width, *size)], tint.colour().filled());
            chart.draw_series(std::iter::once(shape))?;
        }
        if at % every == 0 {
            let name = Text::new(cut(&column.name, NAME_LETTERS), (0, 6), Tint::Soft.letters(HPos::Center, VPos::Top));
            chart.draw_series(std::iter::once(EmptyElement::at((left + 0.5, 0.0)) + name))?;
        }
    }
    if let Some(limit) = limit {
        let style = ShapeStyle::from(Tint::More.colour()).stroke_width(2);
        chart.draw_series(std::iter::once(PathElement::new([(0.0, limit), (count as Size, limit)], style)))?;
    }
    Ok(())
}
