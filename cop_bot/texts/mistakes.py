"""What a member reads when something can't be done: one sentence a mistake, in their language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time

from cop_bot.domain import mistakes as can_not
from cop_bot.domain import wall_clock
from cop_bot.domain.message import Command, Message, Moment, Paragraph, Span, Words
from cop_bot.domain.mistakes import MemberMistake
from cop_bot.texts.languages import later, speak

NOON = time(12)
"""A day is told by its noon: it is the same day for most readers."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """`text` with the values of the mistake as fields; `{command}` is something to type, in which values stand too."""

    text: str
    command: str = ""


SENTENCES: Mapping[type[MemberMistake], Sentence] = {
    can_not.MayNotSetUp: Sentence(
        later("Only administrators of this workspace, or owners of this team, set a programme up. Ask one of them.")
    ),
    can_not.CannotBeAskedNow: Sentence(later("I can't see just now who may do that. Please try again in a minute.")),
    can_not.SetUpInTheChannel: Sentence(
        later("Type {command} in the channel in which the programme is to be."), "setup"
    ),
    can_not.PlaceIsTaken: Sentence(later("A programme runs in this channel already: {title}.")),
    can_not.CannotBePlanned: Sentence(
        later("No programme can be made of that. Look at the title, the lines and the first day again.")
    ),
    can_not.TitleIsMissing: Sentence(later("Say what the programme is called.")),
    can_not.NotAZone: Sentence(later("There is no time zone “{zone}”. Did you mean {nearest}?")),
    can_not.NotADay: Sentence(later("Choose the first day.")),
    can_not.DayIsPast: Sentence(later("The first day has begun already. Choose a later one.")),
    can_not.LinesAreMissing: Sentence(later("Write at least one theme or question.")),
    can_not.TooManyLines: Sentence(later("A programme takes {most} themes or questions at most.")),
    can_not.NoProgramme: Sentence(
        later("No programme runs here, so nothing is kept. Type this in the channel of your Community of Practice.")
    ),
    can_not.ProgrammeIsGone: Sentence(later("This programme does not exist any more.")),
    can_not.WhichProgramme: Sentence(
        later("You are in several programmes. Type this in the channel of the one that you mean.")
    ),
    can_not.NoSuchSession: Sentence(later("There is no session of that name; {command} shows them."), "agenda"),
    can_not.NoSuchContribution: Sentence(
        later("There is no contribution of that number; {command} lists yours."), "status"
    ),
    can_not.NotANumber: Sentence(later("Write the number of a contribution: #12.")),
    can_not.NotALength: Sentence(later("Write how long as a number of days or weeks: 3d or 2w.")),
    can_not.NotAKind: Sentence(
        later("Write the number and the kind: {command}. The kinds are idea, question, resource, lesson and feedback."),
        "kind #12 question",
    ),
    can_not.NoSuchQuestion: Sentence(
        later("There is no question {question}: this session has so many guiding questions: {questions}.")
    ),
    can_not.NameSomebody: Sentence(later("Name one person with an @: {command}."), "facilitators add @Amina"),
    can_not.FewerWords: Sentence(later("Say what to look for: {command}."), "find risk sharing"),
    can_not.SayIt: Sentence(later("Write what you want to say after the command: {command}."), "{example}"),
    can_not.FeedbackOnWhat: Sentence(
        later("Say on which contribution, by its number: {command}."), "feedback #12 We tried this and it works"
    ),
    can_not.ProgrammeElsewhere: Sentence(
        later("No programme runs here, so nothing is kept. Yours runs in {place}: type this there.")
    ),
    can_not.NoOpenSession: Sentence(
        later("No session is open here just now, so nothing was kept. {command} shows when the next one opens."),
        "agenda",
    ),
    can_not.NotYours: Sentence(
        later("That contribution is somebody else's; only its author or a facilitator can change it.")
    ),
    can_not.NotYourMessage: Sentence(later("That message is somebody else's; its author or a facilitator can add it.")),
    can_not.NotAMembersMessage: Sentence(later("Only what a member wrote can be kept, and no command.")),
    can_not.IsWithdrawn: Sentence(
        later("That message was a contribution and has been withdrawn. To contribute it again, write it anew.")
    ),
    can_not.NothingIsOpen: Sentence(later("No session is open just now.")),
    can_not.NothingIsPlanned: Sentence(later("No session is left to open.")),
    can_not.SessionIsNotPlanned: Sentence(later("This session has already been opened or skipped.")),
    can_not.SessionIsNotOpen: Sentence(later("This session is not open.")),
    can_not.SessionsWouldOverlap: Sentence(later("Two sessions would run at once in this channel.")),
    can_not.AnotherOpensFirst: Sentence(
        later("Another session opens before that one. Leave it out first: {command}."), "session skip"
    ),
    can_not.NextWouldBeOpen: Sentence(
        later(
            "The next session would already be open then. Move the later sessions first: {command} moves every planned "
            "session and the plenary."
        ),
        "programme shift {days}d",
    ),
    can_not.InABreak: Sentence(
        later("A session would be open in the break from {begins} to {ends} ({why}). Choose other days.")
    ),
    can_not.NothingToReopen: Sentence(later("No session has closed within the last day, so none can be reopened.")),
    can_not.SayHowLong: Sentence(
        later("That session closed when it was to close. Say for how long it is open again: {command}."),
        "session reopen 2d",
    ),
    can_not.ClosesInThePast: Sentence(later("The session would close before now. Say a longer time.")),
    can_not.NothingToUndo: Sentence(later("There is no step to undo.")),
    can_not.NotUndone: Sentence(
        later("The last step was {command}, and that can't be undone: others have read it, or it is erased."), "{step}"
    ),
    can_not.TooLateToUndo: Sentence(
        later("It is too late to undo that: things have happened since, or would be due at once. Nothing was changed.")
    ),
    can_not.CorrectionWithoutWords: Sentence(
        later("Write the words of the line: {command}."), "summary draft 3 say Partners want to chair the meeting"
    ),
    can_not.CorrectionTooLong: Sentence(later("A line has {most} characters at most. Nothing was changed.")),
    can_not.TooManyAtOnce: Sentence(
        later(
            "I post at most {most} contributions for one person within {minutes} minutes. Nothing was kept; write in "
            "the channel, or try again later."
        )
    ),
    can_not.RemindedAlready: Sentence(
        later("The quiet ones were reminded {at}; nobody is reminded by hand twice in a day. Nothing was sent.")
    ),
    can_not.OpensInThePast: Sentence(later("That would open a session in the past; shift by fewer days.")),
    can_not.NothingPublishedYet: Sentence(later("There is no summary yet. It is posted when the session closes.")),
    can_not.NoFindingsYet: Sentence(later("There are no findings yet. They are posted after the last session.")),
    can_not.NothingToSummarise: Sentence(later("This session has not opened, so there is nothing to summarise.")),
    can_not.SummaryIsNotDrafted: Sentence(later("There is no draft of this summary to publish yet.")),
    can_not.FindingsRepeat: Sentence(
        later("The findings repeat lines of the themes' summaries. Name the theme: {command}."),
        "summary object risk 3 That was not said",
    ),
    can_not.NotALine: Sentence(
        later("Write the number of the line and what is wrong with it: {command}."),
        "summary object 3 That is not what we said",
    ),
    can_not.NoSuchLine: Sentence(later("The summary has no line {line}; its last line is {lines}.")),
    can_not.NoLines: Sentence(later("The summary has no lines.")),
    can_not.TimeIsOver: Sentence(later("The time to object to this summary is over: it was until {until}.")),
    can_not.ObjectionWithoutWords: Sentence(later("Say in a few words what is wrong with the line.")),
    can_not.ObjectionTooLong: Sentence(
        later("An objection has at most {most} characters, and so has an answer; say it shorter.")
    ),
    can_not.ObjectedAlready: Sentence(later("You have said this about this line already. Nothing was changed.")),
    can_not.ObjectedOften: Sentence(
        later("You have {most} objections to this summary. Take one back first, or talk to a facilitator.")
    ),
    can_not.NothingToTakeBack: Sentence(
        later("You have not objected to this line; {command} lists what has been said."), "summary objections"
    ),
    can_not.NotAnObjection: Sentence(
        later("Write the number of the objection and your answer: {command}."), "summary answer 1 We looked again"
    ),
    can_not.NoSuchObjection: Sentence(
        later("There is no objection of that number; {command} lists them."), "summary objections"
    ),
    can_not.AnswerWithoutWords: Sentence(
        later("Write your answer behind the number of the objection: {command}."), "summary answer 1 We looked again"
    ),
    can_not.AnsweredAlready: Sentence(later("That is the answer already. Nothing was changed.")),
    can_not.OneMustStay: Sentence(later("A programme needs at least one facilitator; add another one first.")),
    can_not.NoSuchFacilitator: Sentence(
        later("That person does not facilitate this programme; {command} shows who does."), "facilitators list"
    ),
}


def told(mistake: MemberMistake, *, language: str = "en") -> Message:
    """The sentence of this mistake."""
    _, sentence = speak(language), SENTENCES[type(mistake)]
    values: dict[str, Span | str] = {name: _shown(value, mistake, _.language) for name, value in mistake.values.items()}
    command = Command(sentence.command.format(**mistake.values))
    return _.message(Paragraph(_.spans(sentence.text, **values | {"command": command})))


def _shown(value: can_not.Value, mistake: MemberMistake, language: str) -> Span:
    if isinstance(value, datetime):
        return Moment(value, str(mistake.values["zone"]))
    if isinstance(value, date):
        zone = str(mistake.values["zone"])
        return Moment(wall_clock.on_wall(datetime.combine(value, NOON), zone), zone, "date")
    return Words(_counted(value, language) if isinstance(value, int) else value)


def _counted(number: int, language: str) -> str:
    from babel.numbers import format_decimal

    return format_decimal(number, locale=language.partition("-")[0])
