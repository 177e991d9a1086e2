"""How values are stored: enums by value and portable, names of constraints fixed, so that one chain of migrations fits
both databases.
"""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any

from sqlmodel import Enum, SQLModel

SQLModel.metadata.naming_convention = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}


def one_of(words: type[StrEnum]) -> Any:
    """A column type that takes exactly the values of `words`, as text, on every database."""
    return Enum(
        words,
        native_enum=False,
        create_constraint=True,
        length=20,
        name=words.__name__.lower(),
        values_callable=lambda members: [member.value for member in members],
    )


def in_utc(moment: datetime) -> datetime:
    """The same moment in UTC; a time without a zone is a mistake of the caller."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no zone")
    return moment.astimezone(UTC)


def known(row_id: int | None) -> int:
    """The id of a row that has been stored; only a row that has not been is without."""
    if row_id is None:
        raise ValueError("this row has not been stored yet")
    return row_id
