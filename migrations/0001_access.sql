-- Data keys, each wrapped under the master key. A name keeps one key at a time; an erased key stays
-- as a row without bytes, so that what it sealed is known to be gone rather than broken.
create table data_keys (
  key uuid primary key,
  name text not null,
  wrapped bytea,
  master text not null,
  created_at timestamptz not null default now(),
  erased_at timestamptz
);
create unique index data_keys_current on data_keys (name) where wrapped is not null;

-- The tables of the auth library, under our names. Who a person is stands sealed (sealed-adapter.ts).
create table people (
  "id" text not null primary key,
  "name" text not null,
  "email" text not null unique,
  "emailVerified" boolean not null,
  "image" text,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz default current_timestamp not null,
  "role" text not null,
  "party" text
);
create table sessions (
  "id" text not null primary key,
  "expiresAt" timestamptz not null,
  "token" text not null unique,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz not null,
  "ipAddress" text,
  "userAgent" text,
  "userId" text not null references people ("id") on delete cascade
);
create index "sessions_userId_idx" on sessions ("userId");
create table credentials (
  "id" text not null primary key,
  "accountId" text not null,
  "providerId" text not null,
  "userId" text not null references people ("id") on delete cascade,
  "accessToken" text,
  "refreshToken" text,
  "idToken" text,
  "accessTokenExpiresAt" timestamptz,
  "refreshTokenExpiresAt" timestamptz,
  "scope" text,
  "password" text,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz not null
);
create index "credentials_userId_idx" on credentials ("userId");
create table verifications (
  "id" text not null primary key,
  "identifier" text not null,
  "value" text not null,
  "expiresAt" timestamptz not null,
  "createdAt" timestamptz default current_timestamp not null,
  "updatedAt" timestamptz default current_timestamp not null
);
create index "verifications_identifier_idx" on verifications ("identifier");
create table passkeys (
  "id" text not null primary key,
  "name" text,
  "publicKey" text not null,
  "userId" text not null references people ("id") on delete cascade,
  "credentialID" text not null,
  "counter" integer not null,
  "deviceType" text not null,
  "backedUp" boolean not null,
  "transports" text,
  "createdAt" timestamptz,
  "aaguid" text
);
create index "passkeys_userId_idx" on passkeys ("userId");
create index "passkeys_credentialID_idx" on passkeys ("credentialID");

-- Secrets stand as SHA-256: they are 256 random bits, which no list of words reaches.
create table invitations (
  hash bytea primary key,
  document bytea not null,
  invited_by text not null,
  expires_at timestamptz not null,
  used_at timestamptz
);
create table ingest_keys (
  key text primary key,
  hash bytea not null unique,
  source text not null,
  scopes text[] not null,
  label text not null,
  created_by text not null,
  created_at timestamptz not null,
  expires_at timestamptz,
  replaced_by text
);
