-- What the service shows, as far as it can be built again from the ledger (`position` is the
-- ledger's: an older line never overwrites a newer one), and what it was asked for and told.
create table broadcasts (
  broadcast text primary key,
  room text not null,
  merchants text[] not null,
  sources text[] not null,
  started_at timestamptz,
  ended_at timestamptz,
  retain_until timestamptz
);
create index broadcasts_room on broadcasts (room, started_at desc nulls last);
create index broadcasts_merchants on broadcasts using gin (merchants);
create index broadcasts_retain on broadcasts (retain_until) where retain_until is not null;

-- While a hold is open nothing of its broadcast is erased.
create table holds (
  hold text primary key,
  broadcast text not null,
  placed_at timestamptz not null,
  released_at timestamptz
);
create index holds_open on holds (broadcast) where released_at is null;

-- Whose an order or a complaint is; `consumer` is a keyed digest.
create table matters (
  kind text not null,
  matter text not null,
  broadcast text,
  merchant text,
  consumer bytea,
  primary key (kind, matter)
);

create table figures (
  broadcast text primary key,
  position bigint not null,
  at timestamptz not null,
  final boolean not null,
  document jsonb not null
);
-- Rewritten with every beat: kept in the row, with room beside it, an old version is pruned by the
-- next write instead of waiting for a vacuum.
alter table figures alter column document set storage main;
alter table figures set (fillfactor = 40);

-- Findings, measures and notes may speak of people: the document is sealed, and ids that could name
-- somebody are keyed digests. `number` is the order in which they came, and the cursor of lists.
create table findings (
  number bigint generated always as identity unique,
  finding bytea primary key,
  broadcast text not null,
  kind text not null,
  verdict text not null,
  position bigint not null,
  raised_at timestamptz not null,
  withdrawn_at timestamptz,
  document bytea not null
);
create index findings_broadcast on findings (broadcast, number desc);
create table measures (
  number bigint generated always as identity unique,
  measure text primary key,
  broadcast text not null,
  step text not null,
  action text not null,
  position bigint not null,
  imposed_at timestamptz not null,
  until timestamptz,
  lifted_at timestamptz,
  document bytea not null
);
create index measures_broadcast on measures (broadcast, number desc);
create table notes (
  number bigint generated always as identity unique,
  note text primary key,
  broadcast text not null,
  kind text not null,
  written_at timestamptz not null,
  closed_at timestamptz,
  closed_by text,
  document bytea not null
);
create index notes_open on notes (number desc) where closed_at is null;

create table evidence_requests (
  number bigint generated always as identity unique,
  request text primary key,
  consumer bytea not null,
  matter_kind text not null,
  matter text not null,
  asked_at timestamptz not null,
  answered_at timestamptz,
  document bytea not null
);
create index evidence_requests_consumer on evidence_requests (consumer, number desc);

-- Each line is an event of the ledger as well.
create table reads (
  number bigint generated always as identity unique,
  read text primary key,
  at timestamptz not null,
  reader text not null,
  role text not null,
  route text not null,
  object text not null,
  subject bytea
);
create index reads_subject on reads (subject, number desc) where subject is not null;

create table webhooks (
  webhook text primary key,
  owner text not null,
  merchant text,
  topics text[] not null,
  created_at timestamptz not null,
  disabled_at timestamptz,
  document bytea not null
);
create table deliveries (
  number bigint generated always as identity unique,
  delivery text primary key,
  webhook text not null references webhooks (webhook) on delete cascade,
  topic text not null,
  state text not null check (state in ('waiting', 'delivered', 'dead')),
  attempts integer not null,
  created_at timestamptz not null,
  next_at timestamptz,
  last_status integer,
  last_error text,
  document bytea not null
);
create index deliveries_webhook on deliveries (webhook, state, number desc);
create index deliveries_waiting on deliveries (next_at) where state = 'waiting';
