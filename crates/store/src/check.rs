//! Verifies every invariant of the database that its schema cannot hold, in words.

use rusqlite::Connection;

use crate::{Store, StoreError, activity_counts, conditions_text};

/// An invariant: what is wrong, and the question that counts the rows which break it.
const INVARIANTS: [(&str, &str); 39] = [
    ("members of an app that does not exist", "SELECT count(*) FROM member WHERE app NOT IN (SELECT app FROM app)"),
    (
        "members who are there twice",
        "SELECT count(*) FROM (SELECT 1 FROM member GROUP BY app, id HAVING count(*) > 1)",
    ),
    (
        "members with a license type that does not exist",
        "SELECT count(*) FROM member WHERE license <> 0
             AND (app, license) NOT IN (SELECT app, license FROM license_type)",
    ),
    (
        "members with a shared text that does not exist",
        "SELECT count(*) FROM member AS m WHERE
                (department IS NOT NULL AND (app, 1, department) NOT IN (SELECT app, kind, word FROM word))
             OR (cost_center IS NOT NULL AND (app, 2, cost_center) NOT IN (SELECT app, kind, word FROM word))
             OR (groups IS NOT NULL AND (app, 3, groups) NOT IN (SELECT app, kind, word FROM word))
             OR (products IS NOT NULL AND (app, 4, products) NOT IN (SELECT app, kind, word FROM word))",
    ),
    (
        "spells of a member who does not exist",
        "SELECT count(*) FROM assignment WHERE member NOT IN (SELECT member FROM member)",
    ),
    (
        "spells with a license type that does not exist",
        "SELECT count(*) FROM spell WHERE license <> 0 AND license NOT IN (SELECT license FROM license_type)",
    ),
    (
        "spells that overlap, or that should be one",
        "SELECT count(*) FROM (
             SELECT until_day, license, active, lead(from_day) OVER next AS next_from, lead(license) OVER next AS next_license,
                    lead(active) OVER next AS next_active
             FROM spell WINDOW next AS (PARTITION BY member ORDER BY from_day))
         WHERE next_from IS NOT NULL AND (until_day IS NULL OR until_day > next_from
             OR (until_day = next_from AND license = next_license AND active = next_active))",
    ),
    (
        "departments and cost centers kept of a member who does not exist",
        "SELECT count(*) FROM belonging WHERE member NOT IN (SELECT member FROM member)",
    ),
    (
        "departments or cost centers kept with a shared text that does not exist",
        "SELECT count(*) FROM belonging AS b JOIN member AS m USING (member) WHERE
                (b.department IS NOT NULL AND (app, 1, b.department) NOT IN (SELECT app, kind, word FROM word))
             OR (b.cost_center IS NOT NULL AND (app, 2, b.cost_center) NOT IN (SELECT app, kind, word FROM word))",
    ),
    (
        "departments and cost centers kept twice, as the next ones are the same",
        "SELECT count(*) FROM (
             SELECT member, department, cost_center, lead(department) OVER next AS next_department,
                    lead(cost_center) OVER next AS next_center, lead(until_day) OVER next AS next_until
             FROM belonging WINDOW next AS (PARTITION BY member ORDER BY until_day)) AS b JOIN member AS m USING (member)
         WHERE b.department IS iif(next_until IS NULL, m.department, next_department)
             AND b.cost_center IS iif(next_until IS NULL, m.cost_center, next_center)",
    ),
    (
        "departments and cost centers kept for days before the member was listed, or for days to come",
        "SELECT count(*) FROM belonging AS b JOIN member AS m USING (member) JOIN app USING (app)
         WHERE roster_day IS NULL OR until_day > roster_day
             OR until_day <= (SELECT min(from_day) FROM spell WHERE spell.member = b.member)",
    ),
    (
        "apps whose departments are known only from a day after their last roster",
        "SELECT count(*) FROM app WHERE belonging_from IS NOT NULL AND (roster_day IS NULL OR belonging_from > roster_day)",
    ),
    (
        "founders of an app that had no first roster",
        "SELECT count(*) FROM member JOIN app USING (app) LEFT JOIN sync_run ON run = founded
         WHERE founder = 1 AND sync_run.status IS NOT 'completed'",
    ),
    (
        "members who left on another day than their last spell ended",
        "SELECT count(*) FROM member AS m WHERE status = 2 AND left_on <>
             coalesce((SELECT max(until_day) FROM assignment AS a WHERE a.member = m.member), left_on)",
    ),
    (
        "apps whose number of listed members is not what their roster holds",
        "SELECT count(*) FROM app WHERE listed <>
             (SELECT count(*) FROM member WHERE member.app = app.app AND status < 2)",
    ),
    (
        "seat counts that are not what the members hold",
        "WITH counted AS (SELECT app, license, count(*) AS assigned, sum(status = 0) AS active FROM member WHERE status < 2
                          GROUP BY app, license),
              kept AS (SELECT app, license, assigned, active, max(day) FROM seat_count GROUP BY app, license)
         SELECT count(*) FROM kept FULL JOIN counted USING (app, license)
         WHERE ifnull(kept.assigned, 0) <> ifnull(counted.assigned, 0) OR ifnull(kept.active, 0) <> ifnull(counted.active, 0)",
    ),
    (
        "seat counts of a day that are not what the spells say",
        "WITH step AS (
                 SELECT app, a.license, from_day AS day, 1 AS assigned, active FROM spell AS a JOIN member USING (member)
                 UNION ALL
                 SELECT app, a.license, until_day, -1, -active FROM assignment AS a JOIN member USING (member)
                 WHERE until_day IS NOT NULL),
              daily AS (SELECT app, license, day, sum(assigned) AS assigned, sum(active) AS active FROM step
                        GROUP BY app, license, day),
              running AS (SELECT app, license, day, sum(assigned) OVER upto AS assigned, sum(active) OVER upto AS active
                          FROM daily WINDOW upto AS (PARTITION BY app, license ORDER BY day))
         SELECT count(*) FROM seat_count AS kept WHERE (assigned, active) IS NOT (
             SELECT assigned, active FROM running WHERE running.app = kept.app AND running.license = kept.license
                 AND running.day <= kept.day ORDER BY running.day DESC LIMIT 1)",
    ),
    (
        "days of last activity of a member who does not exist",
        "SELECT count(*) FROM activity WHERE member NOT IN (SELECT member FROM member)",
    ),
    (
        "days of last activity that no import of the member's app told",
        "SELECT count(*) FROM activity JOIN member USING (member)
         WHERE (app, import) NOT IN (SELECT app, import FROM activity_import_version)",
    ),
    (
        "changes of a run that did not complete",
        "SELECT count(*) FROM change WHERE run NOT IN (SELECT run FROM sync_run WHERE status = 'completed')",
    ),
    (
        "changes of a member of another app",
        "SELECT count(*) FROM change JOIN sync_run USING (run) LEFT JOIN member ON member.member = change.member
         WHERE member.app IS NOT sync_run.app",
    ),
    (
        "changes of an unknown license type",
        "SELECT count(*) FROM change WHERE ifnull(from_license, 0) NOT IN (SELECT 0 UNION ALL SELECT license FROM license_type)
             OR ifnull(to_license, 0) NOT IN (SELECT 0 UNION ALL SELECT license FROM license_type)",
    ),
    (
        "stages of a run that has not ended",
        "SELECT count(*) FROM run_stage WHERE run IN (SELECT run FROM sync_run WHERE status = 'running')",
    ),
    (
        "rosters that wait although their run was not held",
        "SELECT count(*) FROM held_roster WHERE run NOT IN (SELECT run FROM sync_run WHERE status = 'held')",
    ),
    (
        "apps with more than one roster that waits",
        "SELECT count(*) FROM (SELECT 1 FROM held_roster JOIN sync_run USING (run) GROUP BY app HAVING count(*) > 1)",
    ),
    (
        "members who would leave with a roster that does not wait",
        "SELECT count(*) FROM held_member WHERE run NOT IN (SELECT run FROM held_roster)",
    ),
    (
        "members who would leave but are not listed on that app's roster",
        "SELECT count(*) FROM held_member JOIN sync_run USING (run) LEFT JOIN member ON member.member = held_member.member
         WHERE member.app IS NOT sync_run.app OR member.status = 2",
    ),
    (
        "mapped license types that share a place in the order",
        "SELECT count(*) FROM (SELECT 1 FROM license_mapping GROUP BY app, source, position HAVING count(*) > 1)",
    ),
    (
        "acts that wrote nothing",
        "SELECT count(*) FROM act WHERE act NOT IN (SELECT act FROM purchase_version UNION SELECT act FROM fee_version
             UNION SELECT act FROM invoice_version UNION SELECT act FROM rate_version
             UNION SELECT act FROM rate_policy_version UNION SELECT act FROM headcount_version
             UNION SELECT act FROM license_type_version UNION SELECT act FROM activity_import_version
             UNION SELECT act FROM counting_version
             UNION SELECT act FROM scenario_version WHERE act IS NOT NULL)",
    ),
    (
        "acts that take back a later one, or one of somebody else",
        "SELECT count(*) FROM act AS undo JOIN act AS undone ON undone.act = undo.undoes
         WHERE undone.act >= undo.act OR undone.app IS NOT undo.app",
    ),
    (
        "versions of an act of another app",
        "SELECT count(*) FROM (SELECT act, app FROM purchase_version UNION ALL SELECT act, app FROM fee_version
             UNION ALL SELECT act, app FROM invoice_version UNION ALL SELECT act, NULL FROM rate_version
             UNION ALL SELECT act, NULL FROM rate_policy_version UNION ALL SELECT act, NULL FROM headcount_version
             UNION ALL SELECT act, app FROM license_type_version UNION ALL SELECT act, app FROM scenario_version
             UNION ALL SELECT act, app FROM activity_import_version UNION ALL SELECT act, app FROM counting_version) AS written
         JOIN act USING (act) WHERE act.app IS NOT written.app",
    ),
    (
        "purchases, fees or invoices that changed their app",
        "SELECT count(*) FROM (SELECT 1 FROM purchase_version GROUP BY purchase HAVING count(DISTINCT app) > 1
             UNION ALL SELECT 1 FROM fee_version GROUP BY fee HAVING count(DISTINCT app) > 1
             UNION ALL SELECT 1 FROM invoice_version GROUP BY invoice HAVING count(DISTINCT app) > 1)",
    ),
    (
        "purchases that continue one which never was",
        "SELECT count(*) FROM purchase_version WHERE succeeds IS NOT NULL
             AND (app, succeeds) NOT IN (SELECT app, purchase FROM purchase_version)",
    ),
    (
        "fees that continue one which never was",
        "SELECT count(*) FROM fee_version WHERE succeeds IS NOT NULL
             AND (app, succeeds) NOT IN (SELECT app, fee FROM fee_version)",
    ),
    (
        "purchases of a license type that was taken back",
        "SELECT count(*) FROM purchase_version WHERE NOT deleted
             AND version IN (SELECT max(version) FROM purchase_version GROUP BY purchase)
             AND (app, license_type) NOT IN (SELECT app, key FROM standing_type)",
    ),
    (
        "invoices of a purchase that never was",
        "SELECT count(*) FROM invoice_version WHERE (app, purchase) NOT IN (SELECT app, purchase FROM purchase_version)",
    ),
    (
        "rates of 0 or less, or two of a kind for the same day",
        "WITH standing AS (SELECT * FROM rate_version WHERE NOT deleted
                           AND version IN (SELECT max(version) FROM rate_version GROUP BY rate))
         SELECT (SELECT count(*) FROM standing WHERE CAST(worth AS REAL) <= 0)
              + (SELECT count(*) FROM (SELECT 1 FROM standing GROUP BY from_currency, to_currency, kind, day HAVING count(*) > 1))
              + (SELECT count(*) FROM standing AS one JOIN standing AS next USING (from_currency, to_currency)
                 WHERE one.day < next.day AND next.kind = 'budget' AND next.day < one.end_day)",
    ),
    (
        "budget rates that end before they begin",
        "SELECT count(*) FROM rate_version WHERE end_day <= day",
    ),
    (
        "headcounts of which two are for the same day",
        "SELECT count(*) FROM (SELECT 1 FROM headcount_version WHERE NOT deleted
             AND version IN (SELECT max(version) FROM headcount_version GROUP BY headcount) GROUP BY day HAVING count(*) > 1)",
    ),
];

impl Store {
    /// What is wrong with the database, one sentence each; empty when all is well.
    pub fn check(&self) -> Result<Vec<String>, StoreError> {
        self.read(|reader| {
            let mut asking = reader.prepare("PRAGMA integrity_check(20)")?;
            let mut wrong: Vec<String> = asking.query_map((), |row| row.get(0))?.collect::<Result<_, _>>()?;
            wrong.retain(|line| line != "ok");
            let mut asking = reader.prepare("PRAGMA foreign_key_check")?;
            let orphans = asking.query_map((), |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
            wrong.extend(
                orphans.into_iter().map(|table| format!("A row of {table} refers to one that does not exist.")),
            );
            for (what, question) in INVARIANTS {
                let broken: i64 = reader.query_row(question, (), |row| row.get(0))?;
                if broken > 0 {
                    wrong.push(format!("There are {what}: {broken}."));
                }
            }
            let miscounted = activity_counts::wrong(reader)?;
            if miscounted > 0 {
                wrong.push(format!(
                    "There are counts by last activity that are not what members held and imports told: {miscounted}."
                ));
            }
            let unreadable = unreadable_conditions(reader)?;
            if unreadable > 0 {
                wrong.push(format!("There are purchases whose conditions cannot be read back: {unreadable}."));
            }
            Ok(wrong)
        })
    }
}

/// Conditions must be in the one form that they are written in.
fn unreadable_conditions(reader: &Connection) -> Result<usize, StoreError> {
    let mut asking = reader.prepare("SELECT conditions FROM purchase_version WHERE conditions <> ''")?;
    let texts = asking.query_map((), |row| row.get::<_, String>(0))?.collect::<Result<Vec<_>, _>>()?;
    let exact = |text: &String| conditions_text::read(text).is_some_and(|read| conditions_text::write(&read) == *text);
    Ok(texts.iter().filter(|text| !exact(text)).count())
}
