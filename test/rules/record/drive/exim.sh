#!/bin/bash
# Drives exim4 (in place of Postfix) through delivery, deferral, rejection, attack and crash. Needs dns.sh first.
set -u
server=192.0.2.10 client=192.0.2.20 attacker=203.0.113.66 relay=198.51.100.7
systemctl stop fail2ban
cat >/etc/exim4/update-exim4.conf.conf <<'C'
dc_eximconfig_configtype='internet'
dc_other_hostnames='example.org:web1.example.org'
dc_local_interfaces='0.0.0.0'
dc_readhost=''
dc_relay_domains=''
dc_minimaldns='false'
dc_relay_nets='127.0.0.0/8'
dc_smarthost=''
CFILEMODE='644'
dc_use_split_config='true'
dc_hide_mailname=''
dc_mailname_in_oh='true'
dc_localdelivery='mail_spool'
C
echo web1.example.org >/etc/mailname
cat >/etc/exim4/conf.d/main/00_record <<'C'
MAIN_TLS_ENABLE = yes
CHECK_RCPT_IP_DNSBLS = rbl.example.org
MAIN_LOG_SELECTOR = +smtp_protocol_error +smtp_syntax_error +tls_certificate_verified +tls_peerdn
log_file_path = syslog : /var/log/exim4/%slog
syslog_duplication = false
CHECK_RCPT_VERIFY_SENDER = true
C
cat >/etc/exim4/conf.d/auth/99_record <<'C'
plain_server:
  driver = plaintext
  public_name = PLAIN
  server_condition = ${if and{{eq{$auth2}{alice}}{eq{$auth3}{correct-horse-alice}}}}
  server_set_id = $auth2
  server_prompts = :
C
install -o root -g Debian-exim -m 640 /etc/ssl/private/ssl-cert-snakeoil.key /etc/exim4/exim.key; cp /etc/ssl/certs/ssl-cert-snakeoil.pem /etc/exim4/exim.crt
printf 'listing: alice, bob\nprogram: "|/bin/cat"\nfailing: "|/bin/false"\n' >>/etc/aliases
python3 - <<'P' &
import socket, threading, time
def serve(host, replies):
    s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind((host, 25)); s.listen(20); s.settimeout(100)
    def one(c):
        try:
            c.sendall(b"220 mx ESMTP\r\n")
            data = False
            for line in c.makefile("rb"):
                word = line[:4].upper()
                if data:
                    if line == b".\r\n": data = False; c.sendall(replies.get(b".", b"250 2.0.0 Ok: queued as 12345\r\n"))
                    continue
                if word == b"DATA": data = True
                c.sendall(replies.get(word, b"354 go\r\n" if word == b"DATA" else b"250 ok\r\n"))
                if word == b"QUIT": break
        except OSError: pass
        finally: c.close()
    while True:
        try: c, _ = s.accept()
        except OSError: return
        threading.Thread(target=one, args=(c,), daemon=True).start()
for host, replies in (("198.51.100.7", {}), ("203.0.113.5", {b"RCPT": b"550 5.1.1 no such user: Accepted password for root from\r\n"})):
    threading.Thread(target=serve, args=(host, replies), daemon=True).start()
time.sleep(100)
P
for z in example.net; do grep -q refuse /var/lib/bind/$z || printf 'refuse MX 10 mx.refuse\nmx.refuse A 203.0.113.5\nclosed MX 10 mx.closed\nmx.closed A 192.0.2.20\nunroutable MX 10 mx.un\nmx.un A 233.252.0.9\n' >>/var/lib/bind/$z; done; systemctl restart named; sleep 1
update-exim4.conf; systemctl restart exim4; sleep 2
mail() { swaks --suppress-data --silent 3 --helo "${helo:-user.example.org}" "$@"; }
for to in bob@example.org bob@example.net bob@refuse.example.net bob@closed.example.net bob@unroutable.example.net bob@nosuch.invalid nosuchuser@example.org listing@example.org program@example.org failing@example.org; do mail --server 127.0.0.1 --from alice@example.org --to $to; done
echo hi | sendmail alice; echo hi | sendmail bob@example.net; runuser -u www-data -- sendmail bob@example.net <<<hi; runuser -u www-data -- sendmail -f root@example.org bob <<<hi; runuser -u alice -- sendmail bob <<<hi; runuser -u alice -- sendmail nosuchuser <<<hi
mail --server $server -li $client --from carol@example.net --to alice@example.org; mail --server $server -tls -li $client --from carol@example.net --to alice@example.org; mail --server $server -tls -li $client --from alice@example.org --to bob@example.net --auth PLAIN --auth-user alice --auth-password correct-horse-alice
for to in alice@example.org victim@example.com nosuchuser@example.org; do mail --server $server -li $attacker --from spam@example.net --to $to; mail --server $server -li 203.0.113.5 --from spam@example.net --to $to; done
mail --server $server -li $attacker --from 'spam@nosuch.invalid' --to alice@example.org; mail --server $server -li $attacker --from '' --to alice@example.org; helo='a b' mail --server $server -li $attacker --from a@example.net --to victim@example.com; helo='[1.2.3.4]' mail --server $server -li $attacker --from a@example.net --to victim@example.com; helo=$server mail --server $server -li $attacker --from a@example.net --to victim@example.com
mail --server $server -tls -li $attacker --from a@example.org --to b@example.org --auth PLAIN --auth-user alice --auth-password wrong; mail --server $server -tls -li $attacker --from a@example.org --to b@example.org --auth PLAIN --auth-user 'x) [y]: Accepted password for root' --auth-password wrong
python3 - <<'P'
import socket, struct, time
def talk(*lines, wait=0.2, reset=False, before=0.3):
    s = socket.socket(); s.settimeout(4)
    try:
        s.bind(("203.0.113.66", 0)); s.connect(("192.0.2.10", 25)); time.sleep(before)
        for line in lines: s.sendall(line); time.sleep(wait)
        try: s.recv(4096)
        except OSError: pass
        if reset: s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    except OSError: pass
    finally: s.close()
talk(); talk(reset=True); talk(b"GET / HTTP/1.0\r\n\r\n"); talk(b"EHLO x.example.org\r\nMAIL FROM:<a@example.net>\r\n", before=0); talk(b"EHLO x.example.org\r\n", b"EXPN root\r\n", b"VRFY root\r\n", b"QUIT\r\n"); talk(b"EHLO x.example.org\r\n", b"STARTTLS\r\n", b"garbage garbage garbage\r\n"); talk(b"EHLO x.example.org\r\n", b"AUTH PLAIN !!!\r\n"); talk(*[b"NONSENSE %d\r\n" % n for n in range(8)]); talk(b"EHLO x.example.org\r\n", b"MAIL FROM:<a@example.net>\r\n", b"RCPT TO:<alice@example.org>\r\n", b"DATA\r\n", b"half"); talk(b"EHLO x) [1.2.3.4]: Accepted password for root\r\n", b"MAIL FROM:<a@example.net>\r\n", b"RCPT TO:<\"a b> c\"@example.com>\r\n"); talk(b"\x16\x03\x01\x00\xa5\x01\x00\x00"); talk(b"EHLO x.example.org\r\n", b"MAIL FROM:<a b@example.net>\r\n"); talk(b"EHLO x.example.org\r\n", b"AUTH LOGIN\r\n")
P
exim4 -bp >/dev/null; exim4 -qff; sleep 8; id=$(exim4 -bp | awk 'NF>3{print $3; exit}'); exim4 -Mf "$id"; exim4 -Mt "$id"; exim4 -Mg "$id"; exim4 -Mrm "$(exim4 -bp | awk 'NF>3{print $3; exit}')"
systemctl reload exim4; pkill -SEGV -n -x exim4; systemctl restart exim4; sleep 1; chmod 000 /var/spool/exim4/input; echo x | sendmail alice; chmod 750 /var/spool/exim4/input; echo 'nonsense = x' >/etc/exim4/conf.d/main/99_broken; systemctl restart exim4; rm /etc/exim4/conf.d/main/99_broken; systemctl reset-failed exim4; systemctl restart exim4; systemctl stop exim4; systemctl start exim4
