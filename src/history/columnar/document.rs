//! A row as the document of a case, in JSON: what the reader of cases takes as it takes any other.

use super::RawRow;
use super::shape::{Shape, Single};
use super::value::{Told, told};
use crate::case::registry;
use crate::history::mapping::columns::Writing;
use parquet::record::Field;

/// A column of documents: where its values go.
#[derive(Clone, Debug)]
pub(super) struct Leading {
    /// The names on the way: `complaint.case_id` leads into a group.
    path: Vec<String>,
    shape: Shape,
}

/// What is wrong with a value, and the column it stands in.
pub(super) struct Unread {
    pub(super) column: String,
    pub(super) why: String,
}

/// A document on its way to a text.
enum Part {
    /// JSON as it stands.
    Text(String),
    /// An exact number.
    Number(String),
    Group(Vec<(String, Part)>),
}

impl Leading {
    pub(super) fn of(name: &str, shape: Shape) -> Self {
        Self { path: name.split('.').map(str::to_owned).collect(), shape }
    }

    /// Is it a group of facts, or in one, and not a column of a table?
    pub(super) fn is_of_document(&self) -> bool {
        let is_group = self.path.first().is_some_and(|first| registry().groups().contains(&first.as_str()));
        is_group && (self.path.len() > 1 || !matches!(self.shape, Shape::Single(_)))
    }

    pub(super) fn name(&self) -> String {
        self.path.join(".")
    }

    pub(super) fn shape(&self) -> &Shape {
        &self.shape
    }
}

/// The text of a row, and nothing of what is missing in it.
pub(super) fn document(row: &RawRow, columns: &[Leading]) -> Result<String, Unread> {
    let mut parts = Vec::new();
    for ((_, field), column) in row.get_column_iter().zip(columns) {
        let part = part(field, &column.shape).map_err(|why| Unread { column: column.name(), why })?;
        if let Some(part) = part {
            insert(&mut parts, &column.path, part);
        }
    }
    let mut text = String::new();
    write_group(&parts, &mut text);
    Ok(text)
}

fn insert(parts: &mut Vec<(String, Part)>, path: &[String], part: Part) {
    let [name, rest @ ..] = path else { return };
    if rest.is_empty() {
        parts.push((name.clone(), part));
        return;
    }
    if !parts.iter().any(|(known, inner)| known == name && matches!(inner, Part::Group(_))) {
        parts.push((name.clone(), Part::Group(Vec::new())));
    }
    let group = parts.iter_mut().find_map(|(known, inner)| match inner {
        Part::Group(group) if known == name => Some(group),
        _ => None,
    });
    if let Some(group) = group {
        insert(group, rest, part);
    }
}

/// The part of a document that a value is; nothing for a null.
fn part(field: &Field, shape: &Shape) -> Result<Option<Part>, String> {
    match (shape, field) {
        (_, Field::Null) => Ok(None),
        (Shape::Strange(words), _) => Err(format!("{words}, which no case has")),
        (Shape::Single(single), field) => single_part(field, *single),
        (Shape::Group(shapes), Field::Group(row)) => {
            let mut group = Vec::new();
            for ((name, field), (_, shape)) in row.get_column_iter().zip(shapes) {
                group.extend(part(field, shape)?.map(|part| (name.clone(), part)));
            }
            Ok(Some(Part::Group(group)))
        }
        (Shape::List(shape), Field::ListInternal(list)) => {
            let mut text = String::from("[");
            for (at, field) in list.elements().iter().enumerate() {
                text.push_str(if at == 0 { "" } else { ", " });
                match part(field, shape)? {
                    None => text.push_str("null"),
                    Some(part) => write(&part, &mut text),
                }
            }
            text.push(']');
            Ok(Some(Part::Text(text)))
        }
        (Shape::Map(key, shape), Field::MapInternal(map)) => {
            let mut group = Vec::new();
            for (name, field) in map.entries() {
                let name = told(name, *key)?.map_or_else(String::new, |told| told.text);
                group.extend(part(field, shape)?.map(|part| (name, part)));
            }
            Ok(Some(Part::Group(group)))
        }
        (shape, _) => Err(format!("something else than the {} that the file announces", shape.words())),
    }
}

fn single_part(field: &Field, single: Single) -> Result<Option<Part>, String> {
    let Some(Told { text, writing }) = told(field, single)? else { return Ok(None) };
    Ok(Some(match writing {
        Writing::Flag => Part::Text(text),
        Writing::Number => Part::Number(text),
        // A bare number, which an amount of money may not be. What is no number at all (NaN) is told as a text, which no number may be.
        Writing::Fraction if text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-' || byte == b'.') => Part::Text(text),
        Writing::Fraction | Writing::AsMapped | Writing::Moment => Part::Text(quoted(&text)),
    }))
}

fn write(part: &Part, out: &mut String) {
    match part {
        Part::Text(text) | Part::Number(text) => out.push_str(text),
        Part::Group(parts) => write_group(parts, out),
    }
}

fn write_group(parts: &[(String, Part)], out: &mut String) {
    out.push('{');
    let is_money = parts.iter().any(|(name, _)| name == "currency");
    for (at, (name, part)) in parts.iter().enumerate() {
        out.push_str(if at == 0 { "" } else { ", " });
        out.push_str(&quoted(name));
        out.push_str(": ");
        match part {
            // An amount is written as text in JSON, since many programs would read a number as a binary fraction.
            Part::Number(exact) if is_money && name == "amount" => out.push_str(&quoted(exact)),
            part => write(part, out),
        }
    }
    out.push('}');
}

/// A text as JSON has it.
fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}
