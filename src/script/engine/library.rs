//! Functions that only scripts have: lists with closures, texts, maps. Each checks sizes before it builds anything, and charges
//! operations by size. A closure's errors are never swallowed, and a condition that is not true or false is an error.

use super::held::{Held, describe, give, room_for_items, room_for_text, size, to_dynamic, to_value, trouble};
use super::holding::{room_for, weight};
use super::operators::broken;
use super::running::{Snag, charge, limits};
use super::view::items;
use crate::value::{Value, arithmetic};
use rhai::{Array, Dynamic, Engine, EvalAltResult, FnPtr, Map, NativeCallContext};
use std::any::TypeId;
use std::cmp::Ordering;

type Given = Result<Dynamic, Box<EvalAltResult>>;
type Native = fn(&NativeCallContext<'_>, &mut [&mut Dynamic]) -> Given;

/// A function that only scripts have.
#[derive(Clone, Copy)]
pub struct LibraryFunction {
    /// Its name.
    pub name: &'static str,
    /// Its parameters, as shown; it is also called as a method of the first: `list.map(|x| ...)`.
    pub parameters: &'static str,
    /// What it does, in one sentence.
    pub about: &'static str,
    /// A call, as written in a script.
    pub example: &'static str,
    /// What the example gives, as printed.
    pub example_result: &'static str,
    pub(crate) arity: usize,
    pub(crate) takes_closure: bool,
    native: Native,
}

macro_rules! library {
    ($($name:ident/$arity:literal $parameters:literal $(with $closure:literal)? : $about:literal, $example:literal => $result:literal;)+) => {
        /// All of them.
        pub(crate) const LIBRARY: &[LibraryFunction] = &[$(LibraryFunction {
            name: stringify!($name),
            parameters: $parameters,
            about: $about,
            example: $example,
            example_result: $result,
            arity: $arity,
            takes_closure: false $(|| $closure)?,
            native: $name,
        },)+];
    };
}

library! {
    len/1 "of": "How many items a list or a map has, or characters a text.", "[1, 2].len()" => "2";
    is_empty/1 "of": "Has it no items or characters?", "[].is_empty()" => "true";
    push/2 "list, x": "Adds an item at the end of a list of the script's own.", "let list = [1]; list.push(2); list" => "[1, 2]";
    pop/1 "list": "Takes the last item from a list of the script's own.", "let list = [1, 2]; list.pop()" => "2";
    map/2 "list, closure" with true: "The list of what the closure gives for each item.", "[1, 2].map(|x| x * 10)" => "[10, 20]";
    filter/2 "list, closure" with true: "The items for which the closure gives true.", "[1, 2, 3].filter(|x| x > 1)" => "[2, 3]";
    reduce/3 "list, closure, from" with true: "Folds the items into one value, beginning with `from`.", "[1, 2, 3].reduce(|all, x| all + x, 0)" => "6";
    some/2 "list, closure" with true: "Does the closure give true for at least one item?", "[1, 2].some(|x| x > 1)" => "true";
    all/2 "list, closure" with true: "Does the closure give true for every item?", "[1, 2].all(|x| x > 1)" => "false";
    sort/1 "list": "The items from the least to the most.", "[3, 1, 2].sort()" => "[1, 2, 3]";
    sort_by/2 "list, closure" with true: "The items from the least to the most of what the closure gives.", "[1, 2, 3].sort_by(|x| -x)" => "[3, 2, 1]";
    reverse/1 "list": "The items in the opposite order.", "[1, 2].reverse()" => "[2, 1]";
    slice/3 "of, start, count": "So many items of a list, or characters of a text, from a position on.", "\"D-1001\".slice(2, 4)" => "1001";
    join/2 "list, between": "One text of all items.", "[1, 2].join(\", \")" => "1, 2";
    split/2 "text, part": "The list of texts between the parts.", "\"a,b\".split(\",\")" => "[a, b]";
    replace/3 "text, old, new": "The text with every `old` replaced.", "\"a-b\".replace(\"-\", \"+\")" => "a+b";
    to_upper/1 "text": "In capital letters.", "\"ab\".to_upper()" => "AB";
    to_lower/1 "text": "In small letters.", "\"AB\".to_lower()" => "ab";
    trim/1 "text": "Without white space at both ends.", "\" a \".trim()" => "a";
    starts_with/2 "text, part": "Does the text begin with the part?", "\"INV-7\".starts_with(\"INV\")" => "true";
    ends_with/2 "text, part": "Does the text end with the part?", "\"INV-7\".ends_with(\"8\")" => "false";
    keys/1 "map": "The names in a map, in order.", "#{b: 1, a: 2}.keys()" => "[a, b]";
    values/1 "map": "The values in a map, in the order of their names.", "#{b: 1, a: 2}.values()" => "[2, 1]";
}

pub(super) fn register(engine: &mut Engine) {
    for function in LIBRARY {
        let types = vec![TypeId::of::<Dynamic>(); function.arity];
        let native = function.native;
        engine.register_raw_fn(function.name, types, move |context: NativeCallContext<'_>, args: &mut [&mut Dynamic]| {
            charge(args.first().map_or(0, |first| size(first)))?;
            native(&context, args)
        });
    }
}

fn wrong(message: String) -> Box<EvalAltResult> {
    Snag::Trouble(message).into_error()
}

fn text_of(dynamic: &Dynamic) -> Result<String, Box<EvalAltResult>> {
    match to_value(dynamic)? {
        value @ (Value::Text(_) | Value::Enum(_) | Value::Place(_)) => Ok(value.to_string()),
        other => Err(wrong(format!("a text is wanted here, not {}", other.kind()))),
    }
}

fn count_of(dynamic: &Dynamic) -> Result<usize, Box<EvalAltResult>> {
    let value = to_value(dynamic)?;
    crate::script::parameter::whole(&value)
        .and_then(|number| usize::try_from(number).ok())
        .ok_or_else(|| wrong(format!("a whole number from zero on is wanted here, not {value}")))
}

fn closure(dynamic: &Dynamic) -> Result<FnPtr, Box<EvalAltResult>> {
    dynamic.clone().flatten().try_cast::<FnPtr>().ok_or_else(|| wrong("a closure is wanted here, such as `|x| x > 1`".to_owned()))
}

fn holds(context: &NativeCallContext<'_>, test: &FnPtr, item: Dynamic) -> Result<bool, Box<EvalAltResult>> {
    let given = test.call_raw(context, None, [item])?;
    match to_value(&given)? {
        Value::Boolean(holds) => Ok(holds),
        other => Err(wrong(format!("the closure gives {}, not true or false", other.kind()))),
    }
}

fn gather(items: Vec<Dynamic>) -> Given {
    room_for_items(items.len())?;
    Ok(Dynamic::from_array(items))
}

fn len(_: &NativeCallContext<'_>, args: &mut [&mut Dynamic]) -> Given {
    let [of] = args else { return Err(broken()) };
    let count = if let Ok(text) = of.as_immutable_string_ref() {
        text.chars().count()
    } else if let Some(map) = of.read_lock::<Map>() {
        map.len()
    } else if let Some(items) = of.read_lock::<Array>() {
        items.len()
    } else {
        items(of)?.len()
    };
    Ok(Dynamic::from_int(i64::try_from(count).unwrap_or(i64::MAX)))
}

fn is_empty(context: &NativeCallContext<'_>, args: &mut [&mut Dynamic]) -> Given {
    len(context, args).map(|count| Dynamic::from_bool(count.as_int() == Ok(0)))
}

fn own_list<T>(
    list: &mut Dynamic,
    act: impl FnOnce(&mut Array) -> Result<T, Box<EvalAltResult>>,
) -> Result<T, Box<EvalAltResult>> {
    if let Some(mut items) = list.write_lock::<Array>() {
        return act(&mut items);
    }
    Err(match describe(list) {
        "a value" => wrong("a list of facts cannot be changed; begin a list of your own with `[]`".to_owned()),
        what => wrong(format!("{what} is not a list")),
    })
}

fn push(_: &NativeCallContext<'_>, args: &mut [&mut Dynamic]) -> Given {
    let [list, item] = args else { return Err(broken()) };
    let item = std::mem::take(*item).flatten();
    own_list(list, |items| {
        room_for_items(items.len() + 1)?;
        items.push(item);
        Ok(Dynamic::UNIT)
    })
}

fn pop(_: &NativeCallContext<'_>, args: &mut [&mut Dynamic]) -> Given {
    let [list] = args else { return Err(broken()) };
    own_list(list, |items| items.pop().ok_or_else(|| wrong("the list is empty".to_owned())))
}

fn map(context: &NativeCallContext<'_>, args: &mut [&mut Dynamic]) -> Given {
    let [list, f] = args else { return Err(broken()) };
    let f = closure(f)?;
    let (mut given, mut bytes) = (Vec::new(), 0);
    for item in items(list)? {
        let next = f.call_raw(context, None, [item])?.flatten();
        // Each may be as large as a list may be, and there may be as many of them.
        bytes += weight(&next);
        room_for(bytes)?;
        given.push(next);
    }
    gather(given)
}

fn filter(context: &NativeCallContext<'_>, args: &mut [&mut Dynamic]) -> Given {
    let [list, f] = args else { return Err(broken()) };
    let f = closure(f)?;
    let mut kept = Vec::new();
    for item in items(list)? {
        if holds(context, &f, item.clone())? {
            kept.push(item);
        }
    }
    // A list of facts stays one, so that an empty one still knows what it is a list of.
    if let Some(held) = list.read_lock::<Held>() {
        let values: Result<Vec<Value>, _> = kept.iter().map(to_value).collect();
        return Ok(Dynamic::from(Held { value: Value::list(values?), ..held.clone() }));
    }
    gather(kept)
}

fn reduce(context: &NativeCallContext<'_>, args: &mut [&mut Dynamic]) -> Given {
    let [list, f, from] = args else { return Err(broken()) };
    let f = closure(f)?;
    let mut all = std::mem::take(*from).flatten();
    for item in items(list)? {
        all = f.call_raw(context, None, [all, item])?.flatten();
    }
    Ok(all)
}

fn some(context: &NativeCallContext<'_>, args: &mut [&mut Dynamic]) -> Given {
    let [list, f] = args else { return Err(broken()) };
    let f = closure(f)?;
    for item in items(list)? {
        if holds(context, &f, item)? {
            return Ok(Dynamic::TRUE);
        }
    }
    Ok(Dynamic::FALSE)
}

fn all(context: &NativeCallContext<'_>, args: &mut [&mut Dynamic]) -> Given {
    let [list, f] = args else { return Err(broken()) };
    let f = closure(f)?;
    for item in items(list)? {
        if !holds(context, &f, item)? {
            return Ok(Dynamic::FALSE);
        }
    }
    Ok(Dynamic::TRUE)
}

/// Sorts by keys that have been computed before; the first pair without an order is the error.
fn ordered(keyed: Vec<(Value, Dynamic)>) -> Result<Vec<Dynamic>, Box<EvalAltResult>> {
    charge(keyed.len() * 64)?;
    let mut keyed = keyed;
    let mut problem = None;
    keyed.sort_by(|(a, _), (b, _)| match arithmetic::compare(a, b) {
        Ok(order) => order,
        Err(found) => {
            problem.get_or_insert(found);
            Ordering::Equal
        }
    });
    match problem {
        Some(found) => Err(trouble(&found)),
        None => Ok(keyed.into_iter().map(|(_, item)| item).collect()),
    }
}

fn sort(_: &NativeCallContext<'_>, args: &mut [&mut Dynamic]) -> Given {
    let [list] = args else { return Err(broken()) };
    let mut keyed = Vec::new();
    for item in items(list)? {
        keyed.push((to_value(&item)?, item));
    }
    ordered(keyed).and_then(gather)
}

fn sort_by(context: &NativeCallContext<'_>, args: &mut [&mut Dynamic]) -> Given {
    let [list, f] = args else { return Err(broken()) };
    let f = closure(f)?;
    let mut keyed = Vec::new();
    for item in items(list)? {
        let key = f.call_raw(context, None, [item.clone()])?;
        keyed.push((to_value(&key)?, item));
    }
    ordered(keyed).and_then(gather)
}

fn reverse(_: &NativeCallContext<'_>, args: &mut [&mut Dynamic]) -> Given {
    let [list] = args else { return Err(broken()) };
    let mut turned = items(list)?;
    turned.reverse();
    gather(turned)
}

fn slice(_: &NativeCallContext<'_>, args: &mut [&mut Dynamic]) -> Given {
    let [of, start, count] = args else { return Err(broken()) };
    let (start, count) = (count_of(start)?, count_of(count)?);
    let text = of.as_immutable_string_ref().ok().map(|text| text.chars().skip(start).take(count).collect::<String>());
    match text {
        Some(text) => give(Value::text(text)),
        None => gather(items(of)?.into_iter().skip(start).take(count).collect()),
    }
}

fn join(_: &NativeCallContext<'_>, args: &mut [&mut Dynamic]) -> Given {
    let [list, between] = args else { return Err(broken()) };
    let between = text_of(between)?;
    let mut text = String::new();
    for (at, item) in items(list)?.iter().enumerate() {
        if at > 0 {
            text.push_str(&between);
        }
        text.push_str(&to_value(item)?.to_string());
        room_for_text(text.len())?;
    }
    give(Value::text(text))
}

fn split(_: &NativeCallContext<'_>, args: &mut [&mut Dynamic]) -> Given {
    let [text, part] = args else { return Err(broken()) };
    let (text, part) = (text_of(text)?, text_of(part)?);
    if part.is_empty() {
        return Err(wrong("a text cannot be split at nothing".to_owned()));
    }
    gather(text.split(&part).take(limits().list_items.saturating_add(1)).map(|piece| to_dynamic(Value::text(piece))).collect())
}

fn replace(_: &NativeCallContext<'_>, args: &mut [&mut Dynamic]) -> Given {
    let [text, old, new] = args else { return Err(broken()) };
    let (text, old, new) = (text_of(text)?, text_of(old)?, text_of(new)?);
    if old.is_empty() {
        return Err(wrong("nothing cannot be replaced".to_owned()));
    }
    // Checked before it is built: one call could otherwise multiply two texts.
    let found = text.matches(&old).count();
    let bytes = text.len() - found * old.len() + found.saturating_mul(new.len());
    room_for_text(bytes)?;
    give(Value::text(text.replace(&old, &new)))
}

fn to_upper(_: &NativeCallContext<'_>, args: &mut [&mut Dynamic]) -> Given {
    let [text] = args else { return Err(broken()) };
    give(Value::text(text_of(text)?.to_uppercase()))
}

fn to_lower(_: &NativeCallContext<'_>, args: &mut [&mut Dynamic]) -> Given {
    let [text] = args else { return Err(broken()) };
    give(Value::text(text_of(text)?.to_lowercase()))
}

fn trim(_: &NativeCallContext<'_>, args: &mut [&mut Dynamic]) -> Given {
    let [text] = args else { return Err(broken()) };
    give(Value::text(text_of(text)?.trim()))
}

fn starts_with(_: &NativeCallContext<'_>, args: &mut [&mut Dynamic]) -> Given {
    let [text, part] = args else { return Err(broken()) };
    Ok(Dynamic::from_bool(text_of(text)?.starts_with(&text_of(part)?)))
}

fn ends_with(_: &NativeCallContext<'_>, args: &mut [&mut Dynamic]) -> Given {
    let [text, part] = args else { return Err(broken()) };
    Ok(Dynamic::from_bool(text_of(text)?.ends_with(&text_of(part)?)))
}

fn own_map(dynamic: &Dynamic, list: fn(&Map) -> Vec<Dynamic>) -> Given {
    match dynamic.read_lock::<Map>() {
        Some(map) => gather(list(&map)),
        None => Err(wrong(format!("{} is not a map", describe(dynamic)))),
    }
}

fn keys(_: &NativeCallContext<'_>, args: &mut [&mut Dynamic]) -> Given {
    let [map] = args else { return Err(broken()) };
    own_map(map, |map| map.keys().map(|key| to_dynamic(Value::text(key.as_str()))).collect())
}

fn values(_: &NativeCallContext<'_>, args: &mut [&mut Dynamic]) -> Given {
    let [map] = args else { return Err(broken()) };
    own_map(map, |map| map.values().cloned().collect())
}
