"""The first bytes of files that are not text: documents, archives, images."""

SIGNATURES: tuple[bytes, ...] = (
    *(b"%PDF-", b"\xd0\xcf\x11\xe0"),  # documents
    *(b"PK\x03\x04", b"Rar!", b"\x1f\x8b"),  # archives
    *(b"\x89PNG", b"GIF8", b"\xff\xd8\xff"),  # pictures
)
