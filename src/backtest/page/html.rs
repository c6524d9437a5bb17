//! The pieces that a page is put together from. Whatever comes from a bundle or a history is written so that it cannot be markup.

use crate::authoring::markup::in_html;
use std::fmt::Write as _;

/// A page as it grows.
#[derive(Default)]
pub(super) struct Html {
    pub(super) text: String,
    /// Its sections: where each is, and what it is called.
    pub(super) sections: Vec<(String, String)>,
}

/// A cell of a table.
pub(super) enum Cell {
    Text(String),
    /// Stands to the right, so that figures stand below each other.
    Figure(String),
    /// A figure that asks to be looked at.
    Marked(String),
}

/// A figure that stands by itself, with its name and a remark.
pub(super) struct Tile {
    pub(super) name: &'static str,
    pub(super) figure: String,
    pub(super) remark: String,
}

pub(super) fn text(it: &str) -> Cell {
    Cell::Text(it.to_owned())
}

pub(super) fn figure(it: impl Into<String>) -> Cell {
    Cell::Figure(it.into())
}

impl Html {
    /// Begins a section; the one before it ends.
    pub(super) fn section(&mut self, anchor: &str, title: &str) {
        self.end_section();
        let _ = write!(
            self.text,
            "<section id=\"{anchor}\" aria-labelledby=\"{anchor}-title\">\n<h2 id=\"{anchor}-title\">{}</h2>\n",
            in_html(title)
        );
        self.sections.push((anchor.to_owned(), title.to_owned()));
    }

    pub(super) fn end_section(&mut self) {
        if !self.sections.is_empty() {
            self.text.push_str("</section>\n");
        }
    }

    pub(super) fn heading(&mut self, title: &str) {
        let _ = writeln!(self.text, "<h3>{}</h3>", in_html(title));
    }

    pub(super) fn paragraph(&mut self, said: &str) {
        let _ = writeln!(self.text, "<p>{}</p>", in_html(said));
    }

    /// What has to be seen first.
    pub(super) fn banner(&mut self, kind: &str, title: &str, said: &str) {
        let (title, said) = (in_html(title), in_html(said));
        let _ = writeln!(self.text, "<p class=\"banner {kind}\" role=\"note\"><b>{title}</b> {said}</p>");
    }

    pub(super) fn points(&mut self, points: &[String]) {
        if points.is_empty() {
            return;
        }
        self.text.push_str("<ul>\n");
        for point in points {
            let _ = writeln!(self.text, "<li>{}</li>", in_html(point));
        }
        self.text.push_str("</ul>\n");
    }

    pub(super) fn tiles(&mut self, tiles: &[Tile]) {
        self.text.push_str("<dl class=\"tiles\">\n");
        for tile in tiles {
            let (name, figure, remark) = (in_html(tile.name), in_html(&tile.figure), in_html(&tile.remark));
            let _ = writeln!(
                self.text,
                "<div><dt>{name}</dt><dd><span class=\"figure\">{figure}</span><span class=\"remark\">{remark}</span></dd></div>"
            );
        }
        self.text.push_str("</dl>\n");
    }

    /// A table; the first cell of a row is its name. Nothing where there are no rows.
    pub(super) fn table(&mut self, caption: &str, head: &[&str], rows: &[Vec<Cell>]) {
        let Some(first) = rows.first() else { return };
        let caption = in_html(caption);
        let _ = write!(
            self.text,
            "<div class=\"table\" role=\"region\" aria-label=\"{caption}\" tabindex=\"0\">\n<table>\n<caption>{caption}</caption>\n<thead><tr>"
        );
        for (name, below) in head.iter().zip(first) {
            let class = if matches!(below, Cell::Text(_)) { "" } else { " class=\"n\"" };
            let _ = write!(self.text, "<th scope=\"col\"{class}>{}</th>", in_html(name));
        }
        self.text.push_str("</tr></thead>\n<tbody>\n");
        for row in rows {
            self.text.push_str("<tr>");
            for (at, cell) in row.iter().enumerate() {
                let _ = match cell {
                    Cell::Text(it) if at == 0 => write!(self.text, "<th scope=\"row\">{}</th>", in_html(it)),
                    Cell::Text(it) => write!(self.text, "<td>{}</td>", in_html(it)),
                    Cell::Figure(it) => write!(self.text, "<td class=\"n\">{}</td>", in_html(it)),
                    Cell::Marked(it) => write!(self.text, "<td class=\"n\"><mark>{}</mark></td>", in_html(it)),
                };
            }
            self.text.push_str("</tr>\n");
        }
        self.text.push_str("</tbody>\n</table>\n</div>\n");
    }

    /// Charts beside each other, where there is room.
    pub(super) fn charts(&mut self, charts: &[(String, String)]) {
        if charts.is_empty() {
            return;
        }
        self.text.push_str("<div class=\"charts\">\n");
        for (title, svg) in charts {
            let _ = write!(self.text, "<figure>\n<figcaption>{}</figcaption>\n{svg}</figure>\n", in_html(title));
        }
        self.text.push_str("</div>\n");
    }

    /// Which colour is which policy.
    pub(super) fn legend(&mut self, before: &str, after: &str) {
        let (before, after) = (in_html(before), in_html(after));
        let _ = writeln!(
            self.text,
            "<p class=\"legend\"><span class=\"key before\"></span> before: {before} <span class=\"key after\"></span> after: {after}</p>"
        );
    }

    /// What opens at a click: the same of other currencies. Nothing where nothing is written.
    pub(super) fn folded(&mut self, title: &str, write: impl FnOnce(&mut Self)) {
        let before = self.text.len();
        let _ = writeln!(self.text, "<details class=\"others\"><summary>{}</summary>", in_html(title));
        let empty = self.text.len();
        write(self);
        if self.text.len() == empty {
            self.text.truncate(before);
        } else {
            self.text.push_str("</details>\n");
        }
    }

    /// Markup that is made here.
    pub(super) fn raw(&mut self, markup: &str) {
        self.text.push_str(markup);
    }
}
