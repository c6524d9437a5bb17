//! The text of a cell: alternatives, negations, comparisons, intervals.

use super::operator::{self, Leading};
use super::{Bound, Cell, CellError, CellNames, Comparison, Condition, Dialect, Interval, check, literal};
use crate::text::{Code, Span, nearest};
use crate::value::{Decimal, Kind};

mod split;

/// One alternative, as read.
pub(super) enum Item {
    Any,
    Condition(Condition),
}

impl Cell {
    /// Reads the text of a cell under the kind of its column.
    ///
    /// # Errors
    /// The first mistake in it, with its place in the text.
    pub fn parse_text(text: &str, kind: &Kind, dialect: Dialect, names: &dyn CellNames) -> Result<Self, CellError> {
        let reader = Reader { text, kind, dialect, names };
        let whole = reader.trimmed(Span::new(0, text.len()));
        if whole.start == whole.end {
            return Err(CellError::new(Code::BadCell, whole, "the cell is empty").help(match dialect {
                Dialect::Yaml => "write `any` where every value will do, or leave the key out",
                Dialect::Table => "write `-` where every value will do",
            }));
        }
        let spans = reader.alternatives(whole)?;
        let mut conditions = Vec::with_capacity(spans.len());
        for span in spans {
            match reader.item(span)? {
                Item::Any if span == whole => return Ok(Self::Any),
                Item::Any => return Err(check::any_among_others(span)),
                Item::Condition(condition) => conditions.push(condition),
            }
        }
        check::together(&conditions, kind, dialect, whole)?;
        Ok(Self::OneOf(conditions))
    }
}

pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) kind: &'a Kind,
    pub(super) dialect: Dialect,
    pub(super) names: &'a dyn CellNames,
}

impl<'a> Reader<'a> {
    fn slice(&self, span: Span) -> &'a str {
        self.text.get(span.start..span.end).unwrap_or("")
    }

    pub(super) fn trimmed(&self, span: Span) -> Span {
        let text = self.slice(span);
        let start = span.start + text.len() - text.trim_start().len();
        Span::new(start, start + text.trim().len())
    }

    /// The kind of the values that conditions speak of: for a list, that of its items.
    fn item_kind(&self) -> &'a Kind {
        match self.kind {
            Kind::List(item) => item,
            kind => kind,
        }
    }

    /// One alternative.
    pub(super) fn item(&self, span: Span) -> Result<Item, CellError> {
        let text = self.slice(span);
        if text == "any" || (text == "-" && self.dialect == Dialect::Table) {
            return Ok(Item::Any);
        }
        let condition = self.condition(span)?;
        check::condition(&condition, self.kind, text, span)?;
        Ok(Item::Condition(condition))
    }

    fn condition(&self, span: Span) -> Result<Condition, CellError> {
        let text = self.slice(span);
        if text.starts_with('=') {
            return Err(equals_sign(text, span));
        }
        if let Kind::Enum(names) = self.item_kind()
            && names.position(text).is_some()
        {
            return self.operand(span).map(Condition::Equal);
        }
        if let Some(condition) = self.keyword(text, span)? {
            return Ok(condition);
        }
        if let Some(rest) = operator::behind(text, "not") {
            return self.negation(span, rest);
        }
        if let Some(rest) = text.strip_prefix("!=").or_else(|| text.strip_prefix("<>")) {
            self.symbols_at_home(span)?;
            let operand = self.trimmed(Span::new(span.end - rest.len(), span.end));
            return Ok(Condition::Not(vec![Condition::Equal(self.operand(operand)?)]));
        }
        if let Some(leading) = operator::leading(text) {
            return self.comparison(span, leading);
        }
        if self.item_kind().is_ordered() {
            if text.contains("..") && !text.contains('"') {
                return self.bracketed(span);
            }
            if let Some(at) = split::find(text, " to ") {
                return self.between(span, at);
            }
        }
        self.operand(span).map(Condition::Equal)
    }

    fn keyword(&self, text: &str, span: Span) -> Result<Option<Condition>, CellError> {
        let is_list = matches!(self.kind, Kind::List(_));
        Ok(Some(match text {
            "missing" => Condition::Missing,
            "present" => Condition::Present,
            "unknown" => Condition::Unknown,
            "empty" if is_list => Condition::Empty,
            "empty" => {
                let help = if *self.kind == Kind::Text {
                    "write `missing`, or `\"\"` for a text without letters"
                } else {
                    "write `missing`"
                };
                let message = format!("`empty` speaks of a list, the column holds {}", self.kind);
                return Err(CellError::new(Code::TypeMismatch, span, message).help(help));
            }
            "-" => {
                return Err(CellError::new(Code::SymbolInYaml, span, "`-` stands for any value in tables only").instead("any"));
            }
            _ => {
                let keyword = super::description::KEYWORDS.iter().find(|keyword| keyword.eq_ignore_ascii_case(text));
                let Some(keyword) = keyword else { return Ok(None) };
                let error = |message: &str| CellError::new(Code::BadCell, span, format!("`{text}` {message}"));
                let quoted = self.quoted(text);
                return Err(if *keyword == text {
                    error("excludes nothing").help(format!("name what is excluded, or write {quoted} for the word itself"))
                } else {
                    error("is not in small letters").help(format!("write `{keyword}`, or {quoted} for the word itself"))
                });
            }
        }))
    }

    /// How a text is written that must be taken as it stands.
    fn quoted(&self, text: &str) -> String {
        match self.dialect {
            Dialect::Yaml => format!("`'\"{text}\"'`"),
            Dialect::Table => format!("`\"{text}\"`"),
        }
    }

    fn negation(&self, span: Span, rest: &str) -> Result<Condition, CellError> {
        let inner = self.trimmed(Span::new(span.end - rest.len(), span.end));
        let text = self.slice(inner);
        if text.starts_with('(') && text.ends_with(')') && !text.contains("..") {
            let mut conditions = Vec::new();
            for item in self.split(Span::new(inner.start + 1, inner.end - 1))? {
                conditions.push(self.negated(item)?);
            }
            return check::negation(conditions, span).map(Condition::Not);
        }
        check::negation(vec![self.negated(inner)?], span).map(Condition::Not)
    }

    /// One item of a negation.
    pub(super) fn negated(&self, span: Span) -> Result<Condition, CellError> {
        let text = self.slice(span);
        if operator::behind(text, "not").is_some() || text.starts_with("!=") {
            return Err(CellError::new(Code::BadCell, span, "a `not` inside a `not`").help("leave both out"));
        }
        match self.item(span)? {
            Item::Condition(Condition::Present) => {
                Err(CellError::new(Code::BadCell, span, "`not present` is said with a word of its own").help("write `missing`"))
            }
            Item::Condition(condition) => Ok(condition),
            Item::Any => Err(CellError::new(Code::CellNever, span, "`not any` never holds")),
        }
    }

    fn comparison(&self, span: Span, leading: Leading<'_>) -> Result<Condition, CellError> {
        self.check_order(span, leading)?;
        if leading.is_symbol {
            self.symbols_at_home(span)?;
        }
        let (comparison, operand, rest) = self.side(span, leading)?;
        let Some(rest) = rest else { return Ok(Condition::Compare(comparison, self.operand(operand)?)) };
        let second = operator::leading(self.slice(rest)).ok_or_else(|| {
            CellError::new(Code::BadCell, rest, "no comparison stands behind the `and`")
                .help("an interval without its ends is written `over 10 and under 50`")
        })?;
        self.check_order(rest, second)?;
        let (other, other_operand, more) = self.side(rest, second)?;
        if more.is_some() || comparison.is_lower() == other.is_lower() {
            return Err(CellError::new(Code::BadCell, span, "`and` joins one lower and one upper bound")
                .help("write an interval, such as `over 10 and at most 50`"));
        }
        let lower_first = comparison.is_lower();
        let (lower, from) = if lower_first { (comparison, operand) } else { (other, other_operand) };
        let (upper, to) = if lower_first { (other, other_operand) } else { (comparison, operand) };
        self.interval((from, lower.is_inclusive()), (to, upper.is_inclusive()))
    }

    /// The comparison that a text begins with, its operand, and what stands behind an `and`.
    fn side(&self, span: Span, leading: Leading<'_>) -> Result<(Comparison, Span, Option<Span>), CellError> {
        let start = span.start + leading.written.len();
        let behind = self.text.get(start..span.end).unwrap_or("");
        let and = split::find(behind, " and ");
        let operand = self.trimmed(Span::new(start, and.map_or(span.end, |at| start + at)));
        if operand.start == operand.end {
            let message = format!("`{}` says nothing to compare with", leading.written);
            return Err(CellError::new(Code::BadCell, span, message));
        }
        Ok((leading.comparison, operand, and.map(|at| self.trimmed(Span::new(start + at + " and ".len(), span.end)))))
    }

    fn check_order(&self, span: Span, leading: Leading<'_>) -> Result<(), CellError> {
        let kind = self.item_kind();
        let text = self.slice(span);
        if !kind.is_ordered() {
            let error = CellError::new(
                Code::TypeMismatch,
                span,
                format!("`{}` compares by order, and the column has none: it holds {kind}", leading.written),
            );
            return Err(match kind {
                Kind::Enum(_) => {
                    error.help("declare the values from the least to the most, with `ordered: true`, or list those that will do")
                }
                Kind::Text => error.help(format!("to take the text as it stands, write {}", self.quoted(text))),
                _ => error,
            });
        }
        if leading.in_time && !matches!(kind, Kind::Date | Kind::DateTime) {
            let word = operator::WORDS.iter().find(|(_, comparison, in_time)| *comparison == leading.comparison && !in_time);
            let message = format!("`{}` speaks of time, the column holds {kind}", leading.written);
            return Err(
                CellError::new(Code::TypeMismatch, span, message).help_opt(word.map(|(word, _, _)| format!("write `{word}`")))
            );
        }
        Ok(())
    }

    /// `[10..50]`, `[10..50)`, `(10..50]`, `(10..50)`.
    fn bracketed(&self, span: Span) -> Result<Condition, CellError> {
        let text = self.slice(span);
        let ends = text.strip_prefix(['[', '(']).and_then(|rest| rest.strip_suffix([']', ')']));
        let Some((from, to)) = ends.unwrap_or(text).split_once("..") else {
            return self.operand(span).map(Condition::Equal);
        };
        if self.dialect == Dialect::Table && ends.is_none() {
            let help = format!("write `{} to {}`, or `[{text}]`", from.trim(), to.trim());
            return Err(CellError::new(Code::BadCell, span, format!("`{text}` lacks its brackets")).help(help));
        }
        self.symbols_at_home(span)?;
        let start = span.start + 1;
        let from = self.trimmed(Span::new(start, start + from.len()));
        let to = self.trimmed(Span::new(span.end - 1 - to.len(), span.end - 1));
        if from.start == from.end || to.start == to.end {
            let message = format!("`{text}` lacks one of its ends");
            return Err(CellError::new(Code::BadCell, span, message)
                .help("an interval with one end is a comparison: `>= 10`, `at least 10`"));
        }
        self.interval((from, text.starts_with('[')), (to, text.ends_with(']')))
    }

    fn between(&self, span: Span, at: usize) -> Result<Condition, CellError> {
        let from = self.trimmed(Span::new(span.start, span.start + at));
        let to = self.trimmed(Span::new(span.start + at + " to ".len(), span.end));
        self.interval((from, true), (to, true))
    }

    /// The lower end may leave its unit to the upper one: `10 to 20 days`, `100 to 200 USD`.
    fn interval(&self, from: (Span, bool), to: (Span, bool)) -> Result<Condition, CellError> {
        let upper = self.operand(to.0)?;
        let (lower_text, upper_text) = (self.slice(from.0), self.slice(to.0));
        let is_bare = Decimal::parse(lower_text).is_ok();
        let unit = upper_text.split_once(' ').map(|(_, unit)| unit);
        let lower = match (self.item_kind(), unit) {
            (kind @ (Kind::Money | Kind::Duration), Some(unit)) if is_bare && matches!(upper, Bound::Value(_)) => {
                Bound::Value(literal::value(&format!("{lower_text} {}", unit.trim()), kind, from.0)?)
            }
            _ => self.operand(from.0)?,
        };
        Ok(Condition::Within(Interval { from: lower, from_included: from.1, to: upper, to_included: to.1 }))
    }

    /// A value, a quoted text, or a parameter.
    fn operand(&self, span: Span) -> Result<Bound, CellError> {
        let text = self.slice(span);
        let kind = self.item_kind();
        if text.starts_with('"') {
            return literal::value(&split::unquoted(text, span)?, kind, span).map(Bound::Value);
        }
        if !text.starts_with("params.") {
            return literal::bound(text, kind, span);
        }
        match self.names.param(text) {
            Some((slot, param)) if fits(kind, &param) => Ok(Bound::Param { slot, path: text.into() }),
            Some((_, param)) => {
                let message = format!("`{text}` is {param}, the column holds {kind}");
                Err(CellError::new(Code::TypeMismatch, span, message))
            }
            None => {
                let meant = self.names.nearest_param(text).map(|path| nearest::ask(&path));
                Err(CellError::new(Code::UnknownName, span, format!("there is no parameter `{text}`")).help_opt(meant))
            }
        }
    }

    /// Symbols are refused in YAML, with the words for them.
    fn symbols_at_home(&self, span: Span) -> Result<(), CellError> {
        if self.dialect == Dialect::Table {
            return Ok(());
        }
        let text = self.slice(span);
        // YAML takes the square brackets of `[10..50]` for a list, so only its inside arrives here.
        let inside = if text.contains("..") && !text.starts_with(['[', '(']) { format!("[{text}]") } else { text.to_owned() };
        let words = Cell::parse_text(&inside, self.kind, Dialect::Table, self.names).map(|cell| cell.describe());
        let error = CellError::new(Code::SymbolInYaml, span, format!("`{text}` is written in words in YAML"));
        Err(match words {
            Ok(words) => error.instead(words),
            Err(_) => error.help("write `at least`, `over`, `at most`, `under`, `not`, or `10 to 50`"),
        })
    }
}

/// May a parameter of kind `param` stand where the column holds `kind`? Parameters have no declared types: names are texts.
fn fits(kind: &Kind, param: &Kind) -> bool {
    kind.takes(param)
        || (kind.is_number() && param.is_number())
        || (matches!(kind, Kind::Enum(_) | Kind::Place) && *param == Kind::Text)
}

fn equals_sign(text: &str, span: Span) -> CellError {
    let operand = text.trim_start_matches(['=', '>', '<']).trim();
    if text.starts_with("=>") || text.starts_with("=<") {
        let symbol = if text.starts_with("=>") { ">=" } else { "<=" };
        return CellError::new(Code::BadCell, span, format!("`{text}` begins with a symbol that does not exist"))
            .instead(format!("{symbol} {operand}"));
    }
    if text.starts_with("==") {
        return CellError::new(Code::BadCell, span, format!("`{text}`: equality needs no sign")).instead(operand);
    }
    CellError::new(Code::BadCell, span, "a condition holds no expression")
        .help(format!("write `{operand}` for the value itself, or name the expression with a `let` and make that a condition"))
}
