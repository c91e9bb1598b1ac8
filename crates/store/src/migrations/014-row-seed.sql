-- Frozen once released: later changes are later files.
-- Members' rows are compared by a hash under a seed of this database; the hashes of before are made anew in Rust.
CREATE TABLE row_seed (seed INTEGER NOT NULL) STRICT;
INSERT INTO row_seed VALUES (random());
