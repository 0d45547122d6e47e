"""The samples of the API documents as printed there, and those of the README. Only the address and the key are ours."""

from __future__ import annotations

import ast
import asyncio
import contextlib
import inspect
import io
import os
import re
import tempfile
import unittest
import uuid
from pathlib import Path
from typing import Any, Dict, List
from unittest import mock

import httpx
from running_app import KEY, URL, apkg, make_key, needs_app

from j1msky import Agency, RateLimitError, ServerError

CHAT = """
from ai_orchestra import Client

client = Client(api_key="YOUR_TOKEN")

# Synchronous chat
response = client.chat(
    message="Explain machine learning",
    optimization_mode="balanced"
)

# Async streaming
async for token in client.stream_chat(
    message="Write a Python function",
    session_id="session-123"
):
    print(token, end="")
"""

SPAWN = """
from j1msky import Agency

# Initialize
agency = Agency(api_key="YOUR_KEY", base_url="http://localhost:8080")

# Spawn agent
agent = agency.spawn(
    model="k2p5",
    task="Write a blog post about AI",
    priority="normal"
)

# Wait for completion
result = agent.wait_for_completion()
print(result.output)
"""

PRIVACY = """
# Automatic PII detection
agent = agency.spawn(
    model='k2p5',
    task='Process customer data',
    privacy={
        'detect_pii': True,
        'mask_pii_in_logs': True,
        'encrypt_output': True,
        'retention_days': 7
    }
)
"""

PIPELINE = """
# Step 1: Research
researcher = agency.spawn(
    model="sonnet",
    task="Research: Latest AI trends 2026",
    priority="high"
)
research = researcher.wait_for_completion()

# Step 2: Write
writer = agency.spawn(
    model="sonnet", 
    task=f"Write blog post about: {research.summary}",
    priority="normal"
)
article = writer.wait_for_completion()

# Step 3: Edit
editor = agency.spawn(
    model="opus",
    task=f"Edit and improve: {article.output}",
    priority="normal"
)
final = editor.wait_for_completion()
"""

REVIEW = """
# Submit code for review
reviewer = agency.spawn(
    model="k2p5",
    task=f"Review this code:\\n{code}",
    priority="normal"
)
review = reviewer.wait_for_completion()

# Apply fixes
fixer = agency.spawn(
    model="k2p5",
    task=f"Fix these issues:\\n{review.issues}",
    priority="high"
)
fixed_code = fixer.wait_for_completion()
"""

RETRY = """
def retry(max_attempts=3, exceptions=(Exception,), backoff=1):
    def decorator(func):
        def wrapper(*args, **kwargs):
            for attempt in range(max_attempts):
                try:
                    return func(*args, **kwargs)
                except exceptions as e:
                    if attempt == max_attempts - 1:
                        raise
                    time.sleep(backoff * (2 ** attempt))
            return None
        return wrapper
    return decorator

# Usage
@retry(max_attempts=3, exceptions=(RateLimitError, ServerError))
def spawn_agent(task):
    return api.spawn(task)
"""

SIGN = """
import hmac
import hashlib
import base64
from datetime import datetime

def sign_request(api_key, api_secret, method, path, body):
    timestamp = datetime.utcnow().isoformat()
    
    message = f"{timestamp}\\n{method}\\n{path}\\n{body}"
    signature = hmac.new(
        api_secret.encode(),
        message.encode(),
        hashlib.sha256
    ).hexdigest()
    
    return {
        'Authorization': f'Bearer {api_key}',
        'X-Timestamp': timestamp,
        'X-Signature': signature
    }
"""


def run(sample: str, **names: Any) -> Dict[str, Any]:
    """Runs a sample with our address and key; answers its names, and what it printed as ``printed``."""
    text = sample.replace("YOUR_TOKEN", KEY).replace("YOUR_KEY", KEY).replace("http://localhost:8080", URL)
    code = compile(text, "sample", "exec", flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    printed = io.StringIO()
    with mock.patch.dict(os.environ, {"BATON_URL": URL, "BATON_API_KEY": KEY}), contextlib.redirect_stdout(printed):
        result = eval(code, names)
        if inspect.iscoroutine(result):
            asyncio.run(result)
    return {**names, "printed": printed.getvalue()}


@needs_app
class DocumentSamples(unittest.TestCase):
    def setUp(self) -> None:
        self.agency = Agency(KEY, URL)
        self.addCleanup(self.agency.close)

    def test_chat(self) -> None:
        names = run(CHAT)
        self.assertTrue(names["response"].response)
        self.assertTrue(names["printed"])

    def test_spawn(self) -> None:
        names = run(SPAWN)
        self.assertEqual(names["printed"], f"{names['result'].output}\n")
        self.assertTrue(names["result"].output)

    def test_privacy(self) -> None:
        agent = run(PRIVACY, agency=self.agency)["agent"]
        self.assertEqual(agent.details()["privacy"]["retention_days"], 7)

    def test_content_creation_pipeline(self) -> None:
        names = run(PIPELINE, agency=self.agency)
        self.assertTrue(names["final"].output)
        self.assertTrue(names["editor"].details()["task"].startswith("Edit and improve: "))

    def test_code_review_system(self) -> None:
        names = run(REVIEW, agency=self.agency, code="def add(a, b): return a - b")
        self.assertIsInstance(names["review"].issues, list)
        self.assertTrue(names["fixed_code"].output)

    def test_retry_decorator(self) -> None:
        import time

        spawn = lambda task: self.agency.spawn(task=task)  # noqa: E731
        api = type("Api", (), {"spawn": staticmethod(spawn)})
        names = run(RETRY, api=api, time=time, RateLimitError=RateLimitError, ServerError=ServerError)
        self.assertTrue(names["spawn_agent"]("Sort three numbers").cancel()["success"])

    def test_request_signing(self) -> None:
        made = make_key(signing=True)
        body = '{"model":"k2p5","task":"test"}'
        headers = run(SIGN)["sign_request"](
            api_key=made["key"], api_secret=made["api_secret"], method="POST", path="/api/spawn", body=body
        )
        headers["Content-Type"] = "application/json"
        answer = httpx.post(f"{URL}/api/spawn", headers=headers, content=body)
        self.assertEqual((answer.status_code, answer.json()["model"]), (200, "k2p5"))


def readme_samples() -> List[str]:
    text = (Path(__file__).parent.parent / "README.md").read_text(encoding="utf-8")
    return re.findall(r"^```python\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


@needs_app
class ReadmeSamples(unittest.TestCase):
    def test_each_sample_of_the_readme_runs(self) -> None:
        agency = Agency(KEY, URL)
        self.addCleanup(agency.close)
        app = agency.baton.request("POST /api/agent-apps", body={"name": f"Readme {uuid.uuid4()}"})["app"]
        key = make_key(signing=True)
        manifest = {"name": "greeter", "version": "1.0.0", "instructions": "Greet whoever is named in the input."}
        package = apkg(manifest)
        samples = readme_samples()
        self.assertGreaterEqual(len(samples), 5)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "greeter-1.0.0.apkg"
            path.write_bytes(package)
            for sample in samples:
                ours = sample.replace("YOUR_APP_ID", app["id"]).replace(path.name, str(path))
                ours = ours.replace("YOUR_SIGNING_KEY", key["key"]).replace("YOUR_SIGNING_SECRET", key["api_secret"])
                with self.subTest(sample):
                    run(ours)


if __name__ == "__main__":
    unittest.main()
