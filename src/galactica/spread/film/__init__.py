"""Packets for machines that share nothing but light and air: a film of QR codes, and sound."""
