-- What deletes did. Outcomes are those of RstOutcome.
CREATE TABLE receipt (
  id INTEGER PRIMARY KEY,
  time INTEGER NOT NULL,
  server_text TEXT
);
CREATE TABLE entry (
  receipt INTEGER NOT NULL REFERENCES receipt (id),
  position INTEGER NOT NULL,
  outcome INTEGER NOT NULL,
  is_missing INTEGER NOT NULL,
  number INTEGER NOT NULL,
  size INTEGER NOT NULL,
  uid BLOB,
  digest BLOB,
  sender TEXT,
  subject TEXT,
  date INTEGER,
  PRIMARY KEY (receipt, position)
) WITHOUT ROWID;
