-- Who is responsible for a purchase, whom its renewal is recalled to, and where its documents are: one a line, its name
-- before a tab. Nothing of it was known until now.
ALTER TABLE purchase_version ADD COLUMN owner     TEXT NOT NULL DEFAULT '';
ALTER TABLE purchase_version ADD COLUMN reminder  TEXT NOT NULL DEFAULT '';
ALTER TABLE purchase_version ADD COLUMN documents TEXT NOT NULL DEFAULT '';
