#!/bin/sh
# What a night does: ask again for what is due, back up, report, export. Call it from cron, in the folder of wenqing.toml:
#   17 3 * * *  cd /srv/corpus && timeout -k 30 6h /srv/wenqing/examples/cron/nightly.sh
# REFRESH replaces the first step, KEEP is how many backups stay. Says nothing where all went well; ends with the worst
# exit code of its steps.
set -u
worst=0
step() {
    "$@"
    code=$?
    if [ "$code" -ne 0 ]; then
        echo "nightly: exit code $code of $*" >&2
        [ "$code" -gt "$worst" ] && worst=$code
    fi
}
mkdir -p backups
step ${REFRESH:-wenqing refresh -q}
step wenqing ledger check -q
step wenqing ledger backup -q "backups/$(date +%Y%m%dT%H%M%S).sqlite"
ls backups/*.sqlite | sort -r | tail -n +"$((${KEEP:-7} + 1))" | xargs -r rm --
step wenqing report --html report.html
step wenqing export -q --parquet corpus.parquet --unique
exit "$worst"
