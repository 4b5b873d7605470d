"""The outbox on the work pages and a person's own letters."""

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from letters.enums import LetterState
from letters.models import Letter
from people.enums import OfficeCode
from tests.conftest import Cast, SignIn
from tests.factories import letters, people


def page(client_for: SignIn, who: object, name: str, *args: object, status: int = 200) -> str:
    answer = client_for(who).get(reverse(name, args=args))
    assert answer.status_code == status
    return str(answer.content.decode())


def test_the_register_shows_letters_and_keeps_filters(cast: Cast, client_for: SignIn) -> None:
    letters.letter("an@example.org")
    letters.letter("hong@example.org", state=LetterState.TO_CALL)
    client = client_for(cast.city_officer)

    everything = client.get(reverse("letter_register")).content.decode()
    filtered = client.get(reverse("letter_register"), {"trang_thai": "to_call", "q": "hong"}).content.decode()

    assert "an@example.org" in everything
    assert "hong@example.org" in everything
    assert "an@example.org" not in filtered
    assert "hong@example.org" in filtered
    assert 'value="to_call" selected' in filtered


@pytest.mark.parametrize("count", [1, 3])
def test_a_longer_register_asks_no_more(
    count: int, cast: Cast, client_for: SignIn, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _n in range(count):
        letters.letter()
    client = client_for(cast.city_officer)
    with django_assert_max_num_queries(16):
        client.get(reverse("letter_register"))


def test_a_code_is_shown_to_nobody(cast: Cast, client_for: SignIn) -> None:
    member = cast.member.user
    secret = letters.letter(template=letters.SECRET, user=member)
    calm = letters.letter(template=letters.CALM, user=member)

    assert letters.CODE not in page(client_for, cast.city_officer, "letter_detail", secret.pk)
    assert "thư thử" in page(client_for, cast.city_officer, "letter_detail", calm.pk)

    Letter.objects.update(state=LetterState.SENT, sent_at=timezone.now())
    assert letters.CODE not in page(client_for, cast.member, "mine_letter", secret.pk)
    assert "thư thử" in page(client_for, cast.member, "mine_letter", calm.pk)


def test_who_only_sees_reads_masked_recipients_and_no_text(cast: Cast, client_for: SignIn) -> None:
    auditor = people.officer(OfficeCode.AUDITOR, cast.city)
    letter = letters.letter("hong@example.org", template=letters.CALM, name="Lê Thị Hồng")

    for name, args in (("letter_register", ()), ("letter_detail", (letter.pk,))):
        text = page(client_for, auditor, name, *args)
        assert "h…@example.org" in text
        assert "hong@example.org" not in text
        assert "Lê Thị Hồng" not in text
        assert "thư thử" not in text
    page(client_for, auditor, "letter_call_list", status=403)


def test_letters_of_other_units_do_not_exist(cast: Cast, client_for: SignIn) -> None:
    clerk = people.officer(OfficeCode.CLERK, cast.ward)
    other = letters.letter(unit_code="P002", state=LetterState.TO_CALL)

    page(client_for, clerk, "letter_detail", other.pk, status=404)
    answer = client_for(clerk).post(reverse("letter_told", args=[other.pk]))
    assert answer.status_code == 404
    page(client_for, cast.unit_officer, "letter_register", status=403)


def test_told_by_a_button(cast: Cast, client_for: SignIn) -> None:
    letter = letters.letter(state=LetterState.TO_CALL)
    client = client_for(cast.city_officer)
    assert letter.address in client.get(reverse("letter_call_list")).content.decode()

    answer = client.post(reverse("letter_told", args=[letter.pk]), follow=True)

    letter.refresh_from_db()
    assert letter.state == LetterState.TOLD
    assert cast.city_officer.full_name in answer.content.decode()
    assert letter.address not in client.get(reverse("letter_call_list")).content.decode()
    refused = client.post(reverse("letter_retry", args=[letter.pk]), follow=True)
    assert "rc-message--error" in refused.content.decode()


def test_everybody_reads_their_own_letters_only(cast: Cast, client_for: SignIn) -> None:
    letter = letters.letter(user=cast.member.user, state=LetterState.SENT, sent_at=timezone.now())

    assert letter.subject in page(client_for, cast.member, "mine_letters")
    assert letter.subject not in page(client_for, cast.nobody, "mine_letters")
    page(client_for, cast.nobody, "mine_letter", letter.pk, status=404)
