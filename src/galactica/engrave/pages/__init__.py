"""Pictures of whole pages: sheets with their line of text, the primer, as PDF and as masters for a printer."""
