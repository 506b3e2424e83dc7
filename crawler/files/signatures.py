"""The first bytes of files: of documents, archives and images, and of text."""

SIGNATURES: tuple[bytes, ...] = (
    *(b"%PDF-", b"\xd0\xcf\x11\xe0"),  # documents
    *(b"PK\x03\x04", b"Rar!", b"\x1f\x8b"),  # archives
    *(b"\x89PNG", b"GIF8", b"\xff\xd8\xff"),  # pictures
)

SAMPLE = 4096
"""The first bytes of a file that say what it is."""
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 27})


def reads_as_text(body: bytes) -> bool:
    """Say whether the first bytes have no more control characters than text has, which packed bytes are full of.

    >>> reads_as_text("开会".encode()), reads_as_text("开会".encode("utf-16")), reads_as_text(b"\x1f\x8b\x08\x00")
    (True, True, False)
    """
    start = body[:SAMPLE]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")) or start[1::2].count(0) > len(start) // 4:  # UTF-16
        return True
    return len(start) - len(start.translate(None, _CONTROL)) <= len(start) // 200
