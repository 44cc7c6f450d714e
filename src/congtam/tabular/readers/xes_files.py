"""Reading .xes and .xes.gz, the standard form of event logs (nhật ký sự kiện), one case at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from lxml import etree

from congtam.kernel.errors import InputRefused
from congtam.tabular.problems import file_refusal
from congtam.tabular.readers.limits import MeasuredStream, ReadLimits
from congtam.tabular.records import SourceCase, SourceRow

CASE_PREFIX: Final = "case:"
"""Attributes of a case are called as in flat files made from such logs: ``case:concept:name``."""


def xes_cases(stream: MeasuredStream, limits: ReadLimits) -> Iterator[SourceCase]:
    """The cases of a log; raises InputRefused for broken XML, entities, and cases without end.

    Nothing outside the file is ever read: no network, no document type, no entity is resolved.
    """
    parser = etree.iterparse(
        stream,
        events=("end",),
        tag="{*}trace",
        huge_tree=False,
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        remove_comments=True,
        remove_pis=True,
    )
    count = 0
    stream.case_started_at = 1
    try:
        for _, trace in parser:
            if count == 0:
                _refuse_doctype(trace)
            count += 1
            if count > limits.rows:
                raise file_refusal("rows_too_many", limit=limits.rows)
            yield _TraceReader(limits, trace.sourceline or 0).read(trace)
            _free_trace(trace)
            stream.case_started_at = stream.bytes_read
    except etree.XMLSyntaxError as error:
        line, position = error.position
        raise file_refusal(
            "xml_broken", row=line, line=line, position=position, reason=_first_line(error)
        ) from None
    if count == 0:
        _refuse_doctype(parser.root)
        raise file_refusal("xes_without_cases")


def _refuse_doctype(element: Any) -> None:
    information = element.getroottree().docinfo
    if information.doctype or information.internalDTD is not None:
        raise file_refusal("xml_doctype")


def _first_line(error: etree.XMLSyntaxError) -> str:
    return str(error.msg).split(", line ", maxsplit=1)[0]


class _TraceReader:
    """Reads one case; its names are counted, for each holds those of all it is nested in."""

    def __init__(self, limits: ReadLimits, line: int) -> None:
        self._limits = limits
        self._line = line
        self._name_characters = 0

    def read(self, trace: Any) -> SourceCase:
        """The values of a case and its events."""
        values: dict[str, Any] = {}
        events: list[SourceRow] = []
        for child in trace:
            tag = child.tag
            if tag.endswith("event") and (tag == "event" or tag.endswith("}event")):
                event_values: dict[str, Any] = {}
                for attribute in child:
                    self._read_attribute(attribute, event_values, prefix="")
                events.append(SourceRow(event_values, child.sourceline or 0))
            else:
                self._read_attribute(child, values, prefix=CASE_PREFIX)
        if len(events) > self._limits.case_events:
            raise self._too_large()
        return SourceCase(values, self._line, events)

    def _read_attribute(self, attribute: Any, values: dict[str, Any], *, prefix: str) -> None:
        """One attribute, and the ones nested in it as ``outer/inner``."""
        key = attribute.get("key")
        if key is None:
            return
        name = prefix + key
        self._name_characters += len(name)
        if self._name_characters > self._limits.case_bytes:
            raise self._too_large()
        value = attribute.get("value")
        if value is not None:
            values[name] = value
        if len(attribute):
            for nested in attribute.iterchildren():
                if isinstance(nested.tag, str):
                    self._read_attribute(nested, values, prefix=f"{name}/")

    def _too_large(self) -> InputRefused:
        limits = self._limits
        return file_refusal(
            "case_too_large", row=self._line, limit=limits.case_events, limit_mib=limits.case_bytes >> 20
        )


def _free_trace(trace: Any) -> None:
    """Free what has been read, and all before it."""
    trace.clear()
    while trace.getprevious() is not None:
        del trace.getparent()[0]
