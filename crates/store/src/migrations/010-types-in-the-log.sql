-- Frozen once released: later changes are later files.
-- What a person says of a license type is a version under an act, laid over what the connector or a roster said. A row here
-- stands until it is taken back; then what was said before counts. What was changed until now is what was said at first.
CREATE TABLE license_type_version (
    version  INTEGER PRIMARY KEY,
    act      INTEGER NOT NULL REFERENCES act,
    app      INTEGER NOT NULL REFERENCES app,
    license  INTEGER NOT NULL REFERENCES license_type,
    deleted  INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    name     TEXT    NOT NULL,
    billable INTEGER NOT NULL CHECK (billable IN (0, 1)),
    free     INTEGER NOT NULL CHECK (free IN (0, 1)),
    UNIQUE (act, license)
) STRICT;
CREATE INDEX license_type_version_by_license ON license_type_version (license, version);

-- 1 where only a person's act brought it: it goes when that act is taken back. What a roster or a mapping names is not.
ALTER TABLE license_type ADD COLUMN entered INTEGER NOT NULL DEFAULT 0 CHECK (entered IN (0, 1));

-- The license types as they stand.
CREATE VIEW standing_type AS
SELECT t.license, t.app, t.key, coalesce(said.name, t.name) AS name, coalesce(said.billable, t.billable) AS billable,
       coalesce(said.free, t.free) AS free, t.rank
FROM license_type AS t LEFT JOIN license_type_version AS said
     ON NOT said.deleted AND said.version = (SELECT max(version) FROM license_type_version AS v WHERE v.license = t.license)
WHERE NOT t.entered OR said.version IS NOT NULL;

-- Scenarios as versions too. Those that were kept before have no act and cannot be taken back.
CREATE TABLE scenario_version (
    version  INTEGER PRIMARY KEY,
    act      INTEGER REFERENCES act,
    app      INTEGER NOT NULL REFERENCES app,
    scenario INTEGER NOT NULL,
    deleted  INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    name     TEXT    NOT NULL CHECK (name <> ''),
    body     TEXT    NOT NULL,
    UNIQUE (act, scenario)
) STRICT;
INSERT INTO scenario_version (app, scenario, deleted, name, body)
SELECT app, row_number() OVER (ORDER BY app, name), 0, name, body FROM scenario;
DROP TABLE scenario;
CREATE INDEX scenario_version_by_scenario ON scenario_version (scenario, version);
CREATE INDEX scenario_version_by_app ON scenario_version (app, scenario, version);
