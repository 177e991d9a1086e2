"""How the Teams SDK is imported and started here: it takes its settings from us, and from nobody else.

Imported, it loads `./.env` into the environment, where settings of other programs lie too; started, it prefers what it
finds in the environment (CLIENT_SECRET, CLOUD) to what it was not told. It also warns of each of its previews.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

_ITS_SETTINGS = (
    "CLIENT_ID",
    "CLIENT_SECRET",
    "TENANT_ID",
    "MANAGED_IDENTITY_CLIENT_ID",
    "SERVICE_URL",
    "CLOUD",
    "DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS",
)
_NO_DOTENV = "PYTHON_DOTENV_DISABLED"
"""The switch of python-dotenv."""


@contextmanager
def undisturbed() -> Iterator[None]:
    """While the SDK is imported, or one of its apps is built: no `.env`, none of its variables, no warnings."""
    hidden = {name: value for name in (*_ITS_SETTINGS, _NO_DOTENV) if (value := os.environ.pop(name, None)) is not None}
    os.environ[_NO_DOTENV] = "1"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        del os.environ[_NO_DOTENV]
        os.environ.update(hidden)
