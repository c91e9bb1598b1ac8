-- Frozen once released: later changes are later files.
-- Days are days since 1970-01-01, instants are microseconds since then. License 0 is "unknown".
-- The large tables carry no foreign keys, because each costs a look-up per row; `check` verifies them instead.

CREATE TABLE setting (
    key   TEXT NOT NULL PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE app (
    app        INTEGER PRIMARY KEY,
    slug       TEXT    NOT NULL UNIQUE,
    name       TEXT    NOT NULL,
    connector  TEXT    NOT NULL,
    base_url   TEXT    NOT NULL,
    sample     INTEGER NOT NULL CHECK (sample IN (0, 1)),
    created_at INTEGER NOT NULL,
    roster_day INTEGER,
    listed     INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE license_type (
    license  INTEGER PRIMARY KEY,
    app      INTEGER NOT NULL REFERENCES app,
    key      TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    billable INTEGER NOT NULL CHECK (billable IN (0, 1)),
    free     INTEGER NOT NULL CHECK (free IN (0, 1)),
    rank     INTEGER,
    UNIQUE (app, key)
) STRICT;

CREATE TABLE sync_run (
    run             INTEGER PRIMARY KEY,
    app             INTEGER NOT NULL REFERENCES app,
    started_at      INTEGER NOT NULL,
    ended_at        INTEGER,
    status          TEXT    NOT NULL CHECK (status IN ('running', 'completed', 'held', 'failed', 'cancelled')),
    day             INTEGER,
    members         INTEGER NOT NULL DEFAULT 0,
    added           INTEGER NOT NULL DEFAULT 0,
    removed         INTEGER NOT NULL DEFAULT 0,
    changed         INTEGER NOT NULL DEFAULT 0,
    pages           INTEGER NOT NULL DEFAULT 0,
    bytes           INTEGER NOT NULL DEFAULT 0,
    requests        INTEGER NOT NULL DEFAULT 0,
    problem_code    TEXT,
    problem_message TEXT,
    problem_hint    TEXT,
    CHECK ((status = 'running') = (ended_at IS NULL))
) STRICT;
CREATE INDEX sync_run_by_app ON sync_run (app);

CREATE TABLE finding (
    run      INTEGER NOT NULL REFERENCES sync_run,
    position INTEGER NOT NULL,
    code     TEXT    NOT NULL,
    members  INTEGER NOT NULL,
    examples TEXT    NOT NULL,
    PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;

-- Texts that many members share; kind is 1 department, 2 cost center, 3 set of groups, 4 set of products.
CREATE TABLE word (
    word   INTEGER PRIMARY KEY,
    app    INTEGER NOT NULL REFERENCES app,
    kind   INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 4),
    text   TEXT    NOT NULL,
    folded TEXT    NOT NULL,
    UNIQUE (app, kind, text)
) STRICT;

-- Everybody ever listed, as the vendor reported them last. Status is 0 active, 1 deactivated, 2 left.
-- The *_folded columns are NULL where SQLite's own NOCASE folds the text right (it is all ASCII).
CREATE TABLE member (
    member         INTEGER PRIMARY KEY,
    app            INTEGER NOT NULL,
    id             TEXT    NOT NULL,
    hash           BLOB    NOT NULL CHECK (length(hash) = 16),
    status         INTEGER NOT NULL CHECK (status BETWEEN 0 AND 2),
    license        INTEGER NOT NULL,
    left_on        INTEGER,
    department     INTEGER,
    cost_center    INTEGER,
    groups         INTEGER,
    products       INTEGER,
    created        INTEGER,
    last_modified  INTEGER,
    user_name      TEXT    NOT NULL,
    email          TEXT,
    given_name     TEXT,
    middle_name    TEXT,
    family_name    TEXT,
    display_name   TEXT,
    given_folded   TEXT,
    middle_folded  TEXT,
    family_folded  TEXT,
    display_folded TEXT,
    search         TEXT    NOT NULL,
    CHECK ((status = 2) = (left_on IS NOT NULL)),
    UNIQUE (app, id)
) STRICT;

-- Who held what from the first day up to, not including, the last one; NULL is "until now".
CREATE TABLE assignment (
    member    INTEGER NOT NULL,
    from_day  INTEGER NOT NULL,
    until_day INTEGER,
    license   INTEGER NOT NULL,
    active    INTEGER NOT NULL CHECK (active IN (0, 1)),
    PRIMARY KEY (member, from_day),
    CHECK (until_day > from_day)
) STRICT, WITHOUT ROWID;

-- What a run found to have happened; a license of NULL is "none": before joining, after leaving.
CREATE TABLE change (
    run          INTEGER NOT NULL,
    member       INTEGER NOT NULL,
    kind         INTEGER NOT NULL CHECK (kind BETWEEN 1 AND 6),
    from_license INTEGER,
    to_license   INTEGER,
    PRIMARY KEY (run, member)
) STRICT, WITHOUT ROWID;

-- Seats held per license from a day on, until the next row of that license.
CREATE TABLE seat_count (
    app      INTEGER NOT NULL,
    license  INTEGER NOT NULL,
    day      INTEGER NOT NULL,
    assigned INTEGER NOT NULL CHECK (assigned >= 0),
    active   INTEGER NOT NULL CHECK (active BETWEEN 0 AND assigned),
    PRIMARY KEY (app, license, day)
) STRICT, WITHOUT ROWID;

-- Append-only: every edit and every undo adds a version, nothing is overwritten.
CREATE TABLE purchase_version (
    version      INTEGER PRIMARY KEY,
    app          INTEGER NOT NULL REFERENCES app,
    purchase     INTEGER NOT NULL,
    at           INTEGER NOT NULL,
    act          TEXT    NOT NULL CHECK (act IN ('add', 'edit', 'end', 'delete', 'undo')),
    undoes       INTEGER UNIQUE REFERENCES purchase_version,
    words        TEXT    NOT NULL,
    deleted      INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    license_type TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    po           TEXT    NOT NULL,
    seats        INTEGER CHECK (seats >= 0),
    amount       TEXT,
    per          TEXT CHECK (per IN ('unit', 'lot')),
    currency     TEXT    NOT NULL CHECK (length(currency) = 3),
    frequency    TEXT    NOT NULL,
    from_day     INTEGER NOT NULL,
    end_day      INTEGER,
    proration    TEXT    NOT NULL,
    auto_renews  INTEGER NOT NULL CHECK (auto_renews IN (0, 1)),
    notice_days  INTEGER CHECK (notice_days BETWEEN 0 AND 65535),
    note         TEXT    NOT NULL,
    CHECK ((act = 'undo') = (undoes IS NOT NULL)),
    CHECK ((amount IS NULL) = (per IS NULL)),
    FOREIGN KEY (app, license_type) REFERENCES license_type (app, key)
) STRICT;
CREATE INDEX purchase_version_by_app ON purchase_version (app, purchase, version);

-- What the roster screen lists, sorts and counts most, each with the columns that its usual filters ask for.
CREATE INDEX member_by_kind ON member (app, status, license, department, cost_center, groups);
CREATE INDEX member_by_email ON member (app, email COLLATE NOCASE, status, license);
CREATE INDEX member_by_family ON member (app, coalesce(family_folded, family_name) COLLATE NOCASE, status, license);
