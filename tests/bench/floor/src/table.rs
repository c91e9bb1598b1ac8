//! One table, one row a user, with `SQLite`'s own defaults.

use rusqlite::{Connection, Result, Statement, Transaction, params};

use crate::wire::User;

const CREATE: &str = "
    CREATE TABLE user (
        id TEXT PRIMARY KEY, user_name TEXT, email TEXT, given_name TEXT, middle_name TEXT, family_name TEXT,
        display_name TEXT, active INTEGER, created TEXT, last_modified TEXT, department TEXT, cost_center TEXT,
        groups TEXT, products INTEGER
    )";
const ADD: &str = "INSERT INTO user VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)";

pub struct Table(Connection);

impl Table {
    #[expect(clippy::disallowed_methods, reason = "the floor is no part of the product")]
    pub fn create(path: &str) -> Result<Self> {
        let connection = Connection::open(path)?;
        connection.execute_batch(CREATE)?;
        Ok(Self(connection))
    }

    pub fn transaction(&mut self) -> Result<Writing<'_>> {
        Ok(Writing(self.0.transaction()?))
    }
}

pub struct Writing<'a>(Transaction<'a>);

impl Writing<'_> {
    pub fn adding(&self) -> Result<Adding<'_>> {
        Ok(Adding(self.0.prepare(ADD)?))
    }

    pub fn commit(self) -> Result<()> {
        self.0.commit()
    }
}

pub struct Adding<'a>(Statement<'a>);

impl Adding<'_> {
    pub fn add(&mut self, user: &User<'_>) -> Result<()> {
        let name = user.name.as_ref();
        let enterprise = user.enterprise.as_ref();
        let meta = user.meta.as_ref();
        let groups: Vec<&str> = user.groups.iter().filter_map(|group| group.display.as_deref()).collect();
        let products = user.lucid.as_ref().and_then(|lucid| lucid.product_licenses.as_ref()).map(|products| {
            let granted =
                [products.lucidchart, products.lucidspark, products.lucidscale_creator, products.lucidscale_explorer];
            granted.iter().enumerate().map(|(bit, granted)| i64::from(*granted) << bit).sum::<i64>()
        });
        self.0.execute(params![
            user.id,
            user.user_name,
            user.emails.first().map(|email| &*email.value),
            name.and_then(|name| name.given_name.as_deref()),
            name.and_then(|name| name.middle_name.as_deref()),
            name.and_then(|name| name.family_name.as_deref()),
            user.display_name.as_deref(),
            user.active,
            meta.and_then(|meta| meta.created.as_deref()),
            meta.and_then(|meta| meta.last_modified.as_deref()),
            enterprise.and_then(|enterprise| enterprise.department.as_deref()),
            enterprise.and_then(|enterprise| enterprise.cost_center.as_deref()),
            groups.join("; "),
            products,
        ])?;
        Ok(())
    }
}
