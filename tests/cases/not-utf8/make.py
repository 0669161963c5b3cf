"""Records saved as Windows-1252 and UTF-16, and one in UTF-8 with all that is allowed with it."""

from pathlib import Path


def make(root: Path) -> None:
    latin = root / "examples" / "enkat-om-diskriminering.md"
    latin.write_bytes(latin.read_text("utf-8").encode("cp1252"))
    wide = root / "methods" / "cafemodellen.md"
    wide.write_bytes(wide.read_text("utf-8").encode("utf-16"))
    late = root / "examples" / "delade-platser.md"
    late.write_bytes(late.read_bytes().replace("inte känt".encode(), b"inte k\xe4nt").replace(b"\n", b"\r\n"))
    fine = root / "methods" / "snackmodellen.md"
    fine.write_bytes(b"\xef\xbb\xbf" + fine.read_bytes().replace(b"\n", b"\r\n"))
