#!/bin/bash
# Records all lines from nothing: builds the root if it is not there, boots it, drives each daemon in turn, last Exim in
# place of Postfix, and copies what they wrote in both forms. The last line says how many lines each script made; a script
# that fails or takes too long is named, and the status is 1.
# Usage: all.sh ROOT MIRROR OUT [SCRIPT…]    (as root; needs debootstrap; MIRROR as for build.sh)
set -eu
here=$(dirname "$(readlink -f "$0")")
root=$1 mirror=$2 out=$3
shift 3
scripts=${*:-network access firewall dns postfix web database mailbox system more exim}

[ -e "$root/drive/network.sh" ] || "$here/build.sh" "$root" "$mirror"
cp "$here"/drive/*.sh "$root/drive/"
mkdir -p "$out"

"$here/boot.sh" "$root" &
boot=$!
inside() { "$here/enter.sh" "$boot" "$@"; }
stop() {
  trap - EXIT
  # The child of boot.sh is process 1 of its namespace: with it all others end.
  pkill -KILL -P "$boot" 2>/dev/null || true
  wait "$boot" 2>/dev/null || true
}
trap stop EXIT

state=
for _ in $(seq 120); do
  state=$(inside systemctl is-system-running 2>/dev/null || true)
  case $state in running | degraded) break ;; esac
  sleep 1
done
case $state in running | degraded) ;; *) echo "$root: it did not boot: $state" >&2; exit 1 ;; esac

lines() { if [ -e "$root/var/log/all.traditional" ]; then wc -l <"$root/var/log/all.traditional"; else echo 0; fi; }
failed= counts=
for script in $scripts; do
  before=$(lines)
  if [ "$script" = exim ]; then
    # build.sh fetched its packages. They are installed from outside, where no daemon may start.
    printf '#!/bin/sh\nexit 101\n' >"$root/usr/sbin/policy-rc.d"
    chmod +x "$root/usr/sbin/policy-rc.d"
    inside systemctl stop postfix || true
    DEBIAN_FRONTEND=noninteractive chroot "$root" apt-get install -q -y --no-download --no-install-recommends exim4-daemon-heavy >/dev/null
    rm "$root/usr/sbin/policy-rc.d"
    inside systemctl daemon-reload
  fi
  timeout --kill-after=10 900 "$here/enter.sh" "$boot" bash "/drive/$script.sh" >"$out/$script.out" 2>&1 || failed+=" $script:$?"
  counts+=" $script:$(($(lines) - before))"
done
inside systemctl kill --kill-whom=main --signal=HUP rsyslog 2>/dev/null || true
cp "$root/var/log/all.traditional" "$root/var/log/all.iso" "$out/"
echo "lines:$counts"
[ -z "$failed" ] || { echo "failed:$failed (see $out/*.out)" >&2; exit 1; }
