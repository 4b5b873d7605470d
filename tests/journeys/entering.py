"""Coming in without the sign-in pages, whose own journeys are in test_second_step."""

from django.conf import settings

from people.models import Person
from tests.conftest import sign_in
from tests.journeys.conftest import Visitor


def enter(visitor: Visitor, who: Person) -> Visitor:
    """The visitor's browser holds an open session of the person, second step given."""
    cookie = sign_in(who).cookies[settings.SESSION_COOKIE_NAME]
    visitor.context.add_cookies([{"name": cookie.key, "value": cookie.value, "url": visitor.home}])
    return visitor
