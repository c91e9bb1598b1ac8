-- What-if scenarios by name, as they were typed: the caller writes the body and reads it back.
CREATE TABLE scenario (
    app  INTEGER NOT NULL REFERENCES app,
    name TEXT    NOT NULL CHECK (name <> ''),
    body TEXT    NOT NULL,
    PRIMARY KEY (app, name)
) STRICT, WITHOUT ROWID;
