//! A row as a row of a table, whose columns a mapping explains.

use super::RawRow;
use super::document::Unread;
use super::shape::{Shape, Single};
use super::value::told;
use crate::history::csv_rows::Row;
use crate::history::mapping::columns::Writing;
use parquet::record::Field;

/// A column of a table, which may be a part of a struct.
#[derive(Clone, Debug)]
pub(super) struct TableColumn {
    /// With a dot for each struct that it is in.
    pub(super) name: String,
    /// Where it stands: the number of the column, then of the part, and so on.
    pub(super) path: Vec<usize>,
    pub(super) shape: Shape,
}

/// All columns of a file, and the parts of its structs instead of these.
pub(super) fn columns(fields: &[(String, Shape)]) -> Vec<TableColumn> {
    let mut found = Vec::new();
    walk(fields, "", &[], &mut found);
    found
}

fn walk(fields: &[(String, Shape)], before: &str, path: &[usize], found: &mut Vec<TableColumn>) {
    for (at, (name, shape)) in fields.iter().enumerate() {
        let name = format!("{before}{name}");
        let path = [path, &[at]].concat();
        match shape {
            Shape::Group(fields) => walk(fields, &format!("{name}."), &path, found),
            shape => found.push(TableColumn { name, path, shape: shape.clone() }),
        }
    }
}

/// The row of a table.
pub(super) fn row(row: &RawRow, columns: &[TableColumn], file: &str, number: usize) -> Result<Row, Unread> {
    let mut cells = Vec::new();
    for column in columns {
        let single = match column.shape {
            Shape::Single(single) => single,
            _ => Single::Plain,
        };
        let told = match find(row, &column.path) {
            Some(field) => told(field, single).map_err(|why| Unread { column: column.name.clone(), why })?,
            None => None,
        };
        cells.push(told.map_or((String::new(), Writing::AsMapped), |told| (told.text, told.writing)));
    }
    Ok(Row::of_cells(file, number, &cells))
}

/// The value at a path; nothing where a struct on the way is null.
fn find<'r>(row: &'r RawRow, path: &[usize]) -> Option<&'r Field> {
    let [at, rest @ ..] = path else { return None };
    let (_, field) = row.get_column_iter().nth(*at)?;
    match field {
        field if rest.is_empty() => Some(field),
        Field::Group(inner) => find(inner, rest),
        _ => None,
    }
}
