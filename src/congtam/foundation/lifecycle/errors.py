"""What the engine itself refuses; a room may say it in its own words (`Port`)."""

from __future__ import annotations

from typing import Any

from congtam.kernel.errors import DomainError, NotAllowed, Translate, fill, msgid


class ChangedMeanwhile(DomainError):
    """Somebody else changed the subject since it was read (đã thay đổi)."""

    code = "lifecycle.changed_meanwhile"
    message = msgid("Someone else changed {key} in the meantime. Review it before you decide.")


class NotInState(DomainError):
    """The state of the subject does not allow the verb (bước không hợp lệ)."""

    code = "lifecycle.not_in_state"
    message = msgid("{key} is in state “{state}”; “{verb}” is not possible now.")

    def __init__(self, *, state_name: str, verb_name: str, **data: Any) -> None:
        super().__init__(**data)
        self.state_name, self.verb_name = state_name, verb_name

    def format_message(self, translate: Translate = msgid) -> str:
        """As for every error; state and verb are texts of their own."""
        names = {"state": translate(self.state_name), "verb": translate(self.verb_name)}
        return fill(translate(self.message), {**self.data, **names})


class NotYourTurn(NotAllowed):
    """Somebody else has to act (không phải lượt xử lý)."""

    code = "lifecycle.not_your_turn"
    message = msgid("It is someone else's turn to act on {key}.")


class NotForMany(DomainError):
    """The verb cannot be done in bulk."""

    code = "lifecycle.not_for_many"
    message = msgid("“{verb}” can only be done for one item at a time.")

    def format_message(self, translate: Translate = msgid) -> str:
        """As for every error; the verb is a text of its own."""
        return fill(translate(self.message), {"verb": translate(str(self.data["verb"]))})
