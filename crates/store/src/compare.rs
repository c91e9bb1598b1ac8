//! The statements by which a staged roster is compared with the current one, as sets, and written.
//! `fate` holds the members that need writing, one row each: those whose row hash did not change are not in it.

/// Scratch tables; they hold numbers only.
pub(crate) const SCRATCH: &str = "
    CREATE TEMP TABLE adopted (local INTEGER PRIMARY KEY, word INTEGER NOT NULL);
    CREATE TEMP TABLE fate (
        member         INTEGER PRIMARY KEY,
        person         INTEGER,
        before_status  INTEGER,
        before_license INTEGER,
        after_status   INTEGER NOT NULL,
        after_license  INTEGER NOT NULL
    );
    CREATE TEMP TABLE verdict (
        before_status INTEGER, before_license INTEGER, after_status INTEGER, after_license INTEGER,
        kind INTEGER NOT NULL, from_license INTEGER, to_license INTEGER,
        PRIMARY KEY (before_status, before_license, after_status, after_license)
    ) WITHOUT ROWID;";

/// Removes them again.
pub(crate) const SCRATCH_AWAY: &str = "DROP TABLE temp.adopted; DROP TABLE temp.fate; DROP TABLE temp.verdict;";

/// Keys of license types that the app does not have yet.
pub(crate) const NEW_LICENSES: &str = "
    SELECT text FROM staged.word
    WHERE kind = 0 AND text NOT IN (SELECT key FROM license_type WHERE app = ?1) ORDER BY text";

/// Takes over the shared texts.
pub(crate) const ADOPT_WORDS: &str = "
    INSERT OR IGNORE INTO main.word (app, kind, text, folded)
    SELECT ?1, kind, text, folded FROM staged.word WHERE kind > 0";

/// Maps the staging's numbers of licenses and shared texts to the store's.
pub(crate) const MAP_WORDS: &str = "
    INSERT INTO adopted (local, word)
    SELECT staged.word.word, main.word.word FROM staged.word JOIN main.word
        ON main.word.app = ?1 AND main.word.kind = staged.word.kind AND main.word.text = staged.word.text
    UNION ALL
    SELECT staged.word.word, license FROM staged.word JOIN license_type
        ON staged.word.kind = 0 AND license_type.app = ?1 AND license_type.key = staged.word.text";

/// Those listed now who are new, back, or differ. New ones get numbers after all others, in the order of arrival.
pub(crate) const FIND_MOVED: &str = "
    INSERT INTO fate (member, person, before_status, before_license, after_status, after_license)
    SELECT coalesce(m.member, p.person + (SELECT coalesce(max(member), 0) FROM main.member)), p.person, m.status, m.license,
           1 - p.active, coalesce(adopted.word, 0)
    FROM staged.person AS p
    LEFT JOIN main.member AS m ON m.app = ?1 AND m.id = p.id
    LEFT JOIN adopted ON adopted.local = p.license
    WHERE m.member IS NULL OR m.status = 2 OR m.hash <> p.hash";

/// Those of them that were not listed before.
pub(crate) const COUNT_FRESH: &str = "SELECT count(*) FROM fate WHERE before_status IS NULL OR before_status = 2";

/// Those listed before and not now.
pub(crate) const FIND_GONE: &str = "
    INSERT INTO fate (member, person, before_status, before_license, after_status, after_license)
    SELECT member, NULL, status, license, 2, license FROM main.member AS m
    WHERE app = ?1 AND status < 2 AND NOT EXISTS (SELECT 1 FROM staged.person AS p WHERE p.id = m.id)";

/// Adds the new ones.
pub(crate) const ADD_MEMBERS: &str = "
    INSERT INTO main.member (member, app, id, hash, status, license, left_on, department, cost_center, groups, products,
        created, last_modified, user_name, email, given_name, middle_name, family_name, display_name, given_folded,
        middle_folded, family_folded, display_folded, search)
    SELECT fate.member, ?1, p.id, p.hash, after_status, after_license, NULL, d.word, c.word, g.word, t.word,
        p.created, p.last_modified, p.user_name, p.email, p.given_name, p.middle_name, p.family_name, p.display_name,
        p.given_folded, p.middle_folded, p.family_folded, p.display_folded, p.search
    FROM fate CROSS JOIN staged.person AS p ON p.person = fate.person
    LEFT JOIN adopted AS d ON d.local = p.department
    LEFT JOIN adopted AS c ON c.local = p.cost_center
    LEFT JOIN adopted AS g ON g.local = p.groups
    LEFT JOIN adopted AS t ON t.local = p.products
    WHERE fate.before_status IS NULL ORDER BY fate.member";

/// Brings the others up to date.
pub(crate) const UPDATE_MEMBERS: &str = "
    UPDATE main.member AS m SET hash = p.hash, status = after_status, license = after_license, left_on = NULL,
        department = (SELECT word FROM adopted WHERE local = p.department),
        cost_center = (SELECT word FROM adopted WHERE local = p.cost_center),
        groups = (SELECT word FROM adopted WHERE local = p.groups),
        products = (SELECT word FROM adopted WHERE local = p.products),
        created = p.created, last_modified = p.last_modified, user_name = p.user_name, email = p.email,
        given_name = p.given_name, middle_name = p.middle_name, family_name = p.family_name,
        display_name = p.display_name, given_folded = p.given_folded, middle_folded = p.middle_folded,
        family_folded = p.family_folded, display_folded = p.display_folded, search = p.search
    FROM fate JOIN staged.person AS p ON p.person = fate.person
    WHERE m.member = fate.member AND fate.before_status IS NOT NULL";

/// Marks those no longer listed; the rest of their row stays as it was. Who came back and left on one day left when
/// their last spell ended.
pub(crate) const MARK_GONE: &str = "
    UPDATE main.member AS m SET status = 2,
        left_on = coalesce((SELECT max(until_day) FROM main.assignment AS a WHERE a.member = m.member), ?1)
    WHERE member IN (SELECT member FROM fate WHERE after_status = 2)";

/// How many members made which move.
pub(crate) const MOVES: &str = "
    SELECT before_status, before_license, after_status, after_license, count(*) FROM fate GROUP BY 1, 2, 3, 4";

/// Names a move.
pub(crate) const ADD_VERDICT: &str = "INSERT INTO verdict VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";

/// Writes the moves that have a name.
pub(crate) const ADD_CHANGES: &str = "
    INSERT INTO main.change (run, member, kind, from_license, to_license)
    SELECT ?1, fate.member, kind, from_license, to_license
    FROM fate CROSS JOIN verdict
        ON verdict.before_status = ifnull(fate.before_status, -1) AND verdict.before_license = ifnull(fate.before_license, 0)
        AND verdict.after_status = fate.after_status AND verdict.after_license = fate.after_license
    ORDER BY fate.member";

/// A spell that began today and ends today never was.
pub(crate) const DROP_TODAYS: &str = "
    DELETE FROM main.assignment WHERE (member, from_day) IN (
        SELECT member, ?1 FROM fate WHERE before_status < 2
            AND (before_status <> after_status OR before_license <> after_license))";

/// Ends the other spells of those who moved.
pub(crate) const CLOSE: &str = "
    UPDATE main.assignment SET until_day = ?1 WHERE until_day IS NULL AND member IN (
        SELECT member FROM fate WHERE before_status < 2
            AND (before_status <> after_status OR before_license <> after_license))";

/// Who is back today to what they left today never moved.
pub(crate) const REOPEN: &str = "
    UPDATE main.assignment SET until_day = NULL
    FROM fate
    WHERE assignment.member = fate.member AND until_day = ?1 AND fate.before_status IS NOT NULL AND after_status < 2
        AND assignment.license = after_license AND assignment.active = 1 - after_status";

/// Begins the spells of everyone else who is listed and moved.
pub(crate) const OPEN: &str = "
    INSERT INTO main.assignment (member, from_day, until_day, license, active)
    SELECT member, ?1, NULL, after_license, 1 - after_status FROM fate
    WHERE after_status < 2
        AND (before_status IS NULL OR NOT EXISTS (
            SELECT 1 FROM main.assignment AS held WHERE held.member = fate.member AND held.until_day IS NULL))
    ORDER BY member";
