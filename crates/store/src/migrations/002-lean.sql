-- Frozen once released: later changes are later files.
-- What can be derived is kept no more: sort keys, search text and their indexes made up most of what a sync wrote.
-- A member's present spell is in the member's own row, so that a first roster is one row a member.

-- The run of the first roster: whoever it lists joined with it, see `founder`.
ALTER TABLE app ADD COLUMN founded INTEGER;

CREATE TABLE lean_member (
    member         INTEGER PRIMARY KEY,
    app            INTEGER NOT NULL,
    id             TEXT    NOT NULL,
    hash           BLOB    NOT NULL CHECK (length(hash) = 16),
    status         INTEGER NOT NULL CHECK (status BETWEEN 0 AND 2),
    license        INTEGER NOT NULL,
    -- The first day of the present spell; NULL for those who left.
    since          INTEGER,
    left_on        INTEGER,
    -- 1 where the first roster found them active and their license is the same still: the change "joined" of that run is
    -- told by this alone.
    founder        INTEGER NOT NULL CHECK (founder IN (0, 1)),
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
    CHECK ((status = 2) = (left_on IS NOT NULL) AND (status = 2) = (since IS NULL))
) STRICT;

INSERT INTO lean_member
SELECT m.member, app, id, hash, status, m.license, a.from_day, left_on, 0, department, cost_center, groups, products, created,
    last_modified, user_name, email, given_name, middle_name, family_name, display_name
FROM member AS m LEFT JOIN assignment AS a ON a.member = m.member AND until_day IS NULL ORDER BY m.member;
DROP TABLE member;
ALTER TABLE lean_member RENAME TO member;
CREATE UNIQUE INDEX member_by_id ON member (app, id);

-- Spells that ended.
CREATE TABLE lean_assignment (
    member    INTEGER NOT NULL,
    from_day  INTEGER NOT NULL,
    until_day INTEGER NOT NULL CHECK (until_day > from_day),
    license   INTEGER NOT NULL,
    active    INTEGER NOT NULL CHECK (active IN (0, 1)),
    PRIMARY KEY (member, from_day)
) STRICT, WITHOUT ROWID;
INSERT INTO lean_assignment SELECT member, from_day, until_day, license, active FROM assignment WHERE until_day IS NOT NULL;
DROP TABLE assignment;
ALTER TABLE lean_assignment RENAME TO assignment;

-- Every spell, the present ones too.
CREATE VIEW spell AS
SELECT member, from_day, until_day, license, active FROM assignment
UNION ALL
SELECT member, since, NULL, license, 1 - status FROM member WHERE since IS NOT NULL;
