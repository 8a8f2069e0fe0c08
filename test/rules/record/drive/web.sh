#!/bin/bash
# Drives nginx, apache2, php-fpm and haproxy through requests, attacks, dead backends, bad configurations and crashes.
# nginx and apache write error logs of their own; they are sent to syslog as well, and kept in both forms.
set -u
attacker=203.0.113.66 client=192.0.2.20
systemctl stop fail2ban
sed -i 's/^Listen 80$/Listen 8080/' /etc/apache2/ports.conf; sed -i 's/\*:80>/*:8080>/' /etc/apache2/sites-enabled/000-default.conf
printf '<?php echo "ok";' >/var/www/html/ok.php; printf '<?php error_log("from the script: ".$_GET["x"]); echo $undefined;' >/var/www/html/warn.php
printf '<?php no_such_function();' >/var/www/html/fatal.php; printf '<?php sleep(5);' >/var/www/html/slow.php; printf '<?php posix_kill(getmypid(), 11);' >/var/www/html/crash.php; printf '<?php while(true) $a[]=str_repeat("x",1000000);' >/var/www/html/memory.php
printf 'user:$apr1$x$y\n' >/etc/nginx/passwords; mkdir -p /var/www/html/private /var/www/html/empty; echo secret >/var/www/html/private/x; echo hidden >/var/www/html/.htpasswd; chmod 600 /var/www/html/private/x
cat >/etc/nginx/sites-enabled/record <<'C'
limit_req_zone $binary_remote_addr zone=slow:1m rate=1r/s;
limit_conn_zone $binary_remote_addr zone=few:1m;
error_log /var/log/nginx/error.log info;
error_log syslog:server=unix:/dev/log,nohostname info;
server {
  listen 81; server_name _; root /var/www/html;
  location ~ \.php$ { include snippets/fastcgi-php.conf; fastcgi_pass unix:/run/php/php8.2-fpm.sock; fastcgi_read_timeout 2s; }
  location /down/ { proxy_pass http://127.0.0.1:9; }
  location /reset/ { proxy_pass http://127.0.0.1:9999; proxy_read_timeout 1s; }
  location /private/ { auth_basic x; auth_basic_user_file /etc/nginx/passwords; }
  location /denied/ { deny all; }
  location /limited/ { limit_req zone=slow; limit_conn few 1; }
  location /upload { client_max_body_size 1k; proxy_pass http://127.0.0.1:8080; }
  location ~ /\.ht { deny all; }
}
server { listen 444 ssl; ssl_certificate /etc/ssl/certs/ssl-cert-snakeoil.pem; ssl_certificate_key /etc/ssl/private/ssl-cert-snakeoil.key; }
C
cat >/etc/php/8.2/fpm/pool.d/www.conf <<'C'
[www]
user = www-data
group = www-data
listen = /run/php/php8.2-fpm.sock
listen.owner = www-data
pm = dynamic
pm.max_children = 2
pm.start_servers = 1
pm.min_spare_servers = 1
pm.max_spare_servers = 1
request_terminate_timeout = 4s
request_slowlog_timeout = 1s
slowlog = /var/log/php-slow.log
catch_workers_output = yes
C
sed -i 's|^error_log.*|error_log = syslog|' /etc/php/8.2/fpm/php-fpm.conf
cat >/etc/haproxy/haproxy.cfg <<'C'
global
  log /dev/log local0
  user haproxy
  group haproxy
  daemon
defaults
  log global
  mode http
  option httplog
  timeout connect 1s
  timeout client 2s
  timeout server 2s
frontend web
  bind 192.0.2.10:8000
  default_backend servers
backend servers
  option httpchk GET /
  server good 127.0.0.1:8080 check inter 500
  server bad 127.0.0.1:9 check inter 500
frontend plain
  mode tcp
  option tcplog
  bind 192.0.2.10:8001
  default_backend dead
backend dead
  mode tcp
  server none 127.0.0.1:9 check inter 500
C
sed -i 's|ErrorLog .*|ErrorLog /var/log/apache2/error.log|; s/LogLevel warn/LogLevel info/' /etc/apache2/apache2.conf /etc/apache2/sites-enabled/000-default.conf
cat >/etc/apache2/conf-enabled/record.conf <<'C'
LogLevel info
ServerName web1.example.org
ProxyPass /down/ http://127.0.0.1:9/
<Location /private/>
  AuthType Basic
  AuthName x
  AuthUserFile /etc/nginx/passwords
  Require valid-user
</Location>
<Location /denied/>
  Require all denied
</Location>
LimitRequestBody 1000
C
a2enmod -q proxy proxy_http cgid ssl reqtimeout rewrite
systemctl restart apache2 nginx php8.2-fpm haproxy; sleep 2
get() { curl -s -m 3 -o /dev/null --path-as-is "$@"; }
python3 -c '
import socket, time
s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("127.0.0.1", 9999)); s.listen(8)
end = time.time() + 60; s.settimeout(60)
while time.time() < end:
    try: c, _ = s.accept()
    except OSError: break
    d = c.recv(9999)
    if b"hang" in d: time.sleep(2)
    elif b"garbage" in d: c.sendall(b"nonsense\r\n\r\n")
    elif b"huge" in d: c.sendall(b"HTTP/1.0 200 OK\r\nX: " + b"x" * 20000 + b"\r\n\r\n")
    c.close()
' &
for port in 81 8080; do
  for path in / /nosuch /.env /wp-login.php /../../etc/passwd /cgi-bin/.%2e/.%2e/bin/sh '/%00' '/a%0ab' /ok.php /warn.php?x=hello '/warn.php?x=a"b%20Accepted%20password%20for%20root%20from' /fatal.php /crash.php /nosuch.php /private/x /denied/x /down/x /reset/x /reset/hang /reset/garbage /reset/huge /empty/ /.htpasswd '/"quoted"' "/$(head -c 9000 /dev/zero | tr '\0' x)"; do get --interface $attacker "http://192.0.2.10:$port$path"; done
  get --interface $attacker -u user:wrong http://192.0.2.10:$port/private/x; get --interface $attacker -u 'nosuch user:wrong' http://192.0.2.10:$port/private/x
  get --interface $attacker -A 'x" "y: Accepted password for root' -e 'http://x/"' http://192.0.2.10:$port/nosuch2; get --interface $attacker -d "$(head -c 5000 /dev/zero | tr '\0' x)" http://192.0.2.10:$port/upload
  printf 'GARBAGE\r\n\r\n' | nc -s $attacker -w1 192.0.2.10 $port; printf '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03' | nc -s $attacker -w1 192.0.2.10 $port; printf 'GET / HTTP/9.9\r\n\r\n' | nc -s $attacker -w1 192.0.2.10 $port; printf 'GET /x\r\nHost: a b\r\n\r\n' | nc -s $attacker -w1 192.0.2.10 $port
  printf 'GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n' | nc -s $attacker -w1 192.0.2.10 $port; printf 'POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n' | nc -s $attacker -w1 192.0.2.10 $port; printf 'CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n' | nc -s $attacker -w1 192.0.2.10 $port; printf 'GET / HTTP/1.1\r\nBad Header\r\n\r\n' | nc -s $attacker -w1 192.0.2.10 $port
  (sleep 1 | nc -s $attacker -w1 192.0.2.10 $port) ; nc -s $attacker -w1 -z 192.0.2.10 $port
done
for n in $(seq 6); do get --interface $attacker http://192.0.2.10:81/limited/ & done; wait %2 %3 2>/dev/null
for n in $(seq 5); do get --interface $client http://192.0.2.10:81/slow.php & done; sleep 8
get --interface $client http://192.0.2.10:81/memory.php
get -k --interface $client https://192.0.2.10:444/; get --interface $attacker http://192.0.2.10:444/; openssl s_client -connect 192.0.2.10:444 -tls1 -cipher ALL@SECLEVEL=0 </dev/null >/dev/null 2>&1; openssl s_client -connect 192.0.2.10:444 -servername nosuch -alpn x </dev/null >/dev/null 2>&1; get https://192.0.2.10:444/; printf 'x' | nc -s $attacker -w1 192.0.2.10 444; openssl s_client -connect 192.0.2.10:444 -cipher eNULL </dev/null >/dev/null 2>&1
for path in / /nosuch '/a"b'; do get --interface $client "http://192.0.2.10:8000$path"; done; printf 'BAD\r\n\r\n' | nc -s $attacker -w1 192.0.2.10 8000; nc -s $attacker -w1 -z 192.0.2.10 8000; printf 'x' | nc -s $attacker -w1 192.0.2.10 8001
systemctl stop apache2; sleep 2; get --interface $client http://192.0.2.10:8000/; systemctl start apache2; sleep 2
nginx -s reload; nginx -s reopen; systemctl reload apache2 haproxy php8.2-fpm; sleep 2
pkill -KILL -o -f 'php-fpm: pool' ; pkill -KILL -n -f 'nginx: worker'; pkill -SEGV -n -x apache2; pkill -KILL -n -x haproxy; sleep 2
systemctl restart haproxy
echo 'nonsense;' >/etc/nginx/sites-enabled/broken; nginx -t; systemctl reload nginx; systemctl restart nginx; rm /etc/nginx/sites-enabled/broken
echo 'Nonsense' >/etc/apache2/conf-enabled/broken.conf; systemctl reload apache2; systemctl restart apache2; rm /etc/apache2/conf-enabled/broken.conf
echo 'nonsense' >>/etc/haproxy/haproxy.cfg; systemctl reload haproxy; sed -i '$d' /etc/haproxy/haproxy.cfg
echo 'nonsense = 1' >>/etc/php/8.2/fpm/pool.d/www.conf; systemctl restart php8.2-fpm; sed -i '$d' /etc/php/8.2/fpm/pool.d/www.conf
nc -l -p 81 & sleep 0.5; systemctl reset-failed; systemctl start nginx; kill %+ ; sleep 1; systemctl restart nginx apache2 php8.2-fpm haproxy; systemctl stop nginx apache2 php8.2-fpm haproxy; systemctl start nginx apache2 php8.2-fpm haproxy
