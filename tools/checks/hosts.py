"""Keep registry addresses, paths of one machine and unaccented Vietnamese names out of the files."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from tools.checks.findings import ROOT, Finding, files, relative, report

# Written in two parts, so that this file passes its own check.
PUBLIC_REGISTRIES: Final = tuple(
    ".".join(parts)
    for parts in (
        ("registry", "npmjs", "org"),
        ("registry", "yarnpkg", "com"),
        ("files", "pythonhosted", "org"),
        ("proxy", "golang", "org"),
    )
)
CONFIGURED: Final = re.compile(r"(INDEX_URL|INDEX|REGISTRY|GOPROXY|FIND_LINKS)$", re.IGNORECASE)
MACHINE_PATH: Final = re.compile(r"(?<![\w./~-])/(?:work|home|Users|root)/[\w.-]+")
INDEX_LINK: Final = re.compile(r"https?://[^\s\"']*/(?:simple|npm|pypi)/", re.IGNORECASE)
UNACCENTED: Final = re.compile(
    r"(?:\b|_)(?:ho_so|don_vi|thu_tuc|cong_viec|nguoi_dung|quyet_dinh|bao_cao|kiem_tra|chi_tieu|han_xu_ly|van_ban"
    r"|so_lieu|ngay_nhan|ngay_tra|co_quan|linh_vuc|can_bo|danh_muc|trang_thai|tinh_thanh|phuong_xa)(?:\b|_)"
)
SKIPPED: Final = frozenset(
    {".png", ".ico", ".woff2", ".ttf", ".gz", ".parquet", ".pdf", ".docx", ".xlsx", ".zip"}
)
_STRINGS: Final = re.compile(r"(\"\"\"|''')(?:.|\n)*?\1|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'|#[^\n]*")


def configured_hosts(environment: Mapping[str, str]) -> set[str]:
    """The registry hosts this machine is set up with: they are nobody else's business."""
    addresses = (
        word for name, value in environment.items() if CONFIGURED.search(name) for word in value.split()
    )
    hosts = {urlsplit(address).hostname for address in addresses if "://" in address}
    return {host for host in hosts if host and host != "localhost"}


def in_text(text: str, path: Path, *, hosts: set[str]) -> Iterator[Finding]:
    """Addresses and machine paths in a text file."""
    for number, line in enumerate(text.splitlines(), start=1):
        for host in sorted(hosts):
            if host in line:
                yield Finding(path.as_posix(), number, f"names the registry host {host}")
        for pattern, fault in (
            (INDEX_LINK, "names a package index"),
            (MACHINE_PATH, "names a path of one machine"),
        ):
            if match := pattern.search(line):
                yield Finding(path.as_posix(), number, f"{fault}: {match[0]}")


def in_names(text: str, path: Path) -> Iterator[Finding]:
    """Unaccented Vietnamese in identifiers and file names; quoted names of other people's columns are theirs."""
    if match := UNACCENTED.search(path.as_posix()):
        yield Finding(path.as_posix(), 1, f"the file name is unaccented Vietnamese: {match[0]}")
    if path.suffix != ".py":
        return
    blanked = _STRINGS.sub(lambda match: "\n" * match[0].count("\n"), text)
    for number, line in enumerate(blanked.splitlines(), start=1):
        if match := UNACCENTED.search(line):
            yield Finding(path.as_posix(), number, f"unaccented Vietnamese in a name: {match[0].strip('_')}")


def main() -> int:
    """Read every file that is or would be committed."""
    hosts = configured_hosts(os.environ) | set(PUBLIC_REGISTRIES)
    findings: list[Finding] = []
    for file in files(ROOT):
        if file.suffix in SKIPPED:
            continue
        path = Path(relative(file, ROOT))
        text = file.read_text(encoding="utf-8", errors="replace")
        findings += in_text(text, path, hosts=hosts)
        findings += in_names(text, path)
    return report(findings)


if __name__ == "__main__":
    raise SystemExit(main())
