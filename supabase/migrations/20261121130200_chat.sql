-- Chat sessions end, by command or by idleness, and keep a summary of the turns that no longer fit a model's window.
alter table chat_sessions
  add column client_id text check (char_length(client_id) between 1 and 128),
  add column ended_at timestamptz,
  add column ended_reason text check (ended_reason in ('command', 'idle')),
  add column summary text,
  add column summary_through bigint not null default 0,
  add check ((ended_at is null) = (ended_reason is null));
comment on column chat_sessions.client_id is 'The client that spoke last over a socket.';
comment on column chat_sessions.ended_at is 'Null while the session is open; the next message opens it again.';
comment on column chat_sessions.summary is 'What the turns up to position summary_through say, in a model''s words.';

-- Nobody is told of sessions that went idle before anybody could be told.
update chat_sessions set ended_at = last_active_at, ended_reason = 'idle'
  where last_active_at < now() - interval '30 minutes';
create index chat_sessions_open on chat_sessions (last_active_at) where ended_at is null;
