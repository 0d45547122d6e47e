"""Goes through the API's lists: by cursor, by offset, or not at all."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping, Optional

from .operations import PAGED, template_of

#: More than so many items are never in a page.
LIMIT_MAX = 100


def first_query(operation: str, query: Optional[Mapping[str, Any]]) -> Dict[str, Any]:
    """The query of the first page: as large as pages get, unless the caller said otherwise."""
    wanted = {name: value for name, value in (query or {}).items() if value is not None}
    if template_of(operation) in PAGED:
        wanted["limit"] = min(int(wanted.get("limit", LIMIT_MAX)), LIMIT_MAX)
    return wanted


def items_of(operation: str, body: Any) -> List[Any]:
    """The items of a page: at the place that the API description says, else the only list there is."""
    entry = PAGED.get(template_of(operation) or "")
    if isinstance(body, list):
        return body
    if not isinstance(body, dict):
        return []
    if entry:
        place: Any = body
        for name in entry[0].split("."):
            place = place.get(name) if isinstance(place, dict) else None
        return place if isinstance(place, list) else []
    if isinstance(body.get("data"), list):
        return list(body["data"])
    lists = [value for value in body.values() if isinstance(value, list)]
    return list(lists[0]) if len(lists) == 1 else []


def next_query(operation: str, query: Mapping[str, Any], body: Any) -> Optional[Dict[str, Any]]:
    """The query of the page after ``body``, which ``query`` led to; nothing after the last."""
    count = len(items_of(operation, body))
    frame = body if isinstance(body, dict) else {}
    entry = PAGED.get(template_of(operation) or "")
    page = frame.get("pagination")
    if not isinstance(page, dict):
        page = {}
    has_more = page.get("has_more", frame.get("has_more"))
    if count == 0 or has_more is False:
        return None
    ahead = {name: value for name, value in query.items() if name not in ("cursor", "offset")}
    cursor = page.get("cursor")
    if cursor and (entry is None or entry[1]):
        return None if cursor == query.get("cursor") else {**ahead, "cursor": cursor}
    if entry is None and has_more is not True:
        return None
    # A list that does not say whether there is more has ended with a page that is not full.
    if has_more is None and count < int(query.get("limit", LIMIT_MAX)):
        return None
    return {**ahead, "offset": int(query.get("offset") or 0) + count}
