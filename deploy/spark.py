"""A Spark of this machine alone: `make spark` starts a master and one worker, both reachable from here only.

What the worker logs is below data/spark.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

HOST, PORT = "127.0.0.1", 7077
MASTER = f"spark://{HOST}:{PORT}"


def main() -> None:
    """Run both until a signal ends them; the argument is how many cores the worker gives, all unless told."""
    try:
        import pyspark
    except ModuleNotFoundError:
        raise SystemExit(f"no PySpark in {sys.prefix}; pip install 'pyspark>=4'") from None
    if not (os.environ.get("JAVA_HOME") or shutil.which("java")):
        raise SystemExit("no Java; install 17 or later: apt-get install openjdk-17-jre-headless")
    start = [str(Path(pyspark.__file__).parent / "bin" / "spark-class")]
    folder = Path("data/spark").absolute()
    env = {**os.environ, "SPARK_LOCAL_IP": HOST, "SPARK_MASTER_OPTS": "-Dspark.master.rest.enabled=false"}
    cores = ["--cores", sys.argv[1]] if sys.argv[1:] else []
    package = "org.apache.spark.deploy"
    both = [
        [f"{package}.master.Master", "--host", HOST, "--port", str(PORT), "--webui-port", "0"],
        [f"{package}.worker.Worker", "--host", HOST, "--webui-port", "0", "--work-dir", str(folder), *cores, MASTER],
    ]
    running = [subprocess.Popen([*start, *each], env=env) for each in both]
    print(f"{MASTER} is being started; wenqing clean --on {MASTER} …", flush=True)
    try:
        while all(process.poll() is None for process in running):
            time.sleep(0.2)
        raise SystemExit("Spark ended by itself; see above")
    except KeyboardInterrupt:
        pass
    finally:
        for process in running:
            process.terminate()
        for process in running:
            process.wait()


if __name__ == "__main__":
    main()
