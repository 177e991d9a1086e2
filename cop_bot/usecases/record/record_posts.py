"""Record posts: what waits together is recorded in one transaction, before anybody is told that it arrived."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from cop_bot.domain.batch import Author, Batch, Known, Moment
from cop_bot.domain.columns import known
from cop_bot.domain.contribution import Contribution, Kind, Mark
from cop_bot.domain.member import Member
from cop_bot.domain.mentions import mentioned, named
from cop_bot.domain.mistakes import NoSuchQuestion
from cop_bot.domain.numbered import leading_number
from cop_bot.domain.post import Change, Post
from cop_bot.domain.session import Session
from cop_bot.domain.wording import filing
from cop_bot.ports import Ports
from cop_bot.store import erasure, queries
from cop_bot.store.marking import mark_edited
from cop_bot.store.workspaces import known_workspace
from cop_bot.texts.words import manner
from cop_bot.usecases.record.change_contribution import file_in


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
    homes = {post.platform: await known_workspace(unit, ports, post.platform) or 0 for post in posts}
    moment = Moment(ports.clock.wall(), ports.clock.now(), ports.clock.at)
    places = await queries.people.places_by_platform_ids(unit, {(homes[post.platform], post.place) for post in posts})
    found = [(known(place.id), post) for post in posts if (place := places.get((homes[post.platform], post.place)))]
    if not found:
        return []
    found = await _not_filing(unit, ports, moment, homes, found)
    if not found:
        return []
    found = await _with_names(unit, homes, found)
    batch = Batch(moment, await _known(unit, moment, found))
    for place_id, post in found:
        batch.take(place_id, post, kind)
    await _write(unit, batch, homes)
    if withdrawn := [c for c in batch.changed if c.is_withdrawn]:
        await erasure.erase_contributions(unit, ports.clock.wall(), withdrawn)
    edited = [c for c in batch.changed if not c.is_withdrawn]
    if await mark_edited(unit, ports.clock, edited, settles=ports.model is not None):
        ports.wake("summaries")
    return [*(fresh.contribution for fresh in batch.fresh), *batch.changed]


async def _not_filing(
    unit: AsyncSession, ports: Ports, moment: Moment, homes: Mapping[str, int], found: Sequence[tuple[int, Post]]
) -> list[tuple[int, Post]]:
    """The posts without those that only file a contribution (`#12 q2`) and come from who may: these are obeyed."""
    left: list[tuple[int, Post]] = []
    for place_id, post in found:
        meant = filing(post.text) if post.change is Change.NEW else None
        if meant is None or not await _file(unit, ports, place_id, homes[post.platform], post, moment, *meant):
            left.append((place_id, post))
    return left


async def _file(
    unit: AsyncSession,
    ports: Ports,
    place_id: int,
    home: int,
    post: Post,
    moment: Moment,
    number: int,
    question: int,
) -> bool:
    """Whether it was filed: for its author or a facilitator, under a question that its session has."""
    moments = moment.of(post)
    sessions = await queries.contributions.sessions_around(unit, [place_id], min(moments), max(moments))
    rows = await queries.contributions.by_number(unit, {one.programme_id for one in sessions}, {number})
    members = await queries.people.member_ids(unit, {(home, post.author)})
    member = await unit.get(Member, members.get((home, post.author)) or 0)
    if member is None:
        return False
    for (programme_id, _), contribution in rows.items():
        facilitators = {row.member_id for row, _ in await queries.people.facilitators(unit, programme_id)}
        if contribution.is_withdrawn or member.id not in {contribution.member_id, *facilitators}:
            continue
        try:
            await file_in(unit, ports, contribution, question, member, post.at)
        except NoSuchQuestion:
            continue
        ports.wake("summaries")
        return True
    return False


async def _known(unit: AsyncSession, moment: Moment, found: Sequence[tuple[int, Post]]) -> Known:
    """What the posts may touch, in a few queries however many they are."""
    place_ids = sorted({place_id for place_id, _ in found})
    posts = [post for _, post in found]
    moments = [at for post in posts for at in moment.of(post)]
    messages = {post.message for post in posts} | {post.thread for post in posts if post.thread}
    kept = await queries.contributions.by_message(unit, place_ids, messages)
    sessions: dict[int, list[Session]] = defaultdict(list)
    for session in await queries.contributions.sessions_around(unit, place_ids, min(moments), max(moments)):
        sessions[session.place_id].append(session)
    if not kept and not sessions:
        return Known()
    numbers = {number for post in posts if (number := leading_number(post.text)) is not None}
    programmes = {session.programme_id for several in sessions.values() for session in several}
    numbered = await queries.contributions.by_number(unit, programmes, numbers) if numbers else {}
    roots = {post.message for post in posts if post.thread is None}
    early = await queries.contributions.early_replies(unit, place_ids, roots) if roots and sessions else []
    return Known(sessions, kept, numbered, early, manner(), await _summaries(unit, place_ids, posts))


async def _summaries(unit: AsyncSession, place_ids: Sequence[int], posts: Sequence[Post]) -> set[tuple[int, str]]:
    """The summaries beneath which some of the posts are written."""
    threads = {post.thread for post in posts if post.thread}
    return await queries.publications.summaries_among(unit, place_ids, threads) if threads else set()


async def _with_names(
    unit: AsyncSession, homes: Mapping[str, int], found: Sequence[tuple[int, Post]]
) -> list[tuple[int, Post]]:
    """The posts with the names of the people and channels in them, as they are called now."""
    meant = {(homes[post.platform], one) for _, post in found for one in mentioned((post.text, post.quoted))}
    if not meant:
        return list(found)
    names = await queries.people.names(unit, meant)
    return [(place_id, _named(post, names[homes[post.platform]])) for place_id, post in found]


def _named(post: Post, names: Mapping[str, str]) -> Post:
    return replace(post, text=named(post.text, names), quoted=named(post.quoted, names))


async def _write(unit: AsyncSession, batch: Batch, homes: Mapping[str, int]) -> None:
    """Members first, then numbers in the order of the posts, then the rows."""
    batch.identify(await _members(unit, homes, batch.authors))
    for programme_id, count in batch.wanted.items():
        batch.number(programme_id, await queries.programmes.take_numbers(unit, programme_id, count))
    batch.adopt()
    # A restored tombstone has its row already.
    fresh = [fresh.contribution for fresh in batch.fresh if fresh.contribution.id is None]
    await queries.contributions.insert_all(unit, fresh)


async def _members(unit: AsyncSession, homes: Mapping[str, int], authors: set[Author]) -> dict[Author, int]:
    """The ids of the authors; who is not known yet becomes a member."""
    if not authors:
        return {}
    there = await queries.people.member_ids(unit, {(homes[platform], person) for platform, person in authors})
    ids = {author: there[at_home] for author in authors if (at_home := (homes[author[0]], author[1])) in there}
    new = [Member.known_as(homes[author[0]], *author) for author in sorted(authors - ids.keys())]
    if new:
        unit.add_all(new)
        await unit.flush()
    return ids | {(member.platform, member.platform_id): known(member.id) for member in new}
