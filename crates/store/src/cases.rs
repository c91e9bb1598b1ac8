//! Whom the findings of a run concern: kept of the newest run that read a roster, so that it does not grow with syncs.

use roster::{Case, FindingCode, text_set};
use rusqlite::{Connection, params};

use crate::apps::AppId;
use crate::runs::RunId;
use crate::{Store, StoreError};

impl Store {
    /// Whom the findings of the app's newest roster concern, in the order in which they were read.
    pub fn finding_cases(&self, app: AppId) -> Result<Vec<Case>, StoreError> {
        self.read(|reader| {
            let mut asking = reader.prepare_cached(
                "SELECT code, id, user_name, email, told FROM finding_case JOIN sync_run USING (run) WHERE app = ?1
                 ORDER BY run, position",
            )?;
            let rows = asking.query_map([app.0], |row| {
                let (code, told): (String, String) = (row.get(0)?, row.get(4)?);
                let code = FindingCode::ALL.into_iter().find(|known| known.code() == code);
                Ok(code.map(|code| (code, told)).map(|(code, told)| {
                    Ok::<_, rusqlite::Error>(Case {
                        code,
                        id: row.get(1)?,
                        user_name: row.get(2)?,
                        email: row.get(3)?,
                        told: pairs(&told),
                    })
                }))
            })?;
            // A code of a later version says nothing to this one.
            rows.filter_map(Result::transpose).map(|case| Ok(case??)).collect()
        })
    }
}

fn pairs(told: &str) -> Vec<(String, String)> {
    let mut texts = text_set::split(told).unwrap_or_default().into_iter();
    std::iter::from_fn(|| texts.next().zip(texts.next())).collect()
}

/// Keeps the cases of a run that read a roster, in the place of those of earlier runs of its app.
pub(crate) fn write(writing: &Connection, run: RunId, cases: &[Case]) -> Result<(), StoreError> {
    writing.execute(
        "DELETE FROM finding_case WHERE run IN (
             SELECT older.run FROM sync_run AS older JOIN sync_run AS newer USING (app) WHERE newer.run = ?1)",
        [run.0],
    )?;
    let mut adding = writing.prepare_cached(
        "INSERT INTO finding_case (run, position, code, id, user_name, email, told) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
    )?;
    for (position, case) in cases.iter().enumerate() {
        let told = text_set::join(case.told.iter().flat_map(|(source, says)| [source, says]));
        adding.execute(params![run.0, position, case.code.code(), case.id, case.user_name, case.email, told])?;
    }
    Ok(())
}
