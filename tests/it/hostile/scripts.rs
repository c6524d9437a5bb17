//! Scripts.

use super::{ends, extensions};

/// Loops of every kind: name and body of the function that the engine calls; other functions may follow.
const LOOPS: &[(&str, &str)] = &[
    ("loop", "loop { }"),
    ("while", "while true { }"),
    ("do while", "do { } while true; draft"),
    ("do until", "do { } until false; draft"),
    ("counting loop", "let n = 0; loop { n += 1; }"),
    ("for over a range", "for i in 0..9223372036854775807 { } draft"),
    ("for over an inclusive range", "for i in 0..=9223372036854775807 { } draft"),
    ("for in for", "for i in 0..1000000 { for j in 0..1000000 { } } draft"),
    ("loop in a closure", "[1].map(|x| { loop { } })"),
    ("loop in a sort", "let l = [2, 1]; l.sort_by(|x| { while true { } x })"),
    ("loop in a called function", "g() } fn g() { let n = 0; loop { n += 1; }"),
    ("loop of calls", "loop { g(1); } } fn g(x) { x"),
    ("continue for ever", "loop { continue; }"),
    ("count down for ever", "let n = 0; while n <= 0 { n -= 1; } draft"),
];

/// Deep recursion, when it is read and when it runs: name and body of the function that the engine calls; other functions may follow.
const RECURSION: &[(&str, &str)] = &[
    ("a function that calls itself", "fee(facts, draft, settings)"),
    ("two functions in turn", "g(1) } fn g(x) { h(x) } fn h(x) { g(x)"),
    ("recursion through closures", "[1].map(|x| g(x)) } fn g(x) { [x].map(|y| g(y))"),
    ("recursion in an argument", "g(1) } fn g(x) { g(g(x))"),
    ("recursion that fans out", "g(15) } fn g(n) { if n == 0 { 1 } else { g(n - 1) + g(n - 1) }"),
];

/// Texts, lists and maps that grow: name and body of the function that the engine calls; other functions may follow.
const GROWTH: &[(&str, &str)] = &[
    ("text doubled", "let s = \"a\"; loop { s += s; }"),
    ("text added to itself", "let s = \"a\"; loop { s = s + s; }"),
    ("text put into a text", "let s = \"a\"; loop { s = `${s}${s}`; }"),
    ("text replaced", "let s = \"aaaaaaaaaaaaaaaa\"; loop { s = s.replace(\"a\", s); }"),
    ("text joined", "let s = facts.input.text; [s, s].join(s)"),
    ("text split at every letter", "facts.input.text.split(\"x\").len()"),
    ("list doubled", "let l = [1]; loop { l += l; }"),
    ("list pushed", "let l = []; loop { l.push(1); }"),
    ("list pushed into itself", "let l = [1]; loop { l.push(l); }"),
    ("list of lists", "let l = [1]; loop { l = [l, l, l, l]; }"),
    ("lists that share a text", "let l = []; let s = facts.input.text; loop { l = [l, `${s}${s.len()}`]; }"),
    ("list of long texts", "let l = []; loop { l.push(`${facts.input.text}${l.len()}`); }"),
    ("map of maps", "let m = #{a: 1}; loop { m = #{a: m, b: m}; }"),
    ("map with new keys", "let m = #{}; let i = 0; loop { i += 1; m[`k${i}`] = i; }"),
    ("map with long keys", "let m = #{}; let i = 0; let s = facts.input.text; loop { i += 1; m[`${s}${i}`] = i; }"),
    (
        "map with longest keys",
        "let m = #{}; let s = facts.input.text.slice(0, 1350); for i in 0..9000 { m[`${s}${s}${s}${i}`] = 1; } draft",
    ),
    (
        "maps with long keys in a list",
        "let l = [#{}, #{}]; let s = facts.input.text; for i in 0..9000 { l[i % 2][`${s}${i}`] = 1; } draft",
    ),
    ("long texts under short keys", "let m = #{}; let s = facts.input.text; for i in 0..9000 { m[`${i}`] = `${s}${i}`; } draft"),
    (
        "long texts in a list by number",
        "let l = [1, 2, 3]; let s = facts.input.text; for i in 0..9000 { l[i % 3] = `${s}${i}`; } draft",
    ),
    ("a map put into itself", "let m = #{a: 1}; for i in 0..17 { m[`k${i}`] = m; } draft"),
    ("a list put into itself by number", "let l = [1, 2, 3, 4]; for i in 0..16 { l[i % 4] = l; } draft"),
    (
        "a list put into a map again and again",
        "let m = #{}; let l = facts.input.numbers.map(|x| x); for i in 0..9000 { m[`k${i}`] = l; } draft",
    ),
    (
        "a list of lists put into a map",
        "let m = #{}; let l = []; for i in 0..30 { l.push([1, 2, 3, 4]); } for i in 0..500 { m[`k${i}`] = l; } draft",
    ),
    ("a property put into itself", "let m = #{a: 1, b: 2}; for i in 0..16 { m.a = m; m.b = m; } draft"),
    (
        "lists put into a map until the end",
        "let m = #{}; let l = facts.input.numbers.map(|x| x); for i in 0..9000 { m[`k${i}`] = l; } draft",
    ),
    (
        "lists put into maps of many functions",
        "g(14, facts.input.numbers.map(|x| x)) } fn g(n, l) { let m = #{}; for i in 0..90 { m[`k${i}`] = l; } if n > 0 { g(n - 1, l); } m",
    ),
    ("long keys and long texts", "let m = #{}; let s = facts.input.text; for i in 0..9000 { m[`${s}${i}`] = `${s}${i}`; } draft"),
    ("lists made by a closure", "let l = facts.input.numbers.map(|x| x); map(l, |x| l)"),
    ("lists folded into a map", "let l = facts.input.numbers.map(|x| x); reduce(l, |m, x| { m[`k${x}`] = l; m }, #{})"),
    ("closures that hold long texts", "let l = [1]; let s = facts.input.text; for i in 0..9000 { l = l.map(|x| s); } draft"),
];

/// Natives that do more than their size tells: name and body of the function that the engine calls; other functions may follow.
const NATIVES: &[(&str, &str)] = &[
    ("sorting again and again", "let l = facts.input.numbers; loop { l = l.reverse().sort(); }"),
    ("a closure in a closure", "let l = facts.input.numbers; l.map(|x| l.map(|y| l.map(|z| x + y + z)))"),
    ("the sum of a long list again and again", "loop { sum(facts.input.numbers); }"),
    ("many instalments", "instalments(money(100), 1000000)"),
    ("business days again and again", "loop { business_days_after(date(\"2026-01-01\"), 99999); }"),
    ("a range as a list", "(0..1000000).map(|x| x)"),
    ("a range joined", "(0..1000000).join(\",\")"),
    ("the length of a range", "(0..9223372036854775807).len()"),
];

/// What belongs to the engine: name and body of the function that the engine calls; other functions may follow.
const ENGINE: &[(&str, &str)] = &[
    ("a host function of the same name", "draft } fn money(x) { 0"),
    ("a function of lists of the same name", "draft } fn len(x) { 0"),
    ("an operator of the same name", "draft } fn `+`(a, b) { 0"),
    ("a fact changed", "facts.input.n = 8; draft"),
    ("a list of facts changed", "facts.input.numbers.push(8); draft"),
    ("a setting changed", "settings.years = 9; draft"),
    ("an alias of the facts changed", "let f = facts; f.input.n = 9; draft"),
    ("prints in a loop", "loop { print(\"x\"); }"),
    ("debug", "debug(draft); draft"),
    ("a host function that panics", "burst()"),
    ("a host function that panics in a closure", "[1].map(|x| burst())"),
    ("eval", "eval(\"loop { }\")"),
    ("import", "import \"fs\" as fs; draft"),
    ("export", "export draft; draft"),
    ("a function pointer", "let f = Fn(\"money\"); f.call(1)"),
    ("a closure kept", "let f = |x| x; draft"),
    ("a closure given back", "#{amount: |x| x}"),
    ("currying", "let f = |x, y| x; f.curry(1)"),
    ("what the machine has", "sleep(10)"),
    ("the time of the machine", "timestamp()"),
    ("leaving the process", "exit(1)"),
    ("try", "try { loop { } } catch { } draft"),
    ("switch", "switch facts.input.n { 7 => draft, _ => draft }"),
    ("this", "this.amount = 1; draft"),
    ("a function on a type", "draft } fn string.burst() { 1"),
    ("statements outside of functions", "draft } loop { } fn g() { 1"),
];

/// Numbers: name and body of the function that the engine calls; other functions may follow.
const NUMBERS: &[(&str, &str)] = &[
    ("whole numbers overflow", "9223372036854775807 + 1"),
    ("whole numbers underflow", "-9223372036854775807 - 2"),
    ("whole numbers multiplied", "let x = 2; loop { x *= x; }"),
    ("decimals multiplied", "let x = 1.5; loop { x *= x; }"),
    ("money multiplied", "let x = money(1.01); loop { x *= 1000000; }"),
    ("division by zero", "draft.amount = draft.amount / 0; draft"),
    ("nothing by nothing", "0.0 / 0.0"),
    ("the rest of a division by zero", "5 % 0"),
    ("a power", "2 ** 1000000"),
    ("shifted bits", "1 << 64"),
    ("a number with too many digits", "let x = 0.1234567890123456789012345678901234567890; draft"),
    ("a binary number", "let x = 1e400; draft"),
    ("digits below zero", "round_half_even(1.5, -1)"),
    ("the last day", "date(\"9999-12-31\").add_days(1)"),
];

/// What it gives back: name and body of the function that the engine calls; other functions may follow.
const RETURNS: &[(&str, &str)] = &[
    ("nothing", ""),
    ("a number", "7"),
    ("a huge text as a number", "draft.amount = facts.input.text; draft"),
    ("a huge reason", "let s = facts.input.text; draft.because = `${s}${s}`; draft"),
    ("a list of everything", "#{amount: facts.input.numbers}"),
    ("outputs that are none", "for i in 0..400 { draft[`o${i}`] = i; } draft"),
    ("the facts", "facts"),
    ("the settings", "settings"),
    ("another currency", "draft.amount = money(5, \"EUR\"); draft"),
    ("an output taken away", "draft.amount = (); draft"),
    ("thrown text", "throw \"stop\""),
    ("thrown facts", "throw facts"),
];

/// How each ends.
fn ended(list: &[(&str, &str)]) -> String {
    let list: Vec<(&str, String)> =
        list.iter().map(|(name, body)| (*name, format!("fn fee(facts, draft, settings) {{ {body} }}"))).collect();
    let (shown, most) = ends("script: scripts/hostile.rhai", &list, &extensions());
    assert!(most > 10_000, "the measure measures: {most} bytes");
    shown
}

#[test]
fn loops_end_by_their_operations() {
    insta::assert_snapshot!(ended(LOOPS), @"
    loop: operation_limit at scripts/hostile.rhai:1:4: the script needs more operations than it may spend
    while: operation_limit at scripts/hostile.rhai:1:4: the script needs more operations than it may spend
    do while: operation_limit at scripts/hostile.rhai:1:4: the script needs more operations than it may spend
    do until: operation_limit at scripts/hostile.rhai:1:4: the script needs more operations than it may spend
    counting loop: operation_limit at scripts/hostile.rhai:1:54: the script needs more operations than it may spend
    for over a range: operation_limit at scripts/hostile.rhai:1:4: the script needs more operations than it may spend
    for over an inclusive range: operation_limit at scripts/hostile.rhai:1:4: the script needs more operations than it may spend
    for in for: operation_limit at scripts/hostile.rhai:1:4: the script needs more operations than it may spend
    loop in a closure: operation_limit at scripts/hostile.rhai:1:4: the script needs more operations than it may spend
    loop in a sort: operation_limit at scripts/hostile.rhai:1:4: the script needs more operations than it may spend
    loop in a called function: operation_limit at scripts/hostile.rhai:1:69: the script needs more operations than it may spend
    loop of calls: operation_limit at scripts/hostile.rhai:1:4: the script needs more operations than it may spend
    continue for ever: operation_limit at scripts/hostile.rhai:1:4: the script needs more operations than it may spend
    count down for ever: operation_limit at scripts/hostile.rhai:1:62: the script needs more operations than it may spend
    ");
}

#[test]
fn recursion_ends_at_the_limit_of_calls() {
    insta::assert_snapshot!(ended(RECURSION), @"
    a function that calls itself: size_limit at scripts/hostile.rhai:1:4: calls are nested too deeply
    two functions in turn: size_limit at scripts/hostile.rhai:1:4: calls are nested too deeply
    recursion through closures: size_limit at scripts/hostile.rhai:1:4: calls are nested too deeply
    recursion in an argument: size_limit at scripts/hostile.rhai:1:4: calls are nested too deeply
    recursion that fans out: operation_limit at scripts/hostile.rhai:1:57: the script needs more operations than it may spend
    ");
}

#[test]
fn what_grows_ends_at_its_size_or_by_its_operations() {
    insta::assert_snapshot!(ended(GROWTH), @"
    text doubled: size_limit at scripts/hostile.rhai:1:56: a text is longer than 4096 bytes
    text added to itself: size_limit at scripts/hostile.rhai:1:60: a text is longer than 4096 bytes
    text put into a text: size_limit at scripts/hostile.rhai:1:4: a text, list or map is too large
    text replaced: size_limit at scripts/hostile.rhai:1:75: a text is longer than 4096 bytes
    text joined: size_limit at scripts/hostile.rhai:1:4: a text, list or map is too large
    text split at every letter: size_limit at scripts/hostile.rhai:1:51: a list is longer than 1000 items
    list doubled: size_limit at scripts/hostile.rhai:1:56: a list is longer than 1000 items
    list pushed: operation_limit at scripts/hostile.rhai:1:55: the script needs more operations than it may spend
    list pushed into itself: size_limit at scripts/hostile.rhai:1:4: a text, list or map is too large
    list of lists: size_limit at scripts/hostile.rhai:1:4: a text, list or map is too large
    lists that share a text: size_limit at scripts/hostile.rhai:1:4: a text, list or map is too large
    list of long texts: size_limit at scripts/hostile.rhai:1:4: a text, list or map is too large
    map of maps: size_limit at scripts/hostile.rhai:1:4: a text, list or map is too large
    map with new keys: operation_limit at scripts/hostile.rhai:1:73: the script needs more operations than it may spend
    map with long keys: operation_limit at scripts/hostile.rhai:1:108: the script needs more operations than it may spend
    map with longest keys: operation_limit at scripts/hostile.rhai:1:116: the script needs more operations than it may spend
    maps with long keys in a list: operation_limit at scripts/hostile.rhai:1:111: the script needs more operations than it may spend
    long texts under short keys: operation_limit at scripts/hostile.rhai:1:97: the script needs more operations than it may spend
    long texts in a list by number: operation_limit at scripts/hostile.rhai:1:102: the script needs more operations than it may spend
    a map put into itself: size_limit at scripts/hostile.rhai:1:4: a text, list or map is too large
    a list put into itself by number: size_limit at scripts/hostile.rhai:1:4: a text, list or map is too large
    a list put into a map again and again: operation_limit at scripts/hostile.rhai:1:119: the script needs more operations than it may spend
    a list of lists put into a map: operation_limit at scripts/hostile.rhai:1:124: the script needs more operations than it may spend
    a property put into itself: size_limit at scripts/hostile.rhai:1:4: a text, list or map is too large
    lists put into a map until the end: operation_limit at scripts/hostile.rhai:1:119: the script needs more operations than it may spend
    lists put into maps of many functions: operation_limit at scripts/hostile.rhai:1:130: the script needs more operations than it may spend
    long keys and long texts: operation_limit at scripts/hostile.rhai:1:92: the script needs more operations than it may spend
    lists made by a closure: size_limit at scripts/hostile.rhai:1:74: the script holds more than 524288 bytes at once
    lists folded into a map: operation_limit at scripts/hostile.rhai:1:93: the script needs more operations than it may spend
    closures that hold long texts: operation_limit at scripts/hostile.rhai:1:98: the script needs more operations than it may spend
    ");
}

#[test]
fn natives_charge_for_what_they_do() {
    insta::assert_snapshot!(ended(NATIVES), @"
    sorting again and again: operation_limit at scripts/hostile.rhai:1:86: the script needs more operations than it may spend
    a closure in a closure: refused, R0407 at scripts/hostile.rhai:1:69: the closure reads `l`, which the list that it runs over belongs to
    the sum of a long list again and again: operation_limit at scripts/hostile.rhai:1:41: the script needs more operations than it may spend
    many instalments: value at scripts/hostile.rhai:1:34: a payment plan has between 1 and 120 instalments, not 1000000
    business days again and again: operation_limit at scripts/hostile.rhai:1:41: the script needs more operations than it may spend
    a range as a list: value at scripts/hostile.rhai:1:47: a range is not a list
    a range joined: value at scripts/hostile.rhai:1:47: a range is not a list
    the length of a range: value at scripts/hostile.rhai:1:59: a range is not a list
    ");
}

#[test]
fn what_belongs_to_the_engine_stays_with_it() {
    insta::assert_snapshot!(ended(ENGINE), @"
    a host function of the same name: refused, R0407 at scripts/hostile.rhai:1:45: there is already a function `money`
    a function of lists of the same name: refused, R0407 at scripts/hostile.rhai:1:45: there is already a function `len`
    an operator of the same name: refused, R0401 at scripts/hostile.rhai:1:48: `.` is missing after the type name for `this`
    a fact changed: refused, R0407 at scripts/hostile.rhai:1:34: a script cannot change the facts
    a list of facts changed: value at scripts/hostile.rhai:1:54: a list of facts cannot be changed; begin a list of your own with `[]`
    a setting changed: value at scripts/hostile.rhai:1:42: the settings cannot be changed; a script changes its draft, or variables of its own
    an alias of the facts changed: refused, R0407 at scripts/hostile.rhai:1:49: a script cannot change the facts
    prints in a loop: refused, R0407 at scripts/hostile.rhai:1:41: `print` is not available
    debug: refused, R0407 at scripts/hostile.rhai:1:34: `debug` is not available
    a host function that panics: panic at scripts/hostile.rhai:1:34: the function `burst` panicked; the panic was contained
    a host function that panics in a closure: panic at scripts/hostile.rhai:1:46: the function `burst` panicked; the panic was contained
    eval: refused, R0407 at scripts/hostile.rhai:1:34: `eval` is not available
    import: refused, R0407 at scripts/hostile.rhai:1:34: `import` is not available
    export: refused, R0407 at scripts/hostile.rhai:1:34: `export` is not available
    a function pointer: refused, R0407 at scripts/hostile.rhai:1:42: `Fn` is not available
    a closure kept: refused, R0407 at scripts/hostile.rhai:1:42: a closure can only be an argument of a function of lists
    a closure given back: refused, R0407 at scripts/hostile.rhai:1:44: a closure can only be an argument of a function of lists
    currying: refused, R0401 at scripts/hostile.rhai:1:54: expecting name of a property
    what the machine has: refused, R0402 at scripts/hostile.rhai:1:34: there is no function `sleep`
    the time of the machine: refused, R0402 at scripts/hostile.rhai:1:34: there is no function `timestamp`
    leaving the process: refused, R0402 at scripts/hostile.rhai:1:34: there is no function `exit`
    try: refused, R0407 at scripts/hostile.rhai:1:34: `try` is not available: an error would be taken for an answer
    switch: refused, R0407 at scripts/hostile.rhai:1:34: `switch` is not available: names of facts would silently take its default branch
    this: refused, R0407 at scripts/hostile.rhai:1:34: `this` is not available
    a function on a type: refused, R0407 at scripts/hostile.rhai:1:1: `burst` is defined on a type, which scripts cannot
    statements outside of functions: refused, R0407 at scripts/hostile.rhai:1:42: a script holds functions and nothing else
    ");
}

#[test]
fn numbers_end_in_faults_and_never_in_wrong_ones() {
    insta::assert_snapshot!(ended(NUMBERS), @"
    whole numbers overflow: value at scripts/hostile.rhai:1:54: the result has more digits than a number can hold
    whole numbers underflow: value at scripts/hostile.rhai:1:55: the result has more digits than a number can hold
    whole numbers multiplied: value at scripts/hostile.rhai:1:54: the result has more digits than a number can hold
    decimals multiplied: value at scripts/hostile.rhai:1:56: the result has more digits than a number can hold
    money multiplied: value at scripts/hostile.rhai:1:64: the result has more digits than a number can hold
    division by zero: value at scripts/hostile.rhai:1:62: division by zero
    nothing by nothing: value at scripts/hostile.rhai:1:38: division by zero
    the rest of a division by zero: value at scripts/hostile.rhai:1:36: division by zero
    a power: refused, R0407 at scripts/hostile.rhai:1:36: `**` is not an operator here
    shifted bits: refused, R0407 at scripts/hostile.rhai:1:36: `<<` is not an operator here
    a number with too many digits: refused, R0401 at scripts/hostile.rhai:1:42: `0.1234567890123456789012345678901234567890` is not a number that can be kept exactly
    a binary number: refused, R0401 at scripts/hostile.rhai:1:42: `1e400` is not a number that can be kept exactly
    digits below zero: value at scripts/hostile.rhai:1:34: the digits to round to are a whole number from 0 to 28
    the last day: value at scripts/hostile.rhai:1:53: the result has more digits than a number can hold
    ");
}

#[test]
fn what_comes_back_is_checked() {
    insta::assert_snapshot!(ended(RETURNS), @r#"
    nothing: wrong_return at scripts/hostile.rhai:1:4: the script returned nothing, not a draft; a draft is a map: `#{amount: ..., because: "..."}`
    a number: wrong_return at scripts/hostile.rhai:1:4: the script returned a whole number, not a draft; a draft is a map: `#{amount: ..., because: "..."}`
    a huge text as a number: wrong_return at bundle.yaml:10:6: `amount`: an amount of money is wanted, not text
    a huge reason: size_limit at scripts/hostile.rhai:1:4: a text, list or map is too large
    a list of everything: wrong_return at bundle.yaml:10:6: `amount`: an amount of money is wanted, not a list (a whole number each)
    outputs that are none: wrong_return at bundle.yaml:10:6: it returned `o0`, which is not an output (amount, note)
    the facts: refused, R0407 at scripts/hostile.rhai:1:34: the facts can only be read by their fields, as in `facts.customer.tier`
    the settings: wrong_return at scripts/hostile.rhai:1:4: the script returned its settings, not a draft; a draft is a map: `#{amount: ..., because: "..."}`
    another currency: currency at bundle.yaml:10:6: `amount`: an amount in EUR for a case in USD; money never changes currency silently
    an output taken away: wrong_return at bundle.yaml:10:6: it returned nothing for `amount`, which may not be left out
    thrown text: value at scripts/hostile.rhai:1:34: stop
    thrown facts: refused, R0407 at scripts/hostile.rhai:1:40: the facts can only be read by their fields, as in `facts.customer.tier`
    "#);
}

#[test]
fn what_is_too_deep_or_too_long_is_not_loaded() {
    let deep = |open: &str, close: &str, times: usize| format!("{}1{}", open.repeat(times), close.repeat(times));
    let bodies = [
        ("nested brackets", deep("(", ")", 5_000)),
        ("nested lists", deep("[", "]", 5_000)),
        ("nested maps", deep("#{a: ", "}", 5_000)),
        ("nested blocks", deep("{ ", " }", 5_000)),
        ("nested ifs", deep("if true { ", " } else { 2 }", 1_000)),
        ("nested loops", deep("loop { ", " }", 1_000)),
        ("nested closures", deep("[1].map(|x| ", ")", 1_000)),
        ("nested texts", deep("`${", "}`", 1_000)),
        ("nested indexes", deep("settings[", "]", 1_000)),
        ("signs", deep("- ", "", 5_000)),
        ("a long chain", format!("1{}", " + 1".repeat(5_000))),
        ("a long chain of calls", format!("[1]{}", ".reverse()".repeat(5_000))),
        ("a long text", format!("\"{}\"", "x".repeat(9_000))),
        ("a long list", format!("[{}]", "1, ".repeat(9_000))),
        ("many statements", "1 + 1; ".repeat(8_000)),
        ("many variables", (0..2_000).map(|n| format!("let v{n} = {n}; ")).collect()),
        (
            "many functions",
            format!("1 }} {} fn last() {{ 1", (0..200).map(|n| format!("fn g{n}() {{ {n} }} ")).collect::<String>()),
        ),
        ("many lines", "\n".repeat(3_000)),
        ("many bytes", format!("/*{}*/", "x".repeat(70_000))),
        ("no text", "\u{0}\u{1}<?xml?>".to_owned()),
    ];
    let list: Vec<(&str, String)> =
        bodies.into_iter().map(|(name, body)| (name, format!("fn fee(facts, draft, settings) {{ {body} }}"))).collect();
    let (shown, _) = ends("script: scripts/hostile.rhai", &list, &extensions());
    insta::assert_snapshot!(shown, @r"
    nested brackets: refused, R0409 at scripts/hostile.rhai:1:48: an expression is nested too deeply
    nested lists: refused, R0409 at scripts/hostile.rhai:1:43: an expression is nested too deeply
    nested maps: refused, R0409 at scripts/hostile.rhai:1:79: an expression is nested too deeply
    nested blocks: refused, R0409 at scripts/hostile.rhai:1:64: an expression is nested too deeply
    nested ifs: refused, R0409 at scripts/hostile.rhai:1:134: an expression is nested too deeply
    nested loops: refused, R0409 at scripts/hostile.rhai:1:104: an expression is nested too deeply
    nested closures: refused, R0409 at scripts/hostile.rhai:1:94: an expression is nested too deeply
    nested texts: refused, R0409 at scripts/hostile.rhai:1:55: an expression is nested too deeply
    nested indexes: refused, R0409 at scripts/hostile.rhai:1:123: an expression is nested too deeply
    signs: refused, R0409 at scripts/hostile.rhai:1:90: an expression is nested too deeply
    a long chain: refused, R0409 at scripts/hostile.rhai:1:144: an expression is nested too deeply
    a long chain of calls: refused, R0409 at scripts/hostile.rhai:1:317: an expression is nested too deeply
    a long text: refused, R0409 at scripts/hostile.rhai:1:34: a literal is too large
    a long list: refused, R0409 at scripts/hostile.rhai:1:3035: a literal is too large
    many statements: refused, R0409 at scripts/hostile.rhai:1:1: the script has more than 20000 parts
    many variables: size_limit at scripts/hostile.rhai:1:4: there are too many variables
    many functions: refused, R0409 at scripts/hostile.rhai:1:2104: the script has too many functions
    many lines: refused, R0409 at scripts/hostile.rhai:1:1: a script has at most 65536 bytes and 2000 lines
    many bytes: refused, R0409 at scripts/hostile.rhai:1:1: a script has at most 65536 bytes and 2000 lines
    no text: refused, R0401 at scripts/hostile.rhai:1:34: unexpected `\u{0}`
    ");
}
