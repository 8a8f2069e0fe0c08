#!/bin/bash
# Lets iptables, nftables and ufw log what they reject, in both directions, over a veth pair to a network namespace.
# The kernel must log for namespaces other than the first: sysctl net.netfilter.nf_log_all_netns=1 outside.
set -u
ip netns add outside
ip link add eth0 address 02:00:00:00:00:0a type veth peer name eth0 address 02:00:00:00:00:42 netns outside
ip address add 192.0.2.30/24 dev eth0; ip -6 address add 2001:db8:30::30/64 dev eth0 nodad; ip link set eth0 up
ip -n outside link set lo up; ip -n outside link set eth0 up
ip -n outside address add 192.0.2.1/24 dev eth0; ip -n outside -6 address add 2001:db8:30::1/64 dev eth0 nodad
ip -n outside address add 198.51.100.99/32 dev lo; ip -n outside address add 203.0.113.99/32 dev lo
ip route replace 198.51.100.0/24 via 192.0.2.1; ip route replace 203.0.113.99 via 192.0.2.1; ip route replace 233.252.0.0/24 via 192.0.2.1
inbound() {
  for port in 22 23 445 3389 8080; do ip netns exec outside nc -s 203.0.113.99 -w1 -z 192.0.2.30 $port; done
  ip netns exec outside nc -u -s 198.51.100.99 -w1 192.0.2.30 53 <<<x
  ip netns exec outside nc -u -w1 192.0.2.30 1900 <<<x
  ip netns exec outside nc -w1 -z 2001:db8:30::30 3306
  ip netns exec outside nc -u -w1 2001:db8:30::30 161 <<<x
  ip netns exec outside python3 - <<'P'
import socket, struct
def icmp(kind, code, rest=b"\0" * 4, payload=b"x" * 8):
    body = struct.pack("!BBH", kind, code, 0) + rest + payload
    total = sum(struct.unpack("!%dH" % (len(body) // 2), body)); total = (total & 0xffff) + (total >> 16); total += total >> 16
    return body[:2] + struct.pack("!H", ~total & 0xffff) + body[4:]
raw = socket.socket(socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP)
inner = bytes.fromhex("45000028000100004006000001020304") + socket.inet_aton("198.51.100.99") + struct.pack("!HHI", 1234, 80, 1)
for packet in (icmp(8, 0), icmp(13, 0), icmp(3, 3, payload=inner), icmp(5, 1, socket.inet_aton("192.0.2.254"), inner)): raw.sendto(packet, ("192.0.2.30", 0))
for protocol in (2, 47, 50, 51, 132, 41, 4, 89): socket.socket(socket.AF_INET, socket.SOCK_RAW, protocol).sendto(b"\x16\x64\0\0\xe0\0\0\1" + b"x" * 16, ("192.0.2.30", 0))
P
}
outbound() {
  for target in 198.51.100.99/25 198.51.100.99/6667 203.0.113.99/4444; do timeout 1 bash -c "</dev/tcp/$target"; done
  timeout 1 bash -c 'echo x >/dev/udp/198.51.100.99/123'; timeout 1 bash -c 'echo x >/dev/udp/2001:db8:30::1/123'
  timeout 1 bash -c '</dev/tcp/2001:db8:30::1/80'
  runuser -u www-data -- timeout 1 bash -c '</dev/tcp/233.252.0.7/4444'
  python3 -c 'import socket; socket.socket(socket.AF_INET, socket.SOCK_RAW, 1).sendto(b"\x08\0\xf7\xff\0\0\0\0", ("198.51.100.99", 0))'
}
for command in iptables ip6tables; do
  $command -A INPUT -i eth0 -p ipv6-icmp -j ACCEPT 2>/dev/null; $command -A OUTPUT -o eth0 -p ipv6-icmp -j ACCEPT 2>/dev/null
  $command -A INPUT -i eth0 -j LOG --log-prefix 'IN-REJECT: '; $command -A INPUT -i eth0 -j DROP
  $command -A OUTPUT -o eth0 -j LOG --log-prefix 'Outbound blocked: ' --log-uid; $command -A OUTPUT -o eth0 -j REJECT
done
inbound; outbound
for command in iptables ip6tables; do $command -F; done
iptables -A INPUT -i eth0 -j LOG --log-level debug --log-tcp-sequence --log-tcp-options --log-ip-options --log-prefix 'iptables denied: '
iptables -A OUTPUT -o eth0 -j LOG --log-prefix '[drop out] ' ; iptables -A OUTPUT -o eth0 -j DROP
inbound; outbound; iptables -F
nft -f - <<'N'
table inet record {
  chain input { type filter hook input priority 0; iifname "eth0" meta l4proto ipv6-icmp accept; iifname "eth0" log prefix "nft drop in: " flags all drop; }
  chain output { type filter hook output priority 0; oifname "eth0" meta l4proto ipv6-icmp accept; oifname "eth0" log prefix "nft reject out: " flags skuid reject; }
  chain forward { type filter hook forward priority 0; log prefix "FWD-DROP " drop; }
}
N
inbound; outbound
sysctl -q net.ipv4.ip_forward=1; ip netns exec outside ip route add 10.9.9.0/24 via 192.0.2.30; ip address add 10.9.9.1/24 dev dummy0 2>/dev/null || { ip link add dummy0 type dummy; ip link set dummy0 up; ip address add 10.9.9.1/24 dev dummy0; }
ip netns exec outside nc -w1 -z 10.9.9.9 445
nft flush ruleset
sed -i 's/^IPT_SYSCTL=/#&/' /etc/default/ufw
ufw --force enable; ufw default deny outgoing; ufw logging medium; ufw deny log 23/tcp; ufw allow log 22/tcp; ufw limit log 3389/tcp; ufw reload
inbound; outbound
for n in 1 2 3 4 5 6 7; do ip netns exec outside nc -s 203.0.113.99 -w1 -z 192.0.2.30 3389; done
ufw --force disable; iptables -F; ip6tables -F; iptables -X; ip6tables -X; iptables -P INPUT ACCEPT; iptables -P OUTPUT ACCEPT; iptables -P FORWARD ACCEPT; ip6tables -P INPUT ACCEPT; ip6tables -P OUTPUT ACCEPT
# an interface that listens to everything, one that comes and goes
ip link set eth0 promisc on; ip link set eth0 promisc off
ip link add br0 type bridge; ip link set eth0 master br0; ip link set br0 up; sleep 3; ip link set eth0 down; ip link del br0
ip link set eth0 up; ip link del eth0; ip netns del outside
