"""A life cycle declared once (vòng đời): each verb in one place, one engine that carries all of them out.

A room declares its verbs (`Verb`), says how its subjects are found, locked and stored (`Port`), and puts both into a
`Machine`. Pages, API, bulk work, buttons and the table in the docs are read from the declarations. The contract and
the way to add a verb stand in ``docs/lifecycle.md``.
"""

from congtam.foundation.lifecycle.bulk import BatchOutcome, NotDone
from congtam.foundation.lifecycle.errors import ChangedMeanwhile, NotForMany, NotInState, NotYourTurn
from congtam.foundation.lifecycle.machine import Done, Due, Machine, done_text
from congtam.foundation.lifecycle.port import ChangeNotice, LifecycleSubject, Port, publish_change
from congtam.foundation.lifecycle.tables import verb_table
from congtam.foundation.lifecycle.verbs import Obstacle, Verb

__all__ = [
    "BatchOutcome",
    "ChangeNotice",
    "ChangedMeanwhile",
    "Done",
    "Due",
    "LifecycleSubject",
    "Machine",
    "NotDone",
    "NotForMany",
    "NotInState",
    "NotYourTurn",
    "Obstacle",
    "Port",
    "Verb",
    "done_text",
    "publish_change",
    "verb_table",
]
