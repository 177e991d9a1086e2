"""Files as people have them: exports, saved chats, forms, spreadsheets; each becomes the statements that are in it."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from cop_bot.cli.summarise.columns import Columns
from cop_bot.cli.summarise.reading import read_statements
from cop_bot.cli.summarise.statement import Pile
from cop_bot.domain.errors import OperatorMistake


def pile(folder: Path, name: str, content: str | bytes, columns: Columns | None = None) -> Pile:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return read_statements(str(file), columns or Columns())


def texts(found: Pile) -> list[str]:
    return [one.text for one in found.statements]


def test_what_moderators_threw_out_is_set_aside_and_said(tmp_path: Path) -> None:
    content = (
        "comment-id,agrees,disagrees,moderated,comment-body\n1,9,1,1,Ask first\n2,0,0,-1,A libel\n3,1,5,0,Ask later\n"
    )
    found = pile(tmp_path, "polis.csv", content)
    assert texts(found) == ["Ask first", "Ask later"]
    assert [one.votes for one in found.statements] == [8, -4]
    assert any("1 row rejected by moderators" in remark and "--with-rejected" in remark for remark in found.remarks)
    assert len(texts(pile(tmp_path, "polis.csv", content, Columns(with_rejected=True)))) == 3


def test_rows_that_are_hidden_are_set_aside_too(tmp_path: Path) -> None:
    content = "id,body,hidden_at\n1,Ask first,\n2,Spam,2027-01-01 09:00\n"
    assert texts(pile(tmp_path, "consul.csv", content)) == ["Ask first"]


def test_a_form_with_several_open_questions_is_read_whole(tmp_path: Path) -> None:
    content = (
        '"Timestamp","Email Address","What should change in how money is shared?","Anything else?"\n'
        '"2/28/2027 9:15:02","a@example.org","Let the partner write the first budget.","Pay in time, please"\n'
        '"2/28/2027 21:15:02","b@example.org","Pay overhead to everybody.","n/a"\n'
    )
    found = pile(tmp_path, "form.csv", content)
    assert texts(found) == [
        "Let the partner write the first budget.",
        "Pay in time, please",
        "Pay overhead to everybody.",
    ]
    assert found.questions == ("What should change in how money is shared?", "Anything else?")
    assert [one.at.hour for one in found.statements] == [9, 9, 21]


def test_markup_is_removed_and_answers_that_are_none_are_empty(tmp_path: Path) -> None:
    content = (
        'id,body\n1,"<p>Partners write the&nbsp;first draft.</p><p>We sign &amp; pay.</p>"\n2,n/a\n3,#NAME?\n'
        "4,a < b and b > c\n"
    )
    found = texts(pile(tmp_path, "html.csv", content))
    assert found == ["Partners write the first draft.\nWe sign & pay.", "", "", "a < b and b > c"]


def test_a_text_column_that_is_empty_gives_way_to_the_summary(tmp_path: Path) -> None:
    found = pile(tmp_path, "madrid.csv", "id,summary,text\n1,Clean the market,\n2,Short,A path to the river\n")
    assert texts(found) == ["Clean the market", "A path to the river"]
    assert any("“summary” is read there instead" in remark for remark in found.remarks)


def test_bodies_by_language_are_one_column(tmp_path: Path) -> None:
    found = pile(tmp_path, "decidim.csv", "id,body/ca,body/en,body/es\n1,,Ask first,\n2,,,Preguntar primero\n")
    assert texts(found) == ["Ask first", "Preguntar primero"]


def test_a_number_at_the_beginning_and_quoted_lines_are_read_for_what_they_are(tmp_path: Path) -> None:
    content = 'id,comment\n1,#1 priority is trust\n2,"> Budgets come first\nNot in our district"\n'
    assert texts(pile(tmp_path, "n.csv", content)) == ["#1 priority is trust", "Not in our district"]


@pytest.mark.parametrize("sign", ["|", "^", "~", ";", "\t"])
def test_whatever_divides_the_cells_is_found(tmp_path: Path, sign: str) -> None:
    rows = (
        ("id", "author", "comment"),
        ("1", "Amina", "Write first, then comment."),
        ("2", "Joao", "Publish it, all."),
    )
    content = "\n".join(sign.join(row) for row in rows)
    assert texts(pile(tmp_path, "d.csv", content)) == ["Write first, then comment.", "Publish it, all."]


DAY = [
    {"type": "message", "subtype": "channel_join", "user": "U1", "text": "<@U1> has joined", "ts": "1700000000.000100"},
    {"type": "message", "user": "U1", "text": "Ask <@U2> first &amp; then decide", "ts": "1700000001.000100"},
    {
        "type": "message",
        "user": "U2",
        "text": "Publish each decision",
        "ts": "1700000002.000100",
        "thread_ts": "1700000001.000100",
    },
    {"type": "message", "user": "U2", "text": "Thanks!", "ts": "1700000003.000100"},
    {"type": "message", "subtype": "bot_message", "bot_id": "B1", "text": "Build passed", "ts": "1700000004.000100"},
]
USERS = [
    {"id": "U1", "name": "amina", "profile": {"display_name": "Amina"}},
    {"id": "U2", "name": "bram", "profile": {"real_name": "Bram"}},
]


def zipped(files: dict[str, Any]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, json.dumps(content))
    return packed.getvalue()


def must_be_slacks(found: Pile) -> None:
    assert texts(found) == ["Ask @Bram first & then decide", "Publish each decision"]
    assert [one.said_to for one in found.statements] == [None, 1]
    assert len({one.author for one in found.statements}) == 2
    assert any("1 greetings, thanks" in remark for remark in found.remarks)


def test_an_export_of_slack_is_read_from_a_zip(tmp_path: Path) -> None:
    must_be_slacks(pile(tmp_path, "export.zip", zipped({"users.json": USERS, "general/2027-01-01.json": DAY})))


def test_an_export_of_slack_is_read_from_a_folder(tmp_path: Path) -> None:
    (tmp_path / "general").mkdir()
    (tmp_path / "general" / "2027-01-01.json").write_text(json.dumps(DAY))
    (tmp_path / "users.json").write_text(json.dumps(USERS))
    must_be_slacks(read_statements(str(tmp_path), Columns()))


def test_a_day_file_of_slack_is_read_by_itself(tmp_path: Path) -> None:
    found = pile(tmp_path, "2027-01-01.json", json.dumps(DAY))
    assert texts(found) == ["Ask @member first & then decide", "Publish each decision"]


def test_messages_of_teams_as_graph_lists_them(tmp_path: Path) -> None:
    messages = {
        "value": [
            {
                "id": "1",
                "messageType": "message",
                "createdDateTime": "2027-01-01T09:00:00Z",
                "subject": "Water",
                "from": {"user": {"displayName": "Amina"}},
                "body": {"contentType": "html", "content": "<p>Let women <b>chair</b></p>"},
            },
            {
                "id": "2",
                "messageType": "systemEventMessage",
                "from": None,
                "body": {"content": "<systemEventMessage/>"},
            },
        ]
    }
    assert texts(pile(tmp_path, "teams.json", json.dumps(messages))) == ["Water\nLet women chair"]


WHATSAPP = """12/03/2027, 09:15 - Messages and calls are end-to-end encrypted.
12/03/2027, 09:15 - Amina created group "CoP"
12/03/2027, 09:16 - Amina: Let the partner write the budget
and sign it too
12/03/2027, 09:17 - Joao: <Media omitted>
13/03/2027, 18:02 - Joao: Thanks!
13/03/2027, 18:03 - Joao: Publish every line
"""
APPLE = """[12/03/2027, 09:16:01] Amina: Let the partner write the budget
[13/03/2027, 18:03:12] Joao: \u200eimage omitted
[13/03/2027, 18:03:14] Joao: Publish every line
"""
ZOOM = """09:15:02 From Amina to Everyone: Let the partner write the budget
09:16:11 From  Joao Silva : Publish every line
"""


@pytest.mark.parametrize("chat", [WHATSAPP, APPLE, ZOOM])
def test_a_saved_chat_is_who_said_what(tmp_path: Path, chat: str) -> None:
    found = pile(tmp_path, "chat.txt", chat)
    assert [text.split("\n")[0] for text in texts(found)] == ["Let the partner write the budget", "Publish every line"]
    assert len({one.author for one in found.statements}) == 2
    assert found.statements[0].at < found.statements[1].at


def test_plain_text_is_a_statement_a_line(tmp_path: Path) -> None:
    assert texts(pile(tmp_path, "notes.txt", "Ask first, then decide\n\nPublish it\n")) == [
        "Ask first, then decide",
        "Publish it",
    ]


def test_a_web_page_is_refused_with_the_way_out(tmp_path: Path) -> None:
    with pytest.raises(OperatorMistake, match="is a web page"):
        pile(tmp_path, "page.csv", "<!DOCTYPE html><html><body>Ask first</body></html>")


def test_a_spreadsheet_is_read_from_its_first_filled_sheet(tmp_path: Path) -> None:
    found = pile(tmp_path, "answers.xlsx", workbook([["id", "comment"], ["1", "Ask first"], ["2", "Publish it"]]))
    assert texts(found) == ["Ask first", "Publish it"]
    assert any("sheet “Answers”" in remark for remark in found.remarks)


def workbook(rows: list[list[str]]) -> bytes:
    """The smallest xlsx (ECMA-376): one sheet with its texts in the cells."""
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in row) + "</row>" for row in rows
    )
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    kinds = "http://schemas.openxmlformats.org/package/2006/content-types"
    links = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    of_book = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(
            "[Content_Types].xml",
            f'<Types xmlns="{kinds}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.'
            f'relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="{of_book}.sheet.main+xml"/>'
            f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{of_book}.worksheet+xml"/></Types>',
        )
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{links}"><Relationship Id="r1" Type="{office}/officeDocument" '
            f'Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="Answers" sheetId="1" r:id="r1"/>'
            "</sheets></workbook>",
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{links}"><Relationship Id="r1" Type="{office}/worksheet" '
            f'Target="worksheets/sheet1.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>'
        )
    return packed.getvalue()


def test_what_a_phone_says_by_itself_is_nobodys_word(tmp_path: Path) -> None:
    content = (
        "\u200e[12/03/2026, 14:05:33] CoP: \u200eMessages and calls are end-to-end encrypted.\n"
        "[12/03/2026, 14:06:01] Amina: Let partners chair the budget meeting\n"
        "[12/03/2026, 14:07:10] ~ Bram: \u200eimage omitted\n"
        "[12/03/2026, 14:09:10] ~ Bram: Share the currency risk \u200e<This message was edited>\n"
    )
    found = pile(tmp_path, "chat.txt", content)
    assert texts(found) == ["Let partners chair the budget meeting", "Share the currency risk"]


def test_private_messages_and_reactions_of_a_call_are_left_out_and_said(tmp_path: Path) -> None:
    content = (
        "14:05:22 From Amina to Everyone:\n\tLet partners chair the budget meeting\n"
        "14:07:00 From Bram to Carla (Direct Message): the donor must not hear this\n"
        '14:08:00 From Carla to Everyone:\n\tReacted to "Let partners chair..." with 👍\n'
        '14:09:00 From Carla to Everyone:\n\tReplying to "Let partners chair..."\n\t\n\tYes and pay them for it\n'
    )
    found = pile(tmp_path, "zoom.txt", content)
    assert texts(found) == ["Let partners chair the budget meeting", "Yes and pay them for it"]
    assert any("1 private message was left out" in remark for remark in found.remarks)


def test_a_title_above_the_header_is_passed_over_with_a_remark(tmp_path: Path) -> None:
    rows = (
        "Timestamp\tWhat should change?\n2026/03/12 2:05:00 pm\tLet partners chair\n"
        "2026/03/13 2:05:00 pm\tPay in time\n"
    )
    for name, content in (
        ("form.tsv", f"Results of our survey\n\n{rows}"),
        ("form.csv", f"Results of our survey\t\n{rows}".replace("\t", ",")),
    ):
        found = pile(tmp_path, name, content)
        assert texts(found) == ["Let partners chair", "Pay in time"]
        assert any("above the header" in remark for remark in found.remarks)


def test_the_list_in_an_object_is_read(tmp_path: Path) -> None:
    content = {"count": 2, "messages": [{"body": "Let partners chair"}, {"body": "Pay in time"}]}
    found = pile(tmp_path, "export.json", json.dumps(content))
    assert texts(found) == ["Let partners chair", "Pay in time"]
    assert any("“messages”" in remark for remark in found.remarks)


def test_points_of_a_list_lose_their_marks(tmp_path: Path) -> None:
    assert texts(pile(tmp_path, "a.txt", "What we said\n- Let partners chair\n2) Pay in time\n")) == [
        "What we said",
        "Let partners chair",
        "Pay in time",
    ]
