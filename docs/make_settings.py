"""Makes ``docs/settings.md`` from the schema of the config: ``python docs/make_settings.py``."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kmnet.config.schema import Study

HEAD = """# Settings

Every setting of the config, its type, its default and what it does. `kmnet schema` gives the same to editors that
complete as you type; `kmnet init` writes a config with comments. This page is made from `kmnet/config/schema.py`.
"""


def page() -> str:
    """The page as Markdown."""
    whole = Study.model_json_schema(by_alias=True)
    parts = [HEAD, _table("The whole config", whole, whole)]
    parts += [_table(name, block, whole) for name, block in _blocks(whole)]
    return "\n".join(parts)


def _blocks(whole: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    where = {
        "Data": "data", "Source": "an input under data", "Cohort": "an item of cohorts", "Moment": "an item of moments",
        "TieRule": "a network under networks", "Compare": "compare", "Effect": "effect", "Association": "an item of associations", "Inference": "inference",
        "Disclosure": "disclosure", "Limits": "limits", "Compute": "compute",
    }  # fmt: skip
    for model, name in where.items():
        yield name[0].upper() + name[1:], whole["$defs"][model]


def _table(title: str, block: dict[str, Any], whole: dict[str, Any]) -> str:
    needed = set(block.get("required", ()))
    lines = [
        f"## {title}",
        "",
        block.get("description", "").replace("\n", " "),
        "",
        "| setting | type | default | meaning |",
    ]
    lines.append("|---|---|---|---|")
    for name, setting in block["properties"].items():
        default = "needed" if name in needed else _default(setting.get("default"))
        text = setting.get("description", "").replace("|", "\\|")
        lines.append(f"| `{name}` | {_kind(setting, whole)} | {default} | {text} |")
    return "\n".join(lines) + "\n"


def _default(value: Any) -> str:
    if value in (None, [], {}) or isinstance(value, dict):
        return ""
    return f"`{str(value).lower() if isinstance(value, bool) else value}`"


def _kind(setting: dict[str, Any], whole: dict[str, Any]) -> str:
    if "enum" in setting:
        return ", ".join(f"`{word}`" for word in setting["enum"])
    if "const" in setting:
        return f"`{setting['const']}`"
    if "anyOf" in setting:
        return _kind(next(s for s in setting["anyOf"] if s.get("type") != "null"), whole)
    if "$ref" in setting:
        return "block"
    if setting.get("type") == "array":
        return f"list of {_kind(setting.get('items', {}), whole)}"
    if setting.get("format") == "date":
        return "date"
    names = {
        "string": "text",
        "integer": "whole number",
        "number": "number",
        "boolean": "true or false",
        "object": "block",
    }
    return names.get(setting.get("type", ""), "text")


if __name__ == "__main__":
    Path(__file__).with_name("settings.md").write_text(page(), encoding="utf-8", newline="\n")
