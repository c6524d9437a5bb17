//! The normal form of a script: what its functions say, without comments, spaces, places and the order in which they stand.
//!
//! Two scripts with the same normal form do the same on every input. Two that differ may still do the same: that is not proven here.

use super::check::{Definition, closure};
use rhai::{Expr, FnCallExpr, Stmt, StmtBlock};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// The normal form of each function that `function` can reach, itself included, by name and number of parameters.
pub(super) fn functions(own: &[Definition], calls: &BTreeSet<(String, String)>, function: &str) -> BTreeMap<String, String> {
    let mut reached: BTreeSet<&str> = BTreeSet::new();
    let mut next = vec![function];
    while let Some(name) = next.pop() {
        if reached.insert(name) {
            next.extend(calls.iter().filter(|(caller, _)| caller == name).map(|(_, callee)| callee.as_str()));
        }
    }
    let named = own.iter().filter(|each| !each.is_closure() && reached.contains(each.name.as_str()));
    named
        .map(|each| (format!("{}/{}", each.name, each.parameters.len()), Writer { own, out: String::new() }.definition(each)))
        .collect()
}

struct Writer<'a> {
    own: &'a [Definition],
    out: String,
}

impl Writer<'_> {
    fn definition(mut self, function: &Definition) -> String {
        self.put(&format!("({})", function.parameters.join(",")));
        self.statements(&function.body);
        self.out
    }

    fn put(&mut self, text: &str) {
        self.out.push_str(text);
    }

    fn block(&mut self, block: &StmtBlock) {
        self.statements(block.statements());
    }

    fn statements(&mut self, statements: &[Stmt]) {
        self.put("{");
        for statement in statements.iter().filter(|statement| !matches!(statement, Stmt::Noop(_))) {
            self.statement(statement);
            self.put(";");
        }
        self.put("}");
    }

    fn statement(&mut self, statement: &Stmt) {
        match statement {
            Stmt::Noop(_) => {}
            Stmt::If(parts, _) => self.flow("if", &parts.expr, &[&parts.body, &parts.branch]),
            Stmt::While(parts, _) => self.flow("while", &parts.expr, &[&parts.body]),
            Stmt::Do(parts, flags, _) => self.flow(&format!("do{flags:?}"), &parts.expr, &[&parts.body]),
            Stmt::For(parts, _) => {
                let (name, counter, flow) = &**parts;
                let counter = counter.as_ref().map_or("", |counter| counter.name.as_str());
                self.flow(&format!("for {},{counter} in", name.name), &flow.expr, &[&flow.body]);
            }
            Stmt::Var(parts, flags, _) => {
                self.put(&format!("let{flags:?} {}=", parts.0.name));
                self.expression(&parts.1);
            }
            Stmt::Assignment(parts) => {
                let (operator, sides) = &**parts;
                self.expression(&sides.lhs);
                self.put(operator.get_op_assignment_info().map_or("=", |(_, _, _, symbol, _, _)| symbol));
                self.expression(&sides.rhs);
            }
            Stmt::FnCall(call, _) => self.call(call),
            Stmt::Block(block) => self.block(block),
            Stmt::Expr(expr) => self.expression(expr),
            Stmt::BreakLoop(value, flags, _) => self.leave(&format!("leave{flags:?}"), value.as_deref()),
            Stmt::Return(value, flags, _) => self.leave(&format!("return{flags:?}"), value.as_deref()),
            // Scripts have no others; with its places in it, one would at worst look changed.
            other => self.debug(other),
        }
    }

    fn flow(&mut self, word: &str, expr: &Expr, blocks: &[&StmtBlock]) {
        self.put(word);
        self.put(" ");
        self.expression(expr);
        for block in blocks {
            self.block(block);
        }
    }

    fn leave(&mut self, word: &str, value: Option<&Expr>) {
        self.put(word);
        if let Some(value) = value {
            self.put(" ");
            self.expression(value);
        }
    }

    fn debug(&mut self, node: &impl std::fmt::Debug) {
        // Writing into memory has nothing that could fail.
        let _ = write!(self.out, "{node:?}");
    }

    fn list(&mut self, open: &str, parts: &[Expr], close: &str) {
        self.put(open);
        for part in parts {
            self.expression(part);
            self.put(",");
        }
        self.put(close);
    }

    fn call(&mut self, call: &FnCallExpr) {
        if !call.namespace.is_empty() || call.capture_parent_scope {
            return self.debug(call);
        }
        self.debug(&call.name.as_str());
        self.list("(", &call.args, ")");
    }

    fn expression(&mut self, expr: &Expr) {
        if let Some((name, outside)) = closure(expr) {
            let found = self.own.iter().find(|each| each.name == name);
            if let Some(function) = found {
                let text = Writer { own: self.own, out: String::new() }.definition(function);
                return self.put(&format!("|{outside}|{text}"));
            }
        }
        match expr {
            Expr::DynamicConstant(value, _) => self.put(&format!("{}:{value:?}", value.type_name())),
            Expr::BoolConstant(value, _) => self.debug(value),
            Expr::IntegerConstant(value, _) => self.debug(value),
            Expr::CharConstant(value, _) => self.debug(value),
            Expr::StringConstant(value, _) => self.debug(&value.as_str()),
            Expr::Unit(_) => self.put("()"),
            Expr::InterpolatedString(parts, _) => self.list("text[", parts, "]"),
            Expr::Array(parts, _) => self.list("[", parts, "]"),
            Expr::Map(parts, _) => {
                self.put("#{");
                for (name, part) in &parts.0 {
                    self.debug(&name.name.as_str());
                    self.put(":");
                    self.expression(part);
                    self.put(",");
                }
                self.put("}");
            }
            Expr::Variable(variable, ..) => self.put(&variable.1),
            Expr::Property(name, _) => self.put(&name.2),
            Expr::MethodCall(call, _) | Expr::FnCall(call, _) => self.call(call),
            Expr::Stmt(block) => self.block(block),
            Expr::Dot(parts, flags, _) => self.list(&format!(".{flags:?}("), &[parts.lhs.clone(), parts.rhs.clone()], ")"),
            Expr::Index(parts, flags, _) => self.list(&format!("at{flags:?}("), &[parts.lhs.clone(), parts.rhs.clone()], ")"),
            Expr::And(parts, _) => self.list("and(", parts, ")"),
            Expr::Or(parts, _) => self.list("or(", parts, ")"),
            Expr::Coalesce(parts, _) => self.list("else(", parts, ")"),
            other => self.debug(other),
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::script::{Functions, Script};
    use crate::text::{Diagnostics, Source};

    fn normal(text: &str) -> String {
        let mut out = Diagnostics::new();
        let script = Script::compile(&Source::new("a.rhai", text), &Functions::standard(), &mut out);
        assert!(!out.has_errors(), "{out:?}");
        let forms = script.unwrap().normal("goodwill");
        forms.into_iter().map(|(name, form)| format!("{name} {form}\n")).collect()
    }

    const PLAIN: &str = "fn goodwill(facts, draft, settings) {
    let far = [1, 2].filter(|n| n > settings.least);
    for n in far { draft.amount += n * 1.5; }
    if facts.customer.tier == \"gold\" { draft.because = `for ${far.len()} years`; }
    last(draft)
}
fn last(draft) { draft.amount = draft.amount ?? 0.0; draft }";

    #[test]
    fn says_what_a_script_does() {
        insta::assert_snapshot!(normal(PLAIN), @r#"
        goodwill/3 (facts,draft,settings){let far=.([1,2,],"filter"(|1|(settings,n){">"(n,.(settings,least,),);},),);for n, in far{.(draft,amount,)+="*"(n,decimal:1.5,);};if "=="(.(facts,.(customer,tier,),),"gold",){.(draft,because,)=text["for ",{.(far,"len"(),);}," years",];}{};"last"(draft,);}
        last/1 (draft){.(draft,amount,)=else(.(draft,amount,),decimal:0,);draft;}
        "#);
    }

    #[test]
    fn looks_through_comments_spaces_and_order() {
        let other = "// Another function first.
fn last(draft) {
    draft.amount = draft.amount ?? 0.00; // nothing is zero
    draft
}

/// What it is about.
fn goodwill(facts, draft, settings) {

    let far = [1,2].filter( |n| n > settings.least ); /* far */
    for n in far {
        draft.amount += n * 1.50;
    }
    if facts.customer.tier == \"gold\" {
        draft.because = `for ${ far.len() } years`;
    }
    last(draft)
}
";
        assert_eq!(normal(other), normal(PLAIN));
    }

    #[test]
    fn tells_what_differs() {
        let changes = [
            ("1.5", "1.6"),
            ("+=", "-="),
            ("> settings.least", ">= settings.least"),
            ("\"gold\"", "\"silver\""),
            ("for ${", "for  ${"),
            ("?? 0.0", "?? 1.0"),
            ("[1, 2]", "[1, 2, 3]"),
            ("last(draft)\n", "draft\n"),
        ];
        for (from, to) in changes {
            assert_ne!(normal(&PLAIN.replace(from, to)), normal(PLAIN), "{from} -> {to}");
        }
    }
}
