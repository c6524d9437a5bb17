//! What a template may say: text, `{{ ... }}`, `if` and `for`, over a closed list of variables. Everything else is refused when the
//! bundle is loaded, so that a letter can neither run away nor print what it should not.

mod filters;

use super::prose::Prose;
use super::vocabulary::{Shape, VARIABLES, Variable, variable};
use crate::text::nearest::did_you_mean;
use crate::text::{Code, Diagnostic, Diagnostics, Source, Span};
use minijinja::machinery::ast::{CompareOpKind, Expr, ForLoop, Stmt};
use minijinja::machinery::{self, ast};
use minijinja::syntax::SyntaxConfig;
use minijinja::value::ValueKind;
use std::collections::BTreeSet;

/// The filters that a letter has.
pub(crate) const FILTERS: [&str; 3] = ["plural", "list", "capital"];

/// What a part of a template was found to be.
pub(crate) struct Checked {
    /// Its words, as far as they are known without a case.
    pub(crate) prose: Prose,
    /// The variables that it names.
    pub(crate) named: BTreeSet<&'static str>,
    /// The lists of texts whose items it prints.
    pub(crate) printed: BTreeSet<&'static str>,
}

/// Checks one part of a template; `text` is that part, prepared.
pub(crate) fn check(source: &Source, part: Span, text: &str, out: &mut Diagnostics) -> Checked {
    let mut checker = Checker {
        source,
        part,
        text,
        scope: Vec::new(),
        checked: Checked { prose: Prose::default(), named: BTreeSet::new(), printed: BTreeSet::new() },
        out,
    };
    match machinery::parse(text, source.name(), SyntaxConfig::default()) {
        Ok(Stmt::Template(template)) => checker.statements(&template.children),
        Ok(_) => {}
        Err(error) => checker.syntax_error(&error),
    }
    checker.checked
}

/// What an expression stands for.
#[derive(Clone, Copy)]
enum Meaning {
    Of(Variable),
    /// A text that the template writes itself.
    Word,
    Whole,
    /// True or false, or what a condition makes of a value.
    Truth,
    /// Something that was reported already.
    Broken,
}

struct Checker<'a> {
    source: &'a Source,
    part: Span,
    text: &'a str,
    /// Names that loops give, the innermost last, each with the list that is walked.
    scope: Vec<(String, Shape, &'static str)>,
    checked: Checked,
    out: &'a mut Diagnostics,
}

impl Checker<'_> {
    /// The place of a node in the file.
    fn place(&self, span: machinery::Span) -> Span {
        let at = |offset: u32| self.part.start + usize::try_from(offset).unwrap_or(0);
        self.source.fitted(Span::new(at(span.start_offset), at(span.end_offset)))
    }

    fn report(&mut self, code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.out.push(Diagnostic::error(code, self.source, span, message).help(help));
    }

    fn syntax_error(&mut self, error: &minijinja::Error) {
        let range = error.range().unwrap_or(0..0);
        // What breaks off is said to end one byte behind the text.
        let span = self.source.fitted(Span::new(self.part.start + range.start, self.part.start + range.end));
        let what = error.detail().unwrap_or("it cannot be read").to_owned();
        if let Some(tag) = what.strip_prefix("unknown statement ") {
            return self.forbidden(span, &format!("the tag `{}`", tag.trim_matches(['`', '\''])));
        }
        let help = "a letter is text with `{{ variable }}`, `{% if variable %} ... {% endif %}` and `{% for item in items %} ... {% endfor %}`";
        self.report(Code::LetterSyntax, span, format!("the template cannot be read here: {what}"), help);
    }

    fn forbidden(&mut self, span: Span, what: &str) {
        let message = format!("{what} cannot be used in a letter");
        let help = "a letter knows `{{ variable }}`, `{% if variable %}`, `{% for item in items %}` and the filters `plural`, `list` and `capital`";
        self.report(Code::LetterForbidden, span, message, help);
    }

    fn statements(&mut self, list: &[Stmt<'_>]) {
        for statement in list {
            match statement {
                Stmt::Template(template) => self.statements(&template.children),
                Stmt::EmitRaw(raw) => self.raw(raw.raw),
                Stmt::EmitExpr(print) => self.print(&print.expr),
                Stmt::IfCond(branch) => self.branch(branch),
                Stmt::ForLoop(walk) => self.walk(walk),
                Stmt::WithBlock(tag) => self.forbidden(self.place(tag.span()), "the tag `with`"),
                Stmt::Set(tag) => self.forbidden(self.place(tag.span()), "the tag `set`"),
                Stmt::SetBlock(tag) => self.forbidden(self.place(tag.span()), "the tag `set`"),
                Stmt::AutoEscape(tag) => self.forbidden(self.place(tag.span()), "the tag `autoescape`"),
                Stmt::FilterBlock(tag) => self.forbidden(self.place(tag.span()), "the tag `filter`"),
                Stmt::Do(tag) => self.forbidden(self.place(tag.span()), "the tag `do`"),
            }
        }
    }

    fn raw(&mut self, raw: &str) {
        // The text is a slice of the template, so its address tells where it stands.
        let inside = (raw.as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize);
        self.checked.prose.add(raw, self.part.start + inside);
    }

    fn print(&mut self, expr: &Expr<'_>) {
        let span = self.place(expr.span());
        if let Expr::IfExpr(choice) = expr {
            return self.choice(choice, span);
        }
        let is_written = matches!(expr, Expr::Const(_));
        if let Expr::Var(name) = expr
            && let Some((_, _, list)) = self.scope.iter().find(|(each, ..)| each == name.id)
        {
            self.checked.printed.insert(list);
        }
        let meaning = self.expression(expr);
        if matches!(meaning, Meaning::Whole | Meaning::Truth) {
            let message = format!("`{}` is neither a text nor a fact, and cannot be printed", self.source.slice(span));
            self.report(
                Code::LetterForbidden,
                span,
                message,
                "print what the case or the decision holds, or write the word itself",
            );
        }
        if let Meaning::Of(variable) = meaning {
            let help = match variable.shape {
                Shape::Text | Shape::Money | Shape::Day | Shape::Number => None,
                Shape::Flag => Some(format!("ask for it: `{{% if {} %}} ... {{% endif %}}`", variable.name)),
                Shape::Name(names) => {
                    let name = names.first().copied().unwrap_or("a_name");
                    Some(format!("ask for it: `{{% if {} == \"{name}\" %}} ... {{% endif %}}`", variable.name))
                }
                Shape::Texts => Some(format!("print it as a list: `{{{{ {} | list }}}}`", variable.name)),
                Shape::Item(fields) => {
                    let field = fields.first().map_or("name", |field| field.name);
                    Some(format!("print one of its fields: `{{{{ item.{field} }}}}`"))
                }
                Shape::Items(fields) => {
                    let field = fields.first().map_or("name", |field| field.name);
                    Some(format!("walk it: `{{% for item in {} %}} {{{{ item.{field} }}}} {{% endfor %}}`", variable.name))
                }
            };
            if let Some(help) = help {
                let message = format!("`{}` is {} and cannot be printed", variable.name, variable.shape.describe());
                self.report(Code::LetterForbidden, span, message, help);
            }
        }
        if !is_written {
            self.checked.prose.print();
        }
    }

    /// `one if condition else other`: each of the two is printed.
    fn choice(&mut self, choice: &ast::IfExpr<'_>, span: Span) {
        self.condition(&choice.test_expr);
        self.print(&choice.true_expr);
        match &choice.false_expr {
            Some(other) => {
                self.checked.prose.break_off();
                self.print(other);
            }
            None => self.forbidden(span, "an `if` without `else` inside `{{ }}`"),
        }
    }

    fn branch(&mut self, branch: &ast::IfCond<'_>) {
        self.condition(&branch.expr);
        self.statements(&branch.true_body);
        if !branch.false_body.is_empty() {
            self.checked.prose.break_off();
            self.statements(&branch.false_body);
        }
    }

    fn walk(&mut self, walk: &ForLoop<'_>) {
        let span = self.place(walk.iter.span());
        if walk.recursive || walk.filter_expr.is_some() {
            self.forbidden(span, "a loop with a condition or one that calls itself");
        }
        let walked = match self.expression(&walk.iter) {
            Meaning::Of(Variable { shape: shape @ (Shape::Texts | Shape::Items(_)), name, .. }) => Some((shape, name)),
            Meaning::Broken => None,
            _ => {
                let lists = VARIABLES.iter().filter(|each| matches!(each.shape, Shape::Texts | Shape::Items(_)));
                let help = format!("the lists are {}", ticked(lists.map(|each| each.name)));
                self.report(Code::LetterForbidden, span, "a loop walks over a list of the case or the decision", help);
                None
            }
        };
        let Expr::Var(target) = &walk.target else {
            return self.forbidden(self.place(walk.target.span()), "a loop over several names");
        };
        let name = target.id.to_owned();
        if variable(&name).is_some() || self.scope.iter().any(|(each, ..)| *each == name) {
            let message = format!("`{name}` is the name of something else already");
            self.report(Code::LetterVariable, self.place(target.span()), message, "choose another name for the item");
        }
        if let Some((shape, list)) = walked {
            let item = if let Shape::Items(fields) = shape { Shape::Item(fields) } else { Shape::Text };
            self.scope.push((name, item, list));
            self.statements(&walk.body);
            self.scope.pop();
        }
        self.checked.prose.break_off();
        self.statements(&walk.else_body);
    }

    /// Something that is asked: any value may be, and is true when it is there, not zero and not empty.
    fn condition(&mut self, expr: &Expr<'_>) {
        self.expression(expr);
    }

    fn expression(&mut self, expr: &Expr<'_>) -> Meaning {
        let span = self.place(expr.span());
        match expr {
            Expr::Var(name) => self.variable(name.id, span),
            Expr::Const(value) => self.constant(&value.value, span),
            Expr::GetAttr(field) => self.field(field, span),
            Expr::UnaryOp(operation) => match operation.op {
                ast::UnaryOpKind::Not => {
                    self.condition(&operation.expr);
                    Meaning::Truth
                }
                ast::UnaryOpKind::Neg => self.broken(span, "arithmetic"),
            },
            Expr::BinOp(operation) => match operation.op {
                ast::BinOpKind::ScAnd | ast::BinOpKind::ScOr => {
                    self.condition(&operation.left);
                    self.condition(&operation.right);
                    Meaning::Truth
                }
                ast::BinOpKind::Eq => self.comparison(&operation.left, CompareOpKind::Eq, &operation.right, span),
                ast::BinOpKind::Ne => self.comparison(&operation.left, CompareOpKind::Ne, &operation.right, span),
                ast::BinOpKind::Lt | ast::BinOpKind::Lte | ast::BinOpKind::Gt | ast::BinOpKind::Gte => {
                    self.comparison(&operation.left, CompareOpKind::Lt, &operation.right, span)
                }
                _ => self.broken(span, "arithmetic"),
            },
            Expr::Compare(compare) => match compare.ops.as_slice() {
                [one] => self.comparison(&compare.expr, one.op, &one.expr, span),
                _ => self.broken(span, "a chain of comparisons"),
            },
            // Printed, it is looked at above; asked for, compared or given to a filter, it would hide what it stands for.
            Expr::IfExpr(_) => self.broken(span, "an `if` inside of another expression"),
            Expr::Filter(filter) => self.filter(filter, span),
            Expr::Slice(_) | Expr::GetItem(_) => self.broken(span, "a subscript"),
            Expr::Test(_) => self.broken(span, "a test with `is`"),
            Expr::Call(_) => self.broken(span, "a call"),
            Expr::List(_) | Expr::Tuple(_) | Expr::Map(_) => self.broken(span, "a list or map of its own"),
        }
    }

    fn broken(&mut self, span: Span, what: &str) -> Meaning {
        self.forbidden(span, what);
        Meaning::Broken
    }

    fn variable(&mut self, name: &str, span: Span) -> Meaning {
        if let Some((_, shape, _)) = self.scope.iter().find(|(each, ..)| each == name) {
            return Meaning::Of(Variable { name: "item", shape: *shape, always: true, about: "" });
        }
        if let Some(found) = variable(name) {
            self.checked.named.insert(found.name);
            return Meaning::Of(*found);
        }
        let names = VARIABLES.iter().map(|variable| variable.name);
        let help = did_you_mean(name, names.chain(self.scope.iter().map(|(each, ..)| each.as_str())));
        let help = help.unwrap_or_else(|| "`redress letter --variables` lists what a letter can print".to_owned());
        self.report(Code::LetterVariable, span, format!("a letter has no variable `{name}`"), help);
        Meaning::Broken
    }

    fn constant(&mut self, value: &minijinja::Value, span: Span) -> Meaning {
        match value.kind() {
            ValueKind::String => {
                // One byte for the quotation mark.
                self.checked.prose.add(value.as_str().unwrap_or_default(), span.start + 1);
                Meaning::Word
            }
            ValueKind::Number if value.is_integer() => Meaning::Whole,
            ValueKind::Bool => Meaning::Truth,
            _ => self.broken(span, "this value"),
        }
    }

    fn field(&mut self, field: &ast::GetAttr<'_>, span: Span) -> Meaning {
        let Meaning::Of(of) = self.expression(&field.expr) else { return Meaning::Broken };
        let fields = match of.shape {
            Shape::Item(fields) => fields,
            Shape::Items(_) => {
                let message = format!("`{}` is a list, and a field belongs to one of its items", of.name);
                let help = format!("walk it: `{{% for item in {} %}} {{{{ item.{} }}}} {{% endfor %}}`", of.name, field.name);
                self.report(Code::LetterVariable, span, message, help);
                return Meaning::Broken;
            }
            other => {
                let what = self.source.slice(self.place(field.expr.span()));
                let message = format!("`{what}` is {} and has no `{}`", other.describe(), field.name);
                self.report(Code::LetterVariable, span, message, "only the items of a list have fields");
                return Meaning::Broken;
            }
        };
        match fields.iter().find(|each| each.name == field.name) {
            Some(found) => Meaning::Of(*found),
            None => {
                let names = fields.iter().map(|each| each.name);
                let help = did_you_mean(field.name, names.clone()).unwrap_or_else(|| format!("its fields are {}", ticked(names)));
                self.report(Code::LetterVariable, span, format!("an item of this list has no `{}`", field.name), help);
                Meaning::Broken
            }
        }
    }

    fn comparison(&mut self, left: &Expr<'_>, op: CompareOpKind, right: &Expr<'_>, span: Span) -> Meaning {
        let equality = matches!(op, CompareOpKind::Eq | CompareOpKind::Ne);
        let subject = self.expression(left);
        let named = match (subject, right) {
            (Meaning::Of(Variable { shape: Shape::Name(names), name, .. }), Expr::Const(value)) if equality => {
                Some((name, names, value.value.as_str().unwrap_or_default().to_owned()))
            }
            _ => None,
        };
        if let Some((name, names, word)) = named {
            if !names.is_empty() && !names.contains(&word.as_str()) {
                let help = did_you_mean(&word, names.iter().copied())
                    .unwrap_or_else(|| format!("it is one of {}", ticked(names.iter().copied())));
                self.report(Code::LetterVariable, self.place(right.span()), format!("`{name}` is never `{word}`"), help);
            }
            return Meaning::Truth;
        }
        match (subject, self.expression(right)) {
            (Meaning::Broken, _) | (_, Meaning::Broken) => Meaning::Broken,
            (Meaning::Of(Variable { shape: Shape::Number, .. }), Meaning::Whole) => Meaning::Truth,
            _ => {
                let help = "compare a name with a word, `outcome == \"uphold\"`, or a number with a whole number, `instalment_count == 1`";
                self.report(Code::LetterForbidden, span, "these two cannot be compared in a letter", help);
                Meaning::Broken
            }
        }
    }
}

fn ticked<'n>(names: impl Iterator<Item = &'n str>) -> String {
    names.map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}
