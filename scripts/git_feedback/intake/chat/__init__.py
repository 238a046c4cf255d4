"""Chats: transcripts as they are copied or exported, and the menu that a robot shows."""
