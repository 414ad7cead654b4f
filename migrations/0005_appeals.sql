-- Appeals against measures, as the ledger has them: `position` as in 0002. The grounds are sealed;
-- `party` is the merchant whose appeal it is, and is empty once that was erased.
create table appeals (
  number bigint generated always as identity unique,
  appeal text primary key,
  restriction text not null,
  broadcast text not null,
  party text,
  position bigint not null,
  lodged_at timestamptz not null,
  decided_at timestamptz,
  outcome text,
  document bytea not null
);
create index appeals_restriction on appeals (restriction, number desc);
create index appeals_party on appeals (party, number desc);
create index appeals_open on appeals (number) where decided_at is null;
