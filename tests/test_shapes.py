"""What the tests of hostile words compare files by: it sees what breaks out, and no words."""

import pytest
from shapes import shape


@pytest.mark.parametrize(
    ("name", "said", "broken_out"),
    [
        ("a.html", "<p>Ord</p>", "<p>Ord<i></i></p>"),
        ("a.html", '<p title="Ord">x</p>', '<p title="" onclick="Ord">x</p>'),
        ("a.html", '<a href="a/">x</a>', '<a href="b/">x</a>'),
        ("a.html", "<script>a()</script>", "<script>b()</script>"),
        ("a.html", '<meta http-equiv="x" content="a">', '<meta http-equiv="x" content="b">'),
        ("a.html", '<script type="application/ld+json">{"a":"x"}</script>', '<script type="application/ld+json">{"a":"","b":"x"}</script>'),
        ("a.json", '{"a": "Ord"}', '{"a": "", "b": "Ord"}'),
        ("a.json", '{"html": "<p>Ord</p>"}', '{"html": "<p>Ord<i></i></p>"}'),
        ("a.xml", "<a><b>Ord</b></a>", "<a><b></b><b>Ord</b></a>"),
        ("a.rdf", "<a b='Ord'/>", "<a b='' c='Ord'/>"),
        ("a.ics", "BEGIN:VEVENT\r\nSUMMARY:Ord\r\nEND:VEVENT\r\n", "BEGIN:VEVENT\r\nSUMMARY:O\r\nX-R:d\r\nEND:VEVENT\r\n"),
        ("a.csv", "Ord;1\r\n", "Ord;;1\r\n"),
        ("a.csv", "Ord;1\r\n", "Or\r\nd;1\r\n"),
        ("a.txt", "1", "2"),
    ],
)  # fmt: skip
def test_what_breaks_out_changes_the_shape(name: str, said: str, broken_out: str) -> None:
    """And other words don't."""
    assert shape(name, said.encode()) == shape(name, said.replace("Ord", "Andra ord").encode())
    assert shape(name, said.encode()) != shape(name, broken_out.encode())
