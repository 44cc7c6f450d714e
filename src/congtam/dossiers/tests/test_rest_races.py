"""The same request several times at once, over the API."""

from __future__ import annotations

import uuid
from concurrent.futures import ThreadPoolExecutor

from django.db import connections

from congtam.dossiers.models import Dossier
from congtam.dossiers.tests.rest_client import Api, body_of, enter_marriage
from congtam.testing.cast import Cast


def test_of_requests_at_once_with_one_key_one_is_carried_out(racing: Cast) -> None:
    enter_marriage()
    client, key = Api(racing.clerk), uuid.uuid4().hex

    def send(_number: int) -> tuple[int, str]:
        try:
            answer = client.post("/dossiers", body_of(), headers={"Idempotency-Key": key})
            return answer.status_code, answer.json()["code"]
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=6) as pool:
        answers = set(pool.map(send, range(6)))
    assert len(answers) == 1
    assert answers.pop()[0] == 201
    assert Dossier.objects.count() == 1
