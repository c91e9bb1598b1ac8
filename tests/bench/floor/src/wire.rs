//! A page of users as sent, borrowed from its bytes; only what is stored has a field.
#![expect(clippy::struct_field_names, clippy::struct_excessive_bools, reason = "SCIM and Lucid named them so")]

use std::borrow::Cow;

use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct List<'a> {
    pub total_results: u64,
    #[serde(rename = "Resources", borrow, default)]
    pub resources: Vec<User<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct User<'a> {
    #[serde(borrow)]
    pub id: Cow<'a, str>,
    #[serde(borrow)]
    pub user_name: Cow<'a, str>,
    #[serde(borrow)]
    pub display_name: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub name: Option<Name<'a>>,
    #[serde(borrow, default)]
    pub emails: Vec<Valued<'a>>,
    #[serde(borrow, default)]
    pub groups: Vec<Group<'a>>,
    pub active: bool,
    #[serde(rename = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", borrow)]
    pub enterprise: Option<Enterprise<'a>>,
    #[serde(rename = "urn:ietf:params:scim:schemas:extension:lucid:2.0:User")]
    pub lucid: Option<Lucid>,
    #[serde(borrow)]
    pub meta: Option<Meta<'a>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Name<'a> {
    #[serde(borrow)]
    pub given_name: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub middle_name: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub family_name: Option<Cow<'a, str>>,
}

#[derive(Debug, Deserialize)]
pub struct Valued<'a> {
    #[serde(borrow)]
    pub value: Cow<'a, str>,
}

#[derive(Debug, Deserialize)]
pub struct Group<'a> {
    #[serde(borrow)]
    pub display: Option<Cow<'a, str>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Enterprise<'a> {
    #[serde(borrow)]
    pub department: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub cost_center: Option<Cow<'a, str>>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Lucid {
    pub product_licenses: Option<Products>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub struct Products {
    pub lucidchart: bool,
    pub lucidspark: bool,
    pub lucidscale_creator: bool,
    pub lucidscale_explorer: bool,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Meta<'a> {
    #[serde(borrow)]
    pub created: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub last_modified: Option<Cow<'a, str>>,
}
