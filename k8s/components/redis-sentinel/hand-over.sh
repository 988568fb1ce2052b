#!/bin/sh
# Hands the master's part on before this pod goes, so that nobody has to wait until the Sentinels miss it.
role() {
  redis-cli role | head -n 1
}

[ "$(role)" = master ] || exit 0
for number in 0 1 2; do
  node=mcp-agentic-redis-$number
  # why another pod's: the Sentinel of this pod is being stopped too
  if [ "$node" != "$(hostname)" ] \
    && [ "$(timeout 2 redis-cli -h "$node.mcp-agentic-redis-nodes" -p 26379 sentinel failover mcp-agentic)" = OK ]; then
    break
  fi
done
waited=0
while [ "$(role)" = master ] && [ "$waited" -lt 20 ]; do
  sleep 1
  waited=$((waited + 1))
done
