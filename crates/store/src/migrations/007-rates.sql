-- A rate is of a day, of a month (`day` is its first) or a budget's (`day` and `end_day` are its period). Until now every
-- one was of a day.
ALTER TABLE rate_version ADD COLUMN kind TEXT NOT NULL DEFAULT 'day' CHECK (kind IN ('day', 'month-average', 'budget'));
ALTER TABLE rate_version ADD COLUMN end_day INTEGER CHECK ((kind = 'budget') = (end_day IS NOT NULL));

-- Which of them serves figures. There is one choice at most: `choice` is always 1.
CREATE TABLE rate_policy_version (
    version INTEGER PRIMARY KEY,
    act     INTEGER NOT NULL UNIQUE REFERENCES act,
    choice  INTEGER NOT NULL CHECK (choice = 1),
    deleted INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    policy  TEXT    NOT NULL
) STRICT;

-- How many people the organisation employed from a day on, until the next one.
CREATE TABLE headcount_version (
    version   INTEGER PRIMARY KEY,
    act       INTEGER NOT NULL REFERENCES act,
    headcount INTEGER NOT NULL,
    deleted   INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    day       INTEGER NOT NULL,
    people    INTEGER NOT NULL CHECK (people > 0),
    UNIQUE (act, headcount)
) STRICT;
CREATE INDEX headcount_version_by_headcount ON headcount_version (headcount, version);
