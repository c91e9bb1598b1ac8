//! Members counted by what they hold and where they belong, for sharing spend out: the active ones, and the deactivated
//! ones where the contract charges for them. Absent on purpose: which license types it charges for; the caller knows.

use jiff::civil::Date;
use roster::LicenseKey;
use rusqlite::types::FromSqlError;

use crate::apps::AppId;
use crate::columns::Day;
use crate::{Store, StoreError, text_set};

/// Members who are alike in everything that spend is shared out by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccountCount {
    /// What they hold.
    pub license: LicenseKey,
    /// Their e-mail address; only when it was asked for.
    pub email: Option<String>,
    /// Their department on that day.
    pub department: Option<String>,
    /// Their cost center on that day.
    pub cost_center: Option<String>,
    /// Their groups, as they were reported last.
    pub groups: Vec<String>,
    /// How many.
    pub accounts: u64,
}

impl Store {
    /// Members whom a contract may charge for at the end of a day, or now. Asking for their e-mail addresses makes nearly everyone a row.
    pub fn account_counts(
        &self,
        app: AppId,
        day: Option<Date>,
        with_email: bool,
    ) -> Result<Vec<AccountCount>, StoreError> {
        let deactivated = self.counting(app)?.deactivated_billable;
        let (listed, active) = if deactivated { ("m.status < 2", "TRUE") } else { ("m.status = 0", "active = 1") };
        let held = match day {
            // What is held now is what the member's row says.
            None => format!("member AS m WHERE m.app = ?1 AND {listed}"),
            Some(day) => format!(
                "spell JOIN member AS m USING (member)
                 LEFT JOIN belonging AS b ON b.member = m.member AND b.until_day =
                     (SELECT min(until_day) FROM belonging WHERE member = m.member AND until_day > {day})
                 WHERE m.app = ?1 AND {active} AND from_day <= {day} AND (spell.until_day IS NULL OR spell.until_day > {day})",
                day = Day(day).number()
            ),
        };
        let license = if day.is_some() { "spell.license" } else { "m.license" };
        let of_then = |column| format!("iif(b.member IS NULL, m.{column}, b.{column})");
        let [department, cost_center] = ["department", "cost_center"]
            .map(|column| if day.is_some() { of_then(column) } else { format!("m.{column}") });
        let email = if with_email { "m.email" } else { "NULL" };
        self.read(|reader| {
            let mut asking = reader.prepare(&format!(
                "SELECT t.key, c.email, d.text, k.text, g.text, c.accounts FROM (
                     SELECT {license} AS license, {email} AS email, {department} AS department,
                            {cost_center} AS cost_center, m.groups AS groups, count(*) AS accounts
                     FROM {held} GROUP BY 1, 2, 3, 4, 5) AS c
                 JOIN license_type AS t ON t.license = c.license
                 LEFT JOIN word AS d ON d.word = c.department
                 LEFT JOIN word AS k ON k.word = c.cost_center
                 LEFT JOIN word AS g ON g.word = c.groups"
            ))?;
            let counts = asking.query_map([app.0], |row| {
                let (key, groups): (String, Option<String>) = (row.get(0)?, row.get(4)?);
                Ok(AccountCount {
                    license: LicenseKey::new(&key).ok_or(FromSqlError::InvalidType)?,
                    email: row.get(1)?,
                    department: row.get(2)?,
                    cost_center: row.get(3)?,
                    groups: groups.as_deref().and_then(text_set::split).unwrap_or_default(),
                    accounts: row.get(5)?,
                })
            })?;
            Ok(counts.collect::<Result<_, _>>()?)
        })
    }
}
