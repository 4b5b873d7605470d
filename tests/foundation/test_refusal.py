"""An action's no, as text and on a form."""

import pytest
from django import forms
from django.utils.translation import gettext_lazy

from foundation.refusal import Reason, Refused


class Transfer(forms.Form):
    unit = forms.CharField(required=False)


def test_a_refusal_takes_a_sentence_or_several_with_citations() -> None:
    assert str(Refused("Đã có thẻ.")) == "Đã có thẻ."
    assert (
        str(Refused([Reason("Còn nợ.", "TB 06/2009"), "Chờ tiếp nhận."]))
        == "Còn nợ. (TB 06/2009) Chờ tiếp nhận."
    )
    lazy = gettext_lazy("Enter a whole amount in đồng, for example 1.234.567.")
    assert str(Refused(lazy)) == "Nhập số tiền tròn đồng, ví dụ 1.234.567."


def test_a_refusal_without_a_reason_cannot_be_made() -> None:
    with pytest.raises(ValueError, match="at least one reason"):
        Refused([])


def test_reasons_stand_on_their_field_and_the_rest_above_the_form() -> None:
    form = Transfer({"unit": "x"})
    refused = Refused(
        [Reason("Đơn vị đã giải thể.", field="unit"), Reason("Quá hạn.", "Đ. 3", field="day"), "Khác."]
    )
    refused.add_to_form(form)
    assert form.errors == {"unit": ["Đơn vị đã giải thể."], "__all__": ["Quá hạn. (Đ. 3)", "Khác."]}
