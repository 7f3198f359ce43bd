"""The whole suite runs on all processors where pytest-xdist is installed; a part of it runs in this process."""

from __future__ import annotations

import os

import pytest


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config: pytest.Config) -> None:
    option = config.option
    whole = config.args_source is pytest.Config.ArgsSource.TESTPATHS
    worker = "PYTEST_XDIST_WORKER" in os.environ or hasattr(config, "workerinput")  # which must not start others
    if whole and not worker and getattr(option, "numprocesses", 0) is None and not option.usepdb:
        option.numprocesses = "auto"
        option.dist = "loadfile"  # what a file's tests share is made once
        # Files of few tests are the long ones here: left to the end, one of them would run alone.
        option.loadscopereorder = False
