"""Where the running app is, and what the tests against it need to know. The test runner of the repository says it."""

from __future__ import annotations

import io
import json
import os
import unittest
import uuid
import zipfile
from typing import Any, Dict

from baton import Baton

URL = os.environ.get("BATON_TEST_URL", "")
KEY = os.environ.get("BATON_TEST_KEY", "")
needs_app = unittest.skipUnless(URL and KEY, "BATON_TEST_URL and BATON_TEST_KEY name no running app")


def apkg(manifest: Dict[str, Any]) -> bytes:
    """A package with this manifest alone."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("manifest.json", json.dumps(manifest))
    return written.getvalue()


def make_key(**body: Any) -> Dict[str, Any]:
    """Another key of the organization, with its secrets."""
    with Baton(KEY, URL) as baton:
        made: Dict[str, Any] = baton.request("POST /api/api-keys", body={"name": "Another", **body})["apiKey"]
        return made


def new_organization() -> str:
    """Signs somebody up; answers with a key of the new organization."""
    account = {"email": f"{uuid.uuid4()}@example.com", "password": f"{uuid.uuid4()}-Lovelace"}
    with Baton(None, URL) as visitor:
        visitor.request("POST /api/auth/signup", body=account)
        token = visitor.request("POST /api/auth/login", body=account)["session"]["access_token"]
    with Baton(token, URL) as owner:
        key: str = owner.request("POST /api/api-keys", body={"name": "Examples"})["apiKey"]["key"]
        return key
