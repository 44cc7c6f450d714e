"""Runs the curl commands of a text against the site, as a reader at a console would."""

from __future__ import annotations

import io
import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import urlsplit

from django.test import Client

from congtam.testing.api_contract import check_answer

_BLOCK: Final = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
_SET: Final = re.compile(r"(\w+)=([^$\s]\S*)")
_CAUGHT: Final = re.compile(r"(\w+)=\$\((curl .*?)\s*\| jq -r \.(\w+)\)", re.DOTALL)
_SCAN: Final = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"
_VARIABLE: Final = re.compile(r"\$([A-Z]+)")


def blocks(text: str, language: str) -> list[str]:
    """The code of a text in one language, in order."""
    return [body for name, body in _BLOCK.findall(text) if name == language]


@dataclass
class Console:
    """Who types the commands: variables it has set, and the site that answers."""

    variables: dict[str, str]
    client: Client = field(default_factory=Client)

    def run(self, text: str) -> Iterator[tuple[str, int, int]]:
        """Each command with the status promised on the line before it (``# 201``; else 200 or 201) and that given."""
        promised = 0
        for line in text.replace("\\\n", " ").splitlines():
            if line.startswith("# "):
                promised = int(line[2:])
            elif match := _SET.fullmatch(line.strip()):
                self.variables.setdefault(match[1], match[2])
            elif "curl " in line:
                status = self._type(line.strip())
                yield line, promised or min(status, HTTPStatus.CREATED), status
                promised = 0

    def _type(self, line: str) -> int:
        """Send one command; what is caught in a variable is kept."""
        match = _CAUGHT.fullmatch(line)
        answer = self._send(match[2] if match else line)
        if match:
            self.variables[match[1]] = str(answer.json()[match[3]])
        return int(answer.status_code)

    def _send(self, command: str) -> Any:
        """What the command does, as a request; only what our texts use is understood."""
        filled = _VARIABLE.sub(lambda match: self.variables[match[1]], command)
        tokens = iter(shlex.split(filled)[1:])
        headers, method, body, address = {}, "", None, ""
        for word in tokens:
            if word == "-H":
                name, _, value = next(tokens).partition(": ")
                headers[name] = value
            elif word in {"-d", "-F"}:
                body, method = (word, next(tokens)), method or "post"
            elif word in {"-X", "-o"}:
                method = next(tokens).lower() if word == "-X" else [next(tokens), method][1]
            else:
                address = word
        return self._request(method or "get", address, headers=headers, body=body)

    def _request(
        self, method: str, address: str, *, headers: dict[str, str], body: tuple[str, str] | None
    ) -> Any:
        parts = urlsplit(address)
        path = parts.path + (f"?{parts.query}" if parts.query else "")
        sent: dict[str, Any] = {}
        if body and body[0] == "-d":
            json.loads(body[1])
            sent = {"data": body[1], "content_type": headers.pop("Content-Type")}
        elif body:
            name, _, file_name = body[1].partition("=@")
            file = io.BytesIO(_SCAN)
            file.name = file_name
            sent = {"data": {name: file}}
        answer = getattr(self.client, method)(path, headers=headers, **sent)
        check_answer(method, parts.path, answer)
        return answer
