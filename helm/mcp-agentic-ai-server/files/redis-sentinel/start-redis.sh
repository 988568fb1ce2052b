#!/bin/sh
# Starts Redis as a replica of the one that the Sentinels call master, or as the master where they call this one so.
# why two Sentinels: a failover takes two of three, so that at least one of any two knows of it, by the higher epoch.
set -eu
nodes=mcp-agentic-redis-nodes
self=$(hostname).$nodes

# Prints the epoch and the name of the master as one Sentinel knows them, or nothing.
asked() {
  timeout 2 redis-cli -h "$1" -p 26379 sentinel master mcp-agentic 2> /dev/null | {
    master=
    epoch=
    while read -r key && read -r value; do
      case $key in
        ip) master=$value ;;
        config-epoch) epoch=$value ;;
      esac
    done
    echo "$epoch $master"
  }
}

while :; do
  answers=0
  highest=-1
  for number in 0 1 2; do
    read -r epoch master <<ANSWER
$(asked "mcp-agentic-redis-$number.$nodes")
ANSWER
    [ -n "$master" ] || continue
    answers=$((answers + 1))
    if [ "$epoch" -gt "$highest" ]; then
      highest=$epoch
      chosen=$master
    fi
  done
  [ "$answers" -lt 2 ] || break
  echo "waiting for a second Sentinel"
  sleep 1
done

{
  cat /etc/redis/redis.conf
  echo "replica-announce-ip $self"
  [ "$chosen" = "$self" ] || echo "replicaof $chosen 6379"
} > /data/redis.conf
exec redis-server /data/redis.conf
