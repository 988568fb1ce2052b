#!/bin/sh
# Starts a Sentinel. Its file lies beside the data: Sentinel writes there who the master is, and has to know that after a restart.
set -eu
if [ ! -s /data/sentinel.conf ]; then
  {
    cat /etc/redis/sentinel.conf
    echo "sentinel announce-ip $(hostname).mcp-agentic-redis-nodes"
  } > /data/sentinel.conf.new
  mv /data/sentinel.conf.new /data/sentinel.conf
fi
exec redis-server /data/sentinel.conf --sentinel
