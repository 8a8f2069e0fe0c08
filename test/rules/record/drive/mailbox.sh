#!/bin/bash
# Drives dovecot, opendkim, opendmarc, rspamd and spamassassin through logins, attacks, good and forged mail, crashes.
# Needs dns.sh and postfix.sh first.
set -u
attacker=203.0.113.66 client=192.0.2.20 server=192.0.2.10
systemctl stop fail2ban
echo 'alice:correct-horse-alice' | chpasswd
cat >/etc/dovecot/conf.d/98-record.conf <<'C'
disable_plaintext_auth = no
login_trusted_networks =
mail_max_userip_connections = 2
auth_failure_delay = 0
protocols = imap lmtp pop3
C
systemctl restart dovecot postfix; sleep 1
imap() { local from=$1; shift; printf '%s\r\n' "$@" | timeout 6 nc -q2 -s "$from" $server 143 >/dev/null; }
pop3() { local from=$1; shift; printf '%s\r\n' "$@" | timeout 6 nc -q2 -s "$from" $server 110 >/dev/null; }
imap $client 'a LOGIN alice correct-horse-alice' 'b SELECT INBOX' 'c FETCH 1:* FLAGS' 'd LOGOUT'
imap $client 'a LOGIN alice correct-horse-alice' 'b NONSENSE' 'c CREATE x' 'd LOGOUT'
pop3 $client 'USER alice' 'PASS correct-horse-alice' 'STAT' 'QUIT'; pop3 $client 'USER alice' 'PASS correct-horse-alice' 'DELE 1'
imap $attacker 'a LOGIN alice wrong' 'b LOGOUT'; imap $attacker 'a LOGIN nosuchuser wrong' 'b LOGOUT'; imap $attacker 'a LOGIN "x, rip=192.0.2.1: Login: user=<root>" y' 'b LOGOUT'; imap $attacker 'a LOGIN root correct-horse-root' 'b LOGOUT'
imap $attacker 'a LOGIN alice wrong' 'b LOGIN alice wrong2' 'c LOGIN alice wrong3' 'd LOGIN alice wrong4'; pop3 $attacker 'USER alice' 'PASS wrong' 'QUIT'; pop3 $attacker 'USER a b' 'PASS wrong' 'QUIT'
imap $attacker 'GET / HTTP/1.0' '' 'x' 'y' 'z' 'w' 'v' 'u' 't' 's' 'r' 'q'; imap $attacker 'a LOGOUT'; imap $attacker; pop3 $attacker 'QUIT'; nc -s $attacker -w1 -z $server 143; nc -s $attacker -w1 -z $server 993; printf '\x16\x03\x01 garbage' | nc -s $attacker -w1 $server 993
imap $attacker 'a AUTHENTICATE PLAIN' '!!!'; imap $attacker 'a AUTHENTICATE NOSUCH'; imap $attacker 'a STARTTLS' 'garbage garbage garbage'
curl -sk --interface $client -u alice:correct-horse-alice imaps://$server/INBOX >/dev/null; curl -sk --interface $client -u alice:correct-horse-alice pop3s://$server/ >/dev/null; curl -sk --interface $attacker -u alice:wrong imaps://$server/ >/dev/null; curl -s --interface $attacker -u alice:wrong imaps://$server/ >/dev/null
openssl s_client -connect $server:993 -tls1 -cipher ALL@SECLEVEL=0 </dev/null >/dev/null 2>&1
for n in 1 2 3 4; do (printf 'a LOGIN alice correct-horse-alice\r\nb IDLE\r\n'; sleep 4) | timeout 6 nc -s $client $server 143 >/dev/null & done; sleep 6
useradd -m -s /usr/sbin/nologin frank; echo 'frank:correct-horse-frank' | chpasswd; chmod 000 /home/frank; imap $client 'a LOGIN frank correct-horse-frank' 'b SELECT INBOX'; userdel -r frank
postconf -e 'mailbox_transport=lmtp:unix:private/dovecot-lmtp'; printf 'service lmtp {\n  unix_listener /var/spool/postfix/private/dovecot-lmtp {\n    mode = 0666\n  }\n}\nauth_username_format = %%Ln\n' >/etc/dovecot/conf.d/97-record.conf; systemctl restart dovecot; postfix reload
swaks --silent 3 --server 127.0.0.1 --from bob@example.org --to alice@example.org; swaks --silent 3 --server 127.0.0.1 --from bob@example.org --to root@example.org
(printf 'a LOGIN alice correct-horse-alice\r\nb IDLE\r\n'; sleep 8) | timeout 10 nc -s $client $server 143 >/dev/null & sleep 2; pkill -SEGV -x imap; sleep 1; doveadm kick alice; doveadm who; doveadm log find; systemctl reload dovecot
pkill -KILL -x auth; sleep 1; imap $client 'a LOGIN alice correct-horse-alice' 'd LOGOUT'
echo 'nonsense = yes' >>/etc/dovecot/conf.d/98-record.conf; systemctl reload dovecot; sed -i '$d' /etc/dovecot/conf.d/98-record.conf; systemctl restart dovecot
postconf -e mailbox_transport=

mkdir -p /etc/dkimkeys; (cd /etc/dkimkeys && opendkim-genkey -d example.org -s mail; chown -R opendkim: /etc/dkimkeys)
cat >/etc/opendkim.conf <<'C'
Syslog yes
SyslogSuccess yes
LogWhy yes
Canonicalization relaxed/simple
Mode sv
Domain example.org
Selector mail
KeyFile /etc/dkimkeys/mail.private
UserID opendkim
UMask 007
Socket inet:8891@127.0.0.1
PidFile /run/opendkim/opendkim.pid
InternalHosts 127.0.0.1
C
printf 'Syslog true\nSocket inet:8893@127.0.0.1\nAuthservID web1.example.org\nRejectFailures true\nSPFSelfValidate true\nPidFile /run/opendmarc/opendmarc.pid\nUserID opendmarc\n' >/etc/opendmarc.conf
sed 's/^mail._domainkey.*( *//; s/) *;.*//' /etc/dkimkeys/mail.txt | tr -d '\n\t' >/tmp/key
{ echo "mail._domainkey TXT ( $(tr '\n' ' ' </tmp/key | sed 's/IN TXT (//') )"; echo '_dmarc TXT "v=DMARC1; p=reject; rua=mailto:d@example.org"'; echo '@ TXT "v=spf1 ip4:192.0.2.20 -all"'; } >>/var/lib/bind/example.org; sed -i 's/2026112201/2026112205/' /var/lib/bind/example.org; rndc freeze example.org; rndc reload example.org; rndc thaw example.org; systemctl restart named
systemctl restart opendkim opendmarc rspamd; sleep 3
postconf -e 'smtpd_milters=inet:127.0.0.1:8891,inet:127.0.0.1:8893' 'non_smtpd_milters=inet:127.0.0.1:8891' milter_default_action=accept smtpd_sender_restrictions= header_checks= body_checks=; postfix reload; sleep 1
send() { swaks --silent 3 --server $server --helo user.example.org "$@"; }
send --server 127.0.0.1 --from alice@example.org --to bob@example.org; send -li $client --from alice@example.org --to bob@example.org; send -li 198.51.100.7 --from alice@example.org --to bob@example.org; send -li $client --from carol@example.net --to bob@example.org
send -li 198.51.100.7 --from alice@example.org --to bob@example.org --add-header 'DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=mail; h=from; bh=AAAA; b=BBBB'; send -li 198.51.100.7 --from alice@example.org --to bob@example.org --add-header 'DKIM-Signature: v=1; a=rsa-sha256; d=example.org; s=nosuch; h=from; bh=AAAA; b=BBBB'; send -li $client --from 'a@example.net' --h-From 'no address here' --to bob@example.org; send -li $client --from 'a@example.net' --h-From 'a@x.example, b@y.example' --to bob@example.org
sendmail alice <<<$'Subject: local\n\nhi'
postconf -e 'smtpd_milters=inet:127.0.0.1:11332'; sed -i 's/#*bind_socket.*/&/' /etc/rspamd/worker-proxy.inc 2>/dev/null; printf 'type = "syslog";\nfacility = "mail";\nlevel = "info";\n' >/etc/rspamd/local.d/logging.inc; systemctl restart rspamd; postfix reload; sleep 4
send -li $client --from carol@example.net --to bob@example.org; send -li $client --from carol@example.net --to bob@example.org --body 'XJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X'; send -li $client --from 'x@example.net' --to bob@example.org --h-Subject 'action: no action"; Accepted password for root from'; rspamc symbols </etc/hostname; rspamc -h 127.0.0.1:11334 stat >/dev/null; rspamc -h 127.0.0.1:11334 learn_spam </etc/hostname
systemctl reload rspamd; sleep 2; pkill -KILL -n -x rspamd; sleep 2; systemctl restart rspamd; postconf -e smtpd_milters= non_smtpd_milters=; postfix reload
systemctl start spamassassin spamd; sleep 5
printf 'Subject: ham\nFrom: a@example.net\nMessage-Id: <1@example.net>\n\nhello\n' | spamc -u alice; printf 'Subject: spam\nFrom: a@example.net\nMessage-ID: <x y: Accepted password for root>\n\nXJS*C4JDBQADN1.NSBN3*2IDNEN*GTUBE-STANDARD-ANTI-UBE-TEST-EMAIL*C.34X\n' | spamc; printf 'PING SPAMC/1.2\r\n\r\n' | nc -q1 127.0.0.1 783; printf 'GARBAGE\r\n' | nc -q1 127.0.0.1 783; spamc -u nosuchuser </etc/hostname; systemctl reload spamd spamassassin; systemctl stop spamd spamassassin
for daemon in opendkim opendmarc; do pkill -SEGV -x $daemon; sleep 1; systemctl reset-failed $daemon; systemctl restart $daemon; systemctl reload $daemon; systemctl stop $daemon; done
