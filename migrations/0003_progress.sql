-- How far the ledger has been written into these tables: what lies after it is written again at the
-- next start. A database that is new, or an older back-up, thus catches up by itself.
create table progress (
  name text primary key,
  position bigint not null
);
