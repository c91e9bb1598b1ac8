-- One act is what a person did at once, however many rows it wrote; Undo takes back the last one that stands. Without an
-- app it is the organisation's. Until now every version was an act of its own, and it keeps its number.
CREATE TABLE act (
    act    INTEGER PRIMARY KEY,
    app    INTEGER REFERENCES app,
    at     INTEGER NOT NULL,
    kind   TEXT    NOT NULL CHECK (kind IN ('add', 'edit', 'end', 'delete', 'renew', 'duplicate', 'co-terminate',
                                            'price-change', 'import', 'restate', 'undo')),
    words  TEXT    NOT NULL,
    undoes INTEGER UNIQUE REFERENCES act,
    CHECK ((kind = 'undo') = (undoes IS NOT NULL))
) STRICT;
CREATE INDEX act_by_app ON act (app, act);
INSERT INTO act (act, app, at, kind, words, undoes)
SELECT version, app, at, act, words, undoes FROM purchase_version ORDER BY version;

-- Append-only, as every table of versions: nothing is overwritten. `conditions` is empty for a plain purchase, else a
-- text whose first line is its format's number; `succeeds` is the purchase that this one continues.
ALTER TABLE purchase_version RENAME TO purchase_before;
CREATE TABLE purchase_version (
    version      INTEGER PRIMARY KEY,
    act          INTEGER NOT NULL REFERENCES act,
    app          INTEGER NOT NULL REFERENCES app,
    purchase     INTEGER NOT NULL,
    deleted      INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    reason       TEXT CHECK (reason IN ('correction', 'price-change')),
    succeeds     INTEGER CHECK (succeeds <> purchase),
    license_type TEXT    NOT NULL,
    name         TEXT    NOT NULL,
    po           TEXT    NOT NULL,
    seats        INTEGER CHECK (seats >= 0),
    amount       TEXT,
    per          TEXT CHECK (per IN ('unit', 'lot')),
    currency     TEXT    NOT NULL CHECK (length(currency) = 3),
    frequency    TEXT    NOT NULL,
    from_day     INTEGER NOT NULL,
    end_day      INTEGER,
    proration    TEXT    NOT NULL,
    auto_renews  INTEGER NOT NULL CHECK (auto_renews IN (0, 1)),
    notice_days  INTEGER CHECK (notice_days BETWEEN 0 AND 65535),
    note         TEXT    NOT NULL,
    conditions   TEXT    NOT NULL,
    CHECK ((amount IS NULL) = (per IS NULL)),
    UNIQUE (act, purchase),
    FOREIGN KEY (app, license_type) REFERENCES license_type (app, key)
) STRICT;
INSERT INTO purchase_version (version, act, app, purchase, deleted, reason, succeeds, license_type, name, po, seats, amount,
                              per, currency, frequency, from_day, end_day, proration, auto_renews, notice_days, note,
                              conditions)
SELECT version, version, app, purchase, deleted, CASE act WHEN 'edit' THEN 'correction' END, NULL, license_type, name, po,
       seats, amount, per, currency, frequency, from_day, end_day, proration, auto_renews, notice_days, note, ''
FROM purchase_before ORDER BY version;
DROP TABLE purchase_before;
CREATE INDEX purchase_version_by_purchase ON purchase_version (purchase, version);
CREATE INDEX purchase_version_by_app ON purchase_version (app, purchase, version);

CREATE TABLE fee_version (
    version             INTEGER PRIMARY KEY,
    act                 INTEGER NOT NULL REFERENCES act,
    app                 INTEGER NOT NULL REFERENCES app,
    fee                 INTEGER NOT NULL,
    deleted             INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    name                TEXT    NOT NULL,
    amount              TEXT    NOT NULL,
    currency            TEXT    NOT NULL CHECK (length(currency) = 3),
    frequency           TEXT    NOT NULL,
    from_day            INTEGER NOT NULL,
    end_day             INTEGER,
    proration           TEXT    NOT NULL,
    in_annual_spend     INTEGER NOT NULL CHECK (in_annual_spend IN (0, 1)),
    in_cost_per_account INTEGER NOT NULL CHECK (in_cost_per_account IN (0, 1)),
    note                TEXT    NOT NULL,
    UNIQUE (act, fee)
) STRICT;
CREATE INDEX fee_version_by_fee ON fee_version (fee, version);
CREATE INDEX fee_version_by_app ON fee_version (app, fee, version);

CREATE TABLE invoice_version (
    version  INTEGER PRIMARY KEY,
    act      INTEGER NOT NULL REFERENCES act,
    app      INTEGER NOT NULL REFERENCES app,
    invoice  INTEGER NOT NULL,
    deleted  INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    number   TEXT    NOT NULL,
    day      INTEGER NOT NULL,
    amount   TEXT    NOT NULL,
    currency TEXT    NOT NULL CHECK (length(currency) = 3),
    from_day INTEGER NOT NULL,
    end_day  INTEGER,
    purchase INTEGER NOT NULL,
    UNIQUE (act, invoice)
) STRICT;
CREATE INDEX invoice_version_by_invoice ON invoice_version (invoice, version);
CREATE INDEX invoice_version_by_app ON invoice_version (app, invoice, version);

-- Rates are the organisation's: one unit of `from_currency` is worth so many of `to_currency`.
CREATE TABLE rate_version (
    version       INTEGER PRIMARY KEY,
    act           INTEGER NOT NULL REFERENCES act,
    rate          INTEGER NOT NULL,
    deleted       INTEGER NOT NULL CHECK (deleted IN (0, 1)),
    from_currency TEXT    NOT NULL CHECK (length(from_currency) = 3),
    to_currency   TEXT    NOT NULL CHECK (length(to_currency) = 3 AND to_currency <> from_currency),
    day           INTEGER NOT NULL,
    worth         TEXT    NOT NULL,
    source        TEXT    NOT NULL,
    UNIQUE (act, rate)
) STRICT;
CREATE INDEX rate_version_by_rate ON rate_version (rate, version);

-- Half-typed forms, as the window wrote them.
CREATE TABLE draft (
    app  INTEGER NOT NULL REFERENCES app,
    key  TEXT    NOT NULL,
    body TEXT    NOT NULL,
    PRIMARY KEY (app, key)
) STRICT, WITHOUT ROWID;
