//! Filters as Lucid knows them: `eq` only, the value quoted or not. Everything else is refused.

use super::query::Refused;
use crate::organisation::{Organisation, TruthUser};

/// `attribute eq value`.
#[derive(Debug, PartialEq, Eq)]
pub struct Filter {
    attribute: String,
    value: String,
}

/// The attributes that can be filtered by.
enum By {
    Email,
    ExternalId,
    Id,
    Active,
    Product(String),
}

impl Filter {
    pub fn parse(text: &str) -> Result<Self, Refused> {
        let mut parts = text.trim().splitn(3, ' ').map(str::trim);
        let (Some(attribute), Some(operator), Some(value)) = (parts.next(), parts.next(), parts.next()) else {
            return Err(Refused::new("invalidFilter", "A filter reads: attribute eq value."));
        };
        if !operator.eq_ignore_ascii_case("eq") {
            return Err(Refused::new("invalidFilter", format!("The operator {operator} is not supported; eq is.")));
        }
        let quoted = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        let value = quoted.unwrap_or(value);
        if value.is_empty() || value.contains('"') || (quoted.is_none() && value.contains(' ')) {
            return Err(Refused::new("invalidFilter", "A filter compares with one value."));
        }
        Ok(Self { attribute: attribute.to_owned(), value: value.to_owned() })
    }

    fn by(&self) -> Result<By, Refused> {
        let attribute = self.attribute.to_lowercase();
        match attribute.as_str() {
            "username" | "displayname" | "email" | "emails" | "emails.value" | "workemail" => Ok(By::Email),
            "externalid" => Ok(By::ExternalId),
            "id" => Ok(By::Id),
            "active" => Ok(By::Active),
            other => match other.split_once(":user.productlicenses.") {
                Some((_, product)) => Ok(By::Product(product.to_owned())),
                None => Err(Refused::new("invalidFilter", format!("Cannot filter by {}.", self.attribute))),
            },
        }
    }

    /// The people of a listing that match.
    pub fn matching(&self, organisation: &Organisation, day: i32, people: &[u32]) -> Result<Vec<u32>, Refused> {
        let value = self.value.as_str();
        let user = |index: u32| organisation.user(index, day);
        let matches: Box<dyn Fn(u32) -> bool> = match self.by()? {
            By::Email => Box::new(|index| organisation.email_of(index).eq_ignore_ascii_case(value)),
            By::ExternalId => Box::new(|index| Organisation::external_id_of(index) == value),
            By::Id => Box::new(|index| organisation.index_of(value) == Some(index)),
            By::Active => Box::new(move |index| user(index).is_some_and(|user| user.active.to_string() == value)),
            By::Product(product) => {
                Box::new(move |index| user(index).is_some_and(|user| holds(&user, &product).to_string() == value))
            }
        };
        Ok(people.iter().copied().filter(|&index| matches(index)).collect())
    }

    /// For groups: `displayName eq`, exact.
    pub fn is_group(&self, name: &str) -> Result<bool, Refused> {
        if self.attribute.eq_ignore_ascii_case("displayName") {
            return Ok(self.value == name);
        }
        Err(Refused::new("invalidFilter", "Groups can be filtered by displayName only."))
    }
}

fn holds(user: &TruthUser, product: &str) -> bool {
    let products = user.products;
    match product {
        "lucidchart" => products.lucidchart,
        "lucidspark" => products.lucidspark,
        "lucidscalecreator" => products.lucidscale_creator,
        "lucidscaleexplorer" => products.lucidscale_explorer,
        _ => false,
    }
}
