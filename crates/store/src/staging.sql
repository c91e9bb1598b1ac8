PRAGMA page_size = 16384;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
PRAGMA cache_size = -8000;
PRAGMA secure_delete = OFF;

-- Kind 0 is a license key, the others as in the store's own table.
CREATE TABLE word (
    word   INTEGER PRIMARY KEY,
    kind   INTEGER NOT NULL,
    text   TEXT    NOT NULL,
    folded TEXT    NOT NULL
) STRICT;

CREATE TABLE person (
    person         INTEGER PRIMARY KEY,
    id             TEXT    NOT NULL UNIQUE,
    hash           BLOB    NOT NULL,
    active         INTEGER NOT NULL,
    license        INTEGER NOT NULL,
    department     INTEGER NOT NULL,
    cost_center    INTEGER NOT NULL,
    groups         INTEGER NOT NULL,
    products       INTEGER NOT NULL,
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
    search         TEXT    NOT NULL
) STRICT;
