//! The hardened Rhai engine.
//!
//! No package of Rhai is loaded: every operator and function that a script can reach is one of ours, so that what a script may do is
//! read off this folder. Order of the files, each using only those before it: `running`, `held`, `holding`,
//! `operators`, `view`, `library`, `getters`, `caller`.

#![expect(clippy::unnecessary_box_returns, reason = "rhai's functions return boxed errors")]

pub(crate) mod caller;
pub(crate) mod getters;
pub(crate) mod held;
mod holding;
pub(crate) mod library;
mod operators;
pub(crate) mod running;
pub(crate) mod view;

use self::held::{Held, Settings, Unknown, give, size, to_fact, trouble, unknown};
use self::running::{Snag, charge, in_context, note_absent, step};
use self::view::Facts;
use super::allowance::ScriptLimits;
use super::function::HostFunction;
use super::outcome::Absent;
use super::syntax::DISABLED;
use crate::limits::{SCRIPT_EXPRESSION_DEPTH_MAX, SCRIPT_FUNCTION_DEPTH_MAX, SCRIPT_FUNCTIONS_MAX};
use crate::value::{Decimal, Fact, Kind, Value};
use rhai::{Dynamic, Engine, EvalAltResult, LexError, NativeCallContext, OptimizationLevel, Token};
use std::any::TypeId;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, OnceLock};

/// The engine in which scripts run, with these host functions and limits.
pub(crate) fn build(functions: &[HostFunction], limits: &ScriptLimits) -> Engine {
    let mut engine = bare(limits);
    engine.set_strict_variables(true);
    engine.on_progress(|_| step().map(Dynamic::from));
    engine.register_type_with_name::<Held>("value");
    engine.register_type_with_name::<Unknown>("an unknown value");
    engine.register_type_with_name::<Facts>("facts");
    engine.register_type_with_name::<Settings>("settings");
    holding::register(&mut engine);
    operators::register(&mut engine);
    view::register(&mut engine);
    library::register(&mut engine);
    for function in functions {
        register(&mut engine, &Arc::new(function.clone()));
    }
    engine
}

/// The engine that parses expressions and runs nothing.
pub(crate) fn parser() -> &'static Engine {
    static PARSER: OnceLock<Engine> = OnceLock::new();
    PARSER.get_or_init(|| {
        let mut engine = bare(&ScriptLimits::default());
        engine.set_strict_variables(false);
        engine.set_allow_anonymous_fn(false);
        engine
    })
}

/// The syntax and the limits, without any function.
fn bare(limits: &ScriptLimits) -> Engine {
    let mut engine = Engine::new_raw();
    engine.set_optimization_level(OptimizationLevel::None);
    engine.set_fast_operators(false);
    engine.set_fail_on_invalid_map_property(true);
    engine.set_max_call_levels(limits.call_levels.saturating_add(caller::LEVELS));
    engine.set_max_expr_depths(SCRIPT_EXPRESSION_DEPTH_MAX, SCRIPT_FUNCTION_DEPTH_MAX);
    engine.set_max_variables(limits.variables);
    engine.set_max_functions(SCRIPT_FUNCTIONS_MAX);
    engine.set_max_modules(0);
    engine.set_max_string_size(limits.text_bytes);
    engine.set_max_array_size(limits.list_items);
    engine.set_max_map_size(limits.map_entries);
    // Interned strings stand behind one lock for all threads, which sleeps when it is contended.
    engine.set_max_strings_interned(0);
    for word in DISABLED {
        engine.disable_symbol(word);
    }
    #[expect(
        deprecated,
        reason = "rhai calls its hook on tokens unstable; the version is pinned and the self-test holds what we use"
    )]
    engine.on_parse_token(|token, _, _| match token {
        // Rhai would make a binary floating-point number of it; the token still carries the text as written.
        Token::FloatConstant(parts) => exact(&parts.1),
        other => other,
    });
    engine
}

fn exact(written: &str) -> Token {
    let text = written.replace('_', "");
    let text = text.strip_suffix('.').unwrap_or(&text);
    match Decimal::parse(text) {
        Ok(number) => Token::DecimalConstant((number.raw(), written.into()).into()),
        Err(_) => Token::LexError(LexError::MalformedNumber(written.to_owned()).into()),
    }
}

fn register(engine: &mut Engine, function: &Arc<HostFunction>) {
    for arity in function.arity() {
        let function = function.clone();
        let types = vec![TypeId::of::<Dynamic>(); arity];
        engine.register_raw_fn(function.name, types, move |context: NativeCallContext<'_>, args: &mut [&mut Dynamic]| {
            call(&function, &context, args)
        });
    }
}

/// Calls a host function from a script.
fn call(function: &HostFunction, context: &NativeCallContext<'_>, args: &[&mut Dynamic]) -> Result<Dynamic, Box<EvalAltResult>> {
    charge(args.iter().map(|arg| size(arg)).sum())?;
    if let Some(state) = function.looks_at {
        let found = args.first().map_or(Fact::Missing, |arg| {
            if arg.is::<Unknown>() {
                Fact::Unknown
            } else if arg.is_unit() {
                Fact::Missing
            } else {
                Fact::Known(())
            }
        });
        return Ok(Dynamic::from_bool(found == state));
    }
    let mut values = Vec::with_capacity(args.len() + 1);
    for arg in args {
        match to_fact(arg) {
            Ok(Fact::Known(value)) => values.push(value),
            Ok(Fact::Missing) => return Err(Snag::Needs(Absent::default()).into_error()),
            Ok(Fact::Unknown) => return Err(Snag::Needs(unknown(arg)).into_error()),
            Err(what) => return Err(Snag::Trouble(format!("`{}` cannot work on {what}", function.name)).into_error()),
        }
    }
    charge(function.work(&values))?;
    // Contained here and not only around the whole call, so that the fault knows the function and its place.
    let called = catch_unwind(AssertUnwindSafe(|| {
        in_context(|call| {
            // Only a list by itself can be added up.
            if let [list] = args
                && let Some(item) = function.adds_up_from(&[list_kind(list)])
            {
                values.push(super::function::nothing(&item, call)?);
            }
            function.call(call, &values)
        })
    }));
    let Ok(result) = called else { return Err(Snag::Panic(function.name).into_error()) };
    match result.map_err(|problem| trouble(&problem))? {
        Fact::Known(value) => give(value),
        Fact::Missing => {
            note_absent(&Absent::default(), context.call_position());
            Ok(Dynamic::UNIT)
        }
        Fact::Unknown => Ok(Dynamic::from(Unknown(Absent { unknown: true, facts: Vec::new() }))),
    }
}

fn list_kind(arg: &Dynamic) -> Option<Kind> {
    let held = arg.read_lock::<Held>()?;
    match &held.value {
        Value::List(_) => held.item.clone().map(|item| Kind::List(Box::new(item))),
        _ => None,
    }
}

/// What we rely on, asked of the engine itself: another crate of the program may have switched features of Rhai on.
///
/// # Errors
/// One sentence about the first thing that is not as it must be.
pub(crate) fn self_test(engine: &Engine) -> Result<(), String> {
    let calendar = Arc::default();
    let run = |script: &str| {
        let _session = running::Session::begin(&super::context::CallContext::new(None, &calendar), &ScriptLimits::default());
        engine.eval::<Dynamic>(script).map(|given| to_fact(&given)).map_err(|error| *error)
    };
    let decimal =
        |text: &str| Decimal::parse(text).map(|number| Ok(Fact::Known(Value::Decimal(number)))).map_err(|e| e.to_string());
    if run("0.1 + 0.2").ok() != Some(decimal("0.3")?) {
        return Err("a number with a decimal point is not an exact decimal".to_owned());
    }
    if run("10 / 4").ok() != Some(decimal("2.5")?) {
        return Err("whole numbers do not divide exactly".to_owned());
    }
    if run("let x = 10; x /= 4; x").ok() != Some(decimal("2.5")?) {
        return Err("whole numbers do not divide exactly in place".to_owned());
    }
    if run("9223372036854775807 + 1").is_ok() {
        return Err("overflow is not an error".to_owned());
    }
    if run("\"12\" > 5").is_ok() || run("() == ()").is_ok() {
        return Err("comparing unlike things is not an error".to_owned());
    }
    match run("loop { }") {
        Err(EvalAltResult::ErrorTerminated(token, _)) if token.clone().try_cast() == Some(running::Ended::Operations) => Ok(()),
        _ => Err("the limit of operations does not hold".to_owned()),
    }
}
