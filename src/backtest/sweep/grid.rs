//! The parameters that are tried, and every combination of their values.

use crate::limits::SWEEP_POINTS_MAX;
use crate::value::Trouble;
use serde::Serialize;
use std::fmt;

/// A parameter and the values that are tried: `goodwill.per_case_cap=50,100,150`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swept {
    param: String,
    values: Vec<String>,
}

/// One combination of values, in the order of the parameters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Setting(pub(super) Vec<Assigned>);

/// A parameter with a value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(in super::super) struct Assigned {
    /// Its path below `params`.
    pub(in super::super) param: String,
    /// The value, as it was given.
    pub(in super::super) value: String,
}

impl Swept {
    /// The parameter, as it was named.
    #[must_use]
    pub fn param(&self) -> &str {
        &self.param
    }

    /// Reads `goodwill.per_case_cap=50,100,150`.
    ///
    /// # Errors
    /// What is not understood, with how it is written.
    pub fn parse(text: &str) -> Result<Self, Trouble> {
        let wrong = |why: &str| Trouble::Text(format!("{why}; it is written `goodwill.per_case_cap=50,100,150`"));
        let (param, values) = text.split_once('=').ok_or_else(|| wrong("there is no `=`"))?;
        let param = param.trim();
        let param = param.strip_prefix("params.").unwrap_or(param);
        if param.is_empty() {
            return Err(wrong("no parameter is named"));
        }
        let values: Vec<String> = values.split(',').map(|value| value.trim().to_owned()).collect();
        if values.iter().any(String::is_empty) {
            return Err(wrong("a value is missing"));
        }
        let twice = values.iter().enumerate().find(|(at, value)| values.iter().take(*at).any(|before| before == *value));
        if let Some((_, value)) = twice {
            return Err(Trouble::Text(format!("`{value}` stands twice")));
        }
        Ok(Self { param: param.to_owned(), values })
    }
}

/// Every combination of the values, the last parameter changing fastest.
///
/// # Errors
/// A parameter that stands twice, or more combinations than are tried.
pub fn grid(swept: &[Swept]) -> Result<Vec<Setting>, Trouble> {
    for (at, each) in swept.iter().enumerate() {
        if swept.iter().take(at).any(|before| before.param == each.param) {
            return Err(Trouble::Text(format!("`{}` stands twice: give all of its values at once", each.param)));
        }
    }
    let count = swept.iter().try_fold(1_usize, |count, each| count.checked_mul(each.values.len()));
    if count.is_none_or(|count| count > SWEEP_POINTS_MAX) {
        let count = count.map_or_else(|| "far".to_owned(), |count| count.to_string());
        return Err(Trouble::Text(format!(
            "the grid has {count} combinations, more than the {SWEEP_POINTS_MAX} that are tried at once"
        )));
    }
    let mut settings = vec![Setting(Vec::new())];
    for each in swept {
        settings = settings.iter().flat_map(|setting| each.values.iter().map(|value| setting.and(&each.param, value))).collect();
    }
    Ok(settings)
}

impl Setting {
    fn and(&self, param: &str, value: &str) -> Self {
        let mut all = self.0.clone();
        all.push(Assigned { param: param.to_owned(), value: value.to_owned() });
        Self(all)
    }

    pub(in super::super) fn assigned(&self) -> &[Assigned] {
        &self.0
    }
}

impl fmt::Display for Setting {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts: Vec<String> = self.0.iter().map(|each| format!("{}={}", each.param, each.value)).collect();
        out.write_str(&parts.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tried(texts: &[&str]) -> String {
        let swept: Result<Vec<Swept>, Trouble> = texts.iter().map(|text| Swept::parse(text)).collect();
        match swept.and_then(|swept| grid(&swept)) {
            Ok(settings) => settings.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"),
            Err(trouble) => format!("error: {trouble}"),
        }
    }

    #[test]
    fn every_combination_is_tried_once() {
        insta::assert_snapshot!(tried(&["params.a.b=1, 2", "c=x,y,z"]), @"
        a.b=1 c=x
        a.b=1 c=y
        a.b=1 c=z
        a.b=2 c=x
        a.b=2 c=y
        a.b=2 c=z
        ");
        let wrong = [
            &["a"][..],
            &["=1"],
            &["a=1,,2"],
            &["a=1,1"],
            &["a=1", "a=2"],
            &["a=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15", "b=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15"],
        ];
        insta::assert_snapshot!(wrong.map(tried).join("\n"), @"
        error: there is no `=`; it is written `goodwill.per_case_cap=50,100,150`
        error: no parameter is named; it is written `goodwill.per_case_cap=50,100,150`
        error: a value is missing; it is written `goodwill.per_case_cap=50,100,150`
        error: `1` stands twice
        error: `a` stands twice: give all of its values at once
        error: the grid has 225 combinations, more than the 200 that are tried at once
        ");
    }
}
