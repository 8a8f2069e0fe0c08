#!/bin/bash
# Runs a command inside what boot.sh booted, with no more rights than that has.
# Usage: enter.sh PID COMMAND…    (as root; PID is that of boot.sh)
set -eu
init=$(ps --ppid "$1" -o pid= | tr -d ' ')
shift
exec nsenter -t "$init" -m -u -i -p -n -C -r -w setpriv --bounding-set=-sys_time,-sys_module,-sys_boot \
  env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root TERM=linux LC_ALL=C.UTF-8 "$@"
