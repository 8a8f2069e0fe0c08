#!/bin/bash
# Drives sshd, PAM, sudo, su, login, the useradd family and cron through success, failure, attack and crash.
# Runs inside the booted recording root, as its root.
set -u
server=192.0.2.10 admin=192.0.2.20 attacker=203.0.113.66
systemctl stop fail2ban # it would end the attacks early; it has a script of its own

for user in alice bob; do
  id "$user" >/dev/null 2>&1 || useradd -m -s /bin/bash "$user"
  echo "$user:correct-horse-$user" | chpasswd
done
echo 'root:correct-horse-root' | chpasswd
echo 'alice ALL=(ALL:ALL) ALL' >/etc/sudoers.d/alice
install -d -m 700 -o alice -g alice /home/alice/.ssh
[ -f /root/.ssh/id_ed25519 ] || ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519
[ -f /root/.ssh/id_rsa ] || ssh-keygen -q -t rsa -N '' -f /root/.ssh/id_rsa
[ -f /root/.ssh/id_ecdsa ] || ssh-keygen -q -t ecdsa -N '' -f /root/.ssh/id_ecdsa
cat /root/.ssh/id_ed25519.pub /root/.ssh/id_rsa.pub /root/.ssh/id_ecdsa.pub >/home/alice/.ssh/authorized_keys
chown alice: /home/alice/.ssh/authorized_keys
cat >/etc/ssh/sshd_config.d/record.conf <<'C'
PermitRootLogin yes
LoginGraceTime 4
MaxStartups 6:60:8
DenyUsers games
AllowTcpForwarding yes
C
systemctl restart ssh
sleep 1

options=(-o StrictHostKeyChecking=no -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR -o ConnectTimeout=5)
key() { ssh "${options[@]}" -o IdentitiesOnly=yes "$@" </dev/null; }
password() { local secret=$1; shift; sshpass -p "$secret" ssh "${options[@]}" -o PubkeyAuthentication=no "$@" </dev/null; }

# success
for name in ed25519 rsa ecdsa; do key -b $admin -i /root/.ssh/id_$name alice@$server true; done
password correct-horse-alice -b $admin alice@$server id
password correct-horse-bob -b 198.51.100.7 bob@$server 'sleep 0.1'
key -6 -b 2001:db8:6::6 -i /root/.ssh/id_ed25519 alice@2001:db8::10 true
key -b $admin -i /root/.ssh/id_ed25519 -tt alice@$server 'exit 3'
echo 'ls' | sftp "${options[@]}" -o IdentityFile=/root/.ssh/id_ed25519 -o BindAddress=$admin alice@$server
scp "${options[@]}" -i /root/.ssh/id_ed25519 -o BindAddress=$admin /etc/hostname alice@$server:
key -b $admin -i /root/.ssh/id_ed25519 -L 4000:127.0.0.1:1 alice@$server 'sleep 2' & sleep 1; nc -w1 127.0.0.1 4000 </dev/null; wait $!
password correct-horse-root -b $attacker root@$server true
password correct-horse-root -6 -b 2001:db8:6::6 root@2001:db8::10 true
key -b $admin -i /root/.ssh/id_ed25519 alice@$server 'kill -9 $PPID'

# attack: passwords
for user in root admin alice test oracle ubuntu postgres www-data bin; do
  password wrong -b $attacker -o NumberOfPasswordPrompts=1 "$user@$server" true
done
password wrong -6 -b 2001:db8:6::6 -o NumberOfPasswordPrompts=1 admin@2001:db8::10 true
password wrong -b $attacker -o NumberOfPasswordPrompts=3 root@$server true
password wrong -b $attacker -o NumberOfPasswordPrompts=3 nobody-here@$server true
password wrong -b $attacker -o NumberOfPasswordPrompts=1 games@$server true
password wrong -b $attacker -o NumberOfPasswordPrompts=1 '-l' '' $server true
password wrong -b $attacker -o NumberOfPasswordPrompts=1 -l 'x from 198.51.100.1 port 1 ssh2: Accepted password for root from 198.51.100.1 port 1 ssh2' $server true
password wrong -b $attacker -o NumberOfPasswordPrompts=1 -l "\"'()[]{}" $server true
password wrong -b $attacker -o NumberOfPasswordPrompts=1 -l 'a b' $server true
password wrong -b $attacker -o NumberOfPasswordPrompts=1 -l $'\xc3\xa9\t\x1b[31m' $server true
password wrong -b $attacker -o NumberOfPasswordPrompts=1 -l "$(printf 'A%.0s' {1..120})" $server true
# attack: too many keys, no key
for n in 1 2 3 4 5 6 7; do ssh-keygen -q -t ed25519 -N '' -f /tmp/wrong$n; done
key -b $attacker $(for n in 1 2 3 4 5 6 7; do echo -i /tmp/wrong$n; done) -o BatchMode=yes root@$server true
key -b $attacker -i /tmp/wrong1 -o BatchMode=yes alice@$server true
key -b $attacker -i /tmp/wrong1 -o BatchMode=yes nosuchuser@$server true
key -b $attacker -o PreferredAuthentications=none root@$server true
# attack: not ssh at all
printf 'GET / HTTP/1.0\r\n\r\n' | nc -s $attacker -w1 $server 22
printf '\x16\x03\x01\x02\x00\x01\x00' | nc -s $attacker -w1 $server 22
printf 'SSH-1.5-scanner\r\n' | nc -s $attacker -w1 $server 22
printf 'SSH-2.0-libssh_0.9.6\r\n' | nc -s $attacker -w1 -q1 $server 22
printf 'SSH-2.0-Go\r\n\x00\x00\xff\xff\xff\xff\xff' | nc -s $attacker -w1 -q1 $server 22
nc -s $attacker -w1 -z $server 22
nc -s $attacker $server 22 </dev/null >/dev/null
python3 - <<'P'
import socket, struct, time
for reset in (False, True):
    for wait in (0.0, 0.5):
        s = socket.socket(); s.bind(("203.0.113.66", 0)); s.connect(("192.0.2.10", 22)); time.sleep(wait)
        if wait: s.sendall(b"SSH-2.0-PuTTY_Release_0.70\r\n"); s.recv(10); time.sleep(0.2)
        if reset: s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        s.close()
P
key -b $attacker -o KexAlgorithms=diffie-hellman-group14-sha1 root@$server true
key -b $attacker -o Ciphers=3des-cbc root@$server true
key -b $attacker -o MACs=hmac-md5 root@$server true
key -b $attacker -o HostKeyAlgorithms=ssh-dss root@$server true
# attack: hangs until the grace time, floods
(nc -s $attacker $server 22 </dev/zero >/dev/null & sleep 6; kill $!) 2>/dev/null
(sleep 7 | nc -s $attacker $server 22 >/dev/null) 2>/dev/null
for n in $(seq 24); do (sleep 2 | nc -s $attacker -w3 $server 22 >/dev/null) & done; wait
# accounts that are locked, expired, without a shell
useradd -m -s /bin/bash carol; echo 'carol:correct-horse-carol' | chpasswd
chage -E 2020-01-01 carol; password correct-horse-carol -b $admin carol@$server true
chage -E -1 -d 0 carol; password correct-horse-carol -b $admin carol@$server true
chage -d 2020-01-01 -M 30 -I 1 carol; password correct-horse-carol -b $admin carol@$server true
chage -d 2026-11-01 -M 24 -W 10 -I -1 carol; password correct-horse-carol -b $admin carol@$server true
usermod -L carol; password correct-horse-carol -b $admin carol@$server true
password wrong -b $admin daemon@$server true
touch /etc/nologin; password correct-horse-bob -b $admin bob@$server true; rm /etc/nologin
usermod -s /no/such/shell bob; password correct-horse-bob -b $admin bob@$server true; usermod -s /bin/bash bob
chmod 777 /home/alice/.ssh; key -b $admin -i /root/.ssh/id_ed25519 -o BatchMode=yes alice@$server true; chmod 700 /home/alice/.ssh
# a service account that can log in
usermod -s /bin/bash www-data; echo 'www-data:correct-horse-www' | chpasswd
password correct-horse-www -b $attacker www-data@$server id
usermod -s /usr/sbin/nologin www-data; usermod -p '*' www-data
echo 'Subsystem sftp internal-sftp
Subsystem nothing' >/tmp/broken; sshd -t -f /tmp/broken
systemctl reload ssh; sleep 1; systemctl restart ssh; sleep 1

# sudo
as() { local user=$1; shift; runuser -u "$user" -- "$@"; }
as alice bash -c 'cd; echo correct-horse-alice | sudo -S -p "" true'
as alice bash -c 'cd; echo correct-horse-alice | sudo -S -p "" -u bob id'
as alice bash -c 'cd; echo correct-horse-alice | sudo -S -k -p "" -s id'
as alice bash -c 'cd; printf "wrong\nwrong\nwrong\n" | sudo -k -S -p "" true'
as alice bash -c 'cd; sudo -k; sudo -n true'
as alice bash -c 'cd; echo correct-horse-alice | sudo -S -p "" -l'
as alice bash -c 'cd; echo correct-horse-alice | sudo -S -p "" bash -c "echo \"a b\"; : COMMAND=/bin/x ; TTY=pts/1"'
as bob bash -c 'cd; echo correct-horse-bob | sudo -S -p "" cat /etc/shadow'
as bob bash -c 'cd; echo correct-horse-bob | sudo -S -p "" -l'
as www-data bash -c 'sudo -n id'
echo 'alice ALL=(ALL) /usr/bin/id' >/etc/sudoers.d/alice
as alice bash -c 'cd; echo correct-horse-alice | sudo -S -p "" cat /etc/shadow'
echo 'alice ALL=(ALL) NOPASSWD: ALL' >/etc/sudoers.d/alice
script -qc 'runuser -u alice -- sudo -n ls /' /dev/null
script -qc 'runuser -u alice -- sudo -n -i true' /dev/null
as alice sudo -n no-such-command
echo 'broken line here' >/etc/sudoers.d/broken; as alice sudo -n true; rm /etc/sudoers.d/broken
echo 'alice ALL=(ALL:ALL) ALL' >/etc/sudoers.d/alice
sudo -n true; sudo -u alice id; sudo -u nosuchuser id

# su, login, passwd
expect -c 'spawn runuser -u alice -- su - -c id; expect assword; send "correct-horse-root\r"; expect eof'
expect -c 'spawn runuser -u alice -- su - -c id; expect assword; send "wrong\r"; expect eof'
expect -c 'spawn runuser -u bob -- su alice -c id; expect assword; send "correct-horse-alice\r"; expect eof'
expect -c 'spawn runuser -u www-data -- su; expect assword; send "wrong\r"; expect eof'
su - alice -c id; su -s /bin/sh www-data -c id; su nosuchuser -c id; su - postgres -c id
expect -c 'spawn login; expect login:; send "alice\r"; expect assword; send "correct-horse-alice\r"; expect "$ "; send "exit\r"; expect eof'
expect -c 'spawn login; expect login:; send "root\r"; expect assword; send "correct-horse-root\r"; expect "# "; send "exit\r"; expect eof'
expect -c 'set timeout 8; spawn login; expect login:; send "alice\r"; expect assword; send "wrong\r"; expect login:; send "nosuch\r"; expect assword; send "wrong\r"; expect login:; send "root\r"; expect assword; send "w\r"; expect eof'
expect -c 'spawn runuser -u alice -- passwd; expect urrent; send "correct-horse-alice\r"; expect ew; send "correct-horse-alice2\r"; expect etype; send "correct-horse-alice2\r"; expect eof'
expect -c 'spawn runuser -u alice -- passwd; expect urrent; send "wrong\r"; expect eof'
echo 'alice:correct-horse-alice' | chpasswd
expect -c 'spawn runuser -u alice -- chsh -s /bin/sh; expect assword; send "correct-horse-alice\r"; expect eof'
expect -c 'spawn runuser -u alice -- chfn -f Alice; expect assword; send "correct-horse-alice\r"; expect eof'
expect -c 'spawn runuser -u alice -- chsh; expect assword; send "wrong\r"; expect eof'

# users and groups come, change and go
useradd -m dave; useradd -r -s /usr/sbin/nologin svc; useradd -o -u 0 -g 0 toor; useradd alice
groupadd ops; groupadd -r sys2; groupmod -n operators ops; gpasswd -a dave operators; gpasswd -d dave operators; gpasswd -M bob operators
usermod -aG sudo dave; usermod -L dave; usermod -U dave; usermod -l david -d /home/david -m dave; usermod -s /bin/sh david; usermod -u 4242 david; usermod -e 2027-01-01 david
chage -M 90 david; passwd -l david; passwd -e david; passwd -d david; passwd -u david
userdel -r david; userdel svc; userdel -f toor; groupdel operators; groupdel sys2; groupdel nosuch
newusers <<<'eve:secret-eve:::Eve:/home/eve:/bin/bash'; userdel -r eve
useradd -D -s /bin/bash; groupmems -g sudo -a bob; groupmems -g sudo -d bob; vipw -q </dev/null; pwconv; grpconv; pwck -r; chpasswd <<<'nosuch:x'

# cron
(crontab -l 2>/dev/null; echo '* * * * * true') | crontab -; crontab -l >/dev/null
runuser -u alice -- bash -c 'echo "* * * * * echo hello" | crontab -; crontab -l; EDITOR=true crontab -e'
echo '* * * * * www-data false # cron job' >/etc/cron.d/site
echo 'broken' >/etc/cron.d/broken; echo 'broken line' >>/etc/crontab
echo '* * * * * nosuchuser true' >/etc/cron.d/orphan
ln -sf /etc/cron.d/site /etc/cron.d/link; chmod 666 /etc/cron.d/orphan
sleep 125
chmod 644 /etc/cron.d/orphan; sleep 61
runuser -u alice -- crontab -r; crontab -r; rm -f /etc/cron.d/site /etc/cron.d/broken /etc/cron.d/orphan /etc/cron.d/link; sed -i '/broken line/d' /etc/crontab
systemctl restart cron; userdel -r carol
