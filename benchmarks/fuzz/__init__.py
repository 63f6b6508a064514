"""Sends hostile input to every form and address, signed in, and looks for a page that falls over."""
