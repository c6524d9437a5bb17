//! What charts are drawn with: a picture in memory, and colours that the page gives a meaning.

use crate::authoring::markup::in_html;
use plotters::backend::SVGBackend;
use plotters::coord::Shift;
use plotters::drawing::{DrawingArea, DrawingAreaErrorKind, IntoDrawingArea};
use plotters::style::text_anchor::{HPos, Pos, VPos};
use plotters::style::{IntoFont, RGBColor, TextStyle};

/// How wide every chart is, in units that are pixels where the page is not scaled.
pub(super) const WIDTH: u32 = 420;
/// How large letters are; the backend makes 12 pixels of it.
const LETTERS: u32 = 15;

pub(super) type Area<'a> = DrawingArea<SVGBackend<'a>, Shift>;
pub(super) type Drawn = Result<(), DrawingAreaErrorKind<std::io::Error>>;

/// What a colour means. Each is drawn as a colour that nothing else has, and becomes a variable of the page's style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) enum Tint {
    /// Letters.
    Ink,
    /// Letters of less weight.
    Soft,
    /// Lines behind everything.
    Line,
    /// The policy of today.
    Before,
    /// The candidate, or the only policy.
    After,
    /// More money, or something to look at.
    More,
    /// Less money.
    Less,
}

const TINTS: [(Tint, &str); 7] = [
    (Tint::Ink, "ink"),
    (Tint::Soft, "soft"),
    (Tint::Line, "line"),
    (Tint::Before, "before"),
    (Tint::After, "after"),
    (Tint::More, "more"),
    (Tint::Less, "less"),
];

impl Tint {
    fn number(self) -> u8 {
        self as u8 + 1
    }

    pub(super) fn colour(self) -> RGBColor {
        RGBColor(0, 0, self.number())
    }

    /// Letters of this colour, placed by this corner or edge.
    pub(super) fn letters(self, across: HPos, down: VPos) -> TextStyle<'static> {
        let style = TextStyle::from(("sans-serif", LETTERS).into_font());
        let style = TextStyle { color: plotters::style::Color::to_backend_color(&self.colour()), ..style };
        style.pos(Pos::new(across, down))
    }
}

/// A picture of that height. `told` is what those hear who do not see it.
#[expect(clippy::expect_used, reason = "a picture in memory takes what is drawn, and letters are measured without any font")]
pub(super) fn picture(height: u32, told: &str, draw: impl FnOnce(&Area<'_>) -> Drawn) -> String {
    let mut svg = String::new();
    {
        let area = SVGBackend::with_string(&mut svg, (WIDTH, height)).into_drawing_area();
        draw(&area).and_then(|()| area.present()).expect("memory takes what is drawn");
    }
    for (tint, name) in TINTS {
        svg = svg.replace(&format!("\"#{:06X}\"", tint.number()), &format!("\"var(--{name})\""));
    }
    // The page says how wide a chart is and what its letters look like.
    let svg = svg.replace(" font-family=\"sans-serif\"", "").replace(" opacity=\"1\"", "");
    let size = format!("<svg width=\"{WIDTH}\" height=\"{height}\" ");
    let named = format!("<svg role=\"img\" aria-label=\"{}\" ", in_html(told));
    svg.replacen(&size, &named, 1)
}

/// A text that has to fit into so many letters.
pub(super) fn cut(text: &str, letters: usize) -> String {
    if text.chars().count() <= letters {
        return text.to_owned();
    }
    let kept: String = text.chars().take(letters.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}
