-- Whose mail it was, in words; and which outcomes were unknown before a later listing told.
ALTER TABLE receipt ADD COLUMN account TEXT;
ALTER TABLE entry ADD COLUMN is_settled INTEGER NOT NULL DEFAULT 0;
