-- Copies of deleted messages, whole and as they were received. One that no entry names belongs to a
-- delete that has not begun. Ids are never used twice: an entry outlives its copy.
CREATE TABLE copy (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  time INTEGER NOT NULL,
  size INTEGER NOT NULL,
  bytes BLOB NOT NULL
);
CREATE INDEX copy_time ON copy (time, size);
ALTER TABLE entry ADD COLUMN copy INTEGER;
