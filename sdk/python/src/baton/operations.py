"""Written by `node sdk/python/operations.ts` from the API description. Do not edit."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Dict, FrozenSet, List, Optional, Pattern, Tuple

#: Writes that honour an idempotency key.
IDEMPOTENT: FrozenSet[str] = frozenset(
    (
        "POST /api/accounts",
        "POST /api/agent",
        "POST /api/agent-apps",
        "POST /api/agent-apps/{id}/invoke",
        "POST /api/agent-apps/{id}/packages",
        "POST /api/agent-apps/{id}/packages/deploy",
        "POST /api/agent-apps/{id}/packages/upload-url",
        "POST /api/agent-apps/{id}/rollback",
        "POST /api/agent-apps/{id}/signing-secret",
        "POST /api/agent-apps/{id}/webhooks",
        "POST /api/agent-apps/{id}/webhooks/{webhookId}/deliveries/replay",
        "POST /api/agent-apps/{id}/webhooks/{webhookId}/deliveries/{deliveryId}/replay",
        "POST /api/agent-apps/{id}/webhooks/{webhookId}/secret",
        "POST /api/agent-apps/{id}/webhooks/{webhookId}/test",
        "POST /api/api-keys",
        "POST /api/api-keys/{id}/rotate",
        "POST /api/credits/topup",
        "POST /api/deployments/{id}/cancel",
        "POST /api/handoff/compress",
        "POST /api/knowledge",
        "POST /api/orchestration/start",
        "POST /api/organizations/members",
        "POST /api/pricing/batch-quotes",
        "POST /api/pricing/decision",
        "POST /api/pricing/decisions/{decision_id}/decline",
        "POST /api/pricing/exception-alert",
        "POST /api/pricing/exceptions",
        "POST /api/pricing/exceptions/{exception_id}/close",
        "POST /api/pricing/experiment-summary",
        "POST /api/pricing/experiments",
        "POST /api/pricing/experiments/{experiment_id}/assign",
        "POST /api/pricing/experiments/{experiment_id}/complete",
        "POST /api/pricing/experiments/{experiment_id}/track",
        "POST /api/pricing/interval-quote",
        "POST /api/pricing/policy/preview",
        "POST /api/pricing/portfolio-alert",
        "POST /api/pricing/quote",
        "POST /api/pricing/scenario",
        "POST /api/pricing/scenario-sets",
        "POST /api/pricing/scenario-sets/{scenario_set_id}/evaluate",
        "POST /api/pricing/webhook",
        "POST /api/pricing/weekly-comparison",
        "POST /api/pricing/weekly-metrics",
        "POST /api/privacy/opt-out",
        "POST /api/private/analyze-credits",
        "POST /api/private/auto-rotate",
        "POST /api/private/batch-create-accounts",
        "POST /api/private/export-project",
        "POST /api/private/import-project",
        "POST /api/private/select-best-account",
        "POST /api/private/smart-compress",
        "POST /api/projects",
        "POST /api/projects/{id}/files",
        "POST /api/provider-keys",
        "POST /api/security/audit",
        "POST /api/security/block-ip",
        "POST /api/sessions",
        "POST /api/spawn",
        "POST /api/spawn-batch",
        "POST /api/spawn-team",
        "POST /api/teams",
        "POST /api/threads",
        "POST /api/usage/export",
        "POST /api/webhooks",
        "POST /chat/v2/webhooks",
        "PUT /api/orchestrator/config",
        "PUT /api/pricing/policy",
        "PUT /api/security/ip-whitelist",
    )
)

#: Lists that are read page by page: where in the answer the items are, and whether a cursor is understood.
PAGED: Dict[str, Tuple[str, bool]] = {
    "GET /api/agent-apps": ("apps", False),
    "GET /api/agent-apps/{id}/deployments": ("deployments", False),
    "GET /api/agent-apps/{id}/invocations": ("invocations", False),
    "GET /api/agent-apps/{id}/packages": ("packages", False),
    "GET /api/agent-apps/{id}/webhooks": ("webhooks", False),
    "GET /api/agent-apps/{id}/webhooks/{webhookId}/deliveries": ("deliveries", False),
    "GET /api/agents": ("data", True),
    "GET /api/api-keys": ("apiKeys", False),
    "GET /api/credits/history": ("transactions", False),
    "GET /api/credits/topups": ("topups", False),
    "GET /api/events": ("data", True),
    "GET /api/organizations/invitations": ("invitations", False),
    "GET /api/organizations/members": ("members", False),
    "GET /api/pricing/decisions": ("decisions", False),
    "GET /api/pricing/exceptions": ("exceptions", False),
    "GET /api/pricing/experiments": ("experiments", False),
    "GET /api/pricing/policy/versions": ("versions", False),
    "GET /api/pricing/quotes": ("quotes", False),
    "GET /api/pricing/scenario-sets": ("scenario_sets", False),
    "GET /api/provider-keys": ("providerKeys", False),
    "GET /api/security/audit": ("entries", True),
    "GET /api/usage/activity": ("events", False),
    "GET /api/webhooks": ("webhooks", False),
    "GET /chat/v2/webhooks": ("data.webhooks", False),
}


@lru_cache(maxsize=1)
def _patterns() -> List[Tuple[str, Pattern[str]]]:
    templates = sorted(IDEMPOTENT | set(PAGED))
    return [(one, re.compile(re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(one)) + "/?")) for one in templates]


@lru_cache(maxsize=1024)
def template_of(operation: str) -> Optional[str]:
    """The template of an operation in one of the tables. Takes templates and real paths, with or without a query."""
    line = operation.split("?")[0]
    if line in IDEMPOTENT or line in PAGED:
        return line
    return next((one for one, pattern in _patterns() if pattern.fullmatch(line)), None)


def accepts_idempotency_key(operation: str) -> bool:
    """Whether the operation honours ``Idempotency-Key``."""
    return template_of(operation) in IDEMPOTENT
