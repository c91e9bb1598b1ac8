//! JSON as servers really send it: keys in any case, `null` for absent, text for booleans and numbers, one for many.
//! A value of a wrong kind counts as absent; it never costs the page. Nothing here builds a tree of values.

mod scalar;
mod skip;

use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::{BorrowedStrDeserializer, MapAccessDeserializer, StrDeserializer};
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

pub use scalar::{Answer, Flag, Number, Text};
pub(crate) use skip::Skip;

/// Longer text belongs in no user's record.
const LONGEST_TEXT: usize = 64 * 1024;
/// What the parser's error says then.
pub(crate) const TEXT_TOO_LONG: &str = "a text of more than 64 KiB";

/// From here on a number with a point, an exponent or more digits than 64 bits hold stands for its neighbors too: as an id it
/// would be somebody else's.
pub(crate) const LARGEST_EXACT: f64 = 9_007_199_254_740_992.0;
/// What the parser's error says then; [`quote_numbers`](crate::quote_numbers) helps.
pub(crate) const NUMBER_TOO_LONG: &str = "a number that cannot be kept digit by digit";

/// A JSON object that is read key by key.
pub trait Record<'de>: Default {
    /// Takes the value of `key` (compare without regard to case), or leaves it alone and returns `false`.
    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error>;

    /// Takes a plain text that stands where the object should.
    fn plain(&mut self, _text: Cow<'de, str>) {}
}

/// A record that wants nothing.
impl<'de> Record<'de> for () {
    fn field<A: MapAccess<'de>>(&mut self, _key: &str, _map: &mut A) -> Result<bool, A::Error> {
        Ok(false)
    }
}

/// Reads a [`Record`]; anything but an object or a text gives its default.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lenient<R>(pub R);

/// A list, from a list, a single value, or `null`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Many<T>(pub Vec<T>);

/// A key, borrowed unless it holds escapes.
struct Key<'de>(Cow<'de, str>);

impl<'de> Deserialize<'de> for Key<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct KeyVisitor;
        impl<'de> Visitor<'de> for KeyVisitor {
            type Value = Key<'de>;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a key")
            }
            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Borrowed(text)))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Key(Cow::Owned(text.to_owned())))
            }
        }
        deserializer.deserialize_str(KeyVisitor)
    }
}

impl<'de, R: Record<'de>> Deserialize<'de> for Lenient<R> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct RecordVisitor<R>(PhantomData<R>);
        impl<'de, R: Record<'de>> Visitor<'de> for RecordVisitor<R> {
            type Value = Lenient<R>;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut record = R::default();
                while let Some(Key(key)) = map.next_key()? {
                    if !record.field(&key, &mut map)? {
                        map.next_value::<Skip>()?;
                    }
                }
                Ok(Lenient(record))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                while list.next_element::<Skip>()?.is_some() {}
                Ok(Lenient(R::default()))
            }
            fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
                Ok(Lenient(R::default()))
            }
            fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
                Ok(Lenient(R::default()))
            }
            fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
                Ok(Lenient(R::default()))
            }
            fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
                Ok(Lenient(R::default()))
            }
            fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
                Ok(Lenient(R::default()))
            }
            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
                let mut record = R::default();
                record.plain(Cow::Borrowed(bounded(text)?));
                Ok(Lenient(record))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                let mut record = R::default();
                record.plain(Cow::Owned(bounded(text)?.to_owned()));
                Ok(Lenient(record))
            }
        }
        deserializer.deserialize_any(RecordVisitor(PhantomData))
    }
}

/// Reads an object into a record that is there already, so that a large one is not moved about.
pub(crate) struct Fill<'r, R>(pub(crate) &'r mut R);

impl<'de, R: Record<'de>> DeserializeSeed<'de> for Fill<'_, R> {
    type Value = ();
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de, R: Record<'de>> Visitor<'de> for Fill<'_, R> {
    type Value = ();
    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an object")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        while let Some(Key(key)) = map.next_key()? {
            if !self.0.field(&key, &mut map)? {
                map.next_value::<Skip>()?;
            }
        }
        Ok(())
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Many<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ManyVisitor<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for ManyVisitor<T> {
            type Value = Many<T>;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a list")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut values = Vec::new();
                while let Some(value) = list.next_element()? {
                    values.push(value);
                }
                Ok(Many(values))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                Ok(Many(vec![T::deserialize(MapAccessDeserializer::new(map))?]))
            }
            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Many(vec![T::deserialize(BorrowedStrDeserializer::new(text))?]))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Many(vec![T::deserialize(StrDeserializer::new(text))?]))
            }
            fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
                Ok(Many(Vec::new()))
            }
            fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
                Ok(Many(Vec::new()))
            }
            fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
                Ok(Many(Vec::new()))
            }
            fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
                Ok(Many(Vec::new()))
            }
            fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
                Ok(Many(Vec::new()))
            }
        }
        deserializer.deserialize_any(ManyVisitor(PhantomData))
    }
}

/// The records of a list under the current key.
pub(crate) fn records<'de, R: Record<'de>, A: MapAccess<'de>>(map: &mut A) -> Result<Vec<R>, A::Error> {
    let many: Many<Lenient<R>> = map.next_value()?;
    Ok(many.0.into_iter().map(|record| record.0).collect())
}

fn bounded<E: Error>(text: &str) -> Result<&str, E> {
    if text.len() > LONGEST_TEXT { Err(E::custom(TEXT_TOO_LONG)) } else { Ok(text) }
}

/// A number as text.
pub(crate) fn exact<'a, E: Error>(number: f64) -> Result<Cow<'a, str>, E> {
    if number.abs() < LARGEST_EXACT { Ok(Cow::Owned(number.to_string())) } else { Err(E::custom(NUMBER_TOO_LONG)) }
}
