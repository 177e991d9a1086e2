"""A workspace: a Slack team, a Teams tenant, the console's. It owns places, members and programmes of its own."""

from __future__ import annotations

from sqlmodel import Field, SQLModel, UniqueConstraint

from cop_bot.domain.errors import OperatorMistake


class Workspace(SQLModel, table=True):
    """`platform_id` is the platform's id of it, empty until somebody has signed in there for the first time."""

    __table_args__ = (UniqueConstraint("platform", "platform_id"),)

    id: int | None = Field(default=None, primary_key=True)
    platform: str = Field(max_length=20)
    platform_id: str = Field(default="", max_length=200)

    def sign_in(self, platform_id: str) -> None:
        """The platform says who we are signed in to. Raises OperatorMistake where that is another one than before: its
        people and channels would be taken for those of the first.
        """
        if self.platform_id not in ("", platform_id):
            raise OperatorMistake(
                f"This database belongs to another workspace of {self.platform} ({self.platform_id}), and these "
                f"settings sign in to {platform_id}. Set COP_DATABASE_URL to a database of its own, or use the "
                "settings of before."
            )
        self.platform_id = platform_id
