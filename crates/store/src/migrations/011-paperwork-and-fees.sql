-- Who is responsible for a purchase, whom its renewal is recalled to, and where its documents are: one a line, its name
-- before a tab. Nothing of it was known until now.
ALTER TABLE purchase_version ADD COLUMN owner     TEXT NOT NULL DEFAULT '';
ALTER TABLE purchase_version ADD COLUMN reminder  TEXT NOT NULL DEFAULT '';
ALTER TABLE purchase_version ADD COLUMN documents TEXT NOT NULL DEFAULT '';

-- A fee that continues another one at another price, and why a version of one was written. Until now every edit was a
-- correction.
ALTER TABLE fee_version ADD COLUMN reason   TEXT CHECK (reason IN ('correction', 'price-change'));
ALTER TABLE fee_version ADD COLUMN succeeds INTEGER CHECK (succeeds <> fee);
UPDATE fee_version SET reason = 'correction' WHERE act IN (SELECT act FROM act WHERE kind = 'edit');
