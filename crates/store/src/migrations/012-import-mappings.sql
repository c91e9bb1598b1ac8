-- Frozen once released: later changes are later files.
-- Which column fills which field, as people chose it for files with these headings. What it says is known to the caller.
CREATE TABLE import_mapping (
    app      INTEGER NOT NULL REFERENCES app,
    headings TEXT    NOT NULL,
    body     TEXT    NOT NULL,
    PRIMARY KEY (app, headings)
) STRICT, WITHOUT ROWID;
