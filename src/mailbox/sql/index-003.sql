-- The newest messages are shown before the others have been read.
CREATE INDEX message_date ON message (date, position) WHERE position IS NOT NULL;
