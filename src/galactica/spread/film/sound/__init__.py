"""Packets as sound, and sound as packets: no sound card here, only numbers and WAV files."""
