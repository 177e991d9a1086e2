"""What a notice is about, for whom, and its key on the wire: the key is made from the parts and never taken apart."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class NoticeKind(StrEnum):
    """What a notice says. From `SUMMARY` on it is part of a publication, and composed when it is said."""

    OPENING = "opening"
    EXTENDED = "extended"
    SKIPPED = "skipped"
    SHIFT = "shift"
    REOPENED = "reopened"
    UNDONE = "undone"
    ROLE = "role"
    PLAN = "plan"
    ANNOUNCEMENT = "announcement"
    REMINDER = "reminder"
    REVIEW = "review"
    ASKED = "asked"
    SUMMARY = "summary"
    FINDINGS = "findings"
    DRAFT = "draft"
    WARNINGS = "warnings"
    FULL = "full"
    OBJECTION = "objection"
    CONTRIBUTION = "contribution"


_ON_THE_WIRE = {
    NoticeKind.FINDINGS: "summary",  # of the programme
    # What it is about says it already.
    NoticeKind.REMINDER: "",
    NoticeKind.OBJECTION: "",
    NoticeKind.CONTRIBUTION: "",
}


@dataclass(frozen=True, slots=True)
class NoticeKey:
    """`database` is the record's random id. `audience` is given where it is one member.

    `version` is that of the summary a draft or a warning belongs to; `request` sets apart what was asked for more than
    once; `revision` what is said anew.
    """

    database: str
    about: str
    kind: NoticeKind
    audience: str = ""
    version: int = 0
    request: str = ""
    revision: int = 0
    language: str = ""
    part: int = 0

    def __str__(self) -> str:
        """The token that travels inside the message, by which it is recognised on the platform."""
        numbers = [str(number) if number else "" for number in (self.version, self.revision, self.part)]
        version, revision, part = numbers
        audience = self.audience if self.audience.startswith("member/") else ""
        kind = _ON_THE_WIRE.get(self.kind, self.kind.value)
        words = (self.database, self.about, kind, version, self.request, audience, revision, self.language, part)
        return "/".join(word for word in words if word)


def to_place(place_id: int) -> str:
    """A place as audience."""
    return f"place/{place_id}"


def to_member(member_id: int) -> str:
    """One member as audience."""
    return f"member/{member_id}"
