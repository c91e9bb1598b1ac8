-- Frozen once released: later changes are later files.
-- Where a member belonged up to, not including, a day. Kept when a roster brings another department or cost center; where
-- they belong since is in their own row, so that neither a first roster nor an unchanged one writes anything here.
CREATE TABLE belonging (
    member      INTEGER NOT NULL,
    until_day   INTEGER NOT NULL,
    department  INTEGER,
    cost_center INTEGER,
    PRIMARY KEY (member, until_day)
) STRICT, WITHOUT ROWID;

-- The first day of which it is known where everybody belonged. NULL: of every day on which there was a roster. What was
-- kept until now is the last roster's alone.
ALTER TABLE app ADD COLUMN belonging_from INTEGER;
UPDATE app SET belonging_from = roster_day;

-- What was seen inside a group when somebody last looked: it is told beside what the group means.
ALTER TABLE license_mapping ADD COLUMN subgroups INTEGER NOT NULL DEFAULT 0 CHECK (subgroups >= 0);
ALTER TABLE license_mapping ADD COLUMN unread INTEGER NOT NULL DEFAULT 0 CHECK (unread >= 0);
ALTER TABLE license_mapping ADD COLUMN in_cycle INTEGER NOT NULL DEFAULT 0 CHECK (in_cycle IN (0, 1));
