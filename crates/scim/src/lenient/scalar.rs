//! Single values: text, booleans and counts, from whatever stands for them.

use std::borrow::Cow;
use std::fmt;
use std::num::FpCategory;

use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use super::{Skip, bounded, exact};

/// Text, from text or a number.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text<'de>(pub Option<Cow<'de, str>>);

/// A boolean, from true/false, 1/0, or a word for either; see [`Answer`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Flag(pub Option<bool>);

/// A boolean where it matters that what is there cannot be read: that is something else than nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Answer {
    /// Not there, `null` or an empty list (RFC 7643 §2.5).
    #[default]
    Absent,
    /// Yes or no.
    Is(bool),
    /// There, and neither.
    Unreadable,
}

/// What servers were seen to write for true and false.
const YES: [&str; 8] = ["true", "1", "yes", "y", "on", "active", "enabled", "t"];
const NO: [&str; 8] = ["false", "0", "no", "n", "off", "inactive", "disabled", "f"];

/// A count, from a number or its text; negative ones count as absent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Number(pub Option<u64>);

/// What every visitor here makes of values that it has no use for.
macro_rules! absent {
    ($($scalar:ident: $type:ty),*) => {
        fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
            formatter.write_str("a value")
        }
        fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        }
        $(fn $scalar<E: Error>(self, _: $type) -> Result<Self::Value, E> {
            Ok(Self::Value::default())
        })*
    };
}

macro_rules! no_objects {
    () => {
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            while map.next_entry::<Skip, Skip>()?.is_some() {}
            Ok(Self::Value::default())
        }
    };
}

macro_rules! no_lists {
    () => {
        fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
            while list.next_element::<Skip>()?.is_some() {}
            Ok(Self::Value::default())
        }
    };
}

impl<'de> Deserialize<'de> for Text<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct TextVisitor;
        impl<'de> Visitor<'de> for TextVisitor {
            type Value = Text<'de>;
            absent!(visit_bool: bool);
            no_objects!();
            no_lists!();
            fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(Text(Some(Cow::Borrowed(bounded(text)?))))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Text(Some(Cow::Owned(bounded(text)?.to_owned()))))
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
                Ok(Text(Some(Cow::Owned(number.to_string()))))
            }
            fn visit_i64<E: Error>(self, number: i64) -> Result<Self::Value, E> {
                Ok(Text(Some(Cow::Owned(number.to_string()))))
            }
            fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
                Ok(Text(Some(exact(number)?)))
            }
        }
        deserializer.deserialize_any(TextVisitor)
    }
}

impl<'de> Deserialize<'de> for Flag {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(Self(match Answer::deserialize(deserializer)? {
            Answer::Is(value) => Some(value),
            Answer::Absent | Answer::Unreadable => None,
        }))
    }
}

impl<'de> Deserialize<'de> for Answer {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct AnswerVisitor;
        impl<'de> Visitor<'de> for AnswerVisitor {
            type Value = Answer;
            absent!();
            fn visit_bool<E: Error>(self, value: bool) -> Result<Self::Value, E> {
                Ok(Answer::Is(value))
            }
            fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
                Ok(match number {
                    0 => Answer::Is(false),
                    1 => Answer::Is(true),
                    _ => Answer::Unreadable,
                })
            }
            fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
                Ok(Answer::Unreadable)
            }
            fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
                // `1.0` is how some databases write 1.
                Ok(match number.classify() {
                    FpCategory::Zero => Answer::Is(false),
                    FpCategory::Normal if (number - 1.0).abs() < f64::EPSILON => Answer::Is(true),
                    _ => Answer::Unreadable,
                })
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                let is = |words: &[&str]| words.iter().any(|word| text.trim().eq_ignore_ascii_case(word));
                Ok(if is(&YES) {
                    Answer::Is(true)
                } else if is(&NO) {
                    Answer::Is(false)
                } else {
                    Answer::Unreadable
                })
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let only = list.next_element()?.unwrap_or_default();
                let mut more = false;
                while list.next_element::<Skip>()?.is_some() {
                    more = true;
                }
                Ok(if more { Answer::Unreadable } else { only })
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                while map.next_entry::<Skip, Skip>()?.is_some() {}
                Ok(Answer::Unreadable)
            }
        }
        deserializer.deserialize_any(AnswerVisitor)
    }
}

impl<'de> Deserialize<'de> for Number {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct NumberVisitor;
        impl<'de> Visitor<'de> for NumberVisitor {
            type Value = Number;
            absent!(visit_bool: bool, visit_i64: i64);
            no_objects!();
            no_lists!();
            fn visit_u64<E: Error>(self, number: u64) -> Result<Self::Value, E> {
                Ok(Number(Some(number)))
            }
            fn visit_f64<E: Error>(self, number: f64) -> Result<Self::Value, E> {
                // `250.0` is a count as well; its text has no decimals then.
                Ok(Number(number.to_string().parse().ok()))
            }
            fn visit_str<E: Error>(self, text: &str) -> Result<Self::Value, E> {
                Ok(Number(text.trim().parse().ok()))
            }
        }
        deserializer.deserialize_any(NumberVisitor)
    }
}
