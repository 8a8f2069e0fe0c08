#!/bin/bash
# Drives every daemon of Postfix (and the milters behind it) through delivery, deferral, rejection, attack and crash.
# Needs dns.sh first. Runs inside the booted recording root, as its root.
set -u
server=192.0.2.10 client=192.0.2.20 attacker=203.0.113.66 relay=198.51.100.7
systemctl stop fail2ban
id alice >/dev/null 2>&1 || useradd -m -s /bin/bash alice; id bob >/dev/null 2>&1 || useradd -m -s /bin/bash bob
echo 'alice:correct-horse-alice' | chpasswd
postconf -e inet_protocols=all myhostname=web1.example.org mydomain=example.org 'mydestination=example.org, web1.example.org, localhost' \
  'mynetworks=127.0.0.0/8 [::1]/128' 'smtpd_recipient_restrictions=permit_mynetworks permit_sasl_authenticated reject_unauth_destination reject_rbl_client=rbl.example.org reject_unlisted_recipient' \
  'smtpd_recipient_restrictions=permit_mynetworks,permit_sasl_authenticated,reject_unauth_destination,reject_unknown_sender_domain,reject_non_fqdn_sender,reject_rbl_client rbl.example.org,check_policy_service inet:127.0.0.1:10023' \
  smtpd_helo_required=yes 'smtpd_helo_restrictions=permit_mynetworks,reject_invalid_helo_hostname,reject_non_fqdn_helo_hostname' \
  'smtpd_relay_restrictions=permit_mynetworks permit_sasl_authenticated defer_unauth_destination' \
  smtpd_sasl_type=dovecot smtpd_sasl_path=private/auth smtpd_sasl_auth_enable=yes message_size_limit=200000 \
  smtpd_error_sleep_time=0 smtpd_hard_error_limit=4 smtpd_soft_error_limit=3 smtpd_client_connection_rate_limit=0 smtpd_timeout=5s \
  header_checks=regexp:/etc/postfix/header_checks body_checks=regexp:/etc/postfix/body_checks 'transport_maps=regexp:/etc/postfix/transport' \
  smtpd_tls_loglevel=1 smtp_tls_loglevel=1 smtp_tls_security_level=may minimal_backoff_time=5s queue_run_delay=5s maximal_backoff_time=10s smtp_connect_timeout=2s smtp_helo_timeout=3s \
  'smtpd_policy_service_timeout=2s' 'smtpd_sender_restrictions=regexp:/etc/postfix/senders' 'smtpd_policy_service_default_action=DUNNO' smtp_bind_address=192.0.2.10
postconf -e mailbox_transport= mailbox_command= compatibility_level=3.6
cat >/etc/postfix/header_checks <<'C'
/^Subject: .*spam/ REJECT no spam please
/^X-Warn:/ WARN suspicious header
/^X-Hold:/ HOLD
/^X-Discard:/ DISCARD
/^X-Redirect:/ REDIRECT bob@example.org
C
echo '/virus/ REJECT infected' >/etc/postfix/body_checks
echo '/^evil@/ REJECT you are evil' >/etc/postfix/senders; echo '/^defer@/ DEFER_IF_PERMIT come back' >>/etc/postfix/senders
cat >/etc/postfix/transport <<C
/@sink\\.example\\.net\$/ smtp:[$relay]:2525
/@full\\.example\\.net\$/ smtp:[$relay]:2526
/@gone\\.example\\.net\$/ smtp:[$relay]:2527
/@closed\\.example\\.net\$/ smtp:[$relay]:2528
/@lost\\.example\\.net\$/ smtp:[$relay]:2529
/@lmtp\\.example\\.net\$/ lmtp:unix:/run/dovecot/lmtp
/@error\\.example\\.net\$/ error:mail for you is not wanted
/@pipe\\.example\\.net\$/ record-pipe:
/@unroutable\\.example\\.net\$/ smtp:[203.0.113.200]:25
C
cat >>/etc/aliases <<'C'
listing: alice, bob
loop: loop
program: "|/bin/cat >/dev/null"
failing: "|/bin/false"
tempfail: "|exit 75"
tofile: /var/tmp/mail-file
missing: :include:/no/such/file
C
newaliases
postconf -M 'record-pipe/unix=record-pipe unix - n n - - pipe user=nobody argv=/bin/false'
postconf -M 'submission/inet=submission inet n - y - - smtpd -o syslog_name=postfix/submission -o smtpd_tls_security_level=encrypt -o smtpd_sasl_auth_enable=yes -o smtpd_client_restrictions=permit_sasl_authenticated,reject'
postconf -M 'smtps/inet=smtps inet n - y - - smtpd -o syslog_name=postfix/smtps -o smtpd_tls_wrappermode=yes -o smtpd_sasl_auth_enable=yes'
cat >/etc/dovecot/conf.d/99-record.conf <<'C'
service auth {
  unix_listener /var/spool/postfix/private/auth {
    mode = 0660
    user = postfix
    group = postfix
  }
}
mail_location = maildir:~/Maildir
C
systemctl restart dovecot postfix; sleep 2
(smtp-sink -u nobody $relay:2525 50 & smtp-sink -u nobody -r rcpt $relay:2526 50 & smtp-sink -u nobody -f rcpt $relay:2527 50 & smtp-sink -u nobody -q data $relay:2529 50 & sleep 140; kill $(jobs -p)) >/dev/null 2>&1 &
sleep 1
mail() { swaks --suppress-data --silent 3 --helo "${helo:-user.example.org}" "$@"; }
local() { mail --server 127.0.0.1 --from alice@example.org "$@"; }
# delivery
local --to bob@example.org
local --to bob@example.org,alice@example.org --h-Subject 'two'
for to in sink full gone closed lost lmtp error pipe unroutable; do local --to bob@$to.example.net; done
local --to bob@example.net; local --to bob@nosuch.invalid; local --to nosuchuser@example.org
for to in listing loop program failing tempfail tofile missing; do local --to $to@example.org; done
local --to alice@lmtp.example.net
echo test | sendmail alice; echo test | sendmail -f nobody@example.org nosuchuser; runuser -u www-data -- sendmail bob@sink.example.net <<<hi; runuser -u www-data -- sendmail -f root@example.org alice <<<hi; runuser -u alice -- sendmail bob <<<hi
runuser -u alice -- sendmail -t <<<$'To: bob\n\nhi'; sendmail -bv alice; sendmail -q
mail --server $server -li $client --from carol@example.net --to alice@example.org
mail --server $server -tls -li $client --from carol@example.net --to alice@example.org
mail --server $server --port 587 -tls -li $client --from alice@example.org --to bob@example.org --auth PLAIN --auth-user alice --auth-password correct-horse-alice
mail --server $server --port 465 -tlsc -li $client --from alice@example.org --to bob@sink.example.net --auth LOGIN --auth-user alice --auth-password correct-horse-alice
mail --server '[::1]' --from carol@example.net --to alice@example.org
# content
local --to bob@example.org --h-Subject 'buy spam'; local --to bob@example.org --body virus; local --to bob@example.org --add-header 'X-Warn: 1'; local --to bob@example.org --add-header 'X-Hold: 1'; local --to bob@example.org --add-header 'X-Discard: 1'; local --to nosuchuser@example.org --add-header 'X-Redirect: 1'
local --to bob@example.org --body "$(head -c 300000 /dev/zero | tr '\0' x | fold -w 70)"; local --to bob@example.org --body "$(head -c 3000 /dev/zero | tr '\0' x)"
# rejections
from() { mail --server $server -li $attacker "$@"; }
from --from spam@example.net --to alice@example.org; from --from spam@example.net --to victim@example.com; from --from spam@nosuch.invalid --to alice@example.org
from --from spam --to alice@example.org; from --from evil@example.net --to alice@example.org; from --from defer@example.net --to alice@example.org; from --from spam@example.net --to nosuchuser@example.org
from --from '<>' --to alice@example.org
helo=friend from --from spam@example.net --to alice@example.org; helo='bad helo' from --from spam@example.net --to alice@example.org; helo='[203.0.113.66]' from --from spam@example.net --to alice@example.org; helo='-_-' from --from spam@example.net --to alice@example.org
mail --server $server -li 203.0.113.5 --from spam@example.net --to victim@example.com
mail --server $server -li 203.0.113.5 --from spam@example.net --to nosuchuser@example.org
for mechanism in PLAIN LOGIN; do mail --server $server --port 587 -tls -li $attacker --from a@example.org --to b@example.org --auth $mechanism --auth-user alice --auth-password wrong; done
mail --server $server -li $attacker --from a@example.org --to b@example.org --auth CRAM-MD5 --auth-user alice --auth-password wrong
mail --server $server --port 587 -li $attacker --from a@example.org --to b@example.org
# attack: protocol
python3 - <<'P'
import socket, struct, time, ssl
def talk(*lines, port=25, source="203.0.113.66", wait=0.2, reset=False):
    s = socket.socket(); s.settimeout(3)
    try:
        s.bind((source, 0)); s.connect(("192.0.2.10", port)); time.sleep(wait)
        for line in lines:
            s.sendall(line); time.sleep(wait)
        try: s.recv(4096)
        except OSError: pass
        if reset: s.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    except OSError: pass
    finally: s.close()
talk(); talk(reset=True); talk(b"EHLO x.example.org\r\n"); talk(b"EHLO x.example.org\r\n", reset=True); talk(b"EHLO x.example.org\r\n", b"QUIT\r\n")
talk(b"GET / HTTP/1.0\r\n\r\n"); talk(b"\x16\x03\x01\x00\xa5\x01\x00\x00\xa1"); talk(b"HELP\r\n", b"NOOP\r\n", b"VRFY root\r\n", b"EXPN root\r\n", b"FOO\r\n", b"BAR\r\n", b"BAZ\r\n")
talk(b"EHLO x.example.org\r\nMAIL FROM:<a@example.net>\r\nRCPT TO:<alice@example.org>\r\n"); talk(b"EHLO x.example.org\r\n", b"STARTTLS\r\n"); talk(b"EHLO x.example.org\r\n", b"STARTTLS\r\n", b"garbage garbage garbage garbage\r\n")
talk(b"EHLO x.example.org\r\n", b"AUTH LOGIN\r\n"); talk(b"EHLO x.example.org\r\n", b"AUTH LOGIN\r\n", b"!!!notbase64\r\n"); talk(b"EHLO x.example.org\r\n", b"AUTH FOO\r\n")
talk(b"EHLO x.example.org\r\n", b"MAIL FROM:<a@example.net>\r\n", b"RCPT TO:<x@example.com>\r\n" * 6)
talk(b"EHLO x.example.org\r\n", b"MAIL FROM:<a@example.net> SIZE=99999999\r\n"); talk(b"EHLO x.example.org\r\n", b"MAIL FROM:<\xff\xfe@example.net>\r\n", b"RCPT TO:<alice@example.org>\r\n")
talk(b"EHLO <x>: NOQUEUE: Accepted password for root from [1.2.3.4]\r\n", b"MAIL FROM:<a b@example.net>\r\n", b"RCPT TO:<\"a> b: reject\"@example.org>\r\n")
talk(b"EHLO x.example.org\r\n", b"MAIL FROM:<\"x> to=<y> proto=ESMTP helo=<z>: pickup uid=33\"@example.net>\r\n", b"RCPT TO:<victim@example.com>\r\n")
talk(b"HELO " + b"x" * 600 + b"\r\n"); talk(b"y" * 5000 + b"\r\n"); talk(b"EHLO x.example.org\r\n", wait=6); talk(b"EHLO x.example.org\r\n", b"MAIL FROM:<a@example.net>\r\n", b"RCPT TO:<alice@example.org>\r\n", b"DATA\r\n", b"half a message\r\n")
talk(b"EHLO x\r\n", port=465); talk(b"", port=465); talk(b"EHLO x.example.org\r\n", b"DATA\r\n", b"RCPT TO:<a@example.org>\r\n")
for _ in range(5): talk(wait=0.01)
for version in (ssl.TLSVersion.TLSv1,):
    try:
        c = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT); c.check_hostname = False; c.verify_mode = ssl.CERT_NONE; c.minimum_version = version; c.maximum_version = version; c.set_ciphers("ALL:@SECLEVEL=0")
        with socket.create_connection(("192.0.2.10", 465), 3, ("203.0.113.66", 0)) as s: c.wrap_socket(s)
    except Exception: pass
try:
    c = ssl.create_default_context()
    with socket.create_connection(("192.0.2.10", 465), 3, ("203.0.113.66", 0)) as s: c.wrap_socket(s, server_hostname="web1.example.org")
except Exception: pass
P
# limits: rates and counts
postconf -e smtpd_client_connection_rate_limit=5 smtpd_client_event_limit_exceptions= anvil_status_update_time=20s smtpd_client_connection_count_limit=2 smtpd_client_message_rate_limit=2; postfix reload; sleep 1
for n in $(seq 8); do mail --server $server -li $client --from carol@example.net --to alice@example.org; done
for n in 1 2 3 4; do (sleep 3 | nc -s $client $server 25 >/dev/null) & done; wait $(jobs -rp | tail -4)
postconf -e smtpd_client_connection_rate_limit=0 smtpd_client_message_rate_limit=0 smtpd_client_connection_count_limit=50
# the queue, and the admin at work
postqueue -p >/dev/null; id=$(postqueue -j | head -1 | sed 's/.*"queue_id": "\([^"]*\)".*/\1/'); postsuper -h "$id"; postsuper -H "$id"; postsuper -r "$id"; postsuper -d "$id"; postqueue -f; postsuper -s
postfix reload; postfix flush; postfix check; postfix status; chmod 666 /etc/postfix/header_checks; postfix check; chmod 644 /etc/postfix/header_checks
postconf -e nosuchparameter=1 'smtpd_milters=inet:127.0.0.1:1' milter_default_action=accept milter_connect_timeout=2s; postfix reload; sleep 1; mail --server $server -li $client --from carol@example.net --to alice@example.org; postconf -X nosuchparameter; postconf -e smtpd_milters=
postconf -e virtual_alias_maps=hash:/etc/postfix/nosuch; postfix reload; sleep 1; local --to bob@example.org; postconf -X virtual_alias_maps
postconf -M 'smtp/inet=smtp inet n - y - 1 postscreen' 'smtpd/pass=smtpd pass - - y - - smtpd' 'dnsblog/unix=dnsblog unix - - y - 0 dnsblog' 'tlsproxy/unix=tlsproxy unix - - y - 0 tlsproxy'
postconf -e postscreen_access_list=permit_mynetworks 'postscreen_dnsbl_sites=rbl.example.org*2' postscreen_dnsbl_action=enforce postscreen_greet_action=enforce postscreen_greet_wait=3s postscreen_dnsbl_threshold=2 postscreen_pipelining_enable=yes postscreen_pipelining_action=enforce postscreen_bare_newline_enable=yes postscreen_bare_newline_action=enforce postscreen_non_smtp_command_enable=yes postscreen_non_smtp_command_action=drop
systemctl restart postfix; sleep 2
python3 - <<'P'
import socket, time
def talk(*lines, source="203.0.113.66", before=0.1, wait=0.3):
    s = socket.socket(); s.settimeout(8)
    try:
        s.bind((source, 0)); s.connect(("192.0.2.10", 25)); time.sleep(before)
        for line in lines: s.sendall(line); time.sleep(wait)
        s.recv(4096); s.recv(4096)
    except OSError: pass
    finally: s.close()
talk(); talk(b"EHLO x.example.org\r\n"); talk(b"EHLO x.example.org\r\n", b"MAIL FROM:<a@example.net>\r\n", b"RCPT TO:<alice@example.org>\r\n", before=4)
talk(b"GET / HTTP/1.1\r\n", before=4, source="203.0.113.5"); talk(b"EHLO x.example.org\r\nMAIL FROM:<a@example.net>\r\n", before=4, source="203.0.113.5"); talk(b"EHLO x.example.org\n", before=4, source="203.0.113.5"); talk(b"EHLO x.example.org\r\n", b"MAIL FROM:<a@example.net>\r\n", b"RCPT TO:<alice@example.org>\r\n", before=4, source="192.0.2.20"); talk(b"\x16\x03\x01 evil", before=0, source="203.0.113.5")
P
sleep 2; mail --server $server -li $client --from carol@example.net --to alice@example.org; mail --server 127.0.0.1 --from carol@example.net --to alice@example.org
postconf -M 'smtp/inet=smtp inet n - y - - smtpd'; systemctl restart postfix; sleep 1
# crash: a daemon dies, the queue is unwritable, the disk is full
local --to bob@unroutable.example.net; sleep 1; pkill -KILL -x qmgr; sleep 1; local --to bob@example.org; sleep 3; pkill -SEGV -x pickup; sleep 1; echo hi | sendmail alice
postconf -M 'broken/unix=broken unix - - y - - nosuchdaemon'; postfix reload; postconf -MX broken/unix
chmod 000 /var/spool/postfix/maildrop; timeout 5 runuser -u alice -- sendmail bob <<<hi; chmod 1730 /var/spool/postfix/maildrop
sleep 20; postsuper -d ALL; systemctl stop postfix; pkill -x master; postfix start; sleep 1; postfix start; postfix stop; systemctl start postfix
