-- The index as it was last seen. A message without position is gone from the server; it stays for as
-- long as a row of the list that the console front end printed last names it. Ids are never used twice, so that two programs at work on one store cannot
-- take one message for another.
CREATE TABLE message (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  position INTEGER,
  number INTEGER NOT NULL,
  size INTEGER NOT NULL,
  uid BLOB,
  digest BLOB,
  body BLOB,
  state INTEGER NOT NULL,
  is_read INTEGER NOT NULL,
  sender TEXT,
  sender_name TEXT,
  recipients TEXT,
  subject TEXT,
  message_id TEXT,
  date INTEGER,
  has_attachments INTEGER,
  is_decodable INTEGER
);
CREATE INDEX message_position ON message (position);
CREATE TABLE row (
  row INTEGER PRIMARY KEY,
  message INTEGER NOT NULL REFERENCES message (id)
);
CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value NOT NULL
);
