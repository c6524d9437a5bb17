//! A bundle with other values of its parameters: written into its text, so that they are checked as its own are.
//!
//! A pack can set a parameter of the bundle anew where it applies, or have parameters of its own. `goodwill.cap` is meant wherever it is set,
//! in the bundle and in every pack, so that the value that is tried is the value that decides; `eu/goodwill.cap` is that of the pack `eu`
//! alone, `bundle/goodwill.cap` that of the bundle alone.

use super::grid::{Assigned, Setting};
use crate::bundle::{BundleFiles, ParamDoc, ParamValue, params_of};
use crate::text::nearest::did_you_mean;
use crate::text::{Diagnostics, Node, Source, Span, yaml};
use crate::value::{Date, Decimal, Kind, Money, Value};
use std::collections::BTreeMap;
use thiserror::Error;

/// Why a bundle cannot be given a value.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum SettingError {
    /// There is no such parameter.
    #[error("there is no parameter `{param}`")]
    Unknown {
        /// What was named.
        param: String,
        /// Which one may be meant, or where they stand.
        help: String,
    },
    /// The value is of another kind.
    #[error("`{param}` is {kind}, and `{value}` is none")]
    Value {
        /// The parameter.
        param: String,
        /// What it is.
        kind: String,
        /// What was given.
        value: String,
        /// What it says today.
        today: String,
    },
    /// What is a list cannot be swept.
    #[error("`{param}` is a list, and a sweep tries single values")]
    List {
        /// The parameter.
        param: String,
    },
    /// The bundle itself cannot be read.
    #[error("`bundle.yaml` cannot be read")]
    Unreadable(Diagnostics),
}

/// A file that sets parameters: that of the bundle, or that of a pack.
struct Home<'f> {
    /// `bundle`, or the name of the pack.
    name: &'f str,
    path: String,
    source: &'f Source,
    tree: Node,
    params: Vec<ParamDoc>,
}

/// How the parameters of the bundle itself are named apart from those of its packs.
const OWN: &str = "bundle";

/// The files of a bundle in which parameters have other values. One that changes over time has the value on every day, one that packs set anew
/// has it there too.
///
/// # Errors
/// A parameter that there is none of, or a value of another kind. What the policy says of the value is found when it is loaded.
pub fn with_setting(files: &BundleFiles, setting: &Setting) -> Result<BundleFiles, SettingError> {
    let homes = homes(files)?;
    let mut edits: BTreeMap<&str, Vec<(Span, String)>> = BTreeMap::new();
    for assigned in setting.assigned() {
        let mut is_known = false;
        for (home, doc) in meant(&homes, &assigned.param) {
            let Some(node) = node_of(&home.tree, &doc.path) else { continue };
            is_known = true;
            let value = written(doc, assigned, home.source.slice(node.span))?;
            edits.entry(&home.path).or_default().push((node.span, value));
        }
        if !is_known {
            return Err(unknown(&assigned.param, &homes));
        }
    }
    let mut changed = files.clone();
    for home in &homes {
        let Some(mut edits) = edits.remove(home.path.as_str()) else { continue };
        edits.sort_by_key(|(span, _)| std::cmp::Reverse(span.start));
        let mut text = home.source.text().to_owned();
        for (span, value) in edits {
            text.replace_range(span.start..span.end, &value);
        }
        changed.insert(&home.path, text);
    }
    Ok(changed)
}

/// The packs that set a parameter, where it is not named with a pack: they get the value as well.
///
/// # Errors
/// A bundle that cannot be read.
pub fn packs_that_set<'f>(files: &'f BundleFiles, param: &str) -> Result<Vec<&'f str>, SettingError> {
    let homes = homes(files)?;
    let found = meant(&homes, param).map(|(home, _)| home.name).filter(|name| *name != OWN && !param.contains('/'));
    Ok(found.collect())
}

fn homes(files: &BundleFiles) -> Result<Vec<Home<'_>>, SettingError> {
    let mut homes = Vec::new();
    for (path, source) in files.iter() {
        let name = match path.strip_prefix("packs/").and_then(|rest| rest.strip_suffix("/bundle.yaml")) {
            Some(pack) if !pack.contains('/') => pack,
            _ if path == "bundle.yaml" => OWN,
            _ => continue,
        };
        let mut found = Diagnostics::new();
        let Some(tree) = yaml::parse(source, &mut found) else { return Err(SettingError::Unreadable(found)) };
        let params = params_of(&tree, source);
        homes.push(Home { name, path: path.to_owned(), source, tree, params });
    }
    if !homes.iter().any(|home| home.name == OWN) {
        return Err(SettingError::Unreadable(Diagnostics::new()));
    }
    // The bundle's own values come first in what is told.
    homes.sort_by_key(|home| home.name != OWN);
    Ok(homes)
}

/// Where a parameter that somebody names is set.
fn meant<'h, 'f>(homes: &'h [Home<'f>], param: &'h str) -> impl Iterator<Item = (&'h Home<'f>, &'h ParamDoc)> {
    let (only, path) = param.split_once('/').map_or((None, param), |(home, path)| (Some(home), path));
    homes
        .iter()
        .filter(move |home| only.is_none_or(|only| only == home.name))
        .filter_map(move |home| Some((home, home.params.iter().find(|doc| doc.path.join(".") == path)?)))
}

fn unknown(param: &str, homes: &[Home<'_>]) -> SettingError {
    let (only, path) = param.split_once('/').map_or((None, param), |(home, path)| (Some(home), path));
    let known = || homes.iter().map(|home| home.name);
    if let Some(only) = only.filter(|only| !known().any(|name| name == *only)) {
        let packs: Vec<String> = known().map(|name| format!("`{name}`")).collect();
        let help = format!("`{only}` is no pack: there are {}", packs.join(", "));
        return SettingError::Unknown { param: param.to_owned(), help };
    }
    let of_home = homes.iter().filter(|home| only.is_none_or(|only| only == home.name));
    let mut names: Vec<String> = Vec::new();
    for name in of_home.flat_map(|home| home.params.iter().map(|doc| doc.path.join("."))) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let below = |name: &&String| name.strip_prefix(path).is_some_and(|rest| rest.starts_with('.'));
    let help = match names.iter().filter(below).map(|name| format!("`{name}`")).take(4).collect::<Vec<_>>() {
        inside if !inside.is_empty() => format!("it is a group: {} are in it", inside.join(", ")),
        _ => did_you_mean(path, names.iter().map(String::as_str))
            .unwrap_or_else(|| "the parameters stand below `params:` in `bundle.yaml`, of the bundle or of a pack".to_owned()),
    };
    SettingError::Unknown { param: param.to_owned(), help }
}

/// The value of a parameter in the text.
fn node_of<'t>(tree: &'t Node, path: &[String]) -> Option<&'t Node> {
    path.iter().try_fold(tree.get("params")?, |node, name| node.get(name))
}

/// A value as the text of the bundle has it: an amount without a currency is in that of the others.
fn written(doc: &ParamDoc, assigned: &Assigned, today: &str) -> Result<String, SettingError> {
    let value = assigned.value.as_str();
    let number = Decimal::parse(value).ok();
    let text = match &doc.kind {
        Kind::List(_) => return Err(SettingError::List { param: assigned.param.clone() }),
        Kind::Money => match number {
            Some(_) => Some(format!("{value} {}", unit(doc))),
            None => is_money(value).then(|| value.to_owned()),
        },
        Kind::Decimal => {
            number.map(|number| if number.is_whole() && !value.contains('.') { format!("{value}.0") } else { value.to_owned() })
        }
        Kind::Integer => number.filter(|number| number.is_whole() && !value.contains('.')).map(|_| value.to_owned()),
        Kind::Boolean => ["true", "false"].contains(&value).then(|| value.to_owned()),
        Kind::Date => Date::parse(value).is_ok().then(|| value.to_owned()),
        // A text that would be read as something else is quoted, as every other.
        _ => Some(format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""))),
    };
    text.ok_or_else(|| SettingError::Value {
        param: assigned.param.clone(),
        kind: doc.kind.to_string(),
        value: value.to_owned(),
        today: today.lines().next().unwrap_or_default().trim().to_owned(),
    })
}

/// `case`, or the currency that all of its values have.
fn unit(doc: &ParamDoc) -> String {
    let plain = doc.periods.first().and_then(|period| match &period.value {
        ParamValue::Plain(Value::Money(money)) => Some(money.currency().code().to_owned()),
        ParamValue::Plain(_) | ParamValue::CaseMoney(_) | ParamValue::ByCurrency(_) => None,
    });
    plain.unwrap_or_else(|| "case".to_owned())
}

fn is_money(value: &str) -> bool {
    let of_case = value.strip_suffix(" case").is_some_and(|amount| Decimal::parse(amount.trim()).is_ok());
    of_case || Money::parse(value).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::backtest::sweep::grid::{Swept, grid};

    const BUNDLE: &str = "bundle: small
version: 1.0
owner: care
currency: case
params:
  goodwill:
    cap: 250.00 case               # for one case
    fixed: 20.00 EUR
    by_money: {USD: 10.00, EUR: 9.00}
    factor: 1.5
    count: 3
    on: true
    over_time:
      - {until: 2025-12-31, value: 10.00 case}
      - {from: 2026-01-01, value: 20.00 case}
  names: {contact: \"a@b.example\", list: [1, 2]}
";

    fn with(swept: &str) -> String {
        let mut files = BundleFiles::new();
        files.insert("bundle.yaml", BUNDLE);
        let settings = grid(&[Swept::parse(swept).unwrap()]).unwrap();
        match with_setting(&files, settings.first().unwrap()) {
            Ok(changed) => {
                let text = changed.get("bundle.yaml").unwrap().text().to_owned();
                let differs = |line: &&str| !BUNDLE.lines().any(|before| before == *line);
                text.lines().filter(differs).map(str::trim_start).collect::<Vec<_>>().join(" / ")
            }
            Err(error @ SettingError::Unknown { .. }) => {
                let SettingError::Unknown { help, .. } = &error else { return String::new() };
                format!("{error}: {help}")
            }
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn values_are_written_as_the_bundle_writes_them() {
        let shown = [
            "goodwill.cap=50",
            "goodwill.cap=50.00 case",
            "goodwill.cap=50.00 USD",
            "goodwill.fixed=7.5",
            "goodwill.by_money=8",
            "goodwill.factor=2",
            "goodwill.count=4",
            "goodwill.on=false",
            "goodwill.over_time=15",
            "names.contact=x \"y\"",
        ]
        .map(|swept| format!("{swept}: {}", with(swept)));
        insta::assert_snapshot!(shown.join("\n"), @r#"
        goodwill.cap=50: cap: 50 case               # for one case
        goodwill.cap=50.00 case: cap: 50.00 case               # for one case
        goodwill.cap=50.00 USD: cap: 50.00 USD               # for one case
        goodwill.fixed=7.5: fixed: 7.5 EUR
        goodwill.by_money=8: by_money: 8 case
        goodwill.factor=2: factor: 2.0
        goodwill.count=4: count: 4
        goodwill.on=false: on: false
        goodwill.over_time=15: 15 case
        names.contact=x "y": names: {contact: "x \"y\"", list: [1, 2]}
        "#);
    }

    #[test]
    fn what_packs_set_anew_is_tried_there_too() {
        let mut files = BundleFiles::new();
        files.insert("bundle.yaml", BUNDLE);
        let eu = "pack: eu\nversion: 1.0\nwhen: {complaint.jurisdiction: ES}\nparams: {goodwill: {cap: 90.00 EUR}, wait: 5}\n";
        files.insert("packs/eu/bundle.yaml", eu);
        let changed = |swept: &str| {
            let settings = grid(&[Swept::parse(swept).unwrap()]).unwrap();
            match with_setting(&files, settings.first().unwrap()) {
                Ok(changed) => {
                    let line = |path: &str, word: &str| {
                        let text = changed.get(path).unwrap().text();
                        text.lines().find(|line| line.contains(word)).unwrap().trim().to_owned()
                    };
                    format!("{} | {}", line("bundle.yaml", "cap:"), line("packs/eu/bundle.yaml", "params"))
                }
                Err(SettingError::Unknown { param, help }) => format!("there is no `{param}`: {help}"),
                Err(other) => other.to_string(),
            }
        };
        let swept = [
            "goodwill.cap=50",
            "eu/goodwill.cap=50",
            "bundle/goodwill.cap=50",
            "wait=9",
            "us/wait=9",
            "eu/goodwil.cap=5",
            "eu/goodwill.cap=much",
        ];
        insta::assert_snapshot!(swept.map(|swept| format!("{swept}: {}", changed(swept))).join("\n"), @"
        goodwill.cap=50: cap: 50 case               # for one case | params: {goodwill: {cap: 50 EUR}, wait: 5}
        eu/goodwill.cap=50: cap: 250.00 case               # for one case | params: {goodwill: {cap: 50 EUR}, wait: 5}
        bundle/goodwill.cap=50: cap: 50 case               # for one case | params: {goodwill: {cap: 90.00 EUR}, wait: 5}
        wait=9: cap: 250.00 case               # for one case | params: {goodwill: {cap: 90.00 EUR}, wait: 9}
        us/wait=9: there is no `us/wait`: `us` is no pack: there are `bundle`, `eu`
        eu/goodwil.cap=5: there is no `eu/goodwil.cap`: did you mean `goodwill.cap`?
        eu/goodwill.cap=much: `eu/goodwill.cap` is an amount of money, and `much` is none
        ");
        assert_eq!(packs_that_set(&files, "goodwill.cap").unwrap(), ["eu"]);
        assert!(packs_that_set(&files, "bundle/goodwill.cap").unwrap().is_empty());
    }

    #[test]
    fn what_does_not_fit_is_told() {
        let shown = [
            "goodwill.cpa=5",
            "goodwill=5",
            "elsewhere=1",
            "goodwill.cap=much",
            "goodwill.count=1.5",
            "goodwill.on=yes",
            "names.list=1",
        ]
        .map(|swept| format!("{swept}: {}", with(swept)));
        insta::assert_snapshot!(shown.join("\n"), @"
        goodwill.cpa=5: there is no parameter `goodwill.cpa`: did you mean `goodwill.cap`?
        goodwill=5: there is no parameter `goodwill`: it is a group: `goodwill.cap`, `goodwill.fixed`, `goodwill.by_money`, `goodwill.factor` are in it
        elsewhere=1: there is no parameter `elsewhere`: the parameters stand below `params:` in `bundle.yaml`, of the bundle or of a pack
        goodwill.cap=much: `goodwill.cap` is an amount of money, and `much` is none
        goodwill.count=1.5: `goodwill.count` is a whole number, and `1.5` is none
        goodwill.on=yes: `goodwill.on` is true or false, and `yes` is none
        names.list=1: `names.list` is a list, and a sweep tries single values
        ");
    }
}
