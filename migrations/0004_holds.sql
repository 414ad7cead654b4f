-- A hold may cover many broadcasts: the shop's product was on air in all of them.
alter table holds drop constraint holds_pkey;
alter table holds add primary key (hold, broadcast);
