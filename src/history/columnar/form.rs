//! How the rows of a file are read: as tables, by a mapping, or as documents.

use super::RawRow;
use super::document::{Leading, Unread, document};
use super::shape::Shape;
use super::table::{self, TableColumn};
use crate::case::{CaseFormat, read_case};
use crate::history::csv_cases::{HistoryCase, RowMeaning};
use crate::history::files::HistoryError;
use crate::history::lines::alone;
use crate::history::mapping::Mapping;
use crate::limits::DOCUMENT_BYTES_MAX;
use crate::text::{Code, Diagnostic, Diagnostics, Source, Span};
use parquet::schema::types::Type;
use std::sync::Arc;

/// How the rows of a file are read. Cheap to clone.
#[derive(Clone)]
pub(in super::super) struct RowForm {
    file: Arc<str>,
    how: How,
}

#[derive(Clone)]
enum How {
    Documents(Arc<[Leading]>),
    Table(Arc<[TableColumn]>, RowMeaning),
}

impl RowForm {
    /// The form of a file, and which of its columns have to be read.
    pub(super) fn of(file: &Arc<str>, schema: &Type, mapping: Option<&Mapping>) -> Result<(Self, Vec<usize>), HistoryError> {
        let fields = schema.get_fields().iter().map(|field| (field.name().to_owned(), Shape::of(field)));
        let fields: Vec<(String, Shape)> = fields.collect();
        let how = match mapping {
            Some(mapping) => return Self::of_table(file, &fields, mapping),
            None => {
                let columns: Vec<Leading> = fields.into_iter().map(|(name, shape)| Leading::of(&name, shape)).collect();
                if !columns.iter().any(Leading::is_of_document) {
                    return Err(HistoryError::NeedsMapping(file.to_string()));
                }
                if let Some(strange) = columns.iter().find(|column| matches!(column.shape(), Shape::Strange(_))) {
                    let message = format!("`{file}`: the column `{}` holds {}", strange.name(), strange.shape().words());
                    let finding =
                        Diagnostic::global(Code::UnknownColumn, message).help("no case has such a value: leave the column out");
                    return Err(HistoryError::Findings { name: file.to_string(), findings: alone(finding) });
                }
                How::Documents(columns.into())
            }
        };
        let all = (0..schema.get_fields().len()).collect();
        Ok((Self { file: file.clone(), how }, all))
    }

    fn of_table(file: &Arc<str>, fields: &[(String, Shape)], mapping: &Mapping) -> Result<(Self, Vec<usize>), HistoryError> {
        let wrong = |findings| HistoryError::Findings { name: file.to_string(), findings };
        let all = table::columns(fields);
        let names = |columns: &[TableColumn]| columns.iter().map(|column| column.name.clone()).collect::<Vec<_>>();
        let whole = RowMeaning::of_names(file, &names(&all), mapping).map_err(wrong)?;
        let mut needed: Vec<TableColumn> = whole.positions().filter_map(|at| all.get(at).cloned()).collect();
        needed.sort_by(|one, other| one.path.cmp(&other.path));
        let findings = no_single_values(&needed, mapping);
        if findings.has_errors() {
            return Err(wrong(findings));
        }
        let mut roots: Vec<usize> = needed.iter().filter_map(|column| column.path.first().copied()).collect();
        roots.dedup();
        // What is read has these columns alone, which are numbered anew.
        for column in &mut needed {
            if let Some(first) = column.path.first_mut() {
                *first = roots.iter().position(|root| root == first).unwrap_or(0);
            }
        }
        let meaning = RowMeaning::of_names(file, &names(&needed), mapping).map_err(wrong)?;
        Ok((Self { file: file.clone(), how: How::Table(needed.into(), meaning) }, roots))
    }

    /// The case of a row; nothing where the mapping leaves it out.
    pub(in super::super) fn read(&self, row: &RawRow, number: usize) -> Result<Option<HistoryCase>, Diagnostics> {
        match &self.how {
            How::Documents(columns) => {
                let text = document(row, columns).map_err(|unread| self.unread(&unread, number))?;
                if text.len() > DOCUMENT_BYTES_MAX {
                    let message = format!("the row is longer than {DOCUMENT_BYTES_MAX} bytes");
                    return Err(alone(Diagnostic::error(Code::TooLarge, &self.place(number), Span::default(), message)));
                }
                let case = read_case(&Source::at_line(&*self.file, text, number), CaseFormat::JsonLines)?;
                Ok(Some(HistoryCase::new(case, self.file.clone(), number)))
            }
            How::Table(columns, meaning) => {
                let row = table::row(row, columns, &self.file, number).map_err(|unread| self.unread(&unread, number))?;
                meaning.read(&row, true)
            }
        }
    }

    fn place(&self, number: usize) -> Source {
        Source::at_line(&*self.file, "", number)
    }

    fn unread(&self, Unread { column, why }: &Unread, number: usize) -> Diagnostics {
        let message = format!("column `{column}`: it holds {why}");
        alone(Diagnostic::error(Code::BadRow, &self.place(number), Span::default(), message))
    }
}

/// Columns that the mapping reads as single values and that are none.
fn no_single_values(columns: &[TableColumn], mapping: &Mapping) -> Diagnostics {
    let contents = &mapping.contents;
    let mut out = Diagnostics::new();
    for column in columns.iter().filter(|column| !matches!(column.shape, Shape::Single(_))) {
        let span = contents.columns.iter().find(|known| known.name == column.name).map_or_else(Span::default, |known| known.span);
        let message = format!("the column `{}` holds {}, and a mapping reads single values", column.name, column.shape.words());
        let help = match column.shape {
            Shape::List(_) => "write it as one text, such as `a|b`, and read that with `split: \"|\"`",
            _ => "write it as a column of single values",
        };
        out.push(Diagnostic::error(Code::UnknownColumn, &contents.source, span, message).help(help));
    }
    out
}
