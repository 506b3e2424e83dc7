"""`scrapy clean` over a large WARC file: speed, and memory that does not grow. `make bench-warc`; the last line is JSON.

The file is made first, of saved pages no two alike with the requests and robots.txt answers that a crawl keeps beside
them. The command reads it from standard input; its peak of memory is looked at when a tenth of the file is through,
and when it has ended. Speeds are by the command's CPU seconds, its start included; bytes are those of the unpacked file.
"""

from __future__ import annotations

import argparse
import gzip
import io
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from benchmarks import material

MEGABYTES = 1000
MAX_GROWTH_MB = 20.0
"""By which the last nine tenths may raise the peak of memory."""
PIECE = 1 << 16


def write(path: Path, size: int) -> tuple[int, int]:
    """Write a .warc.gz of about `size` unpacked bytes; return how many they are, and the number of pages."""
    total = pages = 0
    with path.open("wb") as file:
        for text in material.mixed(5, sys.maxsize):
            if total >= size:
                break
            pages += 1
            host = f"https://www.wenku{pages % 9}.example"
            for url, kind, body in (
                (f"{host}/p-{pages}.html", "text/html; charset=utf-8", material.html(text)),
                (f"{host}/robots.txt", "text/plain", "User-agent: *\nDisallow: /login\n"),
            ):
                made = _exchange(url, kind, body.encode())
                total += len(made)
                file.write(gzip.compress(made, 1))
    return total, pages


def _exchange(url: str, kind: str, body: bytes) -> bytes:
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=False)
    head = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.1")
    asked = StatusAndHeaders("/ HTTP/1.1", [("Host", "wenku.example")], protocol="GET")
    writer.write_request_response_pair(
        writer.create_warc_record(url, "request", http_headers=asked),
        writer.create_warc_record(url, "response", payload=io.BytesIO(body), length=len(body), http_headers=head),
    )
    return out.getvalue()


def clean(path: Path, out: Path) -> dict[str, Any]:
    """Run the command over the file; return its CPU seconds and its peaks of memory."""
    command = [sys.executable, "-m", "scrapy", "clean", "-", "-o", str(out)]
    first, tenth, fed = 0.0, path.stat().st_size // 10, 0
    with path.open("rb") as file, subprocess.Popen(command, stdin=subprocess.PIPE) as process:
        assert process.stdin
        while piece := file.read(PIECE):
            process.stdin.write(piece)
            fed += len(piece)
            first = first or (fed >= tenth and peak_mb(process.pid)) or 0.0
        process.stdin.close()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"scrapy clean ended with {process.returncode}")
    last = used.ru_maxrss / 1024
    return {"cpu_seconds": used.ru_utime + used.ru_stime, "first_mb": first, "peak_rss_mb": last}


def peak_mb(pid: int) -> float:
    """Return the most memory that a process has held so far, in MiB resident."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def main() -> None:
    """Make the file, clean it, tell the promise that is not kept, end with one JSON line."""
    options = argparse.ArgumentParser(prog="make bench-warc ARGS=…", description=main.__doc__)
    options.add_argument("--mb", type=int, default=MEGABYTES, metavar="N", help=f"unpacked size, default {MEGABYTES}")
    size = options.parse_args().mb * 1_000_000
    with tempfile.TemporaryDirectory() as folder:
        path, out = Path(folder, "pages.warc.gz"), Path(folder, "pages.jsonl")
        total, pages = write(path, size)
        print(f"  {pages:,} pages, {total / 1e6:,.0f} MB, {path.stat().st_size / 1e6:,.0f} MB packed")
        ran = clean(path, out)
        assert sum(1 for _ in out.open("rb")) == pages
    result = {
        "bytes": total,
        "pages": pages,
        "pages_per_s": round(pages / ran["cpu_seconds"], 1),
        "mb_per_s": round(total / 1e6 / ran["cpu_seconds"], 1),
        "peak_rss_mb": round(ran["peak_rss_mb"], 1),
        "growth_mb": round(ran["peak_rss_mb"] - ran["first_mb"], 1),
    }
    if result["growth_mb"] > MAX_GROWTH_MB:
        print(f"NOT KEPT: memory grew by {result['growth_mb']} MB")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
