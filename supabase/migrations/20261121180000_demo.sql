-- The organization of made-up data that `npm start -- --demo` fills. Who sees it must be able to tell.
alter table organizations add column demo_state text check (demo_state in ('filling', 'filled'));
comment on column organizations.demo_state is 'Null for everybody; else all of the organization is made up. What was cut off while filling is made anew.';
-- There is at most one, and whoever looks for it finds it at once.
create unique index organizations_demo on organizations ((demo_state is not null)) where demo_state is not null;
