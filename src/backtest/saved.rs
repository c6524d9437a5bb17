//! How amounts and days are kept in the notes of a run that is to be gone on with.

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
