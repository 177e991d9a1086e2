"""What a member may ask for that cannot be done. What they read of it lies in `texts/mistakes.py`, in all languages.

`values` go into that sentence: numbers, words, and moments with the `zone` in which they are spelled out.
"""

from __future__ import annotations

from datetime import date, datetime

from cop_bot.domain.errors import CopError

Value = str | int | date | datetime


class MemberMistake(CopError):
    """Something that cannot be done; nothing was changed."""

    def __init__(self, **values: Value) -> None:
        self.values = values
        super().__init__(type(self).__name__)


# What is meant


class NoProgramme(MemberMistake):
    """Nothing takes place where they typed."""


class ProgrammeIsGone(MemberMistake):
    """It was erased meanwhile."""


class WhichProgramme(MemberMistake):
    """They take part in several."""


class NoSuchSession(MemberMistake):
    """No session has that number, id or title."""


class NoSuchContribution(MemberMistake):
    """No contribution has that number, or the thread is under none."""


class NotANumber(MemberMistake):
    """The number of a contribution is missing."""


class NotALength(MemberMistake):
    """How long is missing."""


class NotAKind(MemberMistake):
    """No kind has that name."""


class NoSuchQuestion(MemberMistake):
    """The session has no guiding question of that number. `question`, `questions`: what was said, and how many."""


class NameSomebody(MemberMistake):
    """Not exactly one person is named."""


class FewerWords(MemberMistake):
    """There is nothing to search for."""


class SayIt(MemberMistake):
    """A command to contribute, and nothing after it. `example`: how it is typed."""


class FeedbackOnWhat(MemberMistake):
    """Feedback that names no contribution, outside of a thread."""


class ProgrammeElsewhere(MemberMistake):
    """Nothing takes place where they typed. `place`: where theirs does."""


# Contributions


class NoOpenSession(MemberMistake):
    """Nothing can be contributed now."""


class TooManyAtOnce(MemberMistake):
    """So many contributions by command in so short a time would keep everybody else's words waiting.

    `most` within `minutes`.
    """


class NotYours(MemberMistake):
    """Somebody else's contribution."""


class NotYourMessage(MemberMistake):
    """Somebody else's message, to be kept."""


class NotAMembersMessage(MemberMistake):
    """A message of the bot, or a command, to be kept."""


class IsWithdrawn(MemberMistake):
    """A message to be kept that was withdrawn as a contribution."""


# Sessions


class NothingIsOpen(MemberMistake):
    """There is no open session to close, extend or remind of."""


class RemindedAlready(MemberMistake):
    """The quiet ones were reminded by hand a short time ago: `at`, in `zone`."""


class NothingIsPlanned(MemberMistake):
    """There is no session to open or to leave out."""


class SessionIsNotPlanned(MemberMistake):
    """It was opened or left out already."""


class SessionIsNotOpen(MemberMistake):
    """It is not open."""


class SessionsWouldOverlap(MemberMistake):
    """Two sessions would run at once."""


class AnotherOpensFirst(SessionsWouldOverlap):
    """One that was planned before is still to come."""


class NextWouldBeOpen(SessionsWouldOverlap):
    """It would run into the next. `days`: how far all that follows had to move."""


class InABreak(MemberMistake):
    """A session would be open in a break. `why`, `begins`, `ends`: those of the break, in `zone`."""


class NothingToReopen(MemberMistake):
    """There is no session that closed within the last day."""


class SayHowLong(MemberMistake):
    """It closed when it was to close: until when it is open again has to be said."""


class ClosesInThePast(MemberMistake):
    """It would close before now."""


class NothingToUndo(MemberMistake):
    """No step is left that could be undone."""


class NotUndone(MemberMistake):
    """The last step was of a kind that can't be taken back. `step`: what it was, as it is typed."""


class TooLateToUndo(MemberMistake):
    """Something has happened since that rests on it."""


class OpensInThePast(MemberMistake):
    """A session would open before now."""


# Summaries and objections


class NothingPublishedYet(MemberMistake):
    """There is no summary."""


class NoFindingsYet(MemberMistake):
    """There are no findings."""


class NothingToSummarise(MemberMistake):
    """A session that has not opened."""


class SummaryIsNotDrafted(MemberMistake):
    """There is nothing to publish."""


class CorrectionWithoutWords(MemberMistake):
    """The words of the line are missing."""


class CorrectionTooLong(MemberMistake):
    """`most`: how many characters a line may have."""


class FindingsRepeat(MemberMistake):
    """The findings can't be objected to: their themes can."""


class NotALine(MemberMistake):
    """The number of a line is missing."""


class NoSuchLine(MemberMistake):
    """No line has that number. `line`: that number; `lines`: how many there are."""


class NoLines(MemberMistake):
    """The summary has no lines."""


class TimeIsOver(MemberMistake):
    """Nobody may object any more. `until`: when they could, in `zone`."""


class ObjectionWithoutWords(MemberMistake):
    """The words are missing."""


class ObjectionTooLong(MemberMistake):
    """`most`: how many characters it may have, and an answer to it."""


class ObjectedAlready(MemberMistake):
    """The same words about the same line."""


class ObjectedOften(MemberMistake):
    """`most`: how many objections of one member may stand."""


class NothingToTakeBack(MemberMistake):
    """They have not objected to this line."""


class NotAnObjection(MemberMistake):
    """The number of an objection is missing."""


class NoSuchObjection(MemberMistake):
    """No objection has that number."""


class AnswerWithoutWords(MemberMistake):
    """The words of the answer are missing."""


class AnsweredAlready(MemberMistake):
    """The same answer again."""


# Facilitators


class OneMustStay(MemberMistake):
    """The last facilitator can't go."""


class NoSuchFacilitator(MemberMistake):
    """That person does not facilitate."""


# Setting up


class MayNotSetUp(MemberMistake):
    """Only administrators may."""


class CannotBeAskedNow(MemberMistake):
    """The platform does not say just now who somebody is."""


class SetUpInTheChannel(MemberMistake):
    """It was typed where no channel is meant."""


class PlaceIsTaken(MemberMistake):
    """A programme runs here. `title`: what it is called."""


class CannotBePlanned(MemberMistake):
    """Something that was filled in makes no programme."""


class TitleIsMissing(MemberMistake):
    """The programme has no title."""


class NotAZone(MemberMistake):
    """There is no such time zone. `zone`: what was typed; `nearest`: what may have been meant."""


class NotADay(MemberMistake):
    """That is no day."""


class DayIsPast(MemberMistake):
    """The first session would have opened before now."""


class LinesAreMissing(MemberMistake):
    """No theme, or no question, was named."""


class TooManyLines(MemberMistake):
    """More than a programme takes: `most`."""
