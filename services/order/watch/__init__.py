"""Streams of orders.

A replica that changes an order announces it in Redis; the replicas where its user watches hear of it. Announcements may
be lost, so the orders of each watched user are read again every few seconds too.
"""
