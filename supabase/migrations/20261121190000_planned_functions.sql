-- These stand in every statement of a tenant, every audit entry and every numbered row. PostgreSQL 17 plans the body of an
-- SQL function anew in each statement unless it can be inlined, which definer rights, settings and writes forbid; that of a
-- PL/pgSQL function it plans once for each connection. They answer what they did.
create or replace function baton.readable_organizations() returns uuid[] language plpgsql stable security definer
  set search_path = ''
  as $$
  declare
    tenant uuid := baton.organization_id();
  begin
    if tenant is not null then return array[tenant]; end if;
    return coalesce(
      (select array_agg(m.organization_id) from public.members m where m.user_id = baton.user_id()), '{}');
  end $$;

create or replace function baton.audit_content(entry public.audit_entries) returns bytea language plpgsql stable
  set search_path = ''
  as $$
  begin
    return convert_to(jsonb_build_array(entry.organization_id, entry.sequence, entry.id, entry.event, entry.severity,
      entry.api_key_id, entry.user_id, entry.ip_address::text, entry.user_agent, entry.request_id, entry.resource_type,
      entry.resource_id, entry.details, (extract(epoch from entry.created_at) * 1000000)::bigint)::text, 'UTF8');
  end $$;

create or replace function baton.next_work_numbers(organization uuid, counted text, amount bigint) returns bigint
  language plpgsql
  as $$
  declare
    last bigint;
  begin
    insert into public.work_counters (organization_id, kind, last_number) values (organization, counted, amount)
    on conflict (organization_id, kind) do update set last_number = work_counters.last_number + excluded.last_number
    returning last_number into last;
    return last - amount + 1;
  end $$;
