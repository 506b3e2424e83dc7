"""A Spark cluster as an engine: a file is a task, a table is a folder of Parquet, SQL is Spark's.

All machines must see the files under the same paths, and have wenqing and this Python. Spark does a task again whose
worker was killed, four times at most.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from pipelines.workers import WorkerCrashed, WorkersError

T = TypeVar("T")
R = TypeVar("R")

MAX_FAILURES = 4
"""Workers that a task may lose before the job is given up, as on any cluster; local ones would lose none."""
_LOCAL = re.compile(r"local\[(\d+|\*)\]")
_ERROR = re.compile(r"(?:\w+\.)*\w*(?:Error|Exception): ")
_ON_LOOPBACK = re.compile(r"local\b|spark://(?:127\.0\.0\.1|localhost):")


class SparkEngine:
    """Work on the cluster `master`: `local[N]`, `spark://HOST:PORT` or `yarn`; see `pipelines.engine.Engine`.

    What else is set is Spark's: spark-defaults.conf in SPARK_CONF_DIR. Raises `WorkersError`, with what to install
    where something is missing.
    """

    def __init__(self, master: str) -> None:
        if master == "yarn" and not (os.environ.get("HADOOP_CONF_DIR") or os.environ.get("YARN_CONF_DIR")):
            raise WorkersError("--on yarn needs the cluster's settings; set HADOOP_CONF_DIR to their folder")
        builder = _session_class().builder.appName("wenqing").master(_retrying(master))
        for name, value in _settings(master).items():
            builder = builder.config(name, value)
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        with _told():
            self._session = builder.getOrCreate()
        self._session.sparkContext.setLogLevel("ERROR")

    def map(self, work: Callable[[T], R], items: Sequence[T]) -> Iterator[tuple[T, R | WorkerCrashed]]:
        """Apply `work`, a task for each item; results come when all are there."""
        if not items:
            return
        tasks = self._session.sparkContext.parallelize(list(enumerate(items)), len(items))
        with _told():
            found = tasks.map(partial(_do, work, os.getcwd())).collect()
        yield from ((items[number], result) for number, result in found)

    def rows_at_once(self) -> int:
        """Return that Spark cuts tables itself."""
        return sys.maxsize

    def read(self, name: str, places: Sequence[Path]) -> None:
        """Let `name` be these tables; see `Engine`."""
        with _told():
            self._session.read.parquet(*map(_uri, places)).createOrReplaceTempView(name)

    def write(self, query: str, place: Path) -> None:
        """Write a table; see `Engine`."""
        unfinished = place.with_name(f"{place.name}.tmp")
        with _told():
            self._session.sql(query).write.mode("overwrite").parquet(_uri(unfinished))
        unfinished.replace(place)

    def value(self, query: str) -> int:
        """Return a number; see `Engine`."""
        with _told():
            return int(self._session.sql(query).first()[0])

    def close(self) -> None:
        """End the session."""
        self._session.stop()


def _do(work: Callable[[Any], Any], folder: str, task: tuple[int, Any]) -> tuple[int, Any]:
    """Do a task on a worker, where names are those of the driver's folder."""
    os.chdir(folder)
    number, item = task
    return number, work(item)


def _session_class() -> Any:
    """Return Spark's class of sessions."""
    warnings.filterwarnings("ignore", "PySpark does not yet fully support pandas")  # we ask it for none
    try:
        from pyspark.sql import SparkSession
    except ModuleNotFoundError:
        raise WorkersError("--on needs PySpark; install it: pip install 'pyspark>=4'") from None
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise WorkersError("--on needs Java 17 or later; install it: apt-get install openjdk-17-jre-headless")
    return SparkSession


def _settings(master: str) -> dict[str, str]:
    """Return what Spark is told: where our modules are; on this machine also to be reachable from here alone."""
    root = Path(__file__).parents[__name__.count(".")]
    settings = {
        "spark.executorEnv.PYTHONPATH": str(root),
        "spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower(),
    }
    if _ON_LOOPBACK.match(master):
        settings |= {
            "spark.ui.enabled": "false",
            "spark.driver.host": "127.0.0.1",
            "spark.driver.bindAddress": "127.0.0.1",
            "spark.sql.shuffle.partitions": "8",
        }
    return settings


def _retrying(master: str) -> str:
    local = _LOCAL.fullmatch(master)
    return f"local[{local[1]},{MAX_FAILURES}]" if local else master


def _uri(place: Path) -> str:
    return place.absolute().as_uri()


@contextmanager
def _told() -> Iterator[None]:
    """Raise what Spark cannot do as an error of one line."""
    from py4j.protocol import Py4JError
    from pyspark.errors import PySparkException

    try:
        yield
    except (Py4JError, PySparkException, RuntimeError) as error:
        raise WorkersError(f"Spark gave up: {cause(str(error))}; its own log says more") from error


def cause(told: str) -> str:
    """Return the line of Spark's message that tells most: of our own program's error, else of Java's, else the first.

    >>> cause("An error occurred while calling o1.\\n: java.lang.IllegalStateException: stopped\\n\\tat org.apache.X")
    'java.lang.IllegalStateException: stopped'
    """
    lines = [line.strip(" \t:") for line in told.splitlines() if line.strip()]
    errors = [line for line in lines if _ERROR.match(line)]
    own = [line for line in errors if not line.startswith(("java.", "org."))]
    return (own or errors or lines or ["no reason given"])[0]
