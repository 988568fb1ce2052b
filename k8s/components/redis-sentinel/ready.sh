#!/bin/sh
# Ready is a master, or a replica that follows one: a rolling update must not take the next pod before.
redis-cli -e ping > /dev/null && redis-cli info replication | grep -q -e '^role:master' -e '^master_link_status:up'
