"""The reminder as text for a chat group (tin nhắn đôn đốc), in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils.translation import gettext

from congtam.reports.reminders.counting import Reminder, ReminderLine
from congtam.ui.public import current_language, day, instant, number

MOST_LINES: Final = 20
"""A message of more units is not read; the page has all of them."""


def chat_message(reminder: Reminder, *, link: str) -> str:
    """Plain text to paste: what is late and due, unit by unit, and where to look."""
    return "\n".join(_message_lines(reminder, link))


def _message_lines(reminder: Reminder, link: str) -> Iterator[str]:
    yield gettext("REMINDER – {unit}, week of {first} to {last} (as of {instant})").format(
        unit=reminder.name,
        first=day(reminder.week.start),
        last=day(reminder.week.last_day),
        instant=as_of_text(reminder),
    )
    yield counts_text(reminder.total)
    shown = reminder.lines[:MOST_LINES]
    if any(not line.is_own for line in shown):
        for position, line in enumerate(shown, start=1):
            yield f"{position}. {line_name(line)}: {counts_text(line)}"
    if left := len(reminder.lines) - len(shown):
        yield gettext("… and {count} more units").format(count=number(left, current_language()))
    yield gettext("Please finish what is late, apologise in writing, and report by the end of the week.")
    yield gettext("List: {link}").format(link=link)


def as_of_text(reminder: Reminder) -> str:
    """The instant that is counted; of a week that is over its last day."""
    if reminder.is_over:
        return gettext("the end of {day}").format(day=day(reminder.week.last_day))
    return instant(reminder.as_of)


def line_name(line: ReminderLine) -> str:
    """The unit, or what is recorded at the unit itself."""
    return gettext("At the unit itself") if line.is_own else line.name


def counts_text(line: ReminderLine) -> str:
    """Such as “12 overdue (5 without an apology); 20 due within 7 days”."""
    language = current_language()
    late = gettext("{count} overdue").format(count=number(line.overdue_count, language))
    if line.unapologised_count:
        without = gettext("{count} without an apology").format(
            count=number(line.unapologised_count, language)
        )
        late = f"{late} ({without})"
    due = gettext("{count} due within 7 days").format(count=number(line.due_soon_count, language))
    return f"{late}; {due}"
