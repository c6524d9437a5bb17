//! The document as one HTML file: its style is inside, and it asks for nothing else.

use super::document::{Block, Card, Document, Phrase, Piece, Row, Section, Tone};
use super::markdown::is_web;
use crate::authoring::markup::in_html;
use std::fmt::Write as _;

const STYLE: &str = include_str!("style.css");
/// Sections below this one are headings of this depth.
const TOP: usize = 2;
/// Headings are never deeper.
const DEEPEST: usize = 6;

pub(super) fn write(document: &Document) -> String {
    let mut out = String::from("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n");
    out.push_str("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n");
    // Nothing is fetched and nothing runs, whatever a bundle says.
    out.push_str("<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; img-src data:\">\n");
    out.push_str("<link rel=\"icon\" href=\"data:,\">\n");
    let _ = write!(out, "<title>{}</title>\n<style>\n{STYLE}</style>\n</head>\n<body>\n", in_html(&document.title));
    out.push_str("<a class=\"skip\" href=\"#main\">To the policy</a>\n");
    out.push_str("<header>\n");
    let _ = write!(out, "<h1>{}</h1>\n<p class=\"subtitle\">{}</p>\n", in_html(&document.title), phrase(&document.subtitle));
    terms(&document.glance, "glance", &mut out);
    out.push_str("</header>\n<nav aria-label=\"Contents\">\n<p class=\"nav-title\">Contents</p>\n");
    contents(&document.sections, &mut out);
    out.push_str("</nav>\n<main id=\"main\">\n");
    for each in &document.sections {
        section(each, TOP, &mut out);
    }
    out.push_str("</main>\n</body>\n</html>\n");
    out
}

fn contents(sections: &[Section], out: &mut String) {
    out.push_str("<ol>\n");
    for section in sections {
        let _ = write!(out, "<li><a href=\"#{}\">{}</a>", section.anchor, in_html(&section.title));
        if !section.inside.is_empty() {
            out.push('\n');
            contents(&section.inside, out);
        }
        out.push_str("</li>\n");
    }
    out.push_str("</ol>\n");
}

fn section(section: &Section, depth: usize, out: &mut String) {
    let depth = depth.min(DEEPEST);
    let _ = write!(
        out,
        "<section id=\"{0}\" aria-labelledby=\"{0}-title\">\n<h{depth} id=\"{0}-title\">{1}</h{depth}>\n",
        section.anchor,
        in_html(&section.title)
    );
    for block in &section.blocks {
        self::block(block, depth + 1, out);
    }
    for inside in &section.inside {
        self::section(inside, depth + 1, out);
    }
    out.push_str("</section>\n");
}

fn block(block: &Block, depth: usize, out: &mut String) {
    match block {
        Block::Paragraph(said) => {
            let _ = writeln!(out, "<p>{}</p>", phrase(said));
        }
        Block::Heading(title) => {
            let depth = depth.min(DEEPEST);
            let _ = writeln!(out, "<h{depth}>{}</h{depth}>", in_html(title));
        }
        Block::Points(points) => {
            out.push_str("<ul>\n");
            for point in points {
                let _ = writeln!(out, "<li>{}</li>", phrase(point));
            }
            out.push_str("</ul>\n");
        }
        Block::Terms(list) => terms(list, "terms", out),
        Block::Cards(cards) => {
            out.push_str("<ol class=\"cards\">\n");
            for card in cards {
                self::card(card, out);
            }
            out.push_str("</ol>\n");
        }
        Block::Table { caption, head, rows } => table(caption, head, rows, out),
    }
}

fn terms(list: &[(String, Phrase)], class: &str, out: &mut String) {
    let _ = writeln!(out, "<dl class=\"{class}\">");
    for (term, said) in list {
        let _ = writeln!(out, "<div><dt>{}</dt><dd>{}</dd></div>", in_html(term), phrase(said));
    }
    out.push_str("</dl>\n");
}

fn table(caption: &str, head: &[Phrase], rows: &[Row], out: &mut String) {
    // A wide table is scrolled by itself, with the keyboard too.
    let _ = write!(
        out,
        "<div class=\"table\" role=\"region\" aria-label=\"{0}\" tabindex=\"0\">\n<table>\n<caption>{0}</caption>\n",
        in_html(caption)
    );
    out.push_str("<thead><tr>");
    for cell in head {
        let _ = write!(out, "<th scope=\"col\">{}</th>", phrase(cell));
    }
    out.push_str("</tr></thead>\n<tbody>\n");
    for (anchor, cells) in rows {
        let id = anchor.as_ref().map_or_else(String::new, |anchor| format!(" id=\"{anchor}\""));
        let _ = write!(out, "<tr{id}>");
        for (at, cell) in cells.iter().enumerate() {
            let said = phrase(cell);
            let _ = if at == 0 { write!(out, "<th scope=\"row\">{said}</th>") } else { write!(out, "<td>{said}</td>") };
        }
        out.push_str("</tr>\n");
    }
    out.push_str("</tbody>\n</table>\n</div>\n");
}

fn card(card: &Card, out: &mut String) {
    let _ = write!(out, "<li id=\"{}\" class=\"card\">\n<p class=\"card-title\">{}</p>\n", card.anchor, phrase(&card.title));
    for line in &card.lines {
        let _ = writeln!(out, "<p>{}</p>", phrase(line));
    }
    if let Some(because) = &card.because {
        let _ = writeln!(out, "<p class=\"because\">{}</p>", in_html(because));
    }
    if !card.remarks.is_empty() {
        out.push_str("<ul class=\"remarks\">");
        for remark in &card.remarks {
            let _ = write!(out, "<li>{}</li>", phrase(remark));
        }
        out.push_str("</ul>\n");
    }
    out.push_str("</li>\n");
}

fn phrase(phrase: &Phrase) -> String {
    phrase.0.iter().map(piece).collect()
}

fn piece(piece: &Piece) -> String {
    match piece {
        Piece::Text(it) => in_html(it),
        Piece::Name(it) => format!("<b class=\"name\">{}</b>", in_html(it)),
        Piece::Fact(anchor, it) => format!("<a class=\"fact\" href=\"#{anchor}\">{}</a>", in_html(it)),
        Piece::Strong(it) => format!("<strong>{}</strong>", in_html(it)),
        Piece::Code(it) => format!("<code>{}</code>", in_html(it)),
        Piece::Link(anchor, it) => format!("<a href=\"#{anchor}\">{}</a>", in_html(it)),
        Piece::Address(address, it) if is_web(address) => {
            format!("<a class=\"away\" href=\"{}\" rel=\"noreferrer\">{}</a>", in_html(address), in_html(it))
        }
        Piece::Address(_, it) => in_html(it),
        Piece::Badge(tone, it) => {
            let class = match tone {
                Tone::Plain => "plain",
                Tone::Good => "good",
                Tone::Attention => "attention",
            };
            format!("<span class=\"badge {class}\">{}</span>", in_html(it))
        }
    }
}
