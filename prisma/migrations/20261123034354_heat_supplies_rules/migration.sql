-- What keeps the stock true. Written by hand, since Prisma's models know neither checks nor triggers. src/features/heat-supplies/stock.ts says why.

-- Never below zero, and never more promised than there is.
ALTER TABLE stock_level ADD CONSTRAINT stock_level_is_possible CHECK ("onHand" >= 0 AND reserved >= 0 AND reserved <= "onHand");
ALTER TABLE stock_level ADD CONSTRAINT stock_level_point FOREIGN KEY ("pointId") REFERENCES pickup_point (id);
ALTER TABLE supply_batch ADD CONSTRAINT supply_batch_item FOREIGN KEY ("itemId") REFERENCES supply_item (id);
ALTER TABLE supply_batch ADD CONSTRAINT supply_batch_of_item UNIQUE (id, "itemId");
ALTER TABLE stock_level ADD CONSTRAINT stock_level_batch FOREIGN KEY ("batchId", "itemId") REFERENCES supply_batch (id, "itemId");

-- Each kind of entry changes what it says and nothing else.
ALTER TABLE stock_entry ADD CONSTRAINT stock_entry_means_its_kind CHECK (CASE kind
  WHEN 'received' THEN "onHand" > 0 AND reserved = 0
  WHEN 'returned' THEN "onHand" > 0 AND reserved = 0
  WHEN 'arrived' THEN "onHand" > 0 AND reserved = 0
  WHEN 'sent' THEN "onHand" < 0 AND reserved = 0
  WHEN 'written-off' THEN "onHand" < 0 AND reserved = 0
  WHEN 'counted' THEN "onHand" <> 0 AND reserved = 0
  WHEN 'corrected' THEN "onHand" <> 0 AND reserved = 0 AND corrects IS NOT NULL
  WHEN 'reserved' THEN "onHand" = 0 AND reserved > 0 AND "personId" IS NOT NULL
  WHEN 'released' THEN "onHand" = 0 AND reserved < 0 AND "personId" IS NOT NULL
  WHEN 'issued' THEN "onHand" < 0 AND reserved = "onHand" AND "personId" IS NOT NULL
  ELSE false END);

-- The same paper is booked once.
CREATE UNIQUE INDEX stock_entry_document ON stock_entry (document, "pointId", "batchId") WHERE document IS NOT NULL;

ALTER TABLE supply_item ADD CONSTRAINT supply_item_low CHECK ("lowAt" >= 0);
ALTER TABLE supply_handout_item ADD CONSTRAINT supply_handout_item_each CHECK ("each" > 0);

-- The ledger is only added to.
CREATE FUNCTION refuse_ledger_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the stock ledger is only added to' USING ERRCODE = 'integrity_constraint_violation';
END $$;
CREATE TRIGGER stock_entry_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON stock_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_ledger_change();

-- An entry moves its level, in the same statement. An update comes first: an insert would check a negative change as if it were a level.
CREATE FUNCTION move_stock_level() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE stock_level SET "onHand" = "onHand" + NEW."onHand", reserved = reserved + NEW.reserved
  WHERE "pointId" = NEW."pointId" AND "batchId" = NEW."batchId" AND "itemId" = NEW."itemId";
  IF NOT FOUND THEN
    INSERT INTO stock_level AS l ("pointId", "batchId", "itemId", "onHand", reserved)
    VALUES (NEW."pointId", NEW."batchId", NEW."itemId", NEW."onHand", NEW.reserved)
    ON CONFLICT ("pointId", "batchId") DO UPDATE SET "onHand" = l."onHand" + excluded."onHand", reserved = l.reserved + excluded.reserved;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER stock_entry_moves_level AFTER INSERT ON stock_entry FOR EACH ROW EXECUTE FUNCTION move_stock_level();

-- And nothing else does.
CREATE FUNCTION refuse_level_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF pg_trigger_depth() < 2 THEN
    RAISE EXCEPTION 'a stock level is moved by an entry of the ledger' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER stock_level_is_moved BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON stock_level
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_level_change();

-- What a keeper should know: items that have become low at a point (what expired does not count), batches whose last day is before the horizon.
CREATE FUNCTION stock_concerns(today date, horizon date)
RETURNS TABLE ("pointId" uuid, kind text, what uuid, "itemId" uuid, available int, "expiresOn" date, label text) LANGUAGE sql STABLE AS $$
  SELECT l."pointId", 'low', i.id, i.id, COALESCE(sum(l."onHand" - l.reserved) FILTER (WHERE b."expiresOn" >= today), 0)::int, NULL::date, ''
  FROM stock_level l JOIN supply_item i ON i.id = l."itemId" JOIN supply_batch b ON b.id = l."batchId"
  GROUP BY l."pointId", i.id HAVING COALESCE(sum(l."onHand" - l.reserved) FILTER (WHERE b."expiresOn" >= today), 0) <= i."lowAt"
  UNION ALL
  SELECT l."pointId", 'expiring', b.id, b."itemId", l."onHand" - l.reserved, b."expiresOn", b.label
  FROM stock_level l JOIN supply_batch b ON b.id = l."batchId" WHERE l."onHand" > l.reserved AND b."expiresOn" <= horizon
$$;
