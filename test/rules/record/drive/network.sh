#!/bin/bash
# Addresses of the documentation networks on the loopback interface: a server, its users, and those who attack it.
ip link set lo up
for address in 192.0.2.10/32 192.0.2.20/32 198.51.100.7/32 203.0.113.5/32 203.0.113.66/32 2001:db8::10/128 2001:db8:6::6/128; do
  ip address replace "$address" dev lo
done
