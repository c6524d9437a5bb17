//! Rhai's syntax: its parse errors in our words, and its chains of fields, indexes and calls in reading order.

use crate::text::Code;
use rhai::{ASTFlags, Expr, FnCallExpr, LexError, ParseErrorType, Position};

/// What a parse error is called, said in a sentence, with a way to mend it.
pub(crate) struct SyntaxProblem {
    pub(crate) code: Code,
    pub(crate) message: String,
    pub(crate) help: Option<String>,
}

impl SyntaxProblem {
    fn new(code: Code, message: impl Into<String>) -> Self {
        Self { code, message: message.into(), help: None }
    }

    fn help(mut self, help: &str) -> Self {
        self.help = Some(help.to_owned());
        self
    }
}

pub(crate) fn problem(error: &ParseErrorType) -> SyntaxProblem {
    let mut problem = worded(error);
    if problem.message.contains(char::is_control) {
        problem.message =
            problem.message.chars().flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] }).collect();
    }
    problem
}

fn worded(error: &ParseErrorType) -> SyntaxProblem {
    let syntax = |message: String| SyntaxProblem::new(Code::ScriptSyntax, message);
    match error {
        ParseErrorType::UnexpectedEOF => syntax("the text ends before it is complete".to_owned()),
        ParseErrorType::BadInput(LexError::ImproperSymbol(word, _)) | ParseErrorType::Reserved(word) if disabled(word) => {
            SyntaxProblem::new(Code::ScriptForbidden, format!("`{word}` is not available"))
        }
        ParseErrorType::BadInput(LexError::UnexpectedInput(symbol)) if symbol == "=" => {
            syntax("`=` has no place here".to_owned()).help("`==` compares")
        }
        ParseErrorType::BadInput(LexError::ImproperSymbol(symbol, help)) if !symbol.is_empty() => {
            let problem = syntax(format!("`{symbol}` is not an operator here"));
            if help.is_empty() { problem } else { problem.help(&lower(&help.replace('\'', "`"))) }
        }
        ParseErrorType::BadInput(LexError::MalformedNumber(number)) => {
            syntax(format!("`{number}` is not a number that can be kept exactly"))
        }
        ParseErrorType::BadInput(LexError::UnterminatedString) => syntax("a text is not closed".to_owned()),
        ParseErrorType::MissingToken(token, why) => syntax(format!("`{token}` is missing {}", lower(&why.replace('\'', "`")))),
        ParseErrorType::ExprExpected(what) => syntax(format!("{} is missing here", lower(&what.replace('\'', "`")))),
        ParseErrorType::Reserved(word) if !rhai::is_valid_identifier(word) => syntax(format!("`{word}` is not an operator here")),
        ParseErrorType::Reserved(word) => syntax(format!("`{word}` is a reserved word")).help("choose another name"),
        ParseErrorType::VariableUndefined(name) => SyntaxProblem::new(Code::UnknownName, format!("nothing is called `{name}`")),
        ParseErrorType::ModuleUndefined(_) => SyntaxProblem::new(Code::ScriptForbidden, "modules are not available"),
        ParseErrorType::FnDuplicatedDefinition(name, _) => {
            SyntaxProblem::new(Code::DuplicateName, format!("the function `{name}` is defined twice"))
        }
        ParseErrorType::ExprTooDeep => SyntaxProblem::new(Code::ScriptTooLarge, "an expression is nested too deeply")
            .help("give parts of it names of their own"),
        ParseErrorType::TooManyFunctions => SyntaxProblem::new(Code::ScriptTooLarge, "the script has too many functions"),
        ParseErrorType::LiteralTooLarge(..) => SyntaxProblem::new(Code::ScriptTooLarge, "a literal is too large"),
        other => syntax(lower(&other.to_string().replace('\'', "`"))),
    }
}

/// The words of Rhai that a bundle may not use.
pub(crate) const DISABLED: [&str; 13] = [
    "eval",
    "Fn",
    "call",
    "curry",
    "import",
    "export",
    "is_shared",
    "debug",
    "print",
    "type_of",
    "is_def_var",
    "is_def_fn",
    "this",
];

fn disabled(word: &str) -> bool {
    DISABLED.contains(&word)
}

fn lower(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// One link of a chain such as `facts.charges[0].amount.floor()`.
pub(crate) enum Link<'a> {
    Property(&'a str, Position),
    Method(&'a FnCallExpr, Position),
    Index(&'a Expr),
}

/// A chain in reading order: what it begins with, and its links. Rhai nests chains to the right.
pub(crate) struct Chain<'a> {
    pub(crate) root: &'a Expr,
    pub(crate) links: Vec<Link<'a>>,
    /// The position under which Rhai reports the reading of each link.
    pub(crate) positions: Vec<Position>,
}

impl<'a> Chain<'a> {
    pub(crate) fn of(expr: &'a Expr) -> Self {
        match expr {
            Expr::Dot(parts, _, position) => {
                let mut chain = Self::of(&parts.lhs);
                chain.dot(&parts.rhs, *position);
                chain
            }
            Expr::Index(parts, flags, position) => {
                let mut chain = Self::of(&parts.lhs);
                chain.index(&parts.rhs, *flags, *position);
                chain
            }
            root => Self { root, links: Vec::new(), positions: Vec::new() },
        }
    }

    fn dot(&mut self, right: &'a Expr, position: Position) {
        match right {
            Expr::Dot(parts, _, next) => {
                self.item(&parts.lhs, position);
                self.dot(&parts.rhs, *next);
            }
            Expr::Index(parts, flags, next) => {
                self.item(&parts.lhs, position);
                self.index(&parts.rhs, *flags, *next);
            }
            item => self.item(item, position),
        }
    }

    fn item(&mut self, item: &'a Expr, position: Position) {
        let link = match item {
            Expr::Property(name, at) => Link::Property(&name.2, *at),
            Expr::MethodCall(call, at) => Link::Method(call, *at),
            other => Link::Index(other),
        };
        self.links.push(link);
        self.positions.push(position);
    }

    fn index(&mut self, right: &'a Expr, flags: ASTFlags, position: Position) {
        if !flags.intersects(ASTFlags::BREAK) {
            match right {
                Expr::Dot(parts, _, next) => {
                    self.links.push(Link::Index(&parts.lhs));
                    self.positions.push(position);
                    self.dot(&parts.rhs, *next);
                    return;
                }
                Expr::Index(parts, flags, next) => {
                    self.links.push(Link::Index(&parts.lhs));
                    self.positions.push(position);
                    self.index(&parts.rhs, *flags, *next);
                    return;
                }
                _ => {}
            }
        }
        self.links.push(Link::Index(right));
        self.positions.push(position);
    }
}
