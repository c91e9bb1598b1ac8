//! `productLicenses`: product names with booleans, or (as some clients type it) a list of names.
//! A product whose value is in no known shape is not told: it counts neither as held nor as not held.

use std::borrow::Cow;
use std::fmt;

use scim::{Flag, Text};
use serde::de::{Deserialize, Deserializer, Error, MapAccess, SeqAccess, Visitor};

/// One product and whether the user holds it.
#[derive(Debug)]
pub(super) struct Product<'a> {
    name: Cow<'a, str>,
    granted: bool,
}

/// Whatever stands under `productLicenses`.
#[derive(Default)]
pub(super) struct Products<'a>(pub(super) Vec<Product<'a>>);

impl<'de> Deserialize<'de> for Products<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ProductsVisitor;
        impl<'de> Visitor<'de> for ProductsVisitor {
            type Value = Products<'de>;
            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("product licenses")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut products = Vec::with_capacity(4);
                while let Some((Text(name), Flag(granted))) = map.next_entry()? {
                    if let Some((name, granted)) = name.zip(granted) {
                        products.push(Product { name, granted });
                    }
                }
                Ok(Products(products))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
                let mut products = Vec::new();
                while let Some(Text(name)) = list.next_element()? {
                    products.extend(name.map(|name| Product { name, granted: true }));
                }
                Ok(Products(products))
            }
            fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
                Ok(Products::default())
            }
            fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
                Ok(Products::default())
            }
            fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
                Ok(Products::default())
            }
            fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
                Ok(Products::default())
            }
            fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
                Ok(Products::default())
            }
            fn visit_str<E: Error>(self, _: &str) -> Result<Self::Value, E> {
                Ok(Products::default())
            }
        }
        deserializer.deserialize_any(ProductsVisitor)
    }
}

/// Whether this product is held, where that is told.
pub(super) fn granted(products: &[Product<'_>], name: &str) -> Option<bool> {
    products.iter().find(|product| product.name.eq_ignore_ascii_case(name)).map(|product| product.granted)
}

/// Every product that either list tells of; the preferred list wins.
pub(super) fn merged<'a>(preferred: &'a [Product<'_>], other: &'a [Product<'_>]) -> Vec<(&'a str, bool)> {
    let only_there = other.iter().filter(|product| granted(preferred, &product.name).is_none());
    preferred.iter().chain(only_there).map(|product| (product.name.as_ref(), product.granted)).collect()
}
