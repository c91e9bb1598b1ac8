-- How many members with a known license type would have an unknown one, were the roster that waits accepted.
ALTER TABLE held_roster ADD COLUMN would_lose INTEGER NOT NULL DEFAULT 0 CHECK (would_lose >= 0);

-- Whom the findings of a run concern, as far as its reading named them: kept of the newest run of an app that read a
-- roster. `told` is a list of sources and what they told, by turns, each text preceded by its length.
CREATE TABLE finding_case (
    run       INTEGER NOT NULL REFERENCES sync_run,
    position  INTEGER NOT NULL,
    code      TEXT    NOT NULL,
    id        TEXT    NOT NULL,
    user_name TEXT    NOT NULL,
    email     TEXT,
    told      TEXT    NOT NULL,
    PRIMARY KEY (run, position)
) STRICT, WITHOUT ROWID;

-- Values of the attribute that tells the license type, as rosters that were accepted had them.
CREATE TABLE license_value (
    app   INTEGER NOT NULL REFERENCES app,
    path  TEXT    NOT NULL,
    value TEXT    NOT NULL,
    PRIMARY KEY (app, path, value)
) STRICT, WITHOUT ROWID;
