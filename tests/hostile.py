"""Words that try to break out of wherever they are put: one corpus for every outlet."""

from typing import Final

TITLES: Final = (
    "Ett \"><script>alert(1)</script> '& <b onclick=x>",
    "</script><script>alert(1)</script>",
    "</title><img src=x onerror=alert(1)>",
    "</textarea></style></pre><svg onload=alert(1)>",
    "<!-- <script> --> ]]> <![CDATA[ x ]]>",
    "<?xml version='1.0'?><!DOCTYPE x [<!ENTITY y 'z'>]>",
    "\\\",\"withdrawn\":{\"reason\":\"x\"},\"y\":\"",
    "\\u003cscript\\u003e \\n \\x3c \\\\",
    "Slut;\\nBEGIN:VEVENT;SUMMARY:X,\\;END:VEVENT",
    "Rad\nEND:VEVENT\r\nBEGIN:VEVENT\nSUMMARY:X",
    "DTSTART:20260101 ATTENDEE;CN=\"x\":mailto:a@b.example",
    "=HYPERLINK(\"https://x.example\";\"Klicka\")",
    "+1+1 och -1-1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "%=1+1 ;=1+1; \"=1+1\"",
    "{{ 7*7 }} {% raw %} ${7*7} #{7*7}",
    "@@page@@ @@root@@ @@policy@@",
    "<!-- slot:body --> <!-- slot:head -->",
    "[länk](javascript:alert(1)) ![x](x)",
    "javascript:alert(1)",
    "</a></li></ul></section></main>",
    "Ålderdomshem/../../etc/passwd?x=1&y=2#z",
    "Donaudampfschiffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaftskapitän",
    "<a href='https://x.example'>Vinn nu</a>",
    "'; DROP TABLE poster; --",
    "<base href=//x.example><link rel=stylesheet href=//x>",
    "Noll\u200bbredd och mjukt\u00adbindestreck",
    "a\u00a0b – ”c” … ’d’ 😀 ﷽",
)  # fmt: skip
"""Titles that the checks let through, since they are words like others: a record may be about any of them."""

REFUSED: Final = {
    "Vänd \u202e text": "bidi-control",
    "Noll \x00 tecken": "control-character",
    "&lt;b&gt; &amp;amp; &#60; &aring;dra": "html-code",
}
"""Titles that never get into the site, with the code that says so."""
