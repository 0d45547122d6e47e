-- The work desk: projects, a pool of AI accounts, work sessions, hand-overs between accounts, and what was learned.
-- Ids are whole numbers that count from 1 in each organization.
create table work_counters (
  organization_id uuid not null references organizations (id) on delete cascade,
  kind text not null check (kind in ('project', 'account', 'session', 'file', 'handoff', 'knowledge')),
  last_number bigint not null check (last_number >= 1),
  primary key (organization_id, kind)
);
comment on table work_counters is 'The last id given out. Taken in the transaction of the insert, so that ids have no gaps.';

create function baton.next_work_numbers(organization uuid, counted text, amount bigint) returns bigint language sql
  as $$
    insert into public.work_counters (organization_id, kind, last_number) values (organization, counted, amount)
    on conflict (organization_id, kind) do update set last_number = work_counters.last_number + excluded.last_number
    returning last_number - amount + 1
  $$;
comment on function baton.next_work_numbers is 'Takes `amount` ids in a row and answers the first of them.';

create table projects (
  organization_id uuid not null references organizations (id) on delete cascade,
  id bigint not null check (id >= 1),
  name text not null check (char_length(name) between 1 and 200),
  description text check (char_length(description) <= 10000),
  status text not null default 'active' check (status in ('active', 'paused', 'completed', 'archived')),
  last_session_number bigint not null default 0 check (last_session_number >= 0),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organization_id, id)
);
comment on column projects.last_session_number is 'The highest session_number of the project; its row lock keeps parallel sessions apart.';
create index projects_newest on projects (organization_id, updated_at desc, id desc);

create table pool_accounts (
  organization_id uuid not null references organizations (id) on delete cascade,
  id bigint not null check (id >= 1),
  account_name text not null check (char_length(account_name) between 1 and 100),
  account_email text check (char_length(account_email) <= 320),
  platform text not null default 'genspark' check (platform in ('genspark', 'claude', 'chatgpt', 'gemini', 'other')),
  credits_available bigint not null default 100 check (credits_available >= 0),
  status text not null default 'available' check (status in ('available', 'active', 'exhausted', 'blocked')),
  specialization text check (char_length(specialization) <= 200),
  provider text check (provider in ('openai', 'anthropic', 'kimi-coding', 'minimax', 'ollama', 'compatible')),
  base_url text check (char_length(base_url) <= 2048),
  sealed_credential bytea,
  credential_last4 text check (char_length(credential_last4) <= 4),
  resets_at timestamptz,
  refreshed_at timestamptz not null default now(),
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, account_name),
  check ((sealed_credential is null) = (credential_last4 is null))
);
comment on table pool_accounts is 'Accounts at AI services that the organization is entitled to use.';
comment on column pool_accounts.credits_available is 'What is left of the account''s own allowance; never the prepaid credits of the organization.';
comment on column pool_accounts.sealed_credential is 'The account''s API key, sealed with BATON_SECRET_KEY.';
comment on column pool_accounts.resets_at is 'When the allowance is full again; null means with the daily refresh.';
comment on column pool_accounts.refreshed_at is 'When the allowance was last full.';
create index pool_accounts_by_name on pool_accounts (organization_id, (lower(account_name) collate "C"), id);
create index pool_accounts_best on pool_accounts (organization_id, credits_available desc, id)
  where status in ('available', 'active');
create index pool_accounts_provider on pool_accounts (organization_id, provider, credits_available desc)
  where sealed_credential is not null;
create index pool_accounts_resets on pool_accounts (resets_at) where resets_at is not null;
create index pool_accounts_daily on pool_accounts (refreshed_at) where resets_at is null and status <> 'blocked';

create table work_sessions (
  organization_id uuid not null references organizations (id) on delete cascade,
  id bigint not null check (id >= 1),
  project_id bigint not null,
  account_id bigint not null,
  session_number bigint not null check (session_number >= 1),
  session_type text not null default 'development'
    check (session_type in ('development', 'bugfix', 'feature', 'refactor', 'deployment')),
  objectives text check (char_length(objectives) <= 10000),
  accomplishments text check (char_length(accomplishments) <= 10000),
  blockers text check (char_length(blockers) <= 10000),
  credits_used bigint not null default 0 check (credits_used >= 0),
  duration_minutes bigint check (duration_minutes >= 0),
  status text not null default 'in_progress' check (status in ('in_progress', 'completed', 'failed', 'handed_off')),
  started_at timestamptz not null default now(),
  completed_at timestamptz,
  primary key (organization_id, id),
  unique (organization_id, project_id, session_number),
  foreign key (organization_id, project_id) references projects (organization_id, id) on delete cascade,
  foreign key (organization_id, account_id) references pool_accounts (organization_id, id)
);
create index work_sessions_newest on work_sessions (organization_id, started_at desc, id desc);
create index work_sessions_of_project on work_sessions (organization_id, project_id, started_at desc, id desc)
  include (credits_used);
create index work_sessions_of_account on work_sessions (organization_id, account_id, started_at desc, id desc);
create index work_sessions_open on work_sessions (organization_id, project_id, session_number desc)
  where status = 'in_progress';

create table project_files (
  organization_id uuid not null references organizations (id) on delete cascade,
  id bigint not null check (id >= 1),
  project_id bigint not null,
  file_path text not null check (char_length(file_path) between 1 and 1000),
  importance text not null default 'medium' check (importance in ('critical', 'high', 'medium', 'low')),
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  unique (organization_id, project_id, file_path),
  foreign key (organization_id, project_id) references projects (organization_id, id) on delete cascade
);

create table handoffs (
  organization_id uuid not null references organizations (id) on delete cascade,
  id bigint not null check (id >= 1),
  project_id bigint not null,
  session_id bigint,
  from_account_id bigint,
  to_account_id bigint,
  kind text not null check (kind in ('compress', 'smart', 'rotation')),
  mode text not null default 'documented' check (mode in ('documented', 'verified')),
  level text check (level in ('low', 'medium', 'high')),
  briefing text not null,
  original text,
  original_lines bigint check (original_lines >= 1),
  compressed_lines bigint check (compressed_lines >= 0),
  verification jsonb,
  created_at timestamptz not null default now(),
  primary key (organization_id, id),
  foreign key (organization_id, project_id) references projects (organization_id, id) on delete cascade,
  foreign key (organization_id, session_id) references work_sessions (organization_id, id),
  foreign key (organization_id, from_account_id) references pool_accounts (organization_id, id),
  foreign key (organization_id, to_account_id) references pool_accounts (organization_id, id)
);
comment on column handoffs.original is 'The text that was handed over, whole; null for a rotation, which has none.';
comment on column handoffs.verification is 'How much of the original the briefing alone can answer, for the mode verified.';
create index handoffs_of_project on handoffs (organization_id, project_id, id desc);
create index handoffs_session on handoffs (organization_id, session_id);
create index handoffs_from_account on handoffs (organization_id, from_account_id);
create index handoffs_to_account on handoffs (organization_id, to_account_id);
create index handoffs_rotations on handoffs (organization_id) where kind = 'rotation';

create table knowledge_entries (
  organization_id uuid not null references organizations (id) on delete cascade,
  id bigint not null check (id >= 1),
  category text not null check (category in ('pattern', 'error_solution', 'optimization', 'best_practice', 'tip')),
  title text not null check (char_length(title) between 1 and 200),
  description text not null check (char_length(description) between 1 and 10000),
  tags text not null default '' check (char_length(tags) <= 1000),
  usage_count bigint not null default 0 check (usage_count >= 0),
  success_rate double precision not null default 1 check (success_rate between 0 and 1),
  search tsvector not null generated always as (
    setweight(to_tsvector('english'::regconfig, title), 'A')
    || setweight(to_tsvector('english'::regconfig, replace(tags, ',', ' ')), 'B')
    || setweight(to_tsvector('english'::regconfig, description), 'C')
  ) stored,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (organization_id, id)
);
comment on column knowledge_entries.success_rate is 'Share of the reported uses that worked out, 0 to 1.';
create index knowledge_entries_useful on knowledge_entries (organization_id, usage_count desc, success_rate desc, id);
create index knowledge_entries_of_category
  on knowledge_entries (organization_id, category, usage_count desc, success_rate desc, id);
create index knowledge_entries_search on knowledge_entries using gin (search);

create table handoff_knowledge (
  organization_id uuid not null references organizations (id) on delete cascade,
  handoff_id bigint not null,
  knowledge_id bigint not null,
  primary key (organization_id, handoff_id, knowledge_id),
  foreign key (organization_id, handoff_id) references handoffs (organization_id, id) on delete cascade,
  foreign key (organization_id, knowledge_id) references knowledge_entries (organization_id, id) on delete cascade
);
comment on table handoff_knowledge is 'Which entries of the knowledge base went along with a hand-over.';
create index handoff_knowledge_entry on handoff_knowledge (organization_id, knowledge_id);

-- Checking a hand-over takes models, and all model work is a run.
alter table runs drop constraint runs_kind_check;
alter table runs add constraint runs_kind_check
  check (kind in ('completion', 'chat', 'orchestration', 'agent', 'team', 'invocation', 'handoff'));

do $$
declare name text;
begin
  foreach name in array array['work_counters', 'projects', 'pool_accounts', 'work_sessions', 'project_files', 'handoffs',
    'knowledge_entries', 'handoff_knowledge']
  loop
    execute format('alter table %I enable row level security', name);
    execute format('revoke all on %I from anon, authenticated', name);
    execute format('grant select, insert, update on %I to authenticated', name);
    execute format($p$create policy %I on %I for all to authenticated
      using (organization_id = (select baton.organization_id()))
      with check (organization_id = (select baton.organization_id()))$p$, name || '_all', name);
  end loop;
  -- A person's own token may follow the work, but not see credentials of accounts or what was handed over.
  foreach name in array array['projects', 'work_sessions', 'project_files', 'knowledge_entries'] loop
    execute format($p$create policy %I on %I for select to authenticated
      using (organization_id = any ((select baton.readable_organizations())::uuid[]))$p$, name || '_read', name);
  end loop;
end $$;

create function baton.add_starter_knowledge(organization uuid) returns void language sql
  as $$
    with starter (position, category, title, description, tags, usage_count, success_rate) as (
      values
        (1, 'pattern', 'Zero-Loss Handoff Protocol',
          'Complete context transfer between accounts using checkpoint documents',
          'handoff,context,orchestration', 15, 0.98),
        (2, 'pattern', 'Credit Optimization Strategy',
          'Maintain 88-92 credit usage per session for optimal efficiency',
          'credits,optimization,efficiency', 12, 0.95),
        (3, 'error_solution', 'Lost Context After a Switch',
          'When a new account repeats finished work, paste the last briefing first, then name the files that are already done',
          'handoff,context,recovery', 0, 1),
        (4, 'optimization', 'Compress Before the Limit',
          'Write the briefing while the session still has credits left; a session that ends in mid-air leaves none',
          'credits,compression,briefing', 0, 1),
        (5, 'best_practice', 'Log Accomplishments and Blockers',
          'Note what was done and what is in the way before closing a session; both go into the next briefing',
          'sessions,accomplishments,blockers', 0, 1),
        (6, 'tip', 'Mark What Must Survive',
          'Start a line with a check mark, a warning sign or the word important, and the high compression level keeps it',
          'compression,markers,briefing', 0, 1)
    ), first as (
      select baton.next_work_numbers(organization, 'knowledge', (select count(*) from starter)) as number
    )
    insert into public.knowledge_entries
      (organization_id, id, category, title, description, tags, usage_count, success_rate)
    select organization, first.number + position - 1, category, title, description, tags, usage_count, success_rate
    from starter, first
  $$;
comment on function baton.add_starter_knowledge is 'Gives a new organization something to find in its knowledge base.';

select baton.add_starter_knowledge(id) from organizations;

-- A model call that was made with an account's credential draws on that account, in the transaction that records the call.
alter table run_steps add column account_id bigint;
comment on column run_steps.account_id is 'The pool account whose credential the call was made with, if any.';

create function baton.draw_account_credits() returns trigger language plpgsql set search_path = ''
  as $$
  declare drawn bigint := (new.input_tokens + new.output_tokens + 999) / 1000;
  begin
    update public.pool_accounts set
      credits_available = greatest(0, credits_available - drawn),
      status = case when status <> 'blocked' and credits_available <= drawn then 'exhausted' else status end,
      updated_at = now()
    where organization_id = new.organization_id and id = new.account_id and drawn > 0;
    return null;
  end $$;
comment on function baton.draw_account_credits is 'One credit for each 1000 tokens that were begun, in and out together; never below 0.';
create trigger run_steps_draw_credits after insert on run_steps
  for each row when (new.account_id is not null) execute function baton.draw_account_credits();

-- Who answers for a provider changes with accounts that come, go or are used up, not with each call that draws on one.
create trigger pool_accounts_added after insert on pool_accounts
  for each row when (new.sealed_credential is not null) execute function baton.announce_provider();
create trigger pool_accounts_removed after delete on pool_accounts
  for each row when (old.sealed_credential is not null) execute function baton.announce_provider();
create trigger pool_accounts_changed after update on pool_accounts
  for each row when (
    (old.sealed_credential, old.provider, old.base_url, old.status, old.credits_available = 0)
    is distinct from (new.sealed_credential, new.provider, new.base_url, new.status, new.credits_available = 0)
  ) execute function baton.announce_provider();
