"""What becomes of posts that are recorded together: decided over what is known, before any of it is written."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from cop_bot.domain.contribution import Contribution, Kind, session_for, stamp_of
from cop_bot.domain.post import Change, Post
from cop_bot.domain.session import Session
from cop_bot.domain.wording import Manner, asks, beginning, kind_of, reference

Author = tuple[str, str]
"""A platform and who it is there."""


@dataclass(frozen=True, slots=True)
class Moment:
    """When posts are recorded: on the wall, in the programme's time, and how one becomes the other (see `Clock.at`)."""

    wall: datetime
    now: datetime
    at: Callable[[datetime], datetime]

    def of(self, post: Post) -> tuple[datetime, ...]:
        """When it was posted, in the programme's time: more than one where the platform leaves that open.

        A post was there when it arrived, so one that comes at once was made between the platform's time and now. In a
        rehearsal a second is hours: without this, what is said right under the opening would count as said before it.
        """
        latest = post.at + post.give
        if post.at < self.wall < latest:
            return (self.at(self.wall),)
        return (self.at(post.at), self.at(latest)) if post.give else (self.at(post.at),)


@dataclass(frozen=True, slots=True)
class Known:
    """What the record holds of what posts may touch.

    `sessions` by their place; `kept` by place and message; `numbered` by programme and number; `early`: replies whose
    root was not known; `manner`: how people write.
    """

    sessions: Mapping[int, Sequence[Session]] = field(default_factory=dict)
    kept: Mapping[tuple[int, str], Contribution] = field(default_factory=dict)
    numbered: Mapping[tuple[int, int], Contribution] = field(default_factory=dict)
    early: Sequence[Contribution] = ()
    manner: Manner = field(default_factory=Manner)
    summaries: Collection[tuple[int, str]] = ()
    """Place and message of summaries: what is written beneath them is about them, and no contribution to the theme."""


@dataclass(slots=True)
class Fresh:
    """A contribution to be made: its author, and what it replies to, may be made in the same batch."""

    contribution: Contribution
    author: Author
    parent: Contribution | None = None


class Batch:
    """Posts that are recorded together. `take` each in the order they came; then `identify`, `number` and `adopt`.

    `fresh` and `changed` are what is to be written; nothing is where no session covers a post.
    """

    def __init__(self, moment: Moment, known: Known) -> None:
        self.fresh: list[Fresh] = []
        self.changed: list[Contribution] = []
        self._moment = moment
        self._known = known
        self._kept = dict(known.kept)

    def take(self, place_id: int, post: Post, kind: Kind | None = None) -> None:
        """One more post, edit, deletion or return, in any order and however often. `kind` is what a person chose."""
        kept = self._kept.get((place_id, post.message))
        if kept is None:
            self._keep(place_id, post, kind)
        elif post.change is Change.DELETED:
            self._delete(kept, post)
        elif post.change is Change.RESTORED and kept.may_change_standing(post):
            self._restore(kept, post)
        elif kept.is_newer(post):
            self._revise(kept, post)

    @property
    def authors(self) -> set[Author]:
        """Whose members must be known: the authors of all that is kept with its words."""
        return {fresh.author for fresh in self.fresh if not fresh.contribution.is_withdrawn}

    def identify(self, members: Mapping[Author, int]) -> None:
        """The ids of the authors' members."""
        for fresh in self._numbered():
            fresh.contribution.member_id = members[fresh.author]

    @property
    def wanted(self) -> dict[int, int]:
        """How many numbers each programme must give."""
        counts: dict[int, int] = defaultdict(int)
        for fresh in self._numbered():
            counts[fresh.contribution.programme_id] += 1
        return dict(counts)

    def number(self, programme_id: int, first: int) -> None:
        """Numbers from the first on, in the order of the posts."""
        several = [one for one in self._numbered() if one.contribution.programme_id == programme_id]
        for number, fresh in enumerate(several, start=first):
            fresh.contribution.number = number
            fresh.contribution.parent = fresh.parent.number if fresh.parent else None

    def adopt(self) -> None:
        """A reply that came before the message it replies to is feedback on it, unless it is of a kind of its own."""
        made = [fresh.contribution for fresh in self.fresh]
        roots = {(c.place_id, c.message): c for c in made if not c.is_tombstone}
        for reply in (*self._known.early, *made):
            root = roots.get((reply.place_id, reply.thread)) if reply.thread and reply.parent is None else None
            if root is None or root is reply or root.programme_id != reply.programme_id:
                continue
            reply.parent = root.number
            if not reply.kind_is_chosen and reply.kind is self._kind(reply, is_reply=False):
                reply.kind = self._kind(reply, is_reply=True)

    def _numbered(self) -> list[Fresh]:
        return [fresh for fresh in self.fresh if not fresh.contribution.is_tombstone]

    def _delete(self, kept: Contribution, post: Post) -> None:
        if not kept.is_withdrawn and kept.may_change_standing(post):
            kept.withdraw(self._moment.now, stamp_of(post))
            self.changed.append(kept)
        elif kept.may_change_standing(post):
            kept.standing = stamp_of(post)  # deleted again, before we heard that it had been back

    def _restore(self, kept: Contribution, post: Post) -> None:
        was_withdrawn, was_tombstone = kept.is_withdrawn, kept.is_tombstone
        kept.restore(stamp_of(post))
        if not was_withdrawn:
            if kept.is_newer(post):
                self._revise(kept, post)
        elif not post.is_empty:
            parent = self._fill(kept, post)
            kept.mark_again()
            if was_tombstone:
                self.fresh.append(Fresh(kept, (post.platform, post.author), parent))
            else:
                self.changed.append(kept)

    def _keep(self, place_id: int, post: Post, kind: Kind | None) -> None:
        """A message that is not known yet: kept if a session covers its own time, else nothing remains of it."""
        session, late, posted_at = self._session_of(place_id, post)
        if session is None:
            return
        contribution = Contribution.kept(
            post, place_id, session, late=late, posted_at=posted_at, wall=self._moment.wall
        )
        fresh = Fresh(contribution, (post.platform, post.author))
        if post.change is Change.DELETED:
            contribution.withdraw(self._moment.now, stamp_of(post))
        elif not post.is_empty:
            if post.change is Change.RESTORED:
                contribution.restore(stamp_of(post))
            if kind:
                contribution.choose_kind(kind)
            fresh.parent = self._fill(contribution, post)
            contribution.mark_again()
        else:
            return
        self._kept[(place_id, post.message)] = contribution
        self.fresh.append(fresh)

    def _session_of(self, place_id: int, post: Post) -> tuple[Session | None, bool, datetime]:
        """The session that the post belongs to, whether it comes late, and its moment: on time if any of them is."""
        root = self._kept.get((place_id, post.thread)) if post.thread else None
        sessions = self._known.sessions.get(place_id, ())
        found = [
            (*session_for(sessions, moment, root.session_id if root else None), moment)
            for moment in self._moment.of(post)
        ]
        return next((one for one in found if one[0] is not None and not one[1]), found[0])

    def _fill(self, contribution: Contribution, post: Post) -> Contribution | None:
        """Take over what the message says; returns the contribution that it replies to."""
        manner = self._known.manner
        prefix, question, text = beginning(post.text, manner.prefixes, self._questions(contribution))
        still = contribution.parent if reference(text, manner) == reference(contribution.text, manner) else None
        contribution.say(post, text)
        if question:
            contribution.file(question, post.at)
        parent = self._parent(contribution, post, text)
        contribution.parent = parent.number if parent and parent.number else still
        if not contribution.kind_is_chosen:
            is_reply = parent is not None or still is not None
            beneath = post.thread is not None and (contribution.place_id, post.thread) in self._known.summaries
            asked = Kind.TALK if beneath or (post.asks_bot and not is_reply and asks(text, manner)) else None
            contribution.kind = prefix or asked or self._kind(contribution, is_reply=is_reply)
        return parent

    def _questions(self, contribution: Contribution) -> int:
        """How many guiding questions its session has."""
        sessions = self._known.sessions.get(contribution.place_id, ())
        return next((len(one.questions) for one in sessions if one.id == contribution.session_id), 0)

    def _parent(self, contribution: Contribution, post: Post, text: str) -> Contribution | None:
        """The contribution named by a leading `#12`, else the root of the thread if this programme keeps it."""
        number = reference(text, self._known.manner)
        named = self._known.numbered.get((contribution.programme_id, number)) if number is not None else None
        root = self._kept.get((contribution.place_id, post.thread)) if post.thread else None
        if root is not None and (root.programme_id != contribution.programme_id or root.is_tombstone):
            root = None
        parent = named or root
        return None if parent is contribution else parent

    def _revise(self, kept: Contribution, post: Post) -> None:
        if post.is_empty and (post.whole or not kept.whole):
            # What it said has been taken out of it; a later edit brings it back.
            kept.withdraw(self._moment.now, post.edited)
            self.changed.append(kept)
            return
        if kept.is_withdrawn:
            self._restore(kept, replace(post, change=Change.RESTORED))
            return
        before, was_talk = _said(kept), kept.kind is Kind.TALK
        parent = self._fill(kept, post)
        if was_talk is not (kept.kind is Kind.TALK):
            kept.mark_again()
        for fresh in self.fresh:
            if fresh.contribution is kept:
                fresh.parent = parent
        if before != _said(kept):  # else an unfurl or a redelivery
            self.changed.append(kept)

    def _kind(self, contribution: Contribution, *, is_reply: bool) -> Kind:
        """What kind it is by its words; words of others alone are material that its author shares."""
        shared = [*contribution.files, contribution.quoted] if contribution.quoted and not contribution.text else None
        return kind_of(
            contribution.text,
            contribution.links,
            shared or contribution.files,
            is_reply=is_reply,
            manner=self._known.manner,
        )


def _said(contribution: Contribution) -> tuple[object, ...]:
    c = contribution
    return (c.text, c.quoted, c.links, c.files, c.kind, c.parent, c.answers)
