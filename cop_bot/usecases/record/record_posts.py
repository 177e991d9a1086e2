"""Record posts: what waits together is recorded in one transaction, before anybody is told that it arrived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.columns import known
from cop_bot.domain.contribution import (
    Contribution,
    Kind,
    Mark,
    clean,
    kind_of,
    leading_number,
    session_for,
    split_prefix,
    stamp_of,
)
from cop_bot.domain.member import Member
from cop_bot.domain.place import Place
from cop_bot.domain.post import Change, Post
from cop_bot.domain.session import Session
from cop_bot.ports import Ports
from cop_bot.store import erasure, queries
from cop_bot.store.marking import mark_edited
from cop_bot.store.workspaces import known_workspace
from cop_bot.texts.words import prefixes


@dataclass(slots=True)
class _Fresh:
    """A row to be made: its author, and what it replies to, may be made in the same transaction."""

    contribution: Contribution
    author: tuple[str, str]
    parent: Contribution | None = None


@dataclass(slots=True)
class _Shelf:
    """What is known about the posts of one batch: read in a few queries, changed in memory, written at the commit."""

    ports: Ports
    homes: Mapping[str, int]
    places: Mapping[tuple[int, str], Place]
    sessions: Mapping[int, Sequence[Session]]
    kept: dict[tuple[int, str], Contribution]
    numbered: Mapping[tuple[int, int], Contribution]
    early: Sequence[Contribution]
    fresh: list[_Fresh] = field(default_factory=list)
    changed: list[Contribution] = field(default_factory=list)


async def record_posts(ports: Ports, posts: Sequence[Post], *, kind: Kind | None = None) -> list[Contribution]:
    """Record new posts, edits and deletions, in any order and however often they come; returns what was kept or
    changed.

    A post outside every session, or in a place that no programme knows, leaves nothing behind. `kind` is what a person
    chose.
    """
    try:
        async with ports.unit() as unit:
            touched = await record_in(unit, ports, posts, kind=kind)
    except IntegrityError:  # another replica recorded one of them in this moment: now it is known
        async with ports.unit() as unit:
            touched = await record_in(unit, ports, posts, kind=kind)
    if any(c.mark in (Mark.WANTED, Mark.UNWANTED) for c in touched):
        ports.wake("marks")
        ports.wake("notices")
    return touched


async def record_in(
    unit: AsyncSession, ports: Ports, posts: Sequence[Post], *, kind: Kind | None = None
) -> list[Contribution]:
    """The same within a transaction of the caller's."""
    shelf = await _read(ports, unit, posts)
    if shelf is None:
        return []
    for post in posts:
        _record(shelf, post, kind)
    await _store(unit, shelf)
    if withdrawn := [c for c in shelf.changed if c.is_withdrawn]:
        await erasure.erase_contributions(unit, ports.clock.wall(), withdrawn)
    edited = [c for c in shelf.changed if not c.is_withdrawn]
    if await mark_edited(unit, ports.clock, edited, settles=ports.model is not None):
        ports.wake("summaries")
    return [*(fresh.contribution for fresh in shelf.fresh), *shelf.changed]


async def _read(ports: Ports, unit: AsyncSession, posts: Sequence[Post]) -> _Shelf | None:
    homes = {post.platform: await known_workspace(unit, ports, post.platform) or 0 for post in posts}
    places = await queries.people.places_by_platform_ids(unit, {(homes[post.platform], post.place) for post in posts})
    if not places:
        return None
    place_ids = [known(place.id) for place in places.values()]
    moments = [moment for post in posts for moment in _moments(ports, post)]
    messages = {post.message for post in posts} | {post.thread for post in posts if post.thread}
    kept = await queries.contributions.by_message(unit, place_ids, messages)
    sessions: dict[int, list[Session]] = defaultdict(list)
    for session in await queries.contributions.sessions_around(unit, place_ids, min(moments), max(moments)):
        sessions[session.place_id].append(session)
    if not kept and not sessions:
        return None
    numbers = {number for post in posts if (number := leading_number(post.text)) is not None}
    programmes = {session.programme_id for several in sessions.values() for session in several}
    numbered = await queries.contributions.by_number(unit, programmes, numbers) if numbers else {}
    roots = {post.message for post in posts if post.thread is None}
    early = await queries.contributions.early_replies(unit, place_ids, roots) if roots and sessions else []
    return _Shelf(ports, homes, places, sessions, kept, numbered, early)


def _record(shelf: _Shelf, post: Post, kind: Kind | None) -> None:
    place = shelf.places.get((shelf.homes[post.platform], post.place))
    if place is None:
        return
    kept = shelf.kept.get((known(place.id), post.message))
    if kept is None:
        _keep(shelf, known(place.id), post, kind)
    elif post.change is Change.DELETED:
        _delete(shelf, kept, post)
    elif post.change is Change.RESTORED and kept.may_change_standing(post):
        _restore(shelf, kept, post)
    elif kept.is_newer(post):
        _revise(shelf, kept, post)


def _delete(shelf: _Shelf, kept: Contribution, post: Post) -> None:
    if not kept.is_withdrawn and kept.may_change_standing(post):
        kept.withdraw(shelf.ports.clock.now(), stamp_of(post))
        shelf.changed.append(kept)
    elif kept.may_change_standing(post):
        kept.standing = stamp_of(post)  # deleted again, before we heard that it had been back


def _restore(shelf: _Shelf, kept: Contribution, post: Post) -> None:
    was_withdrawn, was_tombstone = kept.is_withdrawn, _is_tombstone(kept)
    kept.restore(stamp_of(post))
    if was_withdrawn:
        parent = _fill(shelf, kept, post)
        kept.mark = Mark.WANTED
        if was_tombstone:
            shelf.fresh.append(_Fresh(kept, (post.platform, post.author), parent))
        else:
            shelf.changed.append(kept)


def _keep(shelf: _Shelf, place_id: int, post: Post, kind: Kind | None) -> None:
    """A message that is not known yet: kept if a session covers its own time, else nothing remains of it."""
    clock = shelf.ports.clock
    session, late, posted_at = _session_of(shelf, place_id, post)
    if session is None:
        return
    contribution = Contribution.kept(post, place_id, session, late=late, posted_at=posted_at, wall=clock.wall())
    fresh = _Fresh(contribution, (post.platform, post.author))
    if post.change is Change.DELETED:
        contribution.withdraw(clock.now(), stamp_of(post))
    elif clean(post.text) or post.links or post.files:
        contribution.mark = Mark.WANTED
        if post.change is Change.RESTORED:
            contribution.restore(stamp_of(post))
        if kind:
            contribution.choose_kind(kind)
        fresh.parent = _fill(shelf, contribution, post)
    else:
        return
    shelf.kept[(place_id, post.message)] = contribution
    shelf.fresh.append(fresh)


def _moments(ports: Ports, post: Post) -> tuple[datetime, ...]:
    """When it was posted, in the programme's time: more than one where the platform leaves that open.

    A post was there when it arrived, so one that comes at once was made between the platform's time and now. In a
    rehearsal a second is hours: without this, what is said right under the opening would count as said before it.
    """
    clock, latest = ports.clock, post.at + post.give
    wall = clock.wall()
    if post.at < wall < latest:
        return (clock.at(wall),)
    return (clock.at(post.at), clock.at(latest)) if post.give else (clock.at(post.at),)


def _session_of(shelf: _Shelf, place_id: int, post: Post) -> tuple[Session | None, bool, datetime]:
    """The session that the post belongs to, whether it comes late, and its moment: on time if any of them is."""
    root = shelf.kept.get((place_id, post.thread)) if post.thread else None
    found = [
        (*session_for(shelf.sessions.get(place_id, ()), moment, root.session_id if root else None), moment)
        for moment in _moments(shelf.ports, post)
    ]
    return next((one for one in found if one[0] is not None and not one[1]), found[0])


def _fill(shelf: _Shelf, contribution: Contribution, post: Post) -> Contribution | None:
    """Take over what the message says; returns the contribution that it replies to."""
    prefix, text = split_prefix(post.text, prefixes())
    still = contribution.parent if leading_number(text) == leading_number(contribution.text) else None
    contribution.say(text, post.links, post.files, post.edited)
    parent = _parent(shelf, contribution, post, text)
    contribution.parent = parent.number if parent and parent.number else still
    if not contribution.kind_is_chosen:
        is_reply = parent is not None or still is not None
        contribution.kind = prefix or kind_of(text, post.links, post.files, is_reply=is_reply)
    return parent


def _parent(shelf: _Shelf, contribution: Contribution, post: Post, text: str) -> Contribution | None:
    """The contribution named by a leading `#12`, else the root of the thread if this programme keeps it."""
    number = leading_number(text)
    named = shelf.numbered.get((contribution.programme_id, number)) if number is not None else None
    root = shelf.kept.get((contribution.place_id, post.thread)) if post.thread else None
    if root is not None and (root.programme_id != contribution.programme_id or _is_tombstone(root)):
        root = None
    parent = named or root
    return None if parent is contribution else parent


def _is_tombstone(contribution: Contribution) -> bool:
    return contribution.is_withdrawn and contribution.number is None


def _revise(shelf: _Shelf, kept: Contribution, post: Post) -> None:
    before = (kept.text, kept.links, kept.files, kept.kind, kept.parent)
    parent = _fill(shelf, kept, post)
    for fresh in shelf.fresh:
        if fresh.contribution is kept:
            fresh.parent = parent
    if before != (kept.text, kept.links, kept.files, kept.kind, kept.parent):  # else an unfurl or a redelivery
        shelf.changed.append(kept)


async def _store(unit: AsyncSession, shelf: _Shelf) -> None:
    """Members first, then numbers in the order of the posts, then the rows."""
    members = await _members(
        unit, shelf, {fresh.author for fresh in shelf.fresh if not fresh.contribution.is_withdrawn}
    )
    by_programme: dict[int, list[_Fresh]] = defaultdict(list)
    for fresh in shelf.fresh:
        contribution = fresh.contribution
        if not _is_tombstone(contribution):
            contribution.member_id = members[fresh.author]
            by_programme[contribution.programme_id].append(fresh)
    for programme_id, several in by_programme.items():
        first = await queries.programmes.take_numbers(unit, programme_id, len(several))
        for number, fresh in enumerate(several, start=first):
            fresh.contribution.number = number
            fresh.contribution.parent = fresh.parent.number if fresh.parent else None
    _adopt(shelf)
    # A restored tombstone has its row already.
    await queries.contributions.insert_all(unit, [f.contribution for f in shelf.fresh if f.contribution.id is None])


def _adopt(shelf: _Shelf) -> None:
    """A reply that came before the message it replies to is feedback on it, unless it is of a kind of its own."""
    made = [fresh.contribution for fresh in shelf.fresh]
    roots = {(c.place_id, c.message): c for c in made if not _is_tombstone(c)}
    for reply in (*shelf.early, *made):
        root = roots.get((reply.place_id, reply.thread)) if reply.thread and reply.parent is None else None
        if root is None or root is reply or root.programme_id != reply.programme_id:
            continue
        reply.parent = root.number
        if not reply.kind_is_chosen and reply.kind is kind_of(reply.text, reply.links, reply.files, is_reply=False):
            reply.kind = Kind.FEEDBACK


async def _members(unit: AsyncSession, shelf: _Shelf, authors: set[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The ids of the authors; who is not known yet becomes a member."""
    if not authors:
        return {}
    homes = shelf.homes
    there = await queries.people.member_ids(unit, {(homes[platform], person) for platform, person in authors})
    ids = {author: there[at_home] for author in authors if (at_home := (homes[author[0]], author[1])) in there}
    new = [Member.known_as(homes[author[0]], *author) for author in sorted(authors - ids.keys())]
    if new:
        unit.add_all(new)
        await unit.flush()
    return ids | {(member.platform, member.platform_id): known(member.id) for member in new}
