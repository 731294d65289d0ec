"""The keys of prices in Redis. The braces put them into one slot of a cluster, so that one script can use them all."""

STREAM = "{cnop:prices}"  # the latest frames: entries <seq>-0 with the field "f"
HEAD = "{cnop:prices}:head"  # <run id of the server>:<seq of the latest frame>; expires when the publisher is silent
WANTED = "{cnop:prices}:wanted"  # a version of the catalogue that someone waits for
PROBE = "{cnop:prices}:probe"  # what the publisher writes to see whether it can
