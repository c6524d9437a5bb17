//! How what was counted so far is kept in the notes of a run that is to be gone on with.

/// Numbers as text.
pub(super) mod decimal {
    use crate::value::Decimal;
    use serde::de::{Deserialize, Deserializer, Error};
    use serde::{Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(number: &Decimal, out: S) -> Result<S::Ok, S::Error> {
        number.serialize(out)
    }

    pub(crate) fn deserialize<'d, D: Deserializer<'d>>(input: D) -> Result<Decimal, D::Error> {
        Decimal::parse(&String::deserialize(input)?).map_err(D::Error::custom)
    }
}

/// A number that may be left out, as text.
pub(super) mod maybe_decimal {
    use crate::value::Decimal;
    use serde::de::{Deserialize, Deserializer, Error};
    use serde::{Serialize, Serializer};

    #[expect(clippy::ref_option, reason = "serde hands a reference")]
    pub(crate) fn serialize<S: Serializer>(number: &Option<Decimal>, out: S) -> Result<S::Ok, S::Error> {
        number.serialize(out)
    }

    pub(crate) fn deserialize<'d, D: Deserializer<'d>>(input: D) -> Result<Option<Decimal>, D::Error> {
        let written = Option::<String>::deserialize(input)?;
        written.map(|text| Decimal::parse(&text).map_err(D::Error::custom)).transpose()
    }
}

/// A map whose keys are no texts, as a list of pairs.
pub(super) mod pairs {
    use serde::de::{Deserialize, Deserializer};
    use serde::{Serialize, Serializer};
    use std::collections::BTreeMap;

    pub(crate) fn serialize<K: Serialize, V: Serialize, S: Serializer>(map: &BTreeMap<K, V>, out: S) -> Result<S::Ok, S::Error> {
        out.collect_seq(map.iter())
    }

    pub(crate) fn deserialize<'d, K, V, D>(input: D) -> Result<BTreeMap<K, V>, D::Error>
    where
        K: Deserialize<'d> + Ord,
        V: Deserialize<'d>,
        D: Deserializer<'d>,
    {
        Ok(Vec::<(K, V)>::deserialize(input)?.into_iter().collect())
    }
}

/// A map by currency, by its code.
pub(super) mod by_currency {
    use crate::value::{Currency, Trouble};
    use serde::de::{Deserialize, Deserializer, Error};
    use serde::{Serialize, Serializer};
    use std::collections::BTreeMap;

    pub(crate) fn serialize<V: Serialize, S: Serializer>(map: &BTreeMap<Currency, V>, out: S) -> Result<S::Ok, S::Error> {
        out.collect_map(map.iter().map(|(currency, value)| (currency.code().to_owned(), value)))
    }

    pub(crate) fn deserialize<'d, V, D>(input: D) -> Result<BTreeMap<Currency, V>, D::Error>
    where
        V: Deserialize<'d>,
        D: Deserializer<'d>,
    {
        let written = BTreeMap::<String, V>::deserialize(input)?;
        let read = written.into_iter().map(|(code, value)| Ok((Currency::parse(&code)?, value)));
        read.collect::<Result<_, Trouble>>().map_err(D::Error::custom)
    }
}

/// A case as it is read.
pub(super) mod case {
    use crate::case::{Case, CaseFormat, read_case};
    use crate::text::{Source, render_all};
    use serde::de::{Deserialize, Deserializer, Error};
    use serde::{Serialize, Serializer};

    pub(crate) fn serialize<S: Serializer>(case: &Case, out: S) -> Result<S::Ok, S::Error> {
        case.serialize(out)
    }

    pub(crate) fn deserialize<'d, D: Deserializer<'d>>(input: D) -> Result<Case, D::Error> {
        let written = serde_json::Value::deserialize(input)?;
        let source = Source::new("case", written.to_string());
        read_case(&source, CaseFormat::Json).map_err(|found| D::Error::custom(render_all(&found, false)))
    }
}
