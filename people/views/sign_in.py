"""Signing in without e-mail, the forced second step, the sessions of an account."""

from allauth.account.adapter import get_adapter
from allauth.account.app_settings import EmailVerificationMethod
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.flows.login_by_code import LoginCodeVerificationProcess
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url, passthrough_next_redirect_url
from allauth.core.internal import ratelimit
from allauth.mfa.models import Authenticator
from allauth.mfa.webauthn import views as webauthn
from allauth.usersessions.adapter import get_adapter as get_sessions_adapter
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from letters.channels import is_set_up
from letters.enums import Channel
from people.access import entrance, signed_in_only, signing_in
from people.actions import use_sign_in_code
from people.actors import actor_of, signed_in
from people.adapters import ALLAUTH, SecondStepAdapter
from people.forms.sign_in import CodeForm, PhoneForm
from people.signals import note_ended_session


@entrance
@sensitive_post_parameters("code")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in_code(request: HttpRequest) -> HttpResponse:
    """Sign in with a printed code in place of a password; a second step is asked for as ever."""
    if request.user.is_authenticated:
        return redirect(get_next_redirect_url(request) or "start")
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        username, code = form.cleaned_data["username"].strip(), form.cleaned_data["code"]
        key = f"code|{username.lower()}|{ratelimit.get_ip(request)}"
        counted = ratelimit.consume(request, app=ALLAUTH, action="login_failed", key=key)
        if not counted:
            form.refuse_for_now()
        elif (user := use_sign_in_code(by=actor_of(request), username=username, code=code)) is None:
            form.refuse()
        else:
            counted.rollback()
            clear_login(request)
            record_authentication(request, user, method="printed_code")
            login = Login(
                user=user,
                email_verification=EmailVerificationMethod.NONE,
                redirect_url=get_next_redirect_url(request),
            )
            return perform_login(request, login)
    return render(request, "account/sign_in_code.html", {"form": form, **_ways(request)})


@entrance
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def phone_code(request: HttpRequest) -> HttpResponse:
    """Ask for a code by message; the next page is the same whether the number is known or not.

    404 while the chapter has no channel for messages (settings.LETTERS_CHANNELS).
    """
    if not is_set_up(Channel.SMS):
        raise Http404
    if request.user.is_authenticated:
        return redirect(get_next_redirect_url(request) or "start")
    form = PhoneForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        phone = form.cleaned_data["phone"]
        if ratelimit.consume(request, app=ALLAUTH, action="request_login_code", key=phone):
            user = get_adapter(request).get_user_by_phone(phone)
            LoginCodeVerificationProcess.initiate(request=request, user=user, phone=phone)
            url = reverse("account_confirm_login_code")
            return redirect(passthrough_next_redirect_url(request, url, "next"))
        form.add_error(None, _("That was too fast. Wait a minute and try again."))
    return render(request, "account/phone_code.html", {"form": form, **_ways(request)})


def _ways(request: HttpRequest) -> dict[str, str | None]:
    return {"next": get_next_redirect_url(request)}


@signing_in
@never_cache
@require_safe
def second_step_needed(request: HttpRequest) -> HttpResponse:
    """An office asks for a second step and the account has none: how to set one up."""
    offices = actor_of(request).holds
    return render(request, "account/second_step_needed.html", {"offices": offices})


@signing_in
@require_http_methods(["GET", "HEAD", "POST"])
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponseBase:
    """allauth's page, refused for the last second step of somebody whose office forces one."""
    passkey = get_object_or_404(
        Authenticator, pk=pk, user=signed_in(request), type=Authenticator.Type.WEBAUTHN
    )
    adapter = SecondStepAdapter()
    if not adapter.can_delete_authenticator(passkey):
        messages.error(request, str(adapter.error_messages["cannot_delete_authenticator"]))
        return redirect("mfa_list_webauthn")
    return webauthn.remove_webauthn(request, pk=pk)


@signed_in_only
@never_cache
@require_safe
def sessions(request: HttpRequest) -> HttpResponse:
    """Where the account is signed in, this session first."""
    found = UserSession.objects.purge_and_list(signed_in(request))
    found.sort(key=lambda s: (s.is_current(), s.created_at), reverse=True)
    return render(request, "usersessions/sessions.html", {"sessions": found})


@signed_in_only
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End one other session, or all others; this one ends by signing out."""
    others = UserSession.objects.filter(user=signed_in(request)).exclude(
        session_key=request.session.session_key
    )
    chosen = request.POST.get("session", "")
    if chosen:
        others = others.filter(pk=chosen) if chosen.isdigit() else others.none()
        if not others:
            raise Http404
    ended = list(others)
    get_sessions_adapter().end_sessions(ended)
    for _session in ended:
        note_ended_session(request, signed_in(request))
    messages.success(request, _("Signed out there: %(number)s.") % {"number": len(ended)})
    return redirect("usersessions_list")
