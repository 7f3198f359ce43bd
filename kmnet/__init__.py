"""kmnet shows how a programme connects people: brokerage, bridging ties and before/after connectivity.

The public names are fetched on first use, so that ``import kmnet`` is cheap.
"""

from __future__ import annotations

from typing import Any

__version__ = "0.1.0"

_PUBLIC = {
    "analyse": "kmnet.pipeline",
    "check": "kmnet.pipeline",
    "publish": "kmnet.pipeline",
    "Results": "kmnet.results",
    "Network": "kmnet.network.network",
    "network": "kmnet.network.network",
}

__all__ = ["__version__", *_PUBLIC]


def __getattr__(name: str) -> Any:
    if name not in _PUBLIC:
        raise AttributeError(f"module 'kmnet' has no attribute {name!r}")
    import importlib

    return getattr(importlib.import_module(_PUBLIC[name]), name)
