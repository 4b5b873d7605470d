"""What a post still lacks before it may be published, and why it is not on the site yet."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from foundation.refusal import Reason
from news.enums import Ground, PostState


@dataclass(frozen=True, slots=True)
class CoverFacts:
    """What is known about the people a picture shows."""

    alt: str
    ground: str
    proof: str
    representative_proof: str


@dataclass(frozen=True, slots=True)
class PostFacts:
    """What the rules ask about a post."""

    state: str
    title: str
    summary: str
    words: str
    cover: CoverFacts | None


def missing_proof(cover: CoverFacts) -> list[Reason]:
    """Reasons why the picture may not be shown; none when its own ground is proven (daily work, 4.12)."""
    reasons = []
    if not cover.ground:
        return [Reason(_("Choose the ground on which the picture may show people."), field="ground")]
    if cover.ground == Ground.PUBLIC_ACTIVITY and not cover.proof.strip():
        reasons.append(Reason(_("Say where and how notice of filming was given."), field="proof"))
    if cover.ground in {Ground.CONSENT, Ground.CHILD} and not cover.proof.strip():
        reasons.append(Reason(_("Name the paper on which the person shown has agreed."), field="proof"))
    if cover.ground == Ground.CHILD and not cover.representative_proof.strip():
        reasons.append(
            Reason(_("Name the paper on which the representative has agreed."), field="representative_proof")
        )
    if cover.ground == Ground.OTHER and not cover.proof.strip():
        reasons.append(Reason(_("State the ground on which the picture may show people."), field="proof"))
    return reasons


def missing_for_publishing(post: PostFacts) -> list[Reason]:
    """Every reason why the post may not be published yet, with the field it concerns."""
    reasons = []
    if not post.title.strip():
        reasons.append(Reason(_("The post has no title."), field="title"))
    if not post.summary.strip():
        reasons.append(
            Reason(_("The post has no summary: two sentences for lists and shares."), field="summary")
        )
    if not post.words.strip():
        reasons.append(Reason(_("The post has no text."), field="body"))
    if post.cover is not None:
        reasons += missing_of_picture(post.cover)
    return reasons


def missing_of_picture(picture: CoverFacts) -> list[Reason]:
    """Why the picture may not be published yet: its description, the proof of its ground."""
    reasons = []
    if not picture.alt.strip():
        reasons.append(Reason(_("Describe the picture for those who cannot see it."), field="alt"))
    return reasons + missing_proof(picture)


def missing_for_album(title: str, pictures: Sequence[CoverFacts]) -> list[Reason]:
    """Every reason why an album may not be shown yet; each names the picture by its place."""
    reasons = []
    if not title.strip():
        reasons.append(Reason(_("The album has no title."), field="title"))
    if not pictures:
        reasons.append(Reason(_("The album has no picture yet."), field="pictures"))
    for number, picture in enumerate(pictures, start=1):
        reasons += [
            Reason(_("Picture %(n)s: %(what)s") % {"n": number, "what": reason.text}, field="pictures")
            for reason in missing_of_picture(picture)
        ]
    return reasons


def why_not_on_site(post: PostFacts, reason: str, at: str) -> str:
    """One plain sentence for an officer; `at` is the publish time as shown, `reason` the last one given."""
    lacking = missing_for_publishing(post)
    if post.state == PostState.PUBLISHED:
        return _("Not on the site yet: it will appear by itself at %(at)s.") % {"at": at}
    if post.state == PostState.ARCHIVED:
        return _("In the archive: readers with its address can open it, lists do not show it.")
    if post.state == PostState.WITHDRAWN:
        return _("Not on the site: taken down. Reason: %(reason)s") % {"reason": reason}
    if post.state == PostState.RETURNED:
        return _("Not on the site yet: the publisher returned it. Reason: %(reason)s") % {"reason": reason}
    if lacking:
        return _("Not on the site yet: %(reason)s") % {"reason": " ".join(str(r.text) for r in lacking)}
    if post.state == PostState.PROPOSED:
        return _("Not on the site yet: it waits for a publisher.")
    if post.state == PostState.APPROVED:
        return _("Not on the site yet: it is approved and waits for a publisher to give it its time.")
    return _("Not on the site yet: it is a draft. Send it to the publisher when it is ready.")
