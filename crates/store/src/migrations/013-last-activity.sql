-- Frozen once released: later changes are later files.
-- What files told of when members were last active. An import is a version under an act, so that it can be taken back.
-- `log` is 1 for a list of events: whoever is not in it is not known. `chained` is 1 for a list of people that is no older
-- than the lists before it: what it tells of a member is kept only where the list before told otherwise.
CREATE TABLE activity_import_version (
    version   INTEGER PRIMARY KEY,
    act       INTEGER NOT NULL REFERENCES act,
    app       INTEGER NOT NULL REFERENCES app,
    import    INTEGER NOT NULL,
    deleted   INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    file      TEXT    NOT NULL,
    until_day INTEGER NOT NULL,
    log       INTEGER NOT NULL CHECK (log IN (0, 1)),
    chained   INTEGER NOT NULL CHECK (chained IN (0, 1) AND chained + log < 2),
    rows_read INTEGER NOT NULL CHECK (rows_read >= 0),
    matched   INTEGER NOT NULL CHECK (matched >= 0),
    unmatched INTEGER NOT NULL CHECK (unmatched >= 0),
    newer     INTEGER NOT NULL CHECK (newer BETWEEN 0 AND matched),
    UNIQUE (act, import)
) STRICT;
CREATE INDEX activity_import_version_by_import ON activity_import_version (import, version);
CREATE INDEX activity_import_version_by_app ON activity_import_version (app, import, version);

-- What an import told of a member: 0 nothing any more, 1 never active, 2 last active on `day`.
CREATE TABLE activity (
    member INTEGER NOT NULL,
    import INTEGER NOT NULL,
    told   INTEGER NOT NULL CHECK (told BETWEEN 0 AND 2),
    day    INTEGER CHECK ((told = 2) = (day IS NOT NULL)),
    PRIMARY KEY (member, import)
) STRICT, WITHOUT ROWID;

-- How many members more, or fewer, count so from a day on: 1 active, 2 inactive, 3 never active. Those of no such row are
-- not monitored. Kept in step with imports, rosters and the threshold, so that no screen has to count members.
CREATE TABLE activity_count (
    app     INTEGER NOT NULL,
    day     INTEGER NOT NULL,
    license INTEGER NOT NULL,
    active  INTEGER NOT NULL CHECK (active IN (0, 1)),
    state   INTEGER NOT NULL CHECK (state BETWEEN 1 AND 3),
    members INTEGER NOT NULL,
    PRIMARY KEY (app, day, license, active, state)
) STRICT, WITHOUT ROWID;

-- How an app's accounts are counted: after how many days without activity they are inactive, and whether the contract
-- charges for deactivated ones. Without a row that stands it is the usual.
CREATE TABLE counting_version (
    version              INTEGER PRIMARY KEY,
    act                  INTEGER NOT NULL UNIQUE REFERENCES act,
    app                  INTEGER NOT NULL REFERENCES app,
    deleted              INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    inactive_after       INTEGER NOT NULL CHECK (inactive_after BETWEEN 1 AND 3650),
    deactivated_billable INTEGER NOT NULL CHECK (deactivated_billable IN (0, 1))
) STRICT;
CREATE INDEX counting_version_by_app ON counting_version (app, version);

CREATE VIEW standing_counting AS
SELECT app, inactive_after, deactivated_billable FROM counting_version AS said
WHERE NOT deleted AND version = (SELECT max(version) FROM counting_version AS v WHERE v.app = said.app);
