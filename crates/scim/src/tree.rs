//! Any resource as a small tree of its attributes, for those who do not know beforehand which one they want.
//! It borrows from the page. What is deeper or more than any real attribute is left out of it, not refused; where there was
//! more, the tree says so.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};

use crate::lenient::{Record, Skip, Text, exact};

/// resource → extension → attribute → sub-attribute → one of its own → a part of that, each of them with several values.
const DEEPEST: u8 = 9;
/// Of values in one list, and of attributes in one object. It bounds the time that is spent on them; the memory is bounded by
/// the size of an answer, whose bytes can be lists of lists as well.
const MOST_KEPT: usize = 10_000;

/// A resource with all its attributes, in the server's order.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Tree<'a>(Vec<(Cow<'a, str>, Node<'a>)>);

/// The value of an attribute.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Node<'a> {
    /// Unassigned, or left out.
    #[default]
    Absent,
    /// Text, or a number as text.
    Text(Cow<'a, str>),
    /// A boolean.
    Flag(bool),
    /// Several values.
    Many(Vec<Node<'a>>),
    /// Sub-attributes.
    Complex(Tree<'a>),
    /// Stands at the end of a list or an object of more than 10,000: there was more.
    More,
}

impl<'a> Tree<'a> {
    /// The attributes.
    pub fn attributes(&self) -> impl Iterator<Item = (&str, &Node<'a>)> {
        self.0.iter().map(|(name, node)| (name.as_ref(), node))
    }

    /// Whether there were more attributes than are kept.
    pub fn is_cut(&self) -> bool {
        matches!(self.0.last(), Some((_, Node::More)))
    }

    /// An attribute by its name, in any case (RFC 7643 §2.1). Of several the first that is assigned counts.
    pub fn get(&self, name: &str) -> Option<&Node<'a>> {
        let found = self.attributes().filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, node)| node);
        found.into_iter().find(|node| !matches!(node, Node::Absent))
    }
}

impl<'de> Record<'de> for Tree<'de> {
    fn field<A: MapAccess<'de>>(&mut self, key: &str, map: &mut A) -> Result<bool, A::Error> {
        if self.0.len() >= MOST_KEPT {
            if !self.is_cut() {
                self.0.push((Cow::default(), Node::More));
            }
            return Ok(false);
        }
        let node = map.next_value_seed(Depth(1))?;
        self.0.push((Cow::Owned(key.to_owned()), node));
        Ok(true)
    }
}

/// Reads a node so deep inside its resource.
#[derive(Clone, Copy)]
struct Depth(u8);

impl<'de> DeserializeSeed<'de> for Depth {
    type Value = Node<'de>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node<'de>, D::Error> {
        if self.0 > DEEPEST {
            return Skip::deserialize(deserializer).map(|_| Node::Absent);
        }
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Depth {
    type Value = Node<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a value")
    }
    fn visit_unit<E: Error>(self) -> Result<Node<'de>, E> {
        Ok(Node::Absent)
    }
    fn visit_bool<E: Error>(self, value: bool) -> Result<Node<'de>, E> {
        Ok(Node::Flag(value))
    }
    fn visit_u64<E: Error>(self, number: u64) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Owned(number.to_string())))
    }
    fn visit_i64<E: Error>(self, number: i64) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Owned(number.to_string())))
    }
    fn visit_f64<E: Error>(self, number: f64) -> Result<Node<'de>, E> {
        exact(number).map(Node::Text)
    }
    fn visit_borrowed_str<E: Error>(self, text: &'de str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Borrowed(text)))
    }
    fn visit_str<E: Error>(self, text: &str) -> Result<Node<'de>, E> {
        Ok(Node::Text(Cow::Owned(text.to_owned())))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Node<'de>, A::Error> {
        let mut values = Vec::new();
        while values.len() < MOST_KEPT {
            match list.next_element_seed(Depth(self.0 + 1))? {
                Some(node) => values.push(node),
                None => return Ok(if values.is_empty() { Node::Absent } else { Node::Many(values) }),
            }
        }
        if list.next_element::<Skip>()?.is_some() {
            values.push(Node::More);
            while list.next_element::<Skip>()?.is_some() {}
        }
        Ok(Node::Many(values))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node<'de>, A::Error> {
        let mut attributes = Vec::new();
        while attributes.len() < MOST_KEPT {
            match map.next_key::<Text<'de>>()? {
                Some(Text(key)) => attributes.push((key.unwrap_or_default(), map.next_value_seed(Depth(self.0 + 1))?)),
                None => return Ok(Node::Complex(Tree(attributes))),
            }
        }
        if map.next_entry::<Skip, Skip>()?.is_some() {
            attributes.push((Cow::default(), Node::More));
            while map.next_entry::<Skip, Skip>()?.is_some() {}
        }
        Ok(Node::Complex(Tree(attributes)))
    }
}
