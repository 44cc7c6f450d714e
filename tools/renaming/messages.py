"""Replace English texts by a map: ``python -m tools.renaming.messages FILE.yaml …`` (old text: new text).

The Vietnamese stays with its text. Positions of texts are those of ``tools.checks.messages``; tests that quote a text
follow, whole strings by equality and parts where a text is long enough to mean nothing else.
"""

from __future__ import annotations

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import yaml
from tools.checks.findings import ROOT
from tools.checks.messages import CALLS, ERROR_TEXTS, _name

PACKAGE: Final = ROOT / "src" / "congtam"
LONG: Final = 16
"""A text shorter than this is replaced in tests only where it is the whole string."""


def _positions(tree: ast.AST) -> Iterator[ast.Constant]:
    """The literals that are texts."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            yield from _call_texts(node)
        elif isinstance(node, ast.ClassDef):
            yield from _class_texts(node)


def _call_texts(call: ast.Call) -> Iterator[ast.Constant]:
    name = _name(call.func)
    for index in CALLS.get(name, ()):
        if index is not None and index < len(call.args):
            yield from _literal(call.args[index])
    keywords = {keyword.arg for keyword in call.keywords}
    texts = {"kind"} if name == "NotFound" else ERROR_TEXTS if "code" in keywords else frozenset()
    for keyword in call.keywords:
        if keyword.arg in texts:
            yield from _literal(keyword.value)


def _class_texts(declared: ast.ClassDef) -> Iterator[ast.Constant]:
    values: dict[str, ast.expr | None] = {}
    for node in declared.body:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            values[node.targets[0].id] = node.value
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            values[node.target.id] = node.value
    if "code" in values:
        for name in ERROR_TEXTS & values.keys():
            value = values[name]
            if value is not None:
                yield from _literal(value)


def _literal(node: ast.expr) -> Iterator[ast.Constant]:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node


def _replace(source: str, changes: list[tuple[ast.Constant, str]]) -> str:
    lines = source.encode().splitlines(keepends=True)
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line))
    content = source.encode()
    for node, new in sorted(
        changes, key=lambda change: (change[0].lineno, change[0].col_offset), reverse=True
    ):
        begin = starts[node.lineno - 1] + node.col_offset
        end = starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
        content = (
            content[:begin]
            + _quoted(new, node.col_offset, whole=content[begin:end].decode()).encode()
            + content[end:]
        )
    return content.decode()


def _quoted(text: str, column: int, *, whole: str) -> str:
    def one(part: str) -> str:
        return json.dumps(part, ensure_ascii=False)

    if "\n" not in whole and column + len(text) < 104:
        return one(text)
    words, parts, width = text.split(" "), [""], max(50, 96 - column)
    for index, word in enumerate(words):
        piece = word + (" " if index < len(words) - 1 else "")
        if len(parts[-1]) + len(piece) > width and parts[-1]:
            parts.append("")
        parts[-1] += piece
    if len(parts) == 1:
        return one(text)
    indent = "\n" + " " * column
    joined = indent.join(one(part) for part in parts)
    return joined if "\n" in whole else f"({joined})"


def python(path: Path, texts: dict[str, str]) -> set[str]:
    """Replace the texts of a module; return those replaced."""
    source = path.read_text(encoding="utf-8")
    used: set[str] = set()
    changes: dict[tuple[int, int], tuple[ast.Constant, str]] = {}
    for node in _positions(ast.parse(source)):
        if node.value in texts:
            changes[node.lineno, node.col_offset] = (node, texts[node.value])
            used.add(node.value)
    if changes:
        path.write_text(_replace(source, list(changes.values())), encoding="utf-8")
    return used


def test(path: Path, texts: dict[str, str]) -> None:
    """Let the strings of a test follow."""
    source = path.read_text(encoding="utf-8")
    long = {old: new for old, new in texts.items() if len(old) >= LONG and " " in old}
    changes = []
    inside_f = {
        id(part)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.JoinedStr)
        for part in ast.walk(node)
    }
    tree = ast.parse(source)
    inside_f = {
        id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in ast.walk(node)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str) or id(node) in inside_f:
            continue
        new = texts[node.value] if node.value in texts and len(node.value) >= 8 else _parts(node.value, long)
        if new != node.value:
            if '"""' in (ast.get_source_segment(source, node) or ""):
                sys.stdout.write(f"by hand: {path}:{node.lineno}\n")
                continue
            changes.append((node, new))
    if changes:
        path.write_text(_replace(source, changes), encoding="utf-8")


def _parts(text: str, texts: dict[str, str]) -> str:
    for old, new in sorted(texts.items(), key=lambda pair: -len(pair[0])):
        text = text.replace(old, new)
    return text


_TAG: Final = re.compile(
    r"""\{%\s*(?:translate|trans)\s+("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|_\(\s*("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')\s*\)"""
)
_BLOCK: Final = re.compile(
    r"(\{%\s*blocktrans(?:late)?\b[^%]*%\})(.*?)(\{%\s*endblocktrans(?:late)?\s*%\})", re.DOTALL
)
_PLURAL: Final = re.compile(r"(\{%\s*plural\s*%\})")


def template(path: Path, texts: dict[str, str]) -> set[str]:
    """Replace the texts of a template; return those replaced."""
    source = path.read_text(encoding="utf-8")
    used: set[str] = set()

    def tag(match: re.Match[str]) -> str:
        group = 1 if match[1] else 2
        quoted = match[group]
        text = re.sub(r"\\(.)", r"\1", quoted[1:-1])
        if text not in texts:
            return match[0]
        used.add(text)
        mark = quoted[0]
        new = texts[text].replace("\\", "\\\\").replace(mark, "\\" + mark)
        return match[0].replace(quoted, f"{mark}{new}{mark}")

    def block(match: re.Match[str]) -> str:
        trimmed = " trimmed" in match[1]
        parts = _PLURAL.split(match[2])
        for index in range(0, len(parts), 2):
            key = re.sub(r"\{\{\s*(\w+)\s*\}\}", r"%(\1)s", parts[index].replace("%", "%%"))
            key = " ".join(line.strip() for line in key.strip().splitlines()) if trimmed else key
            if key in texts:
                used.add(key)
                new = re.sub(r"%\((\w+)\)s", r"{{ \1 }}", texts[key]).replace("%%", "%")
                lead = re.match(r"\s*", parts[index])
                tail = re.search(r"\s*$", parts[index])
                parts[index] = (lead[0] if lead else "") + new + (tail[0] if tail else "")
        return match[1] + "".join(parts) + match[3]

    changed = _BLOCK.sub(block, _TAG.sub(tag, source))
    if changed != source:
        path.write_text(changed, encoding="utf-8")
    return used


def fragment(path: Path, texts: dict[str, str]) -> set[str]:
    """Put the Vietnamese under the new texts."""
    used: set[str] = set()
    lines = []
    for line in path.read_text(encoding="utf-8").splitlines():
        changed = line
        match = re.match(r'("(?:[^"\\]|\\.)*")(:.*)$', line)
        if match:
            key = yaml.safe_load(match[1])
            context, _, text = key.rpartition("|")
            if key in texts:
                used.add(key)
                changed = json.dumps(texts[key], ensure_ascii=False) + match[2]
            elif context and text in texts:
                used.add(text)
                changed = json.dumps(f"{context}|{texts[text]}", ensure_ascii=False) + match[2]
        lines.append(changed)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return used


def _sources(texts: dict[str, str]) -> set[str]:
    used: set[str] = set()
    for path in sorted(PACKAGE.rglob("*")):
        if path.suffix == ".py" and not {"tests", "migrations", "testing"} & set(path.parts):
            used |= python(path, texts)
        elif path.suffix in {".html", ".txt"} and "templates" in path.parts:
            used |= template(path, texts)
    return used


def _tests(texts: dict[str, str]) -> None:
    for folder in (PACKAGE, ROOT / "tests", ROOT / "bench"):
        for path in sorted(folder.rglob("*.py")):
            if {"tests", "testing", "bench"} & set(path.parts):
                test(path, texts)


def main(files: list[str]) -> None:
    """Carry out the maps."""
    texts: dict[str, str] = {}
    for file in files:
        texts |= yaml.safe_load(Path(file).read_text(encoding="utf-8"))
    sources = _sources(texts)
    keys = set()
    for path in sorted((PACKAGE / "locale" / "fragments").glob("*.yaml")):
        keys |= fragment(path, texts)
    _tests(texts)
    for text in sorted(texts.keys() - sources):
        sys.stdout.write(f"in no source: {text}\n")
    for text in sorted(sources - keys):
        sys.stdout.write(f"in no fragment: {text}\n")
    subprocess.run([sys.executable, "-m", "ruff", "format", "-q", "src", "tests", "bench"], check=False)


if __name__ == "__main__":
    main(sys.argv[1:])
