"""When the members of a session are reminded."""

from __future__ import annotations

from collections.abc import Sequence

from cop_bot.domain.plan import ReminderPlan
from cop_bot.programme_file.mistakes import Margin
from cop_bot.programme_file.sessions import RemindRule
from cop_bot.programme_file.windows import Window


def reminders(rules: Sequence[RemindRule], window: Window, zone: str, margin: Margin) -> tuple[ReminderPlan, ...]:
    """The reminders of one session, in order. One that would come before the opening is noted."""
    plans = [_reminder(rule, window, zone) for rule in rules]
    noted = {(mistake.line, mistake.column) for mistake in margin.mistakes}
    for rule, plan in zip(rules, plans, strict=True):
        if plan.at <= window.opens.utc and rule.spot not in noted:
            what = f"`{plan.rule}` the close is not after the opening of `{window.theme.slug}`"
            margin.wrong(rule.spot, what, "write a shorter duration")
    return tuple(sorted(plans, key=lambda plan: plan.at))


def _reminder(rule: RemindRule, window: Window, zone: str) -> ReminderPlan:
    if rule.before is not None:
        at = rule.before.before(window.closes.utc, zone)
        return ReminderPlan(at, f"before {rule.before.text}", rule.to)
    halfway = window.opens.utc + (window.closes.utc - window.opens.utc) / 2
    return ReminderPlan(halfway.replace(second=0, microsecond=0), "midway", rule.to)
