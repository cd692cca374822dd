"""Asterisk: real telephones, over ARI."""
