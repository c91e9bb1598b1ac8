//! What-if scenarios by name, version by version. What the text of one means is known to the caller.

use rusqlite::{Connection, Row, params};

use crate::acts::Acting;
use crate::apps::AppId;
use crate::versions::SCENARIOS;
use crate::{Store, StoreError};

/// The columns that [`read_scenario`] expects, in its order.
pub(crate) const COLUMNS: &str = "scenario, name, body";

struct Scenario {
    id: i64,
    name: String,
    body: String,
}

impl Store {
    /// The scenarios of an app: name and text, by name.
    pub fn scenarios(&self, app: AppId) -> Result<Vec<(String, String)>, StoreError> {
        let mut kept = self.read(|reader| standing(reader, app))?;
        kept.sort_by_cached_key(|scenario| (scenario.name.to_lowercase(), scenario.name.clone()));
        Ok(kept.into_iter().map(|scenario| (scenario.name, scenario.body)).collect())
    }
}

/// Keeps a scenario, in place of one of the same name.
pub(crate) fn save(writing: &Connection, acting: &Acting, name: &str, body: &str) -> Result<i64, StoreError> {
    let known = named(standing(writing, acting.own_app()?)?, name);
    let id = known.map_or_else(|| SCENARIOS.next_id(writing), |known| Ok(known.id))?;
    append(writing, acting, &Scenario { id, name: name.to_owned(), body: body.to_owned() }, false)
}

pub(crate) fn delete(writing: &Connection, acting: &Acting, name: &str) -> Result<i64, StoreError> {
    let known = named(standing(writing, acting.own_app()?)?, name).ok_or(StoreError::NoSuchScenario)?;
    append(writing, acting, &known, true)
}

/// The one of this name in whatever case. Before names were compared so, there could be two: then the one in this case.
fn named(kept: Vec<Scenario>, name: &str) -> Option<Scenario> {
    let folded = name.to_lowercase();
    let alike = kept.into_iter().filter(|scenario| scenario.name.to_lowercase() == folded);
    alike.max_by_key(|scenario| scenario.name == name)
}

fn standing(connection: &Connection, app: AppId) -> Result<Vec<Scenario>, StoreError> {
    SCENARIOS.standing(connection, "app = ?1", [app.0], read_scenario)
}

fn append(writing: &Connection, acting: &Acting, scenario: &Scenario, deleted: bool) -> Result<i64, StoreError> {
    writing
        .prepare_cached(&format!(
            "INSERT INTO scenario_version (act, app, deleted, {COLUMNS}) VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
        ))?
        .execute(params![acting.act, acting.own_app()?.0, deleted, scenario.id, scenario.name, scenario.body])?;
    Ok(scenario.id)
}

fn read_scenario(row: &Row<'_>) -> rusqlite::Result<Scenario> {
    Ok(Scenario { id: row.get(0)?, name: row.get(1)?, body: row.get(2)? })
}
