"""What has changed between two versions of a summary."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from cop_bot.domain.brief import Brief, Point, Receipt, Section
from cop_bot.domain.changes import Changes, line_met, what_changed
from cop_bot.domain.objection import Objection

THEN = datetime(2026, 3, 9, 8, tzinfo=UTC)
LATER = THEN + timedelta(hours=1)
AUDIT = Point(Section.IDEAS, "Publish the audit reports", (1, 2))
RISK = Point(Section.IDEAS, "Donors carry the currency risk", (3,))
WHO = Point(Section.OPEN_QUESTIONS, "Who audits the donors?", (4,))


def brief(*points: Point, read: int = 4) -> Brief:
    return Brief(points, Receipt(cited=tuple(range(1, read + 1))), "offline")


def objection(said: str = "", cites: tuple[int, ...] = (), at: datetime = THEN) -> Objection:
    return Objection(
        programme_id=1,
        subject="session/1",
        version=1,
        line=1,
        said=said,
        cites=list(cites),
        text="No",
        objected_at=at,
    )


def test_the_same_twice_changed_nothing() -> None:
    assert not what_changed(brief(AUDIT, RISK), brief(RISK, AUDIT), version=2, since=THEN)


def test_a_new_line_is_named_by_its_place_and_a_gone_one_only_counted() -> None:
    changes = what_changed(brief(AUDIT, RISK), brief(AUDIT, WHO), version=2, since=THEN)
    assert changes == Changes(added=(2,), gone=1)


def test_other_words_over_the_same_contributions_are_a_change() -> None:
    other = Point(Section.MAIN_POINTS, "Audits belong to everybody", (2, 1))
    assert what_changed(brief(RISK, AUDIT), brief(other, RISK), version=2, since=THEN) == Changes(changed=(1,))


def test_the_same_words_over_more_contributions_are_a_change() -> None:
    more = Point(Section.IDEAS, AUDIT.text, (1, 2, 5))
    assert what_changed(brief(AUDIT), brief(more, read=5), version=2, since=THEN) == Changes(changed=(1,), read=1)


def test_each_earlier_line_stands_for_one_line() -> None:
    twins = Point(Section.IDEAS, "One", (1,)), Point(Section.IDEAS, "Two", (2,))
    assert what_changed(brief(AUDIT), brief(*twins), version=2, since=THEN) == Changes(added=(2,), changed=(1,))


def test_objections_count_from_the_earlier_version_on() -> None:
    before = THEN - timedelta(minutes=5)
    old, new, answered, gone = objection(at=before), objection(at=LATER), objection(at=before), objection(at=before)
    answered.reply("We looked again", 2, LATER)
    gone.withdraw(LATER)
    flash = objection(at=LATER)
    flash.withdraw(LATER)
    several = [old, new, answered, gone, flash]
    changes = what_changed(brief(AUDIT), brief(AUDIT), several, version=2, since=THEN)
    assert changes == Changes(objected=1, answered=1, taken_back=1)


def test_an_objection_stands_under_the_line_with_its_words() -> None:
    assert line_met(brief(AUDIT, RISK, WHO), objection(RISK.text, (1, 2))) == 2


def test_else_under_the_line_that_rests_most_on_the_same() -> None:
    wide = Point(Section.MAIN_POINTS, "Everything", (1, 2, 3, 4))
    assert line_met(brief(wide, AUDIT), objection("What stood here before", (1, 2))) == 2


def test_else_under_none() -> None:
    assert line_met(brief(AUDIT, RISK), objection("What stood here before", (9,))) is None
    assert line_met(brief(Point(Section.RESOURCES, "", (7,)), RISK), objection("", ())) is None
