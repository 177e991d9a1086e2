"""All tables of the record: whoever needs the whole schema imports this."""

from sqlmodel import SQLModel

from cop_bot.domain.anchor import Anchor
from cop_bot.domain.audit import Audited
from cop_bot.domain.command import TakenCommand
from cop_bot.domain.contribution import Contribution
from cop_bot.domain.correction import Correction
from cop_bot.domain.gathering import Gathering
from cop_bot.domain.member import Facilitator, Member
from cop_bot.domain.model_answer import ModelAnswer, TokenUse
from cop_bot.domain.notice import Notice
from cop_bot.domain.objection import Objection
from cop_bot.domain.place import Place, Presence
from cop_bot.domain.programme import Programme
from cop_bot.domain.publication import Publication, PublishedPart
from cop_bot.domain.reminder import Reminded, Reminder
from cop_bot.domain.session import Session
from cop_bot.domain.summary import Summary
from cop_bot.domain.workspace import Workspace

METADATA = SQLModel.metadata
TABLES = (
    Anchor,
    Audited,
    TakenCommand,
    Contribution,
    Correction,
    Facilitator,
    Gathering,
    Member,
    ModelAnswer,
    Notice,
    Objection,
    Place,
    Presence,
    Programme,
    Publication,
    PublishedPart,
    Reminded,
    Reminder,
    Session,
    Summary,
    TokenUse,
    Workspace,
)
