"""The examples run: each in an empty folder, with the program of here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from tests.documentation import environment
from tests.offline import ROOT

EXAMPLES = ROOT / "examples"
pytestmark = pytest.mark.long


def call(folder: Path, *words: str | Path, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        list(map(str, words)),
        cwd=folder,
        env={**environment(folder), "MPLBACKEND": "Agg", **variables},
        capture_output=True,
        text=True,
        timeout=300,
    )


@pytest.mark.skipif(not find_spec("matplotlib"), reason="matplotlib is not here")
def test_the_notebook(tmp_path: Path) -> None:
    """Its cells of code, one after another, without Jupyter."""
    notebook = json.loads((EXAMPLES / "corpus.ipynb").read_text("utf-8"))
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    (tmp_path / "cells.py").write_text("\n".join(cells), "utf-8")
    ran = call(tmp_path, sys.executable, "cells.py")
    assert ran.returncode == 0, ran.stderr
    assert "28 dumps" in ran.stdout
    texts = pq.read_table(tmp_path / "corpus.parquet", columns=["text"])["text"].to_pylist()
    assert 8 <= len(texts) <= 24
    assert not [text for text in texts if "转载" in text]
    assert (tmp_path / "corpus.png").stat().st_size > 5_000


def test_every_cell_has_no_output() -> None:
    notebook = json.loads((EXAMPLES / "corpus.ipynb").read_text("utf-8"))
    assert all(not cell.get("outputs") for cell in notebook["cells"])


def test_the_datatrove_pipeline(tmp_path: Path) -> None:
    rows = tmp_path / "rows"
    rows.mkdir()
    page = "您的位置：首页>>范文\n关于召开会议的通知\n发布时间：2026-11-01\n\n各单位：\n请于周五上午九时到会，不得缺席，并带上本单位的总结材料。\n"
    lines = [{"id": "a", "text": page}, {"id": "b", "text": "请登录后阅读全文\n"}]
    (rows / "a.jsonl").write_text("\n".join(json.dumps(line, ensure_ascii=False) for line in lines), "utf-8")
    source = (EXAMPLES / "datatrove_pipeline.py").read_text("utf-8")
    (tmp_path / "pipeline.py").write_text(source.replace("wenqing.adapters", "adapters"), "utf-8")  # its place here
    ran = call(tmp_path, sys.executable, "pipeline.py", rows, tmp_path / "clean")
    assert ran.returncode == 0, ran.stderr
    (kept,) = [json.loads(line) for line in (tmp_path / "clean/00000.jsonl").read_text("utf-8").splitlines()]
    assert kept["text"].startswith("各单位：")
    assert kept["metadata"]["wenqing"]["title"] == "关于召开会议的通知"
    assert (tmp_path / "clean/dropped/00000.jsonl").is_file()


def test_the_nightly_run(tmp_path: Path) -> None:
    (tmp_path / "wenqing.toml").write_text("")
    script = EXAMPLES / "cron" / "nightly.sh"
    assert os.access(script, os.X_OK)
    refused = call(tmp_path, script, REFRESH="wenqing refresh --dry-run")
    assert refused.returncode == 2
    assert "nightly: exit code 2 of wenqing refresh --dry-run" in refused.stderr
    for _ in range(2):
        ran = call(tmp_path, script, REFRESH="wenqing crawl --replay", KEEP="1")
        assert ran.returncode == 0, ran.stderr
    assert len(list((tmp_path / "backups").iterdir())) == 1
    assert (tmp_path / "report.html").is_file()
    assert (tmp_path / "corpus.parquet").is_file()
