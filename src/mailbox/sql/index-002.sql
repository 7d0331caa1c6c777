-- Messages that were read, whole, up to a size in all; those used longest ago go first.
CREATE TABLE body (
  message INTEGER PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
  size INTEGER NOT NULL,
  used INTEGER NOT NULL,
  bytes BLOB NOT NULL
);
CREATE INDEX body_used ON body (used);
