"""Lists the tests as JSON (``--list``), or runs them, or those of the modules named, with a line of JSON for each."""

from __future__ import annotations

import json
import sys
import time
import unittest
from pathlib import Path
from types import TracebackType
from typing import Any, Iterator, Tuple, Type, Union

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent / "src"), str(HERE)]
Failure = Union[Tuple[Type[BaseException], BaseException, TracebackType], Tuple[None, None, None]]


def tests_in(suite: unittest.TestSuite) -> Iterator[unittest.TestCase]:
    for one in suite:
        if isinstance(one, unittest.TestSuite):
            yield from tests_in(one)
        else:
            yield one


class Reporter(unittest.TestResult):
    """``outcome`` is passed, failed or skipped; a test whose part failed has failed."""

    def startTest(self, test: unittest.TestCase) -> None:
        super().startTest(test)
        self._outcome, self._message, self._started = "passed", "", time.monotonic()

    def stopTest(self, test: unittest.TestCase) -> None:
        super().stopTest(test)
        seconds = round(time.monotonic() - self._started, 3)
        line = {"name": test.id(), "outcome": self._outcome, "message": self._message, "seconds": seconds}
        print(json.dumps(line), flush=True)

    def _fail(self, test: Any, failure: Failure) -> None:
        self._outcome = "failed"
        self._message += self._exc_info_to_string(failure, test)  # type: ignore[attr-defined]

    def addError(self, test: unittest.TestCase, err: Failure) -> None:
        super().addError(test, err)
        self._fail(test, err)

    def addFailure(self, test: unittest.TestCase, err: Failure) -> None:
        super().addFailure(test, err)
        self._fail(test, err)

    def addSubTest(self, test: unittest.TestCase, subtest: unittest.TestCase, err: Any) -> None:
        super().addSubTest(test, subtest, err)
        if err is not None:
            self._fail(test, err)

    def addSkip(self, test: unittest.TestCase, reason: str) -> None:
        super().addSkip(test, reason)
        self._outcome, self._message = "skipped", reason


def main() -> int:
    loader = unittest.defaultTestLoader
    modules = [name for name in sys.argv[1:] if not name.startswith("-")]
    suite = loader.loadTestsFromNames(modules) if modules else loader.discover(str(HERE), "test_*.py", str(HERE))
    if "--list" in sys.argv:
        print(json.dumps([test.id() for test in tests_in(suite)]))
        return 0
    reporter = Reporter()
    suite.run(reporter)
    return 0 if reporter.wasSuccessful() else 1


if __name__ == "__main__":
    sys.exit(main())
