"""What a file says of its making, in both of its records and on its pages."""

import pytest
from pikepdf import Array, Dictionary, Name, String

from shop.assay.certificates.inside import Look, Metadata
from shop.certificates.reader import metadata
from tests.certificates import documents
from tests.certificates.sights import sight
from tests.papers.tampering import append, put

XMP = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description
  xmp:CreateDate="2026-10-03T23:30:00-07:00" pdf:Producer="Report &amp; Print 4">
  <xmp:CreatorTool>LIMS</xmp:CreatorTool><xmp:ModifyDate>2026-11-20</xmp:ModifyDate>
  <xmpMM:History><rdf:Seq><rdf:li stEvt:action="saved"
    stEvt:softwareAgent="Adobe Illustrator 28.1"/></rdf:Seq></xmpMM:History>
</rdf:Description></rdf:RDF></x:xmpmeta>"""


def look(change):
    with sight(append(documents.certificate(), change)) as seen:
        return metadata.read(seen), seen.unfinished


def test_both_records_are_read():
    def change(pdf):
        for key, value in {
            "/Producer": "Crystal  Reports",
            "/Creator": "LabWare",
            "/CreationDate": "D:20261003233000-07'00'",
            "/ModDate": "D:20261105",
        }.items():
            put(pdf.docinfo, key, String(value))
        put(pdf.Root, "/Metadata", pdf.make_stream(XMP.encode()))

    assert look(change) == (
        Metadata(
            producer="Crystal Reports",
            creator="LabWare",
            created="2026-10-03",
            modified="2026-11-05",
            xmp_created="2026-10-03",
            xmp_modified="2026-11-20",
            tools=("LIMS", "Report & Print 4", "Adobe Illustrator 28.1"),
        ),
        set(),
    )


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("D:20261003", "2026-10-03"),
        ("20261003101500", "2026-10-03"),
        ("2026-10-03T10:15:00Z", "2026-10-03"),
        ("D:20261303", ""),
        ("3 October 2026", ""),
        ("D:", ""),
    ],
)
def test_dates_are_days_or_nothing(text, day):
    found, _ = look(lambda pdf: put(pdf.docinfo, "/CreationDate", String(text)))
    assert found.created == day


@pytest.mark.parametrize("is_split", [False, True])
def test_mark_of_text_edited_on_the_page_is_seen(is_split):
    def change(pdf):
        page = pdf.pages[0].obj
        mark = pdf.make_stream(b"/TouchUp_TextEdit MP")
        put(page, "/Contents", Array([page.Contents, mark]) if is_split else mark)

    assert look(change)[0].tools == (metadata.TOUCHED,)


def test_program_that_keeps_its_own_data_on_the_page_is_named():
    pieces = Dictionary(Illustrator=Dictionary(LastModified=String("D:2026")))
    found, _ = look(lambda pdf: put(pdf.pages[0].obj, "/PieceInfo", pieces))
    assert found.tools == ("Illustrator",)


def test_records_that_are_none_are_passed_over():
    def change(pdf):
        put(pdf.docinfo, "/Producer", 7)
        put(pdf.docinfo, "/Creator", Array([1]))
        put(pdf.Root, "/Metadata", Dictionary(Type=Name.Metadata))

    assert look(change) == (Metadata(created="2000-01-01", modified="2000-01-01"), set())


def test_record_that_cannot_be_unpacked_is_said():
    def change(pdf):
        broken = pdf.make_stream(b"")
        broken.write(b"\xff\xff\xff", filter=Name.LZWDecode)
        put(pdf.Root, "/Metadata", broken)

    assert look(change) == (Metadata(), {Look.METADATA})
