-- Which maildrop it was: the listing of another one does not tell what became of a message.
ALTER TABLE receipt ADD COLUMN maildrop TEXT;
