"""The rule on raw HTML: records are Markdown only."""

from collections.abc import Iterator
from typing import Final

from kunskapsbank.checks.subject import Subject
from kunskapsbank.problems.problem import Code, Problem, Severity, Text

RAW_HTML: Final = Code(
    "raw-html",
    Severity.ERROR,
    Text("Här står HTML: {tag}", "There is HTML here: {tag}"),
    Text(
        "Använd Markdown i stället, till exempel **fetstil**. Ta bort kommentarer. Ska tecknet synas, skriv ett omvänt snedstreck före: \\<",
        "Use Markdown instead, for example **bold**. Take comments away. If the sign should show, write a backslash before it: \\<",
    ),
    Text(
        "HTML i poster kan ändra sidan eller köra kod hos läsaren.",
        "HTML in records can change the page or run code on the reader's machine.",
    ),
)

CODES: Final = (RAW_HTML,)


def check(subject: Subject) -> Iterator[Problem]:
    body = subject.document.body
    for tag, place in body.html if body else ():
        yield subject.problem(RAW_HTML, place, tag=tag)
