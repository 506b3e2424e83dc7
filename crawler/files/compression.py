"""Reads gzip and Zstandard files as plain ones: a little at a time, from any member on."""

from __future__ import annotations

import io
import os
import re
import zlib
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Literal, NamedTuple, Protocol

import zstandard

from crawler.files.signatures import SAMPLE, reads_as_text

Compression = Literal["gzip", "zstd"]

ENDINGS: dict[str, Compression] = {".gz": "gzip", ".zst": "zstd"}
MAGIC: dict[bytes, Compression] = {b"\x1f\x8b": "gzip", b"\x28\xb5\x2f\xfd": "zstd", b"\x5d\x2a\x4d\x18": "zstd"}
"""First bytes; the last are those of a dictionary that stands before the frames of a .warc.zst."""
READ_BYTES = 1024
"""Packed bytes unpacked at once, of which no packing makes more than 32 MiB."""
WINDOW_READS = 192
"""Reads in which the next member is looked for when one is broken: more than the largest block of raw bytes."""
MAX_WINDOW = 128 * 1024 * 1024
"""The largest Zstandard window, that of `zstd --long`; memory stays bounded."""
MAX_DICTIONARY = 16 * 1024 * 1024
_DICTIONARY = b"\x5d\x2a\x4d\x18"


class CompressionError(ValueError):
    """Packed bytes that are cut, damaged, too many, or packed in no known way; the message says so."""


class MemberOffset(NamedTuple):
    """Where to read on: the byte of the file at which a packed member begins, and the unpacked bytes to leave out."""

    member: int
    inside: int

    def shown(self) -> str:
        """Return the place for a person: a byte of the file, and where need be that of the unpacked member."""
        return "+".join(str(number) for number in self if number) or "0"


START = MemberOffset(0, 0)


class Readable(Protocol):
    """What bytes are read from."""

    def read(self, size: int, /) -> bytes:
        """Return at most `size` bytes, none at the end."""
        ...


class _Decoder(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, /) -> bytes: ...


class DecompressedStream:
    """The unpacked bytes of `stream`, all members of it, one after another; raises CompressionError where it is broken.

    `packing` None means that the bytes are plain. `start` is where in the file the stream begins. With `rubbish_behind`
    what follows the last member and is none ends the stream.
    """

    def __init__(
        self,
        stream: Readable,
        packing: Compression | None,
        *,
        start: int = 0,
        dictionary: bytes | None = None,
        rubbish_behind: bool = False,
    ) -> None:
        self._stream = stream
        self._rubbish_behind = rubbish_behind
        self._window: deque[bytes] = deque(maxlen=WINDOW_READS)  # packed bytes of the member at hand, those read last
        self._window_end = start
        self._packing = packing
        self._zstd = zstandard.ZstdDecompressor(
            dict_data=zstandard.ZstdCompressionDict(dictionary) if dictionary else None, max_window_size=MAX_WINDOW
        )
        self._decoder: _Decoder | None = None
        self._back = self._buffer = b""
        self._at = 0
        self._taken = start if packing else 0
        self._member, self._inside = 0, 0 if packing else start

    def place(self) -> MemberOffset:
        """Return where the next byte stands, once it is there: in the next member, where one ends."""
        if self._at == len(self._buffer):
            self._fill()
        return self.position

    @property
    def position(self) -> MemberOffset:
        """Where reading has come to."""
        return MemberOffset(self._member, self._inside + self._at)

    @property
    def bytes_read(self) -> int:
        """How many bytes of the file reading has taken, packed ones where it is packed."""
        return self._taken if self._packing else self._inside + self._at

    def read(self, size: int) -> bytes:
        """Return `size` bytes, fewer only at the end."""
        pieces = []
        while size > 0 and (self._at < len(self._buffer) or self._fill()):
            pieces.append(self._buffer[self._at : self._at + size])
            self._at += len(pieces[-1])
            size -= len(pieces[-1])
        return b"".join(pieces)

    def readline(self, size: int) -> bytes:
        r"""Return the next line with its b"\n", of a longer one the first `size` bytes."""
        pieces = []
        while size > 0 and (self._at < len(self._buffer) or self._fill()):
            end = self._buffer.find(b"\n", self._at, self._at + size) + 1 or self._at + size
            pieces.append(self._buffer[self._at : end])
            self._at += len(pieces[-1])
            size -= len(pieces[-1])
            if pieces[-1].endswith(b"\n"):
                break
        return b"".join(pieces)

    def skip(self, size: int) -> int:
        """Pass over `size` bytes; return how many there were."""
        passed = 0
        while passed < size and (piece := self.read(min(size - passed, 1 << 16))):
            passed += len(piece)
        return passed

    def begins(self, word: bytes) -> bool:
        """Say whether the next bytes are these few; they are left to be read."""
        if self._at == len(self._buffer):
            self._fill()
        return self._buffer.startswith(word, self._at)

    def unread(self, data: bytes) -> None:
        """Have the bytes that were read last read again."""
        if self._buffer.endswith(data, 0, self._at):
            self._at -= len(data)
        else:
            self._inside += self._at - len(data)
            self._buffer, self._at = data + self._buffer[self._at :], 0

    def next_member(self, word: bytes) -> bool:
        """After a CompressionError, go on to the next member that begins with `word` and say whether there is one.

        It is looked for from a little before the damage on, since what unpacks wrong may run into the next member.
        """
        self._drop()
        self._decoder = None
        magic = next(magic for magic, packing in MAGIC.items() if packing == self._packing)
        window, end = b"".join(self._window)[1:], self._window_end  # without the beginning of the broken member
        while True:
            more = self._packed()
            window, end = window + more, end + len(more)
            known = max(0, len(window) - READ_BYTES) if more else len(window)
            for found in re.finditer(re.escape(magic), window):
                if found.start() < known and self._unpacks_to(window[found.start() :], word):
                    self._back = window[found.start() :] + self._back
                    self._taken = end - len(window) + found.start()
                    return True
            if not more:
                return False
            window = window[known:]

    def _unpacks_to(self, data: bytes, word: bytes) -> bool:
        try:
            if self._packing == "gzip":
                return zlib.decompressobj(zlib.MAX_WBITS | 16).decompress(data, len(word)) == word
            return self._zstd.stream_reader(data).read(len(word)) == word
        except (zlib.error, zstandard.ZstdError):
            return False

    def settle(self) -> None:
        """Where a member is read to its end, look at its checksum; the next one is not begun."""
        if self._at == len(self._buffer):
            self._drop()
            while self._decoder and not self._buffer:
                self._step()

    def _fill(self) -> bool:
        """Read on when all is read that was unpacked; return False at the end."""
        self._drop()
        while not self._buffer:
            if not self._step():
                return False
        return True

    def _drop(self) -> None:
        self._inside += len(self._buffer)
        self._buffer, self._at = b"", 0

    def _step(self) -> bool:
        data = self._packed() if self._packing else self._stream.read(io.DEFAULT_BUFFER_SIZE)
        if not data and self._decoder:
            raise CompressionError(f"broken {self._packing} (it ends too early)")
        self._buffer = self._unpack(data) if self._packing and data else data
        return bool(data)

    def _packed(self) -> bytes:
        """Return the next packed bytes."""
        if self._back:
            data, self._back = self._back[:READ_BYTES], self._back[READ_BYTES:]
            return data
        return self._stream.read(READ_BYTES)

    def _note(self, data: bytes) -> None:
        self._window.append(data)
        self._window_end = self._taken + len(data)

    def _unpack(self, data: bytes) -> bytes:
        """Decompress `data` as far as its member goes; what follows it is kept for the next member."""
        if self._decoder is None:
            if not data.strip(b"\0"):  # padding after the last member
                return b""
            if self._rubbish_behind and self._taken and data[0] != 0x1F:
                self._stream = io.BytesIO()
                return b""
            self._member, self._inside = self._taken, 0
            self._window.clear()
            self._note(data)
            self._decoder = self._begin(data)
        else:
            self._note(data)
        try:
            made = self._decoder.decompress(data)
        except (zlib.error, zstandard.ZstdError) as error:
            raise CompressionError(f"broken {self._packing} ({error})") from None
        self._taken += len(data)
        if self._decoder.eof:
            unused = self._decoder.unused_data
            self._back = unused + self._back
            self._taken -= len(unused)
            self._decoder = None
        return made

    def _begin(self, data: bytes) -> _Decoder:
        if self._packing == "zstd":
            return self._zstd.decompressobj()
        if data[0] != 0x1F:
            raise CompressionError(f"broken gzip (it begins with {data[:2]!r})")
        return zlib.decompressobj(zlib.MAX_WBITS | 16)


@contextmanager
def opened(path: str | os.PathLike[str], place: MemberOffset = START) -> Iterator[DecompressedStream]:
    """Open a file that is packed as its first bytes say, and read from `place` on.

    Whatever ends in .gz or .zst and reads neither as that nor as text is told as broken.
    """
    with open(path, "rb") as file:
        head = file.read(SAMPLE)
        packing = _packing_of(head) or (None if reads_as_text(head) else compression_of(path))
        file.seek(0)
        dictionary = _dictionary(file) if packing == "zstd" else None
        if place != START or not dictionary:
            file.seek(place.member if packing else place.inside)
        stream = DecompressedStream(file, packing, start=file.tell(), dictionary=dictionary)
        stream.skip(place.inside if packing else 0)
        yield stream


def compression_of(path: str | os.PathLike[str]) -> Compression | None:
    """Return how a file is to be packed, by the ending of its name."""
    return ENDINGS.get(os.path.splitext(os.fspath(path).lower())[1])


def sniffed(stream: io.BufferedReader[Any]) -> DecompressedStream:
    """Return a stream's unpacked bytes, packed as its first bytes say."""
    head = stream.peek(4)[:4]
    dictionary = _dictionary(stream) if head == _DICTIONARY else None
    return DecompressedStream(_UnbufferedReader(stream), _packing_of(head), dictionary=dictionary)


def _packing_of(head: bytes) -> Compression | None:
    return next((packing for magic, packing in MAGIC.items() if head.startswith(magic)), None)


class _UnbufferedReader:
    """Reads what is there, and does not wait for more: a row that comes down a pipe is read when it comes."""

    def __init__(self, stream: io.BufferedReader[Any]) -> None:
        self.read = stream.read1


def _dictionary(stream: Readable) -> bytes | None:
    """Return the dictionary that a .warc.zst may begin with, in a frame of its own that other readers pass over."""
    head = stream.read(8)
    if not head.startswith(_DICTIONARY):
        return None
    size = int.from_bytes(head[4:8], "little")
    if size > MAX_DICTIONARY:
        raise CompressionError(f"broken zstd (a dictionary of {size} bytes)")
    data = stream.read(size)
    packed = data.startswith(b"\x28\xb5\x2f\xfd")
    return DecompressedStream(io.BytesIO(data), "zstd").read(MAX_DICTIONARY) if packed else data
