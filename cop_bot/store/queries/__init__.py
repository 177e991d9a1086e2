"""What the use cases ask of the record, by noun: functions of one transaction."""

from cop_bot.store.queries import (
    answers,
    audits,
    contributions,
    corrections,
    identity,
    notices,
    objections,
    people,
    programmes,
    publications,
    summaries,
    workspaces,
)

__all__ = [
    "answers",
    "audits",
    "contributions",
    "corrections",
    "identity",
    "notices",
    "objections",
    "people",
    "programmes",
    "publications",
    "summaries",
    "workspaces",
]
