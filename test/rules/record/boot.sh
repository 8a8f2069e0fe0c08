#!/bin/bash
# Boots the root of build.sh with systemd as process 1, in namespaces of its own: no network but its own loopback, no
# right to set the clock or load modules, and the kernel's settings read-only except those of its own network.
# Usage: boot.sh ROOT [COMMAND…]    (as root; COMMAND is process 1 in place of systemd, where a test wants none).
# Then, from outside: enter.sh bash /drive/network.sh, /drive/access.sh, …
set -eu
group=/sys/fs/cgroup/unified/record
[ -d /sys/fs/cgroup/unified ] || group=/sys/fs/cgroup/record
mkdir -p "$group"
echo $$ >"$group/cgroup.procs"
exec unshare --mount --uts --ipc --pid --net --cgroup --fork --propagation private bash -c '
set -eu
mount --bind "$1" "$1"
cd "$1"
shift
[ $# != 0 ] || set -- /lib/systemd/systemd --log-target=journal --show-status=no
mount -t proc proc proc
mount -t sysfs sysfs sys
umount -l sys/fs/cgroup 2>/dev/null || true
mount -t cgroup2 cgroup2 sys/fs/cgroup
mount --bind proc/sys proc/sys
mount --bind proc/sys/net proc/sys/net
mount -o remount,ro,bind proc/sys
mount -t tmpfs -o mode=755 tmpfs run
mount -t tmpfs tmpfs tmp
mount -t tmpfs -o mode=755 tmpfs dev
mkdir dev/pts dev/shm dev/net
mount -t devpts -o newinstance,ptmxmode=0666,mode=620,gid=5 devpts dev/pts
mount -t tmpfs tmpfs dev/shm
ln -s pts/ptmx dev/ptmx
for node in null:1:3 zero:1:5 full:1:7 random:1:8 urandom:1:9 tty:5:0; do
  IFS=: read -r name major minor <<<"$node"
  mknod -m 666 "dev/$name" c "$major" "$minor"
done
mknod dev/net/tun c 10 200
mknod -m 600 dev/kmsg c 1 3
for link in fd:fd stdin:fd/0 stdout:fd/1 stderr:fd/2; do ln -s "/proc/self/${link#*:}" "dev/${link%%:*}"; done
hostname web1
ip link set lo up
mkdir -p .old
pivot_root . .old
umount -l /.old
exec env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin container=record TERM=linux \
  setpriv --bounding-set=-sys_time,-sys_module,-sys_boot "$@"
' bash "$@"
