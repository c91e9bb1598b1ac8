-- How an app is read, beyond its address: a missing row and a NULL both mean "the usual".
CREATE TABLE connection (
    app                 INTEGER PRIMARY KEY REFERENCES app,
    license_from        TEXT,
    requests_per_minute INTEGER CHECK (requests_per_minute >= 0),
    pages_in_flight     INTEGER CHECK (pages_in_flight >= 1),
    authority           TEXT,
    drop_percent        INTEGER CHECK (drop_percent BETWEEN 0 AND 100),
    sync_every_hours    INTEGER CHECK (sync_every_hours BETWEEN 1 AND 168),
    groups_read         INTEGER,
    rest_base_url       TEXT
) STRICT;

-- What something seen at the vendor means. Of several things seen on one member the first position with a license counts;
-- a license of NULL says nothing about licenses. `members` is as last counted, NULL where nobody counted.
CREATE TABLE license_mapping (
    app      INTEGER NOT NULL REFERENCES connection,
    source   TEXT    NOT NULL CHECK (source IN ('value', 'group', 'subscription')),
    seen     TEXT    NOT NULL,
    name     TEXT    NOT NULL,
    license  TEXT,
    position INTEGER NOT NULL,
    members  INTEGER CHECK (members >= 0),
    PRIMARY KEY (app, source, seen),
    FOREIGN KEY (app, license) REFERENCES license_type (app, key)
) STRICT, WITHOUT ROWID;

-- What a run asked of the server, in order, as far as it came.
CREATE TABLE run_stage (
    run          INTEGER NOT NULL REFERENCES sync_run,
    position     INTEGER NOT NULL,
    key          TEXT    NOT NULL,
    requests     INTEGER NOT NULL,
    bytes        INTEGER NOT NULL,
    retries      INTEGER NOT NULL,
    milliseconds INTEGER NOT NULL,
    detail       TEXT    NOT NULL,
    completed    INTEGER NOT NULL CHECK (completed IN (0, 1)),
    PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;
ALTER TABLE sync_run ADD COLUMN retries INTEGER NOT NULL DEFAULT 0;

-- The roster that waits for a person's word: at most one for each app, forgotten when a later run completes or is held.
CREATE TABLE held_roster (
    run          INTEGER PRIMARY KEY REFERENCES sync_run,
    would_join   INTEGER NOT NULL,
    would_change INTEGER NOT NULL
) STRICT;

-- Everybody who would leave with it.
CREATE TABLE held_member (
    run    INTEGER NOT NULL,
    member INTEGER NOT NULL,
    PRIMARY KEY (run, member)
) STRICT, WITHOUT ROWID;
